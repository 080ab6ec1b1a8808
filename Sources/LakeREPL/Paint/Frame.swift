package import LakeRunner

/// What the prompt's block shows at one moment: everything that the painter must know, nothing about how it is done.
///
/// A frame is a value made anew for every key. It becomes rows of cells by `layout`, which is a pure function and is
/// tested without a terminal.
package struct Frame: Equatable {
    /// Before the first line of the text.
    package var prompt: StyledText = []
    /// What is being typed.
    package var text = ""
    /// Where the cursor stands in the text, in characters.
    package var cursor = 0
    /// The style of stretches of the text, by bytes of its UTF-8, ascending; plain in between.
    package var highlights: [Highlight] = []
    /// Bytes of the text that are secret: a sign stands for each character.
    package var secrets: [Range<Int>] = []
    /// What history suggests after the text.
    package var ghost = ""
    /// At the right end of the first row, if there is room.
    package var rightPrompt: StyledText = []
    /// Rows under the text: a menu, an error, what is being searched.
    package var below: [StyledText] = []

    package init() {}
}

/// A stretch of the text that is shown in a style.
package struct Highlight: Equatable, Sendable {
    /// Bytes of the text's UTF-8.
    package let range: Range<Int>
    package let style: Style

    package init(_ range: Range<Int>, _ style: Style) {
        self.range = range
        self.style = style
    }
}

/// A frame's rows for a window, and where the cursor stands.
struct FrameLayout: Equatable {
    var rows: [Row] = []
    /// From 0, in `rows`.
    var cursorRow = 0
    /// From 0.
    var cursorColumn = 0
}

extension Frame {
    /// The rows of the frame in a window; of a block taller than `height` only those around the cursor (nil: all rows).
    func layout(columns: Int, height: Int? = nil) -> FrameLayout {
        var layout = FrameLayout()
        // Two columns hold any character; a window narrower than that is not drawn into properly by anybody.
        var wrap = Wrap(columns: max(2, columns))
        let opening = Row(prompt).keepingEnd(of: max(2, columns / 2))
        wrap.append(opening)
        addText(to: &wrap, &layout, continuation: Row.continuation(below: opening))
        wrap.append(ghostCells(&wrap))
        layout.rows = wrap.rows
        addRightPrompt(to: &layout, columns: columns)
        layout.rows += below.map { Row($0).truncated(to: columns) }
        if let height { layout.keepWindow(of: max(1, height)) }
        return layout
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

    /// The ghost's first line; of a longer one, a sign that there is more.
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
    /// Drops rows so that at most `height` are left, the cursor's among them.
    mutating func keepWindow(of height: Int) {
        guard rows.count > height else { return }
        let first = min(max(0, cursorRow - height / 2), rows.count - height)
        rows = Array(rows[first..<first + height])
        cursorRow -= first
    }
}

/// Fills rows with cells, breaking them where they are full: we wrap, never the terminal.
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

    /// Begins a new line, which opens with its own prompt.
    mutating func breakLine(_ prompt: Row) {
        startRow()
        append(prompt)
    }

    /// Where a cell would be put.
    func place(for cell: Cell) -> (row: Int, column: Int) {
        used + cell.width > columns ? (rows.count, 0) : (rows.count - 1, used)
    }

    /// Where a line end stands: behind the last cell, or on it where the row is full.
    func placeOnRow() -> (row: Int, column: Int) { (rows.count - 1, min(used, columns - 1)) }

    /// Where the next cell would be put; a full row gets an empty one below it, for the cursor to stand in.
    mutating func placeAtEnd() -> (row: Int, column: Int) {
        if used >= columns { startRow() }
        return (rows.count - 1, used)
    }

    private mutating func startRow() {
        rows.append([])
        used = 0
    }
}
