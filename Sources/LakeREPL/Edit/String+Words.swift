internal import LakeScript

extension String {
    /// The text as a word of the system's shell.
    var asShellWord: String {
        let isPlain = allSatisfy { $0.isLetter || $0.isNumber || "-_./~:@%+,=".contains($0) }
        return isPlain
            ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// The words of the text, split at blanks outside of quotes, without their quotes.
    var words: [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in self {
            if let open = quote {
                if character == open { quote = nil } else { word?.append(character) }
            } else if character == "\"" || character == "'" {
                (quote, word) = (character, word ?? "")
            } else if character.isWhitespace {
                if let word { words.append(word) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + [word].compactMap(\.self)
    }

    /// The last word, with its quotes; empty if there is a single one.
    var lastWord: String {
        var start = endIndex
        var quote: Character?
        var isFirst = true
        for place in indices {
            let character = self[place]
            if let open = quote {
                if character == open { quote = nil }
            } else if character.isWhitespace {
                isFirst = false
            } else {
                if place == startIndex || self[index(before: place)].isWhitespace { start = place }
                if character == "\"" || character == "'" { quote = character }
            }
        }
        return isFirst ? "" : String(self[start...]).trimmed
    }

    /// The text without the quotes around it.
    var unquoted: String {
        guard let first, count > 1, first == last, first == "\"" || first == "'" else { return self }
        return String(dropFirst().dropLast())
    }
}
