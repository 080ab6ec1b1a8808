/// Scans one token at a time at the offset that the parser asks for; it has no position of its own.
///
/// Its only state is the list of comments it has skipped, each once. It reports no errors: the parser reports a
/// malformed number or an invalid character when it consumes the token, because the same bytes may be a valid word of a
/// command.
struct Lexer: Sendable {
    let bytes: [UInt8]
    let file: FileID
    private(set) var comments: [Comment] = []
    /// True if the text ends in a `\` that continues its last line.
    private(set) var endsInContinuation = false

    init(bytes: [UInt8], file: FileID) {
        self.bytes = bytes
        self.file = file
    }

    /// Returns the byte at an offset; 0 beyond the end.
    func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// The offset of the first byte behind a byte order mark.
    var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Returns the token at an offset, or the next one behind blanks, comments and line ends.
    mutating func token(at offset: Int) -> Token {
        let (start, isOnNewLine) = skipTrivia(from: offset)
        let (kind, end) = start < bytes.count ? scan(at: start) : (.end, start)
        return Token(
            kind: kind, start: UInt32(start), end: UInt32(end), isOnNewLine: isOnNewLine, isApart: start > offset)
    }

    /// Returns the end of the name that begins at an offset.
    func nameEnd(from offset: Int) -> Int {
        var end = offset
        while end < bytes.count, bytes[end].isNamePart { end += 1 }
        return end
    }

    /// Returns the offset of the line's end: its `
    /// ` or `\r
    /// `, or the end of the text.
    func lineEnd(from offset: Int) -> Int {
        var end = offset
        while end < bytes.count, bytes[end] != .newline { end += 1 }
        return end > offset && end < bytes.count && bytes[end - 1] == .carriageReturn ? end - 1 : end
    }

    /// True if a line ends at an offset.
    func isLineEnd(_ offset: Int) -> Bool {
        byte(offset) == .newline || byte(offset) == .carriageReturn && byte(offset + 1) == .newline
    }

    /// Returns the offset behind a line continuation (`\` and a line end), or nil if there is none at this offset.
    func continuationEnd(at offset: Int) -> Int? {
        guard byte(offset) == UInt8(ascii: "\\") else { return nil }
        if offset + 1 == bytes.count || byte(offset + 1) == .newline { return min(offset + 2, bytes.count) }
        return byte(offset + 1) == .carriageReturn && byte(offset + 2) == .newline ? offset + 3 : nil
    }

    // Trivia between tokens.

