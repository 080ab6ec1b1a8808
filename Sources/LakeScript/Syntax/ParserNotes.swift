/// Tokens and calls that the parser records beside the tree, if the caller asks for them.
struct ParserNotes {
    /// The tokens in the order in which they were consumed.
    fileprivate(set) var tokens: [ClassifiedToken] = []
    fileprivate(set) var calls: [ReadCall] = []
    /// The offsets at which a command may start.
    fileprivate(set) var commandPlaces: Set<Int> = []

    /// A parsed call, even if the tree has a `.missing` node in its place.
    struct ReadCall {
        let call: Call
        let isPiped: Bool
        /// True if all its arguments could be parsed.
        let isWhole: Bool
        /// The range from its name to the end of its arguments.
        let range: Range<Int>
    }

    /// Returns all tokens of a text in order, including comments and one token for each run of skipped bytes.
    func allTokens(of bytes: [UInt8], from start: Int, comments: [Comment]) -> [ClassifiedToken] {
        let noted = comments.map { ClassifiedToken(.comment, Int($0.span.start)..<Int($0.span.end)) } + tokens
        var all: [ClassifiedToken] = []
        var end = start
        for token in noted.sorted(by: ParserNotes.precedes) where token.range.lowerBound >= end {
            fill(end..<token.range.lowerBound, bytes, &all)
            all.append(token)
            end = token.range.upperBound
        }
        fill(end..<bytes.count, bytes, &all)
        return all
    }

    /// Orders tokens by their start; of two with the same start, the longer one comes first.
    private static func precedes(_ left: ClassifiedToken, _ right: ClassifiedToken) -> Bool {
        (left.range.lowerBound, right.range.upperBound) < (right.range.lowerBound, left.range.upperBound)
    }

    /// Adds a token for each run of non-blank bytes in a skipped range.
    private func fill(_ gap: Range<Int>, _ bytes: [UInt8], _ all: inout [ClassifiedToken]) {
        var at = gap.lowerBound
        while at < gap.upperBound {
            let start = at
            while at < gap.upperBound, !bytes[at].isSpace { at += 1 }
            if at > start, !(at == start + 1 && bytes[start] == UInt8(ascii: "\\")) {
                all.append(ClassifiedToken(.unread, start..<at))
            }
            if at == start { at += 1 }
        }
    }
}

extension Parser {
    /// Records a token.
    mutating func note(_ kind: ClassifiedToken.Kind, _ start: Int, _ end: Int) {
        guard end > start else { return }
        notes?.tokens.append(ClassifiedToken(kind, start..<end))
    }

    /// Records that a command may start at the current token.
    mutating func noteCommandPlace() { notes?.commandPlaces.insert(Int(current.start)) }

    /// True if another statement may begin here.
    var startsAnew: Bool {
        current.isOnNewLine || previousEnd > 0 && lexer.byte(Int(previousEnd) - 1) == UInt8(ascii: ";")
    }

    /// Records a string that ends here; it replaces the tokens recorded inside it.
    mutating func noteString(from start: Int, since known: Int) {
        guard notes != nil else { return }
        notes?.tokens.removeSubrange(known...)
        note(.string(isOpen: !isClosedString(start, Int(previousEnd))), start, Int(previousEnd))
    }

    private func isClosedString(_ start: Int, _ end: Int) -> Bool {
        let quote = lexer.byte(start)
        if lexer.isTripleQuote(start) { return end >= start + 6 && lexer.isTripleQuote(end - 3) }
        guard end > start + 1, lexer.byte(end - 1) == quote else { return false }
        guard quote == UInt8(ascii: "\"") else { return true }
        let escapes = lexer.bytes[(start + 1)..<(end - 1)].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
        return escapes.isMultiple(of: 2)
    }

    /// Records a call that ends here.
    mutating func noteCall(_ call: Call, isPiped: Bool, isWhole: Bool) {
        guard notes != nil else { return }
        let start = Int(call.name.span.start)
        var end = Int(previousEnd)
        if case .block? = call.arguments.last?.value {
            // A trailing block ends the call.
        } else if isOnSameLine {
            end = Int(current.start)
        } else {
            end = lexer.lineEnd(from: end)
        }
        notes?.calls.append(
            ParserNotes.ReadCall(call: call, isPiped: isPiped, isWhole: isWhole, range: start..<max(start, end)))
    }

    /// Records a skipped name as a command, if a call could begin there.
    mutating func noteSkippedName() {
        guard notes != nil, current.kind == .name, previousEnd > 0 else { return }
        switch lexer.byte(Int(previousEnd) - 1) {
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "="), UInt8(ascii: ";"):
            noteUnreadCall(name(of: current), isPiped: false)
        default: break
        }
    }

    /// Records a call of which only the name was parsed.
    mutating func noteUnreadCall(_ name: Name, isPiped: Bool) {
        guard notes != nil else { return }
        let end = lexer.lineEnd(from: Int(name.span.end))
        var start = Int(name.span.end)
        while start < end, lexer.byte(start).isBlank { start += 1 }
        let rest = Span(file: file, start: UInt32(start), end: UInt32(end))
        let lost = Argument(span: rest, name: nil, value: .expression(Expression(.missing, span: rest)))
        notes?.calls.append(
            ParserNotes.ReadCall(
                call: Call(name: name, arguments: [lost]), isPiped: isPiped, isWhole: false,
                range: Int(name.span.start)..<end))
    }
}

extension UInt8 {
    /// True for a blank or a byte of a line end.
    var isSpace: Bool { isBlank || self == .newline || self == .carriageReturn }
}
