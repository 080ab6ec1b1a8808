internal import LakeAssist
internal import LakeRunner

/// An open menu with its line and the range that its candidates replace.
struct OpenMenu {
    var menu: Menu
    /// The line as the menu last left it; any other change of the line closes the menu.
    var line: Line
    /// The bytes of the line's UTF-8 that the next choice replaces.
    var range: Range<Int>
    var isLoading: Bool
    var message: String

    /// The rows below the text.
    var rows: [StyledText] {
        if !message.isEmpty { return [[Piece(message, .dim)]] }
        return menu.rows + (isLoading ? [[Piece("  … loading", .dim)]] : [])
    }
}

extension EditlineEditor {
    /// TAB: inserts an unambiguous completion, otherwise opens the menu or moves in the open one.
    func complete(step: Int) {
        if let open = menu, !open.menu.candidates.isEmpty { return chooseCandidate(step: step) }
        guard let completion = assistant?.complete(line.text, cursor: line.byteCursor) else { return }
        show(completion, mayInsert: true)
    }

    /// Updates a menu that waits for candidates of the server.
    func refreshMenu() {
        guard let open = menu, open.isLoading, open.menu.selected == nil, open.line == line else { return }
        guard let completion = assistant?.complete(line.text, cursor: line.byteCursor) else { return }
        show(completion, mayInsert: open.menu.candidates.isEmpty)
    }

    /// Inserts the next candidate of the open menu.
    func chooseCandidate(step: Int) {
        guard var open = menu else { return }
        open.menu.move(by: step)
        guard let index = open.menu.selected else { return }
        let text = open.menu.candidates[index].text
        replace(open.range, with: text)
        open.range = open.range.lowerBound..<open.range.lowerBound + text.utf8.count
        open.line = line
        menu = open
    }

    private func show(_ completion: Completion, mayInsert: Bool) {
        menu = nil
        if completion.candidates.count == 1, !completion.isLoading, mayInsert {
            let candidate = completion.candidates[0]
            replace(completion.range, with: candidate.text + suffix(of: candidate, before: completion.range))
            return
        }
        var range = completion.range
        let common = completion.commonPrefix
        if mayInsert, !completion.isLoading, common.utf8.count > range.count {
            replace(range, with: common)
            range = range.lowerBound..<range.lowerBound + common.utf8.count
        }
        guard !completion.candidates.isEmpty || completion.isLoading || !completion.message.isEmpty else {
            return painter.emit("\u{7}")
        }
        let pageSize = min(10, window.rows - 4)
        menu = OpenMenu(
            menu: Menu(completion.candidates, pageSize: pageSize), line: line, range: range,
            isLoading: completion.isLoading, message: completion.message)
    }

    /// Returns the suffix of a candidate; empty if a blank follows already.
    private func suffix(of candidate: Candidate, before range: Range<Int>) -> String {
        line.after.first == " " ? "" : candidate.suffix
    }
}
