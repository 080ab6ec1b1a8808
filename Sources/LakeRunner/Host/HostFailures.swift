package import LakeScript

// The failures of YAML, of regular expressions and of topics: R0401 to R0403.
extension Failure {
    static let codesOfHost = [r0401, r0402, r0403]

    static let r0401 = Code(
        "R0401",
        """
        A text is not YAML, or uses a part of it that has no value here: tags (`!name`), a key that comes twice, a number \
        beyond 64 bits, more than one document without `--all_documents`. The message names the line. A text that looks \
        like a number, as the commit id 12e3, needs quotes.
        """)
    static func notYAML(_ problem: String, notes: [String] = []) -> Failure { Failure(r0401, problem, notes: notes) }

    /// The same failure with the name of the text, if it is one of YAML; without the words of a secret text.
    func naming(_ text: String, isSecret: Bool = false) -> Failure {
        guard code == Failure.r0401.name else { return self }
        let said = isSecret ? String(message.prefix { $0 != ":" }) : message
        return .notYAML("\(text) is not YAML: \(said)", notes: notes)
    }

    static let r0402 = Code(
        "R0402",
        """
        A regular expression has an error, or needs too much time on this text. Regular expressions are PCRE2's. Write \
        them in '…', where a backslash is only a backslash. Nested repetitions like `(a+)+` need too much time on some \
        texts: write them without the inner repetition.
        """)
    static func wrongPattern(_ pattern: String, at offset: Int, _ problem: String) -> Failure {
        Failure(r0402, "the regular expression `\(pattern)` is wrong at \(offset): \(problem)")
    }

    static func wrongReplacement(_ replacement: String, _ problem: String) -> Failure {
        Failure(r0402, "the replacement `\(replacement)` is wrong: \(problem)")
    }

    static func patternCannotMatch(_ problem: String) -> Failure {
        Failure(r0402, "the regular expression cannot be tried on this text: \(problem)")
    }

    static let replacedTooLong = Failure(r0402, "the replaced text is too long")

    static let r0403 = Code(
        "R0403",
        """
        There is no topic, operation or area of this name. `help` lists the articles, `lakesh operations` lists the \
        operations with their areas; keywords, built-ins and codes of errors are topics too.
        """)
    package static func unknownTopic(_ message: String, notes: [String] = []) -> Failure {
        Failure(r0403, message, notes: notes)
    }
}
