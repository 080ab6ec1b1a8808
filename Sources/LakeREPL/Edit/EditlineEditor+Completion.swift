internal import LakeAssist
internal import LakeRunner

/// An open menu with its line and the range that its candidates replace.
struct OpenMenu {
    var menu: Menu
    /// The line as the menu last left it; any other change of the line narrows the menu or closes it.
    var line: Line
    /// The line before a candidate was chosen.
    let draft: Line
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
        if let open = menu, !open.menu.candidates.isEmpty {
            guard open.menu.candidates.count == 1, open.menu.selected == nil, !open.isLoading else {
                return chooseCandidate(step: step)
            }
            // A menu that was narrowed to one candidate has nothing to choose from.
            menu = nil
        }
        guard let completion = assistant?.complete(line.text, cursor: line.byteCursor) else { return }
        show(completion, mayInsert: true)
    }

    /// Updates a menu that waits for candidates of the server.
    func refreshMenu() {
        guard let open = menu, open.isLoading, open.menu.selected == nil, open.line == line else { return }
        guard let completion = assistant?.complete(line.text, cursor: line.byteCursor) else { return }
        show(completion, mayInsert: open.menu.candidates.isEmpty)
    }

    /// Narrows the open menu to what was typed since; closes it where another word is typed or a candidate was chosen.
    func narrowMenu() {
        guard let open = menu, open.line != line else { return }
        menu = nil
        guard open.menu.selected == nil, !open.menu.candidates.isEmpty,
            let completion = assistant?.complete(line.text, cursor: line.byteCursor),
            completion.range.lowerBound == open.range.lowerBound, !completion.range.isEmpty
        else { return }
        show(completion, mayInsert: false, rings: false)
    }

    /// Closes the menu; the line is again as it was typed.
    func closeMenu() {
        guard let open = menu else { return }
        menu = nil
        if open.menu.selected != nil { replaceLine(with: open.draft.text, cursor: open.draft.cursor) }
    }

    /// Inserts the next candidate of the open menu.
    func chooseCandidate(step: Int) {
        guard var open = menu else { return }
        open.menu.move(by: step)
        guard let index = open.menu.selected else { return }
        open.range = insert(open.menu.candidates[index], into: open.range)
        open.line = line
        menu = open
    }

    private func show(_ completion: Completion, mayInsert: Bool, rings: Bool = true) {
        menu = nil
        if mayInsert, let candidate = completion.onlyCandidate {
            _ = insert(candidate, into: completion.range)
            return insert(suffix(of: candidate))
        }
        var range = completion.range
        let common = completion.commonPrefix
        if mayInsert, !completion.isLoading, common.utf8.count > range.count {
            replace(range, with: common)
            range = range.lowerBound..<range.lowerBound + common.utf8.count
        }
        guard !completion.candidates.isEmpty || completion.isLoading || !completion.message.isEmpty else {
            return rings ? painter.emit("\u{7}") : ()
        }
        let pageSize = min(10, window.rows - 4)
        menu = OpenMenu(
            menu: Menu(completion.candidates, isPart: completion.isPart, pageSize: pageSize), line: line, draft: line,
            range: range,
            isLoading: completion.isLoading, message: completion.message)
    }

    /// Returns the suffix of a candidate; empty if a blank follows already.
    private func suffix(of candidate: Candidate) -> String { line.after.first == " " ? "" : candidate.suffix }

    /// Replaces the word at the cursor by a candidate. A closing quote that stands there already is taken for the
    /// candidate's.
    private func insert(_ candidate: Candidate, into range: Range<Int>) -> Range<Int> {
        if let quote = candidate.text.last, quote == "'" || quote == "\"", line.after.first == quote { deleteAfter(1) }
        replace(range, with: candidate.text)
        return range.lowerBound..<range.lowerBound + candidate.text.utf8.count
    }
}
