// Bare words, the arguments that need no quotes.
extension Parser {
    /// Parses a bare word; nil if it is malformed.
    mutating func word() -> ArgumentValue? {
        let start = Int(current.start)
        var end = start
        var isPlain = true
        while end < lexer.bytes.count, !lexer.bytes[end].endsWord {
            let byte = lexer.bytes[end]
            if byte == UInt8(ascii: "\\"), lexer.continuationEnd(at: end) != nil { break }
            if byte == .carriageReturn, lexer.byte(end + 1) == .newline { break }
            if byte == UInt8(ascii: "$") || byte < 0x20 || byte >= 0x7F { isPlain = false }
            end += 1
        }
        guard isPlain || checkCharacters(start, end) else { return nil }
        note(.word, start, end)
        let before = Int(previousEnd)
        resume(at: end)
        let place = Span(file: file, start: UInt32(start), end: UInt32(end))
        let text = string(start, end)
        if Parser.operatorWords.contains(text) {
            report(.operatorWord(text, at: place))
        } else if let mistake = mistakeAtEnd(of: text, at: place, behind: before) {
            report(mistake)
        } else if lexer.bytes[end - 1] != UInt8(ascii: ",") {
            guard text.hasPrefix("<<"), text != "<<" || current.kind == .quote else { return .word(text, place) }
            report(hereDocument(from: start))
        }
        return nil
    }

    /// Returns the mistake of a word that ends in a comma or a bracket. Of several commas in one command the first is
    /// told.
    private func mistakeAtEnd(of word: String, at place: Span, behind previous: Int) -> Diagnostic? {
        let end = Span(file: file, start: place.end - 1, end: place.end)
        switch word.utf8.last {
        case UInt8(ascii: ",") where previous == 0 || lexer.byte(previous - 1) != UInt8(ascii: ","):
            return .commaBetweenArguments(word: word, at: end)
        case UInt8(ascii: "["), UInt8(ascii: "]"): return .markAtEnd("a bracket", of: word, at: end)
        default: return nil
        }
    }

    /// Words that are operators in comparisons, in arithmetic or in other shells.
    private static let operatorWords: Set<String> = [
        "=", "==", "!=", "<", "<=", ">", ">=", "=~", "+", "??", "!", "&", "&&", ">>", "+=", "-=", "*=", "/=",
    ]

    /// Reports a `$` or a character that is not allowed in a word.
    private mutating func checkCharacters(_ start: Int, _ end: Int) -> Bool {
        var at = start
        while at < end {
            let next = lexer.characterEnd(from: at)
            let place = Span(file: file, start: UInt32(at), end: UInt32(next))
            if lexer.bytes[at] == UInt8(ascii: "$") {
                let whole = max(lexer.runEnd(from: start), end)
                let run = Span(file: file, start: UInt32(start), end: UInt32(whole))
                report(.dollarInWord(quoted: quotedForm(start, whole), at: run))
                resume(at: whole)
                return false
            }
            if isForbidden(string(at, next)) {
                report(.unknownCharacter(string(at, next), at: place))
                resume(at: end)
                return false
            }
            at = next
        }
        return true
    }

    /// True for control characters, characters that look like a blank, and curly quotes.
    private func isForbidden(_ character: String) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0xA0).contains(scalar.value)
            || Diagnostic.lookalikes[character] != nil
    }
}
