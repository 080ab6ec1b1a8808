internal import LakeAPI
package import LakeScript

/// Answers what an editor asks of a text, without a terminal: what completes it, whether it is whole, its colours.
///
/// A value made anew when the session's variables have changed. The shell asks it for each key, the shell completions
/// of bash, zsh and fish ask the same. What must be asked from a server comes from a `LiveValues`, which never waits.
package struct Assistant {
    /// What can be called from outside.
    package let vocabulary: Vocabulary
    /// The lines before, with their variables and `def`s.
    package var earlier: CheckedProgram?
    /// The shell's own commands.
    package var metaCommands: [Signature]
    /// What `help` explains beside commands and keywords.
    package var articles: [Candidate] = []
    /// The names of servers, for `use` and `--server`.
    package var profiles: [String] = []
    /// Values of the server; nil where no server is asked.
    package var live: (any LiveValues)?
    /// Where `cd` went: its things come first, and stand in for what a variable leaves open.
    package var location: Location?
    /// Names in folders, for completion.
    let files: any FileNames

    package init(
        vocabulary: Vocabulary, earlier: CheckedProgram? = nil, metaCommands: [Signature] = [],
        live: (any LiveValues)? = nil, files: any FileNames = FolderNames()
    ) {
        self.vocabulary = vocabulary
        self.earlier = earlier
        self.metaCommands = metaCommands
        self.live = live
        self.files = files
    }

    /// What a text means that is typed after the lines before.
    package func analysis(of text: String) -> SourceAnalysis {
        let surroundings = Checker.Surroundings(
            vocabulary: vocabulary, earlier: earlier, isPrompt: true, wantsProgram: false,
            looksSecret: { $0.looksSecretOrSigned })
        return SourceAnalysis(
            SourceText(name: "<prompt>", text: text), in: surroundings, shellCommands: metaCommands)
    }

    /// Whether a text goes on in the next line. A meta command is one line, and so is a text that ends in an empty row:
    /// the way out of a bracket that was not meant.
    package func isIncomplete(_ analysis: SourceAnalysis) -> Bool {
        let endsEmpty = analysis.text.bytes.suffix(2).elementsEqual("\n\n".utf8)
        return analysis.shellCommand == nil && analysis.isIncomplete && !endsEmpty
    }

    /// Whether the name of something that can be called, or a keyword, begins so.
    package func isBeginning(_ text: String) -> Bool {
        vocabulary.names.contains { $0.hasUTF8Prefix(text) }
            || Builtins.all.contains { $0.signature.name.hasUTF8Prefix(text) }
            || Keyword.allCases.contains { $0.rawValue.hasUTF8Prefix(text) }
            || (definitions + metaCommands.map(\.name)).contains { $0.hasUTF8Prefix(text) }
    }

    /// The names of the `def`s of the lines before.
    var definitions: [String] { earlier?.functions.map(\.name) ?? [] }
}

extension String {
    /// Whether it is like a key, or an address in it holds a password or carries its own permission.
    package var looksSecretOrSigned: Bool { looksSecret || PresignedAddress.stands(in: self) }

    /// Whether the text begins with another's bytes.
    package func hasUTF8Prefix(_ other: String) -> Bool { utf8.starts(with: other.utf8) }
}
