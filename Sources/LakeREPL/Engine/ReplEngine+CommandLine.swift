package import LakeScript

/// Completion of lakesh's own command line, for the shells of the system: the words of a subcommand are like those of a
/// command, only that their shell quotes them by itself, and that options are written with hyphens.
extension ReplEngine {
    /// What the last of a subcommand's words may become.
    package func complete(_ words: [String], of signature: Signature) -> [Candidate] {
        let typed = words.last ?? ""
        // The option stands in the same word.
        let option = typed.hasPrefix("-") ? typed.lastIndex(of: "=").map { String(typed[...$0]) } ?? "" : ""
        var engine = self
        engine.definitions = [signature]
        let found = engine.complete(CursorContext(words, of: signature.name)).candidates.map { candidate in
            let name = typed.contains("_") ? candidate.text : String(candidate.text.map { $0 == "_" ? "-" : $0 })
            let text = candidate.kind == .option ? name : option + candidate.text
            return Candidate(text, candidate.description, candidate.kind)
        }
        return found.filter { $0.text.hasPrefix(typed) }
    }
}

extension CursorContext {
    /// The context of the last of a command line's words.
    fileprivate init(_ words: [String], of command: String) {
        self.init("", cursor: 0)
        self.command = command
        isOfSystemShell = true
        arguments = words.dropLast().map { $0.hasPrefix("--") ? .option($0) : .word($0) }
        place = .argument
        typed = words.last ?? ""
        guard typed.hasPrefix("-") else { return }
        let name = typed.drop { $0 == "-" }
        if let sign = name.firstIndex(of: "=") {
            place = .optionValue(String(name[..<sign]))
            typed = String(name[name.index(after: sign)...])
        } else {
            place = .option
            typed = typed.prefix { $0 == "-" } + String(name).replacingHyphens
        }
    }
}
