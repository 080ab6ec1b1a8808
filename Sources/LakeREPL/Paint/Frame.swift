package import LakeRunner

/// The contents of the prompt's block at one moment.
///
/// A frame is a value, made again at each key. `layout`, a pure function, turns it into rows of cells and is tested
/// without a terminal.
package struct Frame: Equatable {
    /// The server's name before the prompt; a long one loses its end.
    package var server: StyledText = []
    /// The text before the first line; a long one loses its beginning.
    package var prompt: StyledText = []
    /// The text that is being typed.
    package var text = ""
    /// The cursor's position in the text, in characters.
    package var cursor = 0
    /// The styles of ranges of the text's UTF-8, ascending; text between them is plain.
    package var highlights: [Highlight] = []
    /// The ranges of the text that are masked.
    package var secrets: [Range<Int>] = []
    /// The suggestion from history after the text.
    package var ghost = ""
    /// The text at the right end of the first row, if there is room.
    package var rightPrompt: StyledText = []
    /// The rows below the text: a menu, an error, a search.
    package var below: [StyledText] = []

    package init() {}
}

/// A range of the text with a style.
package struct Highlight: Equatable, Sendable {
    /// Bytes of the text's UTF-8.
    package let range: Range<Int>
    package let style: Style

    package init(_ range: Range<Int>, _ style: Style) {
        self.range = range
        self.style = style
    }
}

/// A frame's rows for a window, with the cursor's position.
struct FrameLayout: Equatable {
    var rows: [Row] = []
    /// An index of `rows`.
    var cursorRow = 0
    /// A column, counted from 0.
    var cursorColumn = 0
}

extension Frame {
    /// Returns the rows of the frame in a window. If the block is taller than `height`, only the rows around the
    /// cursor.
    func layout(columns: Int, height: Int? = nil) -> FrameLayout {
        var layout = FrameLayout()
        // Any character fits into two columns; narrower windows are not supported.
        var wrap = Wrap(columns: max(2, columns))
        let opening = opening(within: max(2, columns / 2))
        wrap.append(opening)
        addText(to: &wrap, &layout, continuation: Row.continuation(below: opening))
        wrap.append(ghostCells(&wrap))
        layout.rows = wrap.rows
        addRightPrompt(to: &layout, columns: columns)
        layout.rows += below.map { Row($0).truncated(to: columns) }
        if let height { layout.keepWindow(of: max(1, height)) }
        return layout
    }

    /// The server and the prompt, which leave room for the text.
    private func opening(within width: Int) -> Row {
        guard !server.isEmpty else { return Row(prompt).keepingEnd(of: width) }
        let sign = Row(Array(prompt.suffix(1)))
        let name = Row(server).truncated(to: max(1, width - sign.width - 1)) + Row([Piece(" ")])
        let rest = width - name.width
        return name + (rest > sign.width ? Row(prompt).keepingEnd(of: rest) : sign)
    }

    private func addText(to wrap: inout Wrap, _ layout: inout FrameLayout, continuation: Row) {
        var byte = 0
        var styles = highlights[...]
        for (index, character) in text.enumerated() {
            while let first = styles.first, first.range.upperBound <= byte { styles.removeFirst() }
            let style = styles.first.flatMap { $0.range.contains(byte) ? $0.style : nil } ?? .plain
            let isSecret = secrets.contains { $0.contains(byte) }
            let cell = Cell(isSecret ? "•" : character, style)
            if character.isNewline {
                if index == cursor { (layout.cursorRow, layout.cursorColumn) = wrap.placeOnRow() }
                wrap.breakLine(continuation)
            } else {
                if index == cursor { (layout.cursorRow, layout.cursorColumn) = wrap.place(for: cell) }
                wrap.append([cell])
            }
            byte += character.utf8.count
        }
        if cursor >= text.count { (layout.cursorRow, layout.cursorColumn) = wrap.placeAtEnd() }
    }

    /// Returns the suggestion's first line, with a sign if there are more lines.
    private func ghostCells(_ wrap: inout Wrap) -> Row {
        guard let line = ghost.split(separator: "\n", omittingEmptySubsequences: false).first else { return [] }
        let more: StyledText = line.count < ghost.count ? [Piece(" …", .dim)] : []
        return Row([Piece(String(line), .dim)] + more)
    }

    private func addRightPrompt(to layout: inout FrameLayout, columns: Int) {
        let right = Row(rightPrompt)
        guard !right.isEmpty, layout.rows.count == 1 else { return }
        let gap = columns - layout.rows[0].width - right.width
        guard gap >= 2 else { return }
        layout.rows[0] += Array(repeating: Cell(" ", .plain), count: gap) + right
    }
}

extension FrameLayout {
    /// Drops rows so that at most `height` are left, including the cursor's.
    mutating func keepWindow(of height: Int) {
        guard rows.count > height else { return }
        let first = min(max(0, cursorRow - height / 2), rows.count - height)
        rows = Array(rows[first..<first + height])
        cursorRow -= first
    }
}

/// Fills rows with cells and breaks full rows itself; the terminal never wraps.
struct Wrap {
    let columns: Int
    private(set) var rows: [Row] = [[]]
    private var used = 0

    init(columns: Int) {
        self.columns = columns
    }

    mutating func append(_ cells: Row) {
        for cell in cells {
            if used + cell.width > columns { startRow() }
            rows[rows.count - 1].append(cell)
            used += cell.width
        }
    }

    /// Begins a new line with its own prompt.
    mutating func breakLine(_ prompt: Row) {
        startRow()
        append(prompt)
    }

    /// Returns the position that a cell would get.
    func place(for cell: Cell) -> (row: Int, column: Int) {
        used + cell.width > columns ? (rows.count, 0) : (rows.count - 1, used)
    }

    /// Returns the position of a line end: behind the last cell, or on it if the row is full.
    func placeOnRow() -> (row: Int, column: Int) { (rows.count - 1, min(used, columns - 1)) }

    /// Returns the position of the next cell; behind a full row an empty one is added for the cursor.
    mutating func placeAtEnd() -> (row: Int, column: Int) {
        if used >= columns { startRow() }
        return (rows.count - 1, used)
    }

    private mutating func startRow() {
        rows.append([])
        used = 0
    }
}
