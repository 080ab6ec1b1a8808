/// What can stand where the cursor is: the text that is put in, what a menu says about it, what it is.
package struct Candidate: Equatable, Sendable {
    package let text: String
    /// One line; empty where the text says all.
    package var description: String
    package let kind: Kind

    /// What the candidate names. Raw values are what `lakesh completions` prints.
    package enum Kind: String, Sendable {
        case command, keyword, meta, option, value, variable, field, file, folder
        /// Asked from the server.
        case server
    }

    package init(_ text: String, _ description: String = "", _ kind: Kind) {
        self.text = text
        self.description = description
        self.kind = kind
    }

    /// What follows the text once it is chosen: a blank where an argument is at its end.
    package var suffix: String {
        switch kind {
        case .command, .keyword, .meta, .value, .file, .server: " "
        case .option: text.hasSuffix("=") ? "" : " "
        case .variable, .field, .folder: ""
        }
    }
}

/// The answer to a wish for completion.
package struct Completion: Equatable, Sendable {
    /// The bytes of the text's UTF-8 that a candidate replaces.
    package var range: Range<Int>
    package var candidates: [Candidate] = []
    /// Candidates of the server are under way: ask again when something has come.
    package var isLoading = false
    /// Why there are none, where a reason is known: a server's error.
    package var message = ""

    package init(_ range: Range<Int>, _ candidates: [Candidate] = []) {
        self.range = range
        self.candidates = candidates
    }

    /// What all candidates begin with: the first and the last of them in order, and so all that lie between. Where
    /// nothing is typed, options are only offered: what they begin with may not be meant.
    package var commonPrefix: String {
        if range.isEmpty, candidates.allSatisfy({ $0.kind == .option }) { return "" }
        let texts = candidates.map(\.text)
        guard let first = texts.min(), let last = texts.max() else { return "" }
        return first.commonPrefix(with: last)
    }
}

extension String {
    /// What both texts begin with, in whole characters.
    func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
