/// A completion: the text to insert, its description for a menu, and its kind.
package struct Candidate: Equatable, Sendable {
    package let text: String
    /// The name as a menu shows it; `text` may have quotes.
    package let label: String
    /// One line; empty if the text needs no description.
    package var description: String
    package let kind: Kind

    /// The kind of entity that a candidate names. The raw values are printed by `lakesh complete`.
    package enum Kind: String, Sendable {
        case command, keyword, meta, option, value, variable, field, file, folder
        /// An entity of the server.
        case server
    }

    package init(_ text: String, _ description: String = "", _ kind: Kind, label: String? = nil) {
        self.text = text
        self.label = label ?? text
        self.description = description
        self.kind = kind
    }

    /// The text inserted after a chosen candidate: a blank if the argument is complete.
    package var suffix: String {
        switch kind {
        case .command, .keyword, .meta, .value, .file, .server: " "
        case .option: text.hasSuffix("=") ? "" : " "
        case .variable, .field, .folder: ""
        }
    }
}

/// The result of a completion request.
package struct Completion: Equatable, Sendable {
    /// The bytes of the text's UTF-8 that a candidate replaces.
    package var range: Range<Int>
    package var candidates: [Candidate] = []
    /// True if the server was asked for more candidates: repeat the request when they have arrived.
    package var isLoading = false
    /// True if the server has more candidates than these.
    package var isPart = false
    /// The reason why there are no candidates, if known: a server's error.
    package var message = ""

    package init(_ range: Range<Int>, _ candidates: [Candidate] = []) {
        self.range = range
        self.candidates = candidates
    }

    /// The candidate that can be meant alone, but for an option that nobody began to type.
    package var onlyCandidate: Candidate? {
        guard candidates.count == 1, !isLoading, !isPart, !(range.isEmpty && candidates[0].kind == .option) else {
            return nil
        }
        return candidates[0]
    }

    /// The prefix that all candidates share; the first and the last in order determine it. It is empty if nothing is
    /// typed and the candidates are options, since the user may not want an option at all.
    package var commonPrefix: String {
        if isPart || range.isEmpty && candidates.allSatisfy({ $0.kind == .option }) { return "" }
        let texts = candidates.map(\.text)
        guard let first = texts.min(), let last = texts.max() else { return "" }
        let common = first.commonPrefix(with: last)
        // An escape is not cut in two.
        return common.contains("\\") ? "" : common
    }
}

extension String {
    /// Returns the longest common prefix in whole characters.
    func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
