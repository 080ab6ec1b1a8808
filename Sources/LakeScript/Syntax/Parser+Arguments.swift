extension Parser {
    /// Words that look like operators: they are no arguments, whatever the command.
    private static let operatorWords: Set<String> = [
        "=", "==", "!=", "<", "<=", ">", ">=", "=~", "+", "??", "!", "&", "&&", ">>",
    ]

    /// A command's arguments, up to the end of the line, `|`, `;`, `)` or `}`.
    mutating func arguments() throws(Abort) -> [Argument] {
        var arguments: [Argument] = []
        while true {
            skipBlanks()
            guard !isAtArgumentsEnd else { return arguments }
            let argument = try argument()
            arguments.append(argument)
            if case .block? = argument.value { return arguments }
            guard isAtArgumentsEnd || cursor.byte.isBlank || cursor.byte == UInt8(ascii: "\\") else {
                throw touching(argument)
            }
        }
    }

    private var isAtArgumentsEnd: Bool {
        switch cursor.byte {
        case UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: ")"), UInt8(ascii: "}"), 0x0A, 0x0D: true
        case UInt8(ascii: "]"), UInt8(ascii: ","): !linesMatter
        default: cursor.isAtEnd
        }
    }

    /// Two arguments without a blank between them: the whole is shown quoted.
    private mutating func touching(_ first: Argument) -> Abort {
        let start = cursor.place
        while !cursor.isAtEnd, !cursor.byte.isBlank, !isAtArgumentsEnd { cursor.place += 1 }
        let unquote = { (text: String) in text.filter { $0 != "\"" && $0 != "'" } }
        let whole = span(Int(first.span.start), cursor.place)
        return abort(
            .argumentsTouch(
                unquote(source.text(of: first.span)), unquote(source.text(of: span(from: start))), at: whole))
    }

    private mutating func argument() throws(Abort) -> Argument {
        let start = cursor.place
        guard cursor.has("--") else {
            let value = try argumentValue()
            return Argument(span: span(from: start), name: nil, value: value)
        }
        cursor.place += 2
        let nameStart = cursor.place
        cursor.skip { $0.continuesName || $0 == UInt8(ascii: "-") }
        let name = Name(text: source.text(of: span(from: nameStart)), span: span(start, cursor.place))
        guard !name.text.isEmpty else { throw abort(.bareDashes(at: span(from: start))) }
        guard cursor.take("=") else { return Argument(span: name.span, name: name, value: nil) }
        guard !isAtArgumentsEnd, !cursor.byte.isBlank else {
            throw abort(.expected("a value after `--\(name.text)=`", found: found, at: hereSpan))
        }
        let value = try argumentValue()
        return Argument(span: span(from: start), name: name, value: value)
    }

    private mutating func argumentValue() throws(Abort) -> ArgumentValue {
        let start = cursor.place
        switch cursor.byte {
        case UInt8(ascii: "{") where !beginsMap:
            return .block(try block(after: "the command"))
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            return .expression(try postfix())
        case UInt8(ascii: "$") where cursor.byte(1).startsName:
            return .expression(try postfix())
        default: break
        }
        cursor.skip { !$0.endsWord }
        let wordSpan = span(from: start)
        let word = source.text(of: wordSpan)
        if word.isEmpty { throw abort(.invalidCharacter(Character(source.text(of: hereSpan)), at: hereSpan)) }
        if Parser.operatorWords.contains(word) { throw abort(.operatorAsArgument(word, at: wordSpan)) }
        if let dollar = word.utf8.firstIndex(of: UInt8(ascii: "$")),
            word.utf8.distance(from: dollar, to: word.utf8.endIndex) > 1
                || cursor.byte == UInt8(ascii: "{")
        {
            cursor.skip { !$0.isBlank && !$0.isLineEnd }
            throw abort(.dollarInWord(source.text(of: span(from: start)), at: span(from: start)))
        }
        return .word(word, wordSpan)
    }

    /// Whether the `{` here opens a map: `}` or a key and `:` follow.
    private var beginsMap: Bool {
        var ahead = self
        ahead.cursor.place += 1
        ahead.skipLines()
        if ahead.cursor.byte == UInt8(ascii: "}") { return true }
        if ahead.cursor.name() == nil {
            let quote = ahead.cursor.byte
            guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return false }
            ahead.cursor.place += 1
            ahead.cursor.skip { $0 != quote && !$0.isLineEnd }
            ahead.cursor.place += 1
        }
        ahead.cursor.skip { $0.isBlank }
        return ahead.cursor.byte == UInt8(ascii: ":")
    }

    /// The one argument of `include`, `step`, `test` and `on`: a string, a variable, a word or `( )`.
    mutating func singleArgument(_ what: String) throws(Abort) -> Expression {
        guard !isAtArgumentsEnd, cursor.byte != UInt8(ascii: "{") else {
            throw abort(.expected(what, found: found, at: hereSpan))
        }
        switch try argumentValue() {
        case .expression(let expression): return expression
        case .word(let word, let span): return Expression(.string([.text(word)]), span: span)
        case .block(let block): throw abort(.expected(what, found: "`{`", at: block.span))
        }
    }
}
