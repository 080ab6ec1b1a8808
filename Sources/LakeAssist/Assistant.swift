internal import LakeAPI
package import LakeScript

/// Answers an editor's questions about a text, without a terminal: completion, completeness, colours.
///
/// It is a value, made again when the session's variables change. The shell asks it at each key, and so do the
/// completions of bash, zsh and fish. Values of the server come from a `LiveValues`, which never blocks.
package struct Assistant {
    /// The commands of the catalogue and the built-ins.
    package let vocabulary: Vocabulary
    /// The checked earlier lines of the session, with their variables and `def`s.
    package var earlier: CheckedProgram?
    /// The shell's own commands.
    package var metaCommands: [Signature]
    /// The topics of `help` besides commands and keywords.
    package var articles: [Candidate] = []
    /// The names of server profiles, for `use` and `--server`.
    package var profiles: [String] = []
    /// Values of the server; nil without a server.
    package var live: (any LiveValues)?
    /// The current place, set by `cd`. Its entities come first, and it fills in arguments that a variable leaves open.
    package var location: Location?
    /// File names for completion.
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

    /// Analyses a text that is typed after the earlier lines.
    package func analysis(of text: String) -> SourceAnalysis {
        let surroundings = Checker.Surroundings(
            vocabulary: vocabulary, earlier: earlier, isPrompt: true, wantsProgram: false,
            looksSecret: { $0.looksSecretOrSigned })
        return SourceAnalysis(
            SourceText(name: "<prompt>", text: text), in: surroundings, shellCommands: metaCommands)
    }

    /// Returns true if a text continues on the next line. One of the shell's own commands is always complete, and so is
    /// a text that ends in an empty row: that is the way out of a bracket opened by accident.
    package func isIncomplete(_ analysis: SourceAnalysis) -> Bool {
        let endsEmpty = analysis.text.bytes.suffix(2).elementsEqual("\n\n".utf8)
        return analysis.isIncomplete && !endsEmpty
    }

    /// True if the name of a command or a keyword begins with the text.
    package func isBeginning(_ text: String) -> Bool {
        vocabulary.names.contains { $0.hasUTF8Prefix(text) }
            || Builtins.all.contains { $0.signature.name.hasUTF8Prefix(text) }
            || Keyword.allCases.contains { $0.rawValue.hasUTF8Prefix(text) }
            || (definitions + metaCommands.map(\.name)).contains { $0.hasUTF8Prefix(text) }
    }

    /// The names of the `def`s in earlier lines.
    var definitions: [String] { earlier?.functions.map(\.name) ?? [] }
}

extension String {
    /// True if it looks like a key, or contains an address with a password or a presigned one.
    package var looksSecretOrSigned: Bool { looksSecret || PresignedAddress.stands(in: self) }

    /// True if the text begins with the bytes of another.
    package func hasUTF8Prefix(_ other: String) -> Bool { utf8.starts(with: other.utf8) }
}
