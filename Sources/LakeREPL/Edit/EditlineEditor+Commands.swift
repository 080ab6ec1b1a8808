internal import CEditline

/// A command of ours: what libedit calls it, the keys that it is bound to in emacs and in both of vi's maps, and what
/// it does. Its answer is one of libedit's `CC_…`.
struct KeyCommand {
    let name: String
    /// Its function key.
    var function: KeyDecoder.Key?
    /// As `bind` reads them: `^A`, `\ef` (those with ESC are left out in vi, where ESC must act at once).
    var keys: [String] = []
    /// Further keys of vi's command mode.
    var viKeys: [String] = []
    let action: @convention(c) (OpaquePointer?, Int32) -> UInt8

    /// All keys that an insert map may have.
    func keys(isVi: Bool) -> [String] {
        // libedit sees a function key as one C1 code, which it reads in octal.
        let codes = function.map { ["\\" + String($0.rawValue, radix: 8)] } ?? []
        return codes + keys.filter { !isVi || !$0.hasPrefix("\\e") }
    }
}

extension EditlineEditor {
    /// All our commands and their keys.
    static let commands: [KeyCommand] = [
        KeyCommand(name: "lakesh-accept", keys: ["^M", "^J"]) { e, _ in act(e) { $0.accept() } },
        KeyCommand(name: "lakesh-newline", function: .newline) { e, _ in act(e) { $0.insert("\n") } },
        KeyCommand(name: "lakesh-complete", keys: ["^I"]) { e, _ in act(e) { $0.complete(step: 1) } },
        KeyCommand(name: "lakesh-complete-back", function: .backTab) { e, _ in act(e) { $0.complete(step: -1) } },
        KeyCommand(name: "lakesh-up", function: .up, keys: ["^P"], viKeys: ["k"]) { e, _ in act(e) { $0.moveRows(-1) }
        },
        KeyCommand(name: "lakesh-down", function: .down, keys: ["^N"], viKeys: ["j"]) { e, _ in
            act(e) { $0.moveRows(1) }
        },
        KeyCommand(name: "lakesh-right", function: .right, keys: ["^F"]) { e, _ in act(e) { $0.moveRight() } },
        KeyCommand(name: "lakesh-left", function: .left, keys: ["^B"]) { e, _ in
            act(e) { $0.moveCursor(to: $0.line.cursor - $0.line.previousLength) }
        },
        KeyCommand(name: "lakesh-delete", function: .delete) { e, _ in act(e) { $0.deleteAfter($0.line.nextLength) } },
        KeyCommand(name: "lakesh-backspace", keys: ["^?", "^H"]) { e, _ in
            act(e) { $0.deleteBefore($0.line.previousLength) }
        },
        KeyCommand(name: "lakesh-paste", function: .paste) { e, _ in act(e) { $0.paste() } },
        KeyCommand(name: "lakesh-home", function: .home, keys: ["^A"]) { e, _ in
            act(e) { $0.moveToRowEdge(atEnd: false) }
        },
        KeyCommand(name: "lakesh-end", function: .end, keys: ["^E"]) { e, _ in act(e) { $0.moveToRowEdge(atEnd: true) }
        },
        KeyCommand(name: "lakesh-word-left", function: .wordLeft, keys: ["\\eb"]) { e, _ in
            act(e) { $0.moveCursor(to: $0.line.cursor - $0.line.wordBefore(\.isWordPart)) }
        },
        KeyCommand(name: "lakesh-word-right", function: .wordRight, keys: ["\\ef"]) { e, _ in
            act(e) { $0.moveWordRight() }
        },
        KeyCommand(name: "lakesh-page-up", function: .pageUp, keys: ["\\ep"]) { e, _ in act(e) { $0.movePage(-1) } },
        KeyCommand(name: "lakesh-page-down", function: .pageDown, keys: ["\\en"]) { e, _ in act(e) { $0.movePage(1) } },
        KeyCommand(name: "lakesh-ignore", function: .ignored) { e, _ in act(e) { _ in } },
        KeyCommand(name: "lakesh-erase-word", keys: ["^W"]) { e, _ in
            act(e) { $0.deleteBefore($0.line.wordBefore { !$0.isWhitespace }) }
        },
        KeyCommand(name: "lakesh-interrupt", keys: ["^C"]) { e, _ in act(e) { $0.interrupt() } },
        KeyCommand(name: "lakesh-delete-or-end", keys: ["^D"]) { e, _ in act(e) { $0.deleteOrEnd() } },
        KeyCommand(name: "lakesh-clear", keys: ["^L"]) { e, _ in act(e) { $0.painter.clearScreen() } },
        KeyCommand(name: "lakesh-stop", keys: ["^Z"]) { e, _ in act(e) { $0.stop() } },
        KeyCommand(name: "lakesh-search", keys: ["^R"], viKeys: ["/"]) { e, _ in act(e) { $0.searchHistory() } },
        KeyCommand(name: "lakesh-undo", keys: ["^_"]) { e, _ in act(e) { $0.undoChange() } },
        KeyCommand(name: "lakesh-close-menu", keys: ["^G"]) { e, _ in act(e) { $0.menu = nil } },
    ]

