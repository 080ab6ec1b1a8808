internal import CEditline
internal import LakeRunner
internal import LakeScript

// The actions of the shell's key commands.
extension EditlineEditor {
    /// Enter: takes the chosen candidate, continues on a new line, or ends the statement.
    func accept() {
        if let open = menu, open.menu.selected != nil {
            menu = nil
            return
        }
        menu = nil
        outdentBrace()
        let text = line.text
        if assistant?.isIncomplete(text) == true {
            moveCursor(to: line.scalars.count)
            let indentation = EditlineEditor.indentation(after: text)
            insert("\n" + indentation)
            indented = (line, indentation.count)
            return
        }
        paintFinal()
        enterLibeditHistory(text)
        result = .line(text)
    }

    /// Returns true if a typed blank is one of those that the new row has already, as in a text that is typed or sent with
    /// its indentation.
    func swallowsIndentation(_ scalar: UInt32) -> Bool {
        guard let (begun, count) = indented else { return false }
        indented = scalar == 0x20 && count > 1 && begun == line ? (begun, count - 1) : nil
        return scalar == 0x20 && count > 0 && begun == line
    }

    /// Moves a row that closes a block (`}`, `} else {`) two columns to the left.
    private func outdentBrace() {
        let text = line.text
        guard line.cursor == line.scalars.count, let end = text.lastIndex(of: "\n") else { return }
        let row = text[text.index(after: end)...]
        let blanks = row.prefix { $0 == " " }
        guard blanks.count >= 2, row.dropFirst(blanks.count).hasPrefix("}"),
            blanks == EditlineEditor.indentation(after: String(text[..<end]))
        else { return }
        replaceLine(with: String(text[...end]) + String(row.dropFirst(2)))
    }

    /// Returns the indentation after a text: two columns for each open block.
    private static func indentation(after text: String) -> String {
        let last = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let depth = last.prefix { $0 == " " }.count + (last.hasSuffix("{") ? 2 : 0)
        return String(repeating: " ", count: depth)
    }

    /// ^C
    func interrupt() {
        menu = nil
        moveCursor(to: line.scalars.count)
        paintFinal()
        result = .cancelled
    }

    /// ^D
    func deleteOrEnd() {
        guard line.isEmpty else { return deleteAfter(line.nextLength) }
        paintFinal()
        result = .endOfInput
    }

    /// ^Z
    func stop() {
        painter.erase()
        withoutTerminal { terminal.stop() }
    }

    /// ^X^E: edits the text in `$VISUAL` or `$EDITOR`; Enter runs what comes back.
    func editLine() {
        painter.erase()
        let text = line.text
        let edited = withoutTerminal { TerminalProgram.edited(text, on: terminal) }
        switch edited {
        case .success(let edited): replaceLine(with: edited)
        case .failure(let failure): message = failure.message
        }
    }

    /// Gives the terminal away while something else uses it.
    private func withoutTerminal<Result>(_ use: () -> Result) -> Result {
        lakesh_prepare_terminal(editor, 0)
        leaveTerminal()
        defer {
            takeTerminal()
            lakesh_prepare_terminal(editor, 1)
            measureWindow()
            painter.forget()
        }
        return use()
    }

    /// M-.: inserts the last argument of the statement before; pressed again, that of an older one in its place.
    func insertLastArgument() {
        var walk = lastArgument ?? LastArgument(place: history.entries.count, inserted: "", line: line)
        if walk.line != line { walk = LastArgument(place: history.entries.count, inserted: "", line: line) }
        guard let place = history.entries[..<walk.place].lastIndex(where: { !$0.lastWord.isEmpty }) else { return }
        deleteBefore(walk.inserted.unicodeScalars.count)
        let word = history.entries[place].lastWord
        insert(word)
        lastArgument = LastArgument(place: place, inserted: word, line: line)
    }

    func undoChange() {
        guard let past = undo.back() else { return }
        replaceLine(with: past.text, cursor: past.cursor)
    }

    /// Right arrow: moves by one character; at the end of the text it accepts the suggestion.
    func moveRight() {
        if let suggestion { return insert(String(suggestion.dropFirst(line.text.count))) }
        moveCursor(to: line.cursor + line.nextLength)
    }

    /// Moves by one word; at the end of the text it accepts one word of the suggestion.
    func moveWordRight() {
        guard let suggestion else { return moveCursor(to: line.cursor + line.wordAfter(\.isWordPart)) }
        let rest = suggestion.dropFirst(line.text.count)
        let blanks = rest.prefix { !$0.isWordPart }
        insert(String(blanks + rest.dropFirst(blanks.count).prefix(while: \.isWordPart)))
    }

    /// Home and End, within the current row of a multi-line statement.
    func moveToRowEdge(atEnd: Bool) {
        let line = line
        if atEnd, let suggestion { return insert(String(suggestion.dropFirst(line.text.count))) }
        let start = line.scalars[..<line.cursor].lastIndex(of: 10).map { $0 + 1 } ?? 0
        moveCursor(to: atEnd ? line.scalars[line.cursor...].firstIndex(of: 10) ?? line.scalars.count : start)
    }
}
