package import LakeScript

/// Answers what an editor asks of a text, without a terminal: what completes it, whether it is whole, its colours.
///
/// A value made anew when the session's variables have changed. The shell asks it for each key, the shell completions
/// of bash, zsh and fish ask the same. What must be asked from a server comes from a `LiveValues`, which never waits.
package struct ReplEngine {
    /// What can be called from outside.
    package let vocabulary: Vocabulary
    /// The lines before, with their variables and `def`s.
    package var earlier: CheckedProgram?
    /// The `def`s of the lines before.
    package var definitions: [Signature]
    /// The shell's own commands.
    package var metaCommands: [Signature]
    /// The names of servers, for `use` and `--server`.
    package var profiles: [String] = []
    /// Values of the server; nil where no server is asked.
    package var live: (any LiveValues)?
    /// Where `cd` went: its things come first, and stand in for what a variable leaves open.
    package var place: Place?
    /// Names in folders, for completion.
    let files: any FileNames

    package init(
        vocabulary: Vocabulary, earlier: CheckedProgram? = nil, definitions: [Signature] = [],
        metaCommands: [Signature] = [], live: (any LiveValues)? = nil, files: any FileNames = FolderNames()
    ) {
        self.vocabulary = vocabulary
        self.earlier = earlier
        self.definitions = definitions
        self.metaCommands = metaCommands
        self.live = live
        self.files = files
    }

    /// Whether a text goes on in the next line. A meta command is one line, and so is a text that ends in an empty row:
    /// the way out of a bracket that was not meant.
    package func isIncomplete(_ text: String) -> Bool {
        guard metaCommand(of: text) == nil, !text.hasSuffix("\n\n") else { return false }
        return Parser.isIncomplete(text)
    }

    /// The meta command that a text begins with, or nil.
    package func metaCommand(of text: String) -> Signature? {
        let name = text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace && $0 != ";" }
        return metaCommands.first { $0.name == name }
    }

    /// Where the line begins that a meta command takes whole (`explain LINE`): a byte of the text's UTF-8; nil where the
    /// text is no such command.
    func lineStart(in text: String) -> Int? {
        guard let command = metaCommand(of: text), command.parameters.first?.role == .command else { return nil }
        return text.prefix(while: \.isWhitespace).utf8.count + command.name.utf8.count
    }

    /// The signature of whatever is called so.
    func signature(named name: String) -> Signature? {
        definitions.first { $0.name == name } ?? vocabulary[name]?.signature ?? Builtins[name]?.signature
            ?? metaCommands.first { $0.name == name }
    }
}
