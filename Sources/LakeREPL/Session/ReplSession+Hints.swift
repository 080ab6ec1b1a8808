internal import LakeRunner
internal import LakeScript

/// Words of other shells.
extension ReplSession {
    /// Returns the statement that a text stands for: `create_user --help`, `create_user ana -h`, `create_user?` and `?`
    /// ask for help; any other text is what it is. In a pipeline they ask for help with its last command.
    func meaning(of text: String) -> String {
        let words = text.words
        if words == ["?"] { return "help" }
        if words.count == 1, let name = words.first?.dropLast(), text.trimmed.hasSuffix("?") {
            return name.utf8.allSatisfy(\.isNamePart) ? "help \(name)" : text
        }
        return commandWithHelp(in: text).map { "help \($0)" } ?? text
    }

    /// The command whose arguments end with `--help` or `-h`, at the end of the only statement of a text.
    private func commandWithHelp(in text: String) -> String? {
        guard let option = ["--help", "-h"].first(where: { text.trimmed.hasSuffix(" " + $0) }) else { return nil }
        let analysis = analysis(of: text)
        guard analysis.pieces.count == 1, analysis.tree.statements.count <= 1 else { return nil }
        if let command = analysis.pieces.first?.shellCommand { return analysis.string(command.name) }
        // The blanks behind it may be of any number.
        let blanks = text.utf8.reversed().prefix { $0 <= UInt8(ascii: " ") }.count
        return analysis.call(at: text.utf8.count - blanks - option.utf8.count)?.name.text
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
