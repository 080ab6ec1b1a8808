internal import LakeRunner
internal import LakeScript

/// Words of other shells.
extension ReplSession {
    /// Returns the statement that a text stands for: `create_user --help`, `create_user -h`, `create_user?` and `?` ask for
    /// help; any other text is what it is.
    static func meaning(of text: String) -> String {
        let words = text.words
        if words == ["?"] { return "help" }
        let isQuestion = words.count == 1 && text.trimmed.hasSuffix("?")
        let asksByOption = words.count == 2 && ["--help", "-h"].contains(words[1])
        let name = isQuestion ? String(words[0].dropLast()) : words.first ?? ""
        guard isQuestion || asksByOption, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) else {
            return text
        }
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
