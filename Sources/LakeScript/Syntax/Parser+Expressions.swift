extension Parser {
    /// What stands in command position: a command, a form with a value, or an expression; and its pipeline.
    mutating func commandPosition() throws(Abort) -> Expression {
        let start = cursor.place
        let first = try nested { parser throws(Abort) in try parser.stage(isFirst: true) }
        var stages = [first]
        while continues(with: ["|"]) {
            cursor.place += 1
            skipLines()
            guard let word = cursor.peekName(), !Keyword.all.contains(word) else {
                throw abort(.pipeNeedsCommand(at: hereSpan))
            }
            stages.append(try stage(isFirst: false))
        }
        guard stages.count > 1 else { return first }
        return Expression(.pipeline(stages), span: span(from: start))
    }

    private mutating func stage(isFirst: Bool) throws(Abort) -> Expression {
        let start = cursor.place
        guard let word = cursor.peekName(), !["true", "false", "null", "not"].contains(word) else { return try value() }
        if Keyword.all.contains(word) { return try form(word) }
        let name = try name()
        guard cursor.isAtEnd || cursor.byte.endsWord || cursor.byte == UInt8(ascii: ",") else {
            // `get_user.id`, `a.b`: a command's name ends at a blank.
            throw abort(.bareWord(source.text(of: span(start, cursor.place)), at: span(from: start)))
        }
        let arguments = try arguments()
        return Expression(.call(Call(name: name, arguments: arguments)), span: trimmed(start))
    }

    /// From a place to the last byte that was more than a blank.
    private func trimmed(_ start: Int) -> Span {
        var end = cursor.place
        while end > start, cursor.bytes[end - 1].isBlank || cursor.bytes[end - 1].isLineEnd { end -= 1 }
        return span(start, end)
    }

    /// A keyword's form that has a value: `if try step retry timeout as on ensure`.
    private mutating func form(_ word: String) throws(Abort) -> Expression {
        let start = cursor.place
        let nameSpan = span(start, start + word.utf8.count)
        cursor.place += word.utf8.count
        skipBlanks()
        let kind: Expression.Kind
        switch word {
        case "if": kind = try ifElse()
        case "try": kind = try tryCatch()
        case "step": kind = .step(name: try singleArgument("a name"), body: try block(after: "the step's name"))
        case "retry":
            let count = try value()
            skipBlanks()
            let every = take(keyword: "every") ? try skippingBlanks { parser throws(Abort) in try parser.value() } : nil
            kind = .retry(count: count, every: every, body: try block(after: "the count"))
        case "timeout": kind = .timeout(limit: try value(), body: try block(after: "the limit"))
        case "as": kind = .identity(try value(), body: try block(after: "the identity"))
        case "on": kind = .server(try singleArgument("a profile's name"), body: try block(after: "the profile"))
        case "ensure":
            let name = try name()
            kind = .ensure(Call(name: name, arguments: try arguments()))
        default: throw abort(.keywordOutOfPlace(word, at: nameSpan))
        }
        return Expression(kind, span: trimmed(start))
    }

    private mutating func skippingBlanks<Result>(
        _ body: (inout Parser) throws(Abort) -> Result
    ) throws(Abort) -> Result {
        skipBlanks()
        return try body(&self)
    }

    private mutating func ifElse() throws(Abort) -> Expression.Kind {
        var branches: [(condition: Expression, body: Block)] = []
        branches.append((try value(), try block(after: "the condition")))
        while continues(with: ["else"]) {
            cursor.place += 4
            skipBlanks()
            guard take(keyword: "if") else {
                return .ifElse(branches: branches, otherwise: try block(after: "else"))
            }
            skipBlanks()
            branches.append((try value(), try block(after: "the condition")))
        }
        return .ifElse(branches: branches, otherwise: nil)
    }

    private mutating func tryCatch() throws(Abort) -> Expression.Kind {
        let body = try block(after: "try")
        guard continues(with: ["catch"]) else { return .tryCatch(body: body, name: nil, handler: nil) }
        cursor.place += 5
        skipBlanks()
        let name = cursor.byte == UInt8(ascii: "{") ? nil : try self.name()
        return .tryCatch(body: body, name: name, handler: try block(after: "catch"))
    }

    /// An expression in value position.
    mutating func value() throws(Abort) -> Expression {
        try nested { parser throws(Abort) in try parser.binary(level: 0) }
    }

    /// Operators, loosest first; `not` stands between `and` and the comparisons.
    private static let levels: [[(StaticString, BinaryOperator)]] = [
        [("or", .or)], [("and", .and)], [],
        [
            ("==", .equal), ("!=", .notEqual), ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("=~", .matches),
            ("<", .less), (">", .greater), ("not in", .notIn), ("in", .in),
        ],
        [("..", .range)], [("??", .coalesce)], [("+", .add), ("-", .subtract)],
        [("*", .multiply), ("/", .divide), ("%", .remainder)],
    ]

    private mutating func binary(level: Int) throws(Abort) -> Expression {
        guard level < Parser.levels.count else { return try unary() }
        if level == 2 { return try negation() }
        let start = cursor.place
        var left = try binary(level: level + 1)
        var count = 0
        while let (found, operatorSpan) = takeOperator(at: level) {
            // Comparisons and ranges do not chain.
            if level == 3 || level == 4, count > 0 { throw abort(.chainedComparison(at: operatorSpan)) }
            count += 1
            skipLines()
            let right = try binary(level: level + 1)
            left = Expression(.binary(found, operatorSpan, left, right), span: span(start, Int(right.span.end)))
        }
        return left
    }

    /// The operator of a level that stands here, gone past; nil leaves the cursor where it was.
    private mutating func takeOperator(at level: Int) -> (BinaryOperator, Span)? {
        let before = cursor.place
        let known = comments.count
        skipBlanks()
        for (text, found) in Parser.levels[level] where cursor.has(text) {
            let start = cursor.place
            let isWord = cursor.byte.startsName
            if isWord, cursor.byte(text.utf8CodeUnitCount).continuesName { continue }
            cursor.place += text.utf8CodeUnitCount
            return (found, span(from: start))
        }
        cursor.place = before
        comments.removeSubrange(known...)
        return nil
    }

    private mutating func negation() throws(Abort) -> Expression {
        let start = cursor.place
        guard cursor.peekName() == "not" else { return try binary(level: 3) }
        cursor.place += 3
        skipBlanks()
        let operand = try nested { parser throws(Abort) in try parser.negation() }
        return Expression(.unary(.not, operand), span: span(start, Int(operand.span.end)))
    }

    private mutating func unary() throws(Abort) -> Expression {
        let start = cursor.place
        guard cursor.byte == UInt8(ascii: "-") else { return try postfix() }
        cursor.place += 1
        // A literal takes its sign: -9223372036854775808 fits, its positive does not.
        if cursor.byte.isDigit { return try number(isNegative: true, from: start) }
        let operand = try nested { parser throws(Abort) in try parser.unary() }
        return Expression(.unary(.minus, operand), span: span(start, Int(operand.span.end)))
    }

    /// An operand with its path: `.` `[` `?.` touch what they follow.
    mutating func postfix() throws(Abort) -> Expression {
        let start = cursor.place
        return try path(of: try primary(), from: start)
    }

    /// The path that follows an expression.
    mutating func path(of base: Expression, from start: Int) throws(Abort) -> Expression {
        var base = base
        while true {
            let isOptional = cursor.has("?.")
            if isOptional || (cursor.byte == UInt8(ascii: ".") && cursor.byte(1).startsName) {
                cursor.place += isOptional ? 2 : 1
                let name = try anyName("a field's name")
                base = Expression(.member(base: base, name: name, isOptional: isOptional), span: span(from: start))
            } else if cursor.byte == UInt8(ascii: "[") {
                let index = try bracketed("[", "]") { parser throws(Abort) in try parser.value() }
                base = Expression(.index(base: base, index: index), span: span(from: start))
            } else {
                return base
            }
        }
    }

    private mutating func primary() throws(Abort) -> Expression {
        let start = cursor.place
        switch cursor.byte {
        case UInt8(ascii: "$"): return try variable()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try string()
        case UInt8(ascii: "("):
            let inner = try bracketed("(", ")") { parser throws(Abort) in try parser.commandPosition() }
            return Expression(.parenthesized(inner), span: span(from: start))
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "{"): return try map()
        case let byte where byte.isDigit: return try number(isNegative: false, from: start)
        default: break
        }
        guard let word = cursor.name() else {
            let problem: Diagnostic =
                cursor.isAtEnd || cursor.byte.isLineEnd || [0x3B, 0x7D, 0x29, 0x5D].contains(cursor.byte)
                ? .expected("a value", found: found, at: hereSpan)
                : .invalidCharacter(Character(source.text(of: hereSpan)), at: hereSpan)
            throw abort(problem)
        }
        switch word {
        case "null": return Expression(.null, span: span(from: start))
        case "true", "false": return Expression(.bool(word == "true"), span: span(from: start))
        default: throw abort(.bareWord(word, at: span(from: start)))
        }
    }

    /// `$name`.
    private mutating func variable() throws(Abort) -> Expression {
        let start = cursor.place
        cursor.place += 1
        guard let name = cursor.name() else {
            throw abort(.expected("a variable's name", found: found, at: hereSpan))
        }
        return Expression(.variable(name), span: span(from: start))
    }

    private mutating func list() throws(Abort) -> Expression {
        let start = cursor.place
        cursor.place += 1
        let items = try nested { parser throws(Abort) in
            try parser.commaSeparated(until: "]", open: parser.span(start, start + 1)) { parser throws(Abort) in
                try parser.value()
            }
        }
        return Expression(.list(items), span: span(from: start))
    }

    private mutating func map() throws(Abort) -> Expression {
        let start = cursor.place
        cursor.place += 1
        let entries = try nested { parser throws(Abort) in
            try parser.commaSeparated(until: "}", open: parser.span(start, start + 1)) { parser throws(Abort) in
                try parser.mapEntry()
            }
        }
        return Expression(.map(entries), span: span(from: start))
    }

    private mutating func mapEntry() throws(Abort) -> MapEntry {
        let start = cursor.place
        let isQuoted = !cursor.byte.startsName
        let text = isQuoted ? try plainString() : try anyName("a key").text
        let key = Name(text: text, span: span(from: start))
        skipBlanks()
        guard cursor.take(":") else { throw abort(.expected("`:` after the key", found: found, at: hereSpan)) }
        skipBlanks()
        return MapEntry(key: key, isQuoted: isQuoted, value: try value())
    }

    /// A quoted string without values in it: a map's key.
    private mutating func plainString() throws(Abort) -> String {
        guard [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(cursor.byte) else {
            throw abort(.expected("a key", found: found, at: hereSpan))
        }
        let literal = try string()
        guard case .string(let parts) = literal.kind else { return "" }
        if parts.isEmpty { return "" }
        guard parts.count == 1, case .text(let text) = parts[0] else {
            throw abort(.expected("a key without values in it", found: "", at: literal.span))
        }
        return text
    }

    /// What stands between brackets; line ends in it do not matter.
    mutating func bracketed<Result>(
        _ open: String, _ close: StaticString, _ body: (inout Parser) throws(Abort) -> Result
    ) throws(Abort) -> Result {
        try nested { parser throws(Abort) in
            let start = parser.cursor.place
            parser.cursor.place += 1
            let kept = parser.linesMatter
            parser.linesMatter = false
            defer { parser.linesMatter = kept }
            parser.skipBlanks()
            let result = try body(&parser)
            parser.skipBlanks()
            guard parser.cursor.take(close) else {
                let isAtEnd = parser.cursor.isAtEnd
                throw parser.abort(
                    isAtEnd
                        ? .unclosed(open, at: parser.span(start, start + 1))
                        : .expected("`\(close)`", found: parser.found, at: parser.hereSpan))
            }
            return result
        }
    }

    /// Items with commas between them up to a closing bracket; the last may have one too.
    mutating func commaSeparated<Item>(
        until close: StaticString, open: Span, _ item: (inout Parser) throws(Abort) -> Item
    ) throws(Abort) -> [Item] {
        let kept = linesMatter
        linesMatter = false
        defer { linesMatter = kept }
        var items: [Item] = []
        while true {
            skipBlanks()
            if cursor.take(close) { return items }
            if cursor.isAtEnd { throw abort(.unclosed(source.text(of: open), at: open)) }
            items.append(try item(&self))
            skipBlanks()
            if cursor.take(",") { continue }
            guard cursor.has(close) || cursor.isAtEnd else {
                throw abort(.expected("`,` or `\(close)`", found: found, at: hereSpan))
            }
        }
    }
}
