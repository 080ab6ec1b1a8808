// Looking ahead over bytes without reading them.
extension Lexer {
    /// The end of the string that begins at a quote: its closing quote, or the end of its line.
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

    /// Whether `"""` stands at an offset.
    func isTripleQuote(_ offset: Int) -> Bool {
        byte(offset) == UInt8(ascii: "\"") && byte(offset + 1) == UInt8(ascii: "\"")
            && byte(offset + 2) == UInt8(ascii: "\"")
    }

    /// The line whose first word is `"""`, at or behind an offset: where the line and where the quotes begin.
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

    /// Whether what follows a `{` makes it a map's: `}`, or a key and `:`.
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

    /// The end of a quoted key, which holds no `${`.
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

    /// The end of what stands together at an offset: up to a blank or what ends a command, brackets and quotes whole.
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

    /// The offset of the `}` that closes what is open at an offset, on the same line; nil where there is none.
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
