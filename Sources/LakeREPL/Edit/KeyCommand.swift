internal import CEditline

/// A key command of the shell: its name in libedit, its keys, and its action, which returns one of libedit's `CC_…`.
///
/// Keys are in the notation of `bind`: `^A`, `\ef`. In vi mode no key with ESC is bound, so that ESC acts at once.
struct KeyCommand {
    let name: String
    /// The function key, in all key maps.
    var function: KeyDecoder.Key?
    /// Keys in all key maps.
    var keys: [String] = []
    /// Keys in emacs mode and in vi's insert mode.
    var insertKeys: [String] = []
    /// Keys in emacs mode.
    var emacsKeys: [String] = []
    /// Keys in vi's command mode.
    var viKeys: [String] = []
    let action: @convention(c) (OpaquePointer?, Int32) -> UInt8

    /// Returns the keys of the main key map: emacs mode or vi's insert mode.
    func mainKeys(isVi: Bool) -> [String] { codes + keys + insertKeys + (isVi ? [] : emacsKeys) }
    /// The keys of vi's command mode.
    var alternativeKeys: [String] { codes + keys + viKeys }

    /// libedit gets a function key as a single C1 code, written in octal.
    private var codes: [String] { function.map { ["\\" + String($0.rawValue, radix: 8)] } ?? [] }
}

extension EditlineEditor {
    /// All commands of the shell with their keys.
    static let commands = entering + moving + changing + recalling + asking

    /// Commands that end or insert text.
    private static let entering: [KeyCommand] = [
        KeyCommand(name: "lakesh-accept", keys: ["^M", "^J"]) { e, _ in act(e) { $0.accept() } },
        KeyCommand(name: "lakesh-newline", function: .newline) { e, _ in act(e) { $0.insert("\n") } },
        KeyCommand(name: "lakesh-paste", function: .paste) { e, _ in act(e) { $0.paste() } },
        KeyCommand(name: "lakesh-interrupt", keys: ["^C"]) { e, _ in act(e) { $0.interrupt() } },
        KeyCommand(name: "lakesh-delete-or-end", keys: ["^D"]) { e, _ in act(e) { $0.deleteOrEnd() } },
        KeyCommand(name: "lakesh-stop", keys: ["^Z"]) { e, _ in act(e) { $0.stop() } },
        KeyCommand(name: "lakesh-clear", keys: ["^L"]) { e, _ in act(e) { $0.painter.clearScreen() } },
        // libedit's commands for these keys read text by themselves, start vi, or drop the line.
        KeyCommand(name: "lakesh-ignore", function: .ignored, emacsKeys: ["\\ex", "\\eX"], viKeys: [":", "#"]) {
            e, _ in
            act(e) { _ in }
        },
        // In vi's command mode, libedit's ESC would wait for another key and swallow it.
        KeyCommand(name: "lakesh-no-escape", viKeys: ["^["]) { e, _ in act(e) { _ in } },
        KeyCommand(name: "lakesh-note-insert") { e, _ in act(e) { $0.isCommandMode = false } },
        KeyCommand(name: "lakesh-note-command") { e, _ in act(e) { $0.isCommandMode = true } },
    ]

    private static let moving: [KeyCommand] = [
        KeyCommand(name: "lakesh-up", function: .up, keys: ["^P"], viKeys: ["k", "-"]) { e, _ in
            act(e) { $0.moveRows(-1) }
        },
        KeyCommand(name: "lakesh-down", function: .down, keys: ["^N"], viKeys: ["j", "+"]) { e, _ in
            act(e) { $0.moveRows(1) }
        },
        KeyCommand(name: "lakesh-right", function: .right, keys: ["^F"]) { e, _ in act(e) { $0.moveRight() } },
        KeyCommand(name: "lakesh-left", function: .left, keys: ["^B"]) { e, _ in
            act(e) { $0.moveCursor(to: $0.line.cursor - $0.line.previousLength) }
        },
        KeyCommand(name: "lakesh-home", function: .home, keys: ["^A"]) { e, _ in
            act(e) { $0.moveToRowEdge(atEnd: false) }
        },
        KeyCommand(name: "lakesh-end", function: .end, keys: ["^E"]) { e, _ in act(e) { $0.moveToRowEdge(atEnd: true) }
        },
        KeyCommand(name: "lakesh-word-left", function: .wordLeft, emacsKeys: ["\\eb"]) { e, _ in
            act(e) { $0.moveCursor(to: $0.line.cursor - $0.line.wordBefore(\.isWordPart)) }
        },
        KeyCommand(name: "lakesh-word-right", function: .wordRight, emacsKeys: ["\\ef"]) { e, _ in
            act(e) { $0.moveWordRight() }
        },
    ]

