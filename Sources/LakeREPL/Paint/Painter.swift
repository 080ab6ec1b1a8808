internal import LakeRunner

/// Draws the prompt's block; nothing else writes to the terminal while a line is edited.
///
/// Each frame is painted completely, in a single write, from the block's first row, as synchronized output: the
/// terminal shows it at once or not at all. At a few hundred bytes per key there is no need to compare frames. Other
/// output is printed above the block (`printAbove`), which is erased and painted again.
package final class Painter {
    private let write: (String) -> Void
    let isColoured: Bool
    /// The widths of the last frame's rows and the cursor's position in it, to compute the effect of a resize.
    private var shownWidths: [Int] = []
    private var cursorRow = 0
    private var cursorColumn = 0

    /// Makes a painter that writes by `write`, each call of which is one system call.
    package init(isColoured: Bool, write: @escaping (String) -> Void) {
        self.isColoured = isColoured
        self.write = write
    }

    /// Paints a frame over the previous one.
    package func paint(_ frame: Frame, columns: Int, height: Int) {
        write(painted(frame.layout(columns: columns, height: height)))
    }

    /// Paints the last frame of a line, all its rows, and moves below it.
    package func finish(_ frame: Frame, columns: Int) {
        write(painted(frame.layout(columns: columns), atEnd: true) + "\r\n")
        forget()
    }

    /// Prints lines above the block, which the next `paint` draws again.
    package func printAbove(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        write(toOrigin + "\u{1B}[J" + lines + "\r\n")
        forget()
    }

    /// Erases the block, before another program uses the terminal.
    package func erase() {
        write(toOrigin + "\u{1B}[J")
        forget()
    }

    /// Clears the screen; the next frame begins at its top.
    package func clearScreen() {
        write("\u{1B}[H\u{1B}[2J")
        forget()
    }

    /// Writes a sequence that takes no room: a bell, a mode.
    package func emit(_ sequence: String) {
        write(sequence)
    }

    /// Erases the block after a resize. The terminal has broken rows that are longer than the new width, so the block's
    /// first row is further up.
    package func resize(columns: Int) {
        let above = shownWidths.prefix(cursorRow).reduce(0) { $0 + max(1, ($1 + columns - 1) / columns) }
        cursorRow = above + cursorColumn / max(1, columns)
        erase()
    }

    /// Forgets the block; the next frame begins at the cursor.
    package func forget() {
        (shownWidths, cursorRow, cursorColumn) = ([], 0, 0)
    }

    private var toOrigin: String { cursorRow > 0 ? "\r\u{1B}[\(cursorRow)A" : "\r" }

    private func painted(_ layout: FrameLayout, atEnd: Bool = false) -> String {
        var text = "\u{1B}[?2026h\u{1B}[?25l" + toOrigin
        for (index, row) in layout.rows.enumerated() {
            // The rest of the row is erased first; after a full row, erasing would remove its last character.
            text += index == layout.rows.count - 1 ? "\u{1B}[J" : "\u{1B}[K"
            text += encoded(row)
            if index < layout.rows.count - 1 { text += "\r\n" }
        }
        if !atEnd {
            let up = layout.rows.count - 1 - layout.cursorRow
            text += (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[\(layout.cursorColumn + 1)G"
        }
        shownWidths = layout.rows.map(\.width)
        (cursorRow, cursorColumn) = (layout.cursorRow, layout.cursorColumn)
        return text + "\u{1B}[?25h\u{1B}[?2026l"
    }

    private func encoded(_ row: Row) -> String {
        var text = ""
        var style = Style.plain
        var column = 0
        for cell in row {
            if isColoured, cell.style != style {
                text += cell.style == .plain ? "\u{1B}[0m" : "\u{1B}[0;\(cell.style.rawValue)m"
                style = cell.style
            }
            text += cell.text
            column += cell.width
            if cell.isUncertain { text += "\u{1B}[\(column + 1)G" }
        }
        return style == .plain ? text : text + "\u{1B}[0m"
    }
}
