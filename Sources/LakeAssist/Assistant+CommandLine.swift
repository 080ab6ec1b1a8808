package import LakeScript

/// Completion of lakesh's own command line for bash, zsh and fish. A subcommand's words are bound as they are when it
/// runs, but the system's shell does the quoting, and options are spelled with hyphens.
extension Assistant {
    /// Returns the candidates for the last word of a subcommand.
    package func complete(_ words: [String], of signature: Signature) -> [Candidate] {
        let typed = words.last ?? ""
        // The option and its value are one word.
        let option = typed.hasPrefix("-") ? typed.lastIndex(of: "=").map { String(typed[...$0]) } ?? "" : ""
        let found = complete(CursorContext(words, of: signature)).candidates.map { candidate in
            let name = typed.contains("_") ? candidate.text : candidate.text.hyphenated
            let text = candidate.kind == .option ? name : option + candidate.text
            return Candidate(text, candidate.description, candidate.kind)
        }
        return found.filter { $0.text.hasPrefix(typed) }
    }
}

extension CursorContext {
    /// Makes the context of the last word of a command line.
    fileprivate init(_ words: [String], of signature: Signature) {
        let typed = words.last ?? ""
        let unfinished = CommandLineBinder(signature).bindUnfinished(Array(words.dropLast()))
        func call(_ parameter: Parameter?) -> CallContext {
            CallContext(signature: signature, given: unfinished.given, texts: unfinished.texts, parameter: parameter)
        }
        guard typed.hasPrefix("-") else {
            self.init(.argument, typed: typed, in: call(unfinished.due))
            return
        }
        let name = typed.drop { $0 == "-" }
        if let sign = name.firstIndex(of: "=") {
            let parameter = signature.parameter(named: String(name[..<sign])).map { signature.parameters[$0] }
            self.init(.argument, typed: String(name[name.index(after: sign)...]), in: call(parameter))
            self.call?.isTyping = true
        } else {
            let hyphens = typed.prefix { $0 == "-" }
            self.init(.option, typed: hyphens + String(name).replacingHyphens, in: call(nil))
        }
    }
}