    /// Runs an action and says how libedit goes on: to the end of the line when a result is there.
    private static func act(_ editor: OpaquePointer?, _ action: (EditlineEditor) -> Void) -> UInt8 {
        guard let self = of(editor) else { return UInt8(CC_EOF) }
        action(self)
        return UInt8(self.result == nil ? CC_REFRESH : CC_NEWLINE)
    }

    /// Enter: takes the chosen candidate, goes on in a new line, or ends the statement.
    private func accept() {
        if let open = menu, open.menu.selected != nil {
            menu = nil
            return
        }
        menu = nil
        outdentBrace()
        let text = line.text
        if assistant?.isIncomplete(text) == true {
            moveCursor(to: line.scalars.count)
            insert("\n" + EditlineEditor.indentation(after: text))
            return
        }
        paintFinal()
        result = .line(text)
    }

    /// A row of only `}` belongs two blanks further to the left.
    private func outdentBrace() {
        let row = line.text.split(separator: "\n").last ?? ""
        guard line.cursor == line.scalars.count, row.hasPrefix("  "), row.drop(while: { $0 == " " }) == "}" else {
            return
        }
        deleteBefore(3)
        insert("}")
    }

    /// Two blanks for each block that is open at the end of the text.
    private static func indentation(after text: String) -> String {
        let last = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
        let depth = last.prefix { $0 == " " }.count + (last.hasSuffix("{") ? 2 : 0)
        return String(repeating: " ", count: depth)
    }

    /// ^C
    private func interrupt() {
        guard menu == nil else {
            menu = nil
            return
        }
        moveCursor(to: line.scalars.count)
        paintFinal()
        result = .cancelled
    }

    /// ^D
    private func deleteOrEnd() {
        guard line.isEmpty else { return deleteAfter(line.nextLength) }
        paintFinal()
        result = .endOfInput
    }

    /// ^Z
    private func stop() {
        painter.erase()
        painter.emit(EditlineEditor.pasteMarksOff)
        lakesh_prepare_terminal(editor, 0)
        lakesh_stop()
        lakesh_prepare_terminal(editor, 1)
        painter.emit(EditlineEditor.pasteMarksOn)
        measureWindow()
        painter.forget()
    }

    private func undoChange() {
        guard let past = undo.back() else { return }
        replaceLine(with: past.text, cursor: past.cursor)
    }

    /// Right: a character on; at the end of the text it takes the suggestion.
    private func moveRight() {
        if let suggestion { return insert(String(suggestion.dropFirst(line.text.count))) }
        moveCursor(to: line.cursor + line.nextLength)
    }

    /// A word on; at the end of the text it takes a word of the suggestion.
    private func moveWordRight() {
        guard let suggestion else { return moveCursor(to: line.cursor + line.wordAfter(\.isWordPart)) }
        let rest = suggestion.dropFirst(line.text.count)
        let blanks = rest.prefix { !$0.isWordPart }
        insert(String(blanks + rest.dropFirst(blanks.count).prefix(while: \.isWordPart)))
    }

    /// Home and End, within the row of a statement of several lines.
    private func moveToRowEdge(atEnd: Bool) {
        let line = line
        if atEnd, let suggestion { return insert(String(suggestion.dropFirst(line.text.count))) }
        let start = line.scalars[..<line.cursor].lastIndex(of: 10).map { $0 + 1 } ?? 0
        moveCursor(to: atEnd ? line.scalars[line.cursor...].firstIndex(of: 10) ?? line.scalars.count : start)
    }

    /// A bracketed paste: one unit, in which nothing runs and no key acts.
    private func paste() {
        var bytes: [UInt8] = []
        while true {
            switch decoder.takePasteEnd() {
            case true?: return insert(EditlineEditor.cleaned(bytes))
            case false?:
                if let byte = decoder.nextByte() { bytes.append(byte) }
            case nil:
                // A lost end mark must not hold the shell.
                guard waitForKey(milliseconds: 1000), readKeys() else { return insert(EditlineEditor.cleaned(bytes)) }
            }
        }
    }

    /// Pasted text: line ends are `\n`, other controls than TAB go, one final line end too.
    static func cleaned(_ bytes: [UInt8]) -> String {
        var text = String.UnicodeScalarView()
        var previous: UnicodeScalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            defer { previous = scalar }
            switch scalar.value {
            case 0x0D: text.append("\n")
            case 0x0A: if previous != "\r" { text.append("\n") }
            case 0x09: text.append(scalar)
            case 0..<0x20, 0x7F..<0xA0: break
            default: text.append(scalar)
            }
        }
        if text.last == "\n" { text.removeLast() }
        return String(text)
    }
}

extension Character {
    /// Whether word motions take it for a part of a word.
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
