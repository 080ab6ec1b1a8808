internal import LakeRunner
internal import LakeScript

/// Words of other shells.
extension ReplSession {
    /// Returns the statement that a text stands for: `create_user --help`, `create_user ana -h`, `create_user?` and `?`
    /// ask for help; any other text is what it is. In a pipeline they ask for help with its last command.
    static func meaning(of text: String) -> String {
        if text.words == ["?"] { return "help" }
        let words = text.split(separator: "|").last.map { String($0).words } ?? []
        let isQuestion = text.words.count == 1 && text.trimmed.hasSuffix("?")
        // A word in quotes is a value.
        let asksByOption =
            ["--help", "-h"].contains { words.count >= 2 && text.trimmed.hasSuffix(" " + $0) }
            && !text.contains { $0 == ";" || $0.isNewline }
        let name = isQuestion ? String(words.first?.dropLast() ?? "") : words.first ?? ""
        let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        guard isName, isQuestion || asksByOption else { return text }
        return "help \(name)"
    }

    /// Returns the mistake of a text that is no statement; nil if it may be one.
    static func mistake(in text: String) -> Failure? {
        guard let sign = text.first, "!:\\".contains(sign) else { return nil }
        let word = text.words.first ?? String(sign)
        let leaves = ["q", "quit", "exit", "x", "wq", "q!"].contains(word.dropFirst())
        let advice =
            leaves ? "`exit` or ^D leaves the shell" : sign == "!" ? "a program is run by `exec`" : "`help shell`"
        return .shellCommand("`\(word)` is no command of the shell", advice: advice)
    }
}
