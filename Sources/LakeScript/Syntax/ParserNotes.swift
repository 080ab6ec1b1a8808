/// What the parser notes beside the tree where somebody asks for it.
struct ParserNotes {
    /// The tokens in the order in which they were taken.
    fileprivate(set) var tokens: [ClassifiedToken] = []
    fileprivate(set) var calls: [ReadCall] = []
    /// The bytes at which a command may start.
    fileprivate(set) var commandPlaces: Set<Int> = []

    /// A call as it was read, also where the tree has a gap instead.
    struct ReadCall {
        let call: Call
        let isPiped: Bool
        /// Whether each of its arguments could be read.
        let isWhole: Bool
        /// From its name to where its arguments end.
        let range: Range<Int>
    }

    /// The tokens of a whole text in order: with its comments, and with a token for each run of bytes that was left out.
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

    /// The order of tokens; of two that begin together the longer one comes first.
    private static func precedes(_ left: ClassifiedToken, _ right: ClassifiedToken) -> Bool {
        (left.range.lowerBound, right.range.upperBound) < (right.range.lowerBound, left.range.upperBound)
    }

    /// The runs without blanks in what was left out.
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
    /// Notes a token.
    mutating func note(_ kind: ClassifiedToken.Kind, _ start: Int, _ end: Int) {
        guard end > start else { return }
        notes?.tokens.append(ClassifiedToken(kind, start..<end))
    }

    /// Notes that a command may start at the current token.
    mutating func noteCommandPlace() { notes?.commandPlaces.insert(Int(current.start)) }

    /// Whether a statement may begin here although one stands before it.
    var startsAnew: Bool {
        current.isOnNewLine || previousEnd > 0 && lexer.byte(Int(previousEnd) - 1) == UInt8(ascii: ";")
    }

    /// Notes a string that was read up to here, in the place of what was noted inside of it.
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

    /// Notes a call that ends here.
    mutating func noteCall(_ call: Call, isPiped: Bool, isWhole: Bool) {
        guard notes != nil else { return }
        let start = Int(call.name.span.start)
        var end = Int(previousEnd)
        if case .block? = call.arguments.last?.value {
            // The block ends the call.
        } else if isOnSameLine {
            end = Int(current.start)
        } else {
            end = lexer.lineEnd(from: end)
        }
        notes?.calls.append(
            ParserNotes.ReadCall(call: call, isPiped: isPiped, isWhole: isWhole, range: start..<max(start, end)))
    }

    /// Notes a name that is skipped, where it would have begun a call.
    mutating func noteSkippedName() {
        guard notes != nil, current.kind == .name, previousEnd > 0 else { return }
        switch lexer.byte(Int(previousEnd) - 1) {
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "="), UInt8(ascii: ";"):
            noteUnreadCall(name(of: current), isPiped: false)
        default: break
        }
    }

    /// Notes a call of which the name alone was read: the rest of the line is unread.
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
    /// A blank or a byte of a line's end.
    var isSpace: Bool { isBlank || self == .newline || self == .carriageReturn }
}