    private static let changing: [KeyCommand] = [
        KeyCommand(name: "lakesh-delete", function: .delete) { e, _ in act(e) { $0.deleteAfter($0.line.nextLength) } },
        KeyCommand(name: "lakesh-backspace", keys: ["^?", "^H"]) { e, _ in
            act(e) { $0.deleteBefore($0.line.previousLength) }
        },
        KeyCommand(name: "lakesh-kill-argument", keys: ["^W"]) { e, _ in
            act(e) { $0.kill(back: $0.line.wordBefore { !$0.isWhitespace }) }
        },
        KeyCommand(name: "lakesh-kill-word-back", emacsKeys: ["\\e^?", "\\e^H"]) { e, _ in
            act(e) { $0.kill(back: $0.line.wordBefore(\.isWordPart)) }
        },
        KeyCommand(name: "lakesh-kill-word", function: .deleteWord, emacsKeys: ["\\ed"]) { e, _ in
            act(e) { $0.kill(ahead: $0.line.wordAfter(\.isWordPart)) }
        },
        KeyCommand(name: "lakesh-kill-row-back", keys: ["^U"]) { e, _ in
            act(e) { $0.kill(back: $0.line.cursor - $0.line.row.lowerBound) }
        },
        KeyCommand(name: "lakesh-kill-row", insertKeys: ["^K"]) { e, _ in
            act(e) { $0.kill(ahead: max(1, $0.line.row.upperBound - $0.line.cursor)) }
        },
        KeyCommand(name: "lakesh-mark", emacsKeys: ["^@"]) { e, _ in act(e) { $0.kills.mark = $0.line.cursor } },
        KeyCommand(name: "lakesh-copy", emacsKeys: ["\\ew"]) { e, _ in act(e) { $0.copyRegion() } },
        KeyCommand(name: "lakesh-yank", emacsKeys: ["^Y"]) { e, _ in act(e) { $0.insert($0.kills.text) } },
        KeyCommand(name: "lakesh-undo", keys: ["^_"]) { e, _ in act(e) { $0.undoChange() } },
        KeyCommand(name: "lakesh-change-case", viKeys: ["~"]) { e, _ in act(e) { $0.changeCase() } },
    ]

    private static let recalling: [KeyCommand] = [
        KeyCommand(name: "lakesh-page-up", function: .pageUp, emacsKeys: ["\\ep"]) { e, _ in act(e) { $0.movePage(-1) }
        },
        KeyCommand(name: "lakesh-page-down", function: .pageDown, emacsKeys: ["\\en"]) { e, _ in
            act(e) { $0.movePage(1) }
        },
        KeyCommand(name: "lakesh-last-argument", emacsKeys: ["\\e.", "\\e_"]) { e, _ in
            act(e) { $0.insertLastArgument() }
        },
        KeyCommand(name: "lakesh-search", insertKeys: ["^R", "^S"], viKeys: ["/", "?"]) { e, _ in
            act(e) { $0.searchHistory() }
        },
        KeyCommand(name: "lakesh-search-older", viKeys: ["n"]) { e, _ in act(e) { $0.searchAgain(forward: false) } },
        KeyCommand(name: "lakesh-search-newer", viKeys: ["N"]) { e, _ in act(e) { $0.searchAgain(forward: true) } },
    ]

    private static let asking: [KeyCommand] = [
        KeyCommand(name: "lakesh-complete", keys: ["^I"]) { e, _ in act(e) { $0.complete(step: 1) } },
        KeyCommand(name: "lakesh-complete-back", function: .backTab) { e, _ in act(e) { $0.complete(step: -1) } },
        KeyCommand(name: "lakesh-close-menu", keys: ["^G"]) { e, _ in act(e) { $0.closeMenu() } },
        KeyCommand(name: "lakesh-edit-line", emacsKeys: ["^X^E"], viKeys: ["v"]) { e, _ in act(e) { $0.editLine() } },
    ]

    /// Runs an action and returns libedit's next state: the end of the line if there is a result.
    private static func act(_ editor: OpaquePointer?, _ action: (EditlineEditor) -> Void) -> UInt8 {
        guard let self = of(editor) else { return UInt8(CC_EOF) }
        action(self)
        return UInt8(self.result == nil ? CC_REFRESH : CC_NEWLINE)
    }
}

extension Character {
    /// True if word motions treat it as part of a word.
    var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
