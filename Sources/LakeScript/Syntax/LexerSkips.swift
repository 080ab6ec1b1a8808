// Look-ahead over bytes without scanning tokens.
extension Lexer {
    /// Returns the end of the string that begins at a quote: behind its closing quote, or the end of its line.
    func stringEnd(from start: Int) -> Int {
        let quote = bytes[start]
        if isTripleQuote(start) { return tripleEnd(from: start + 3) }
        var at = start + 1
        while at < bytes.count, !isLineEnd(at) {
            if bytes[at] == quote { return at + 1 }
            at += bytes[at] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") && !isLineEnd(at + 1) ? 2 : 1
        }
        return min(at, bytes.count)
    }

    /// True if there is a `"""` at an offset.
    func isTripleQuote(_ offset: Int) -> Bool {
        byte(offset) == UInt8(ascii: "\"") && byte(offset + 1) == UInt8(ascii: "\"")
            && byte(offset + 2) == UInt8(ascii: "\"")
    }

    /// Finds the closing `"""` at or after an offset: the next line that begins with it. Returns the offsets of the
    /// line and of the quotes.
    func closingTripleQuote(from offset: Int) -> (line: Int, quote: Int)? {
        var line = offset
        while line < bytes.count {
            var first = line
            while byte(first).isBlank { first += 1 }
            if isTripleQuote(first) { return (line, first) }
            while line < bytes.count, bytes[line] != .newline { line += 1 }
            line += 1
        }
        return nil
    }

    private func tripleEnd(from offset: Int) -> Int {
        closingTripleQuote(from: lineEnd(from: offset)).map { $0.quote + 3 } ?? bytes.count
    }

    /// True if the text after a `{` begins a map: a `}`, or a key and a `:`.
    func startsMap(behind offset: Int) -> Bool {
        let first = skipBlanks(from: offset)
        let end: Int?
        switch byte(first) {
        case UInt8(ascii: "}"): return true
        case UInt8(ascii: "\""), UInt8(ascii: "'"): end = keyEnd(from: first)
        case let byte where byte.isNameStart: end = nameEnd(from: first)
        default: return false
        }
        guard let end else { return false }
        return byte(skipBlanks(from: end)) == UInt8(ascii: ":")
    }

    /// Returns the end of a quoted key, or nil if it is not one; a key has no `${`.
    private func keyEnd(from start: Int) -> Int? {
        let end = stringEnd(from: start)
        guard end > start + 1, bytes[end - 1] == bytes[start] else { return nil }
        let isInterpolated = (start..<end).contains {
            bytes[$0] == UInt8(ascii: "$") && byte($0 + 1) == UInt8(ascii: "{")
        }
        return isInterpolated ? nil : end
    }

    private func skipBlanks(from offset: Int) -> Int {
        var at = offset
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), .newline, .carriageReturn: at += 1
            case UInt8(ascii: "#") where at == offset || bytes[at - 1].isBlank || bytes[at - 1] == .newline:
                at = lineEnd(from: at)
            default: return at
            }
        }
        return at
    }

    /// Returns the end of the run of text at an offset: up to a blank or the end of the command. Brackets and quotes
    /// are skipped whole.
    func runEnd(from offset: Int) -> Int {
        var at = offset
        var open = 0
        while at < bytes.count, !isLineEnd(at) {
            switch bytes[at] {
            case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): open += 1
            case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"):
                if open == 0, bytes[at] != UInt8(ascii: "]") { return at }
                open = max(0, open - 1)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                at = stringEnd(from: at)
                continue
            case let byte where open == 0 && byte.endsWord: return at
            default: break
            }
            at += 1
        }
        return at
    }

    /// Returns the offset of the `}` that closes an interpolation on the same line, or nil.
    func closingBrace(from offset: Int) -> Int? {
        var at = offset
        var open = 0
        while at < bytes.count, !isLineEnd(at) {
            switch bytes[at] {
            case UInt8(ascii: "{"): open += 1
            case UInt8(ascii: "}"):
                if open == 0 { return at }
                open -= 1
            default: break
            }
            at += 1
        }
        return nil
    }
}