    private mutating func skipTrivia(from offset: Int) -> (end: Int, isOnNewLine: Bool) {
        var at = offset
        var isOnNewLine = false
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): at += 1
            case .newline:
                isOnNewLine = true
                at += 1
            case .carriageReturn where byte(at + 1) == .newline: at += 1
            case UInt8(ascii: "\\"):
                guard let end = continuationEnd(at: at) else { return (at, isOnNewLine) }
                if end == bytes.count { endsInContinuation = true }
                at = end
            case UInt8(ascii: "#"):
                guard startsComment(at) else { return (at, isOnNewLine) }
                at = comment(at)
            default: return (at, isOnNewLine)
            }
        }
        return (at, isOnNewLine)
    }

    private func startsComment(_ offset: Int) -> Bool {
        guard offset > start else { return true }
        switch bytes[offset - 1] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), .newline, UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "["),
            UInt8(ascii: "("), UInt8(ascii: ","):
            return true
        default: return false
        }
    }

    private mutating func comment(_ offset: Int) -> Int {
        let end = lineEnd(from: offset)
        let isKnown = comments.last.map { Int($0.span.start) >= offset } ?? false
        guard !isKnown else { return end }
        var before = offset
        while before > start, bytes[before - 1].isBlank { before -= 1 }
        let ownLine = before == start || bytes[before - 1] == .newline
        let span = Span(file: file, start: UInt32(offset), end: UInt32(end))
        comments.append(Comment(span: span, ownLine: ownLine))
        return end
    }

    // Tokens.

    private func scan(at start: Int) -> (Token.Kind, Int) {
        let first = bytes[start]
        if first.isNameStart {
            let end = nameEnd(from: start)
            return (Keyword(bytes: bytes[start..<end]).map { .keyword($0) } ?? .name, end)
        }
        if first.isDigit { return (.number, numberEnd(from: start)) }
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return (.quote, start + 1)
        case UInt8(ascii: "$") where byte(start + 1).isNameStart: return (.variable, nameEnd(from: start + 1))
        default:
            guard let symbol = symbol(at: start) else { return (.unknown, characterEnd(from: start)) }
            return (.symbol(symbol), start + symbol.length)
        }
    }

    /// Returns the end of the word that begins with a digit. It may be more than a number: `2026-11-22` is one error,
    /// not three.
    private func numberEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count {
            let next = byte(end + 1)
            switch bytes[end] {
            case let byte where byte.isNamePart || byte >= 0x80: end += 1
            case UInt8(ascii: ".") where next != UInt8(ascii: "."): end += 1
            case UInt8(ascii: "-") where next.isDigit: end += 1
            case UInt8(ascii: "+") where next.isDigit && bytes[end - 1] == UInt8(ascii: "e"): end += 1
            default: return end
            }
        }
        return end
    }

    private func symbol(at start: Int) -> Symbol? {
        let next = byte(start + 1)
        switch bytes[start] {
        case UInt8(ascii: "("): return .openParenthesis
        case UInt8(ascii: ")"): return .closeParenthesis
        case UInt8(ascii: "["): return .openBracket
        case UInt8(ascii: "]"): return .closeBracket
        case UInt8(ascii: "{"): return .openBrace
        case UInt8(ascii: "}"): return .closeBrace
        case UInt8(ascii: ","): return .comma
        case UInt8(ascii: ";"): return .semicolon
        case UInt8(ascii: ":"): return .colon
        case UInt8(ascii: "+"): return .plus
        case UInt8(ascii: "-"): return .minus
        case UInt8(ascii: "*"): return .star
        case UInt8(ascii: "/"): return .slash
        case UInt8(ascii: "%"): return .percent
        case UInt8(ascii: "$"): return .dollar
        case UInt8(ascii: "|"): return next == UInt8(ascii: "|") ? .doublePipe : .pipe
        case UInt8(ascii: "&"): return next == UInt8(ascii: "&") ? .doubleAmpersand : .ampersand
        case UInt8(ascii: "."): return next == UInt8(ascii: ".") ? .range : .dot
        case UInt8(ascii: "!"): return next == UInt8(ascii: "=") ? .notEqual : .bang
        case UInt8(ascii: "<"): return next == UInt8(ascii: "=") ? .lessOrEqual : .less
        case UInt8(ascii: ">"): return next == UInt8(ascii: "=") ? .greaterOrEqual : .greater
        case UInt8(ascii: "="):
            return next == UInt8(ascii: "=") ? .equal : next == UInt8(ascii: "~") ? .matches : .assign
        case UInt8(ascii: "?"):
            return next == UInt8(ascii: "?") ? .coalesce : next == UInt8(ascii: ".") ? .optionalDot : nil
        default: return nil
        }
    }

    /// Returns the end of the UTF-8 character that begins at an offset.
    func characterEnd(from offset: Int) -> Int {
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}

extension UInt8 {
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")

    /// True for a space or a tab.
    var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }

    package var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    /// True for an ASCII letter.
    var isLetter: Bool { self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") }

    /// True for a byte that can begin a name.
    var isNameStart: Bool { isLetter || self == UInt8(ascii: "_") }

    /// True for a byte that can continue a name.
    package var isNamePart: Bool { isNameStart || isDigit }

    /// True for a byte that ends a bare word: a blank, a line end, `;`, `|`, a round or curly bracket, a quote.
    var endsWord: Bool {
        switch self {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), .newline, UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\""), UInt8(ascii: "'"):
            true
        default: false
        }
    }
}

extension String {
    /// True if it can stand behind a `.` as it is.
    var isName: Bool { utf8.allSatisfy(\.isNamePart) && utf8.first.map(\.isNameStart) == true }
}
