// Value position: operators, operands, access, lists and maps.
extension Parser {
    /// The precedence of operators, loosest first.
    private enum Power: Int, Comparable {
        case lowest, or, and, not, comparison, range, coalesce, sum, product, prefix

        static func < (left: Power, right: Power) -> Bool { left.rawValue < right.rawValue }

        var next: Power { Power(rawValue: rawValue + 1) ?? .prefix }
    }

    /// Parses an expression in value position.
    mutating func expression() throws(Abandon) -> Expression {
        try measured { (parser) throws(Abandon) in try parser.expression(above: .lowest) }
    }

    private mutating func expression(above limit: Power) throws(Abandon) -> Expression {
        var left = try prefixed(above: limit)
        while isOnSameLine, let (symbol, power) = infix(), power >= limit {
            let start = current.start
            advance()
            if symbol == .notIn { advance() }
            let operatorSpan = span(from: start)
            let leftHeight = height
            height = 0
            let right = try expression(above: power.next)
            try grow(over: leftHeight)
            left = Expression(.binary(symbol, operatorSpan, left, right), span: left.span.joined(with: right.span))
            if power == .comparison, isOnSameLine, let (_, next) = infix(), next == .comparison {
                throw abandon(.chainedComparison(at: span(of: current)))
            }
        }
        return left
    }

    private mutating func prefixed(above limit: Power) throws(Abandon) -> Expression {
        let start = current
        guard at(.not) else { return try operand() }
        guard limit <= .not else { throw abandon(.notAsOperand(at: span(of: start))) }
        return try nested { (parser) throws(Abandon) in
            parser.advance()
            let value = try parser.expression(above: .not)
            return Expression(.unary(.not, value), span: parser.span(from: start.start))
        }
    }

    /// Returns the infix operator at the current token, or nil.
    private mutating func infix() -> (BinaryOperator, Power)? {
        switch current.kind {
        case .symbol(let symbol): return infix(symbol)
        case .keyword(.or): return (.or, .or)
        case .keyword(.and): return (.and, .and)
        case .keyword(.in): return (.in, .comparison)
        case .keyword(.not):
            return lexer.token(at: Int(current.end)).kind == .keyword(.in) ? (.notIn, .comparison) : nil
        default: return nil
        }
    }

    private func infix(_ symbol: Symbol) -> (BinaryOperator, Power)? {
        switch symbol {
        case .equal: (.equal, .comparison)
        case .notEqual: (.notEqual, .comparison)
        case .less: (.less, .comparison)
        case .lessOrEqual: (.lessOrEqual, .comparison)
        case .greater: (.greater, .comparison)
        case .greaterOrEqual: (.greaterOrEqual, .comparison)
        case .matches: (.matches, .comparison)
        case .range: (.range, .range)
        case .coalesce: (.coalesce, .coalesce)
        // The `+` of a `+=` ends the value before it.
        case .plus: lexer.byte(Int(current.end)) == UInt8(ascii: "=") ? nil : (.add, .sum)
        case .minus: (.subtract, .sum)
        case .star: (.multiply, .product)
        case .slash: (.divide, .product)
        case .percent: (.remainder, .product)
        default: nil
        }
    }

    /// Parses an operand with its sign and its path.
    mutating func operand() throws(Abandon) -> Expression {
        let start = current
        switch start.kind {
        case .number: return number()
        case .quote: return try string()
        case .variable, .symbol(.openParenthesis): return try path(of: try primary())
        case .symbol(.openBracket): return try path(of: try list())
        case .symbol(.openBrace): return try path(of: try map())
        case .symbol(.minus): return try negated()
        case .keyword(.true), .keyword(.false):
            advance()
            return Expression(.bool(start.kind == .keyword(.true)), span: span(of: start))
        case .keyword(.null):
            advance()
            return Expression(.null, span: span(of: start))
        default: throw valueExpected()
        }
    }

    /// Parses `$name` or `( … )`.
    mutating func primary() throws(Abandon) -> Expression {
        let start = current
        if start.kind == .variable {
            advance()
            return Expression(.variable(string(Int(start.start) + 1, Int(start.end))), span: span(of: start))
        }
        return try nested { (parser) throws(Abandon) in
            let inner = try parser.parenthesized()
            return Expression(.parenthesized(inner), span: parser.span(from: start.start))
        }
    }

    private mutating func parenthesized() throws(Abandon) -> Expression {
        let opening = enterBracket()
        if at(.closeParenthesis) { throw abandon(.emptyParentheses(at: span(from: opening.start).joined(with: place))) }
        let value = try pipeline()
        if at(.semicolon) { throw abandon(.semicolonInParentheses(at: span(of: current))) }
        try leaveBracket(opening, .closeParenthesis)
        return value
    }

    private mutating func negated() throws(Abandon) -> Expression {
        let start = current
        advance()
        if current.kind == .number, touches {
            let value = number(isNegative: true)
            return Expression(value.kind, span: span(from: start.start))
        }
        return try nested { (parser) throws(Abandon) in
            let value = try parser.operand()
            return Expression(.unary(.minus, value), span: parser.span(from: start.start))
        }
    }

    private mutating func number(isNegative: Bool = false) -> Expression {
        let token = current
        advance()
        let place = span(of: token)
        switch NumberLiteral.read(lexer.bytes[Int(token.start)..<Int(token.end)], isNegative: isNegative) {
        case .success(.int(let value)), .success(.size(let value)): return Expression(.int(value), span: place)
        case .success(.float(let value)): return Expression(.float(value), span: place)
        case .success(.duration(let value)): return Expression(.duration(value), span: place)
        case .failure(let problem):
            report(.badNumber(string(of: token), problem, at: place))
            return Expression(.missing, span: place)
        }
    }

    /// Parses `.name`, `?.name` and `[index]`, each without a blank before it.
    mutating func path(of base: Expression) throws(Abandon) -> Expression {
        var value = base
        while touches {
            switch current.kind {
            case .symbol(.dot), .symbol(.optionalDot): value = try member(of: value)
            case .symbol(.openBracket): value = try index(of: value)
            case .symbol(.openParenthesis):
                guard case .member(let base, let name, _) = value.kind else { return value }
                throw abandon(methodCall(of: base, name))
            default: return value
            }
            try grow()
        }
        return value
    }

    private mutating func member(of base: Expression) throws(Abandon) -> Expression {
        let isOptional = at(.optionalDot)
        advance()
        let name = self.name(of: current)
        switch current.kind {
        case .name where touches, .keyword where touches: advance(as: .field)
        default: throw abandon(.fieldExpected(at: touches ? place : emptySpan))
        }
        return Expression(
            .member(base: base, name: name, isOptional: isOptional), span: base.span.joined(with: name.span))
    }

    private mutating func index(of base: Expression) throws(Abandon) -> Expression {
        let value = try nested { (parser) throws(Abandon) in
            let opening = parser.enterBracket()
            let value = try parser.expression()
            try parser.leaveBracket(opening, .closeBracket)
            return value
        }
        return Expression(.index(base: base, index: value), span: span(from: base.span.start))
    }

    private mutating func list() throws(Abandon) -> Expression {
        let start = current.start
        let items = try nested { (parser) throws(Abandon) in
            try parser.bracketed(.closeBracket) { (parser) throws(Abandon) in try parser.expression() }
        }
        return Expression(.list(items), span: span(from: start))
    }

    /// Parses `{ key: value, … }`; the current token is its `{`.
    mutating func map() throws(Abandon) -> Expression {
        let start = current.start
        let entries = try nested { (parser) throws(Abandon) in
            try parser.bracketed(.closeBrace) { (parser) throws(Abandon) in try parser.mapEntry() }
        }
        return Expression(.map(entries), span: span(from: start))
    }

    private mutating func mapEntry() throws(Abandon) -> MapEntry {
        let (key, isQuoted) = try mapKey()
        guard take(.colon) else { throw abandon(.colonExpected(key.text, at: place)) }
        return MapEntry(key: key, isQuoted: isQuoted, value: try expression())
    }

    private mutating func mapKey() throws(Abandon) -> (Name, isQuoted: Bool) {
        let token = current
        switch token.kind {
        case .name, .keyword:
            advance(as: .name)
            return (name(of: token), false)
        case .quote:
            let key = try string()
            guard case .string(let parts) = key.kind else { return (Name(text: "", span: key.span), true) }
            switch (parts.first, parts.count) {
            case (nil, _): return (Name(text: "", span: key.span), true)
            case (.text(let text), 1): return (Name(text: text, span: key.span), true)
            default: throw abandon(.interpolatedKey(at: key.span))
            }
        default: throw abandon(.keyExpected(string(of: token), at: place))
        }
    }

    /// Parses items between brackets, separated by commas, with an optional trailing comma.
    mutating func bracketed<Item>(
        _ closer: Symbol, item: (inout Parser) throws(Abandon) -> Item
    ) throws(Abandon) -> [Item] {
        let opening = enterBracket()
        var items: [Item] = []
        var deepest = 0
        var lacksCommas = false
        while !at(closer) {
            height = 0
            items.append(try item(&self))
            deepest = max(deepest, height)
            if take(.comma) { continue }
            guard !at(closer), beginsItem(before: closer) || closer == .closeParenthesis && current.kind == .name else {
                break
            }
            // A missing comma is the only error here: parsing continues with the next item.
            if !lacksCommas { report(closerExpected(closer, between: ",")) }
            lacksCommas = true
        }
        height = deepest
        try leaveBracket(opening, closer, between: items.isEmpty ? nil : ",")
        return items
    }

    private mutating func enterBracket() -> (start: UInt32, end: UInt32, vanish: Bool) {
        let opening = (current.start, current.end, newlinesVanish)
        openBrackets += 1
        newlinesVanish = true
        advance()
        return opening
    }

    private mutating func leaveBracket(
        _ opening: (start: UInt32, end: UInt32, vanish: Bool), _ closer: Symbol, between: String? = nil
    ) throws(Abandon) {
        guard at(closer) else {
            let bracket = Span(file: file, start: opening.start, end: opening.end)
            if current.kind == .end || current.isOnNewLine && beginsStatement(behind: closer) {
                leftBracketOpen = true
                throw abandon(.unclosed(string(of: bracket), at: bracket))
            }
            throw abandon(closerExpected(closer, between: between))
        }
        openBrackets -= 1
        newlinesVanish = opening.vanish
        advance()
    }

    /// True if a line inside a list or a map begins with an item and cannot be a statement.
    private mutating func beginsItem(before closer: Symbol) -> Bool {
        guard current.isOnNewLine else { return false }
        switch current.kind {
        case .name, .keyword:
            return closer == .closeBrace && lexer.token(at: Int(current.end)).kind == .symbol(.colon)
        case .quote: return closer != .closeParenthesis
        case .number, .symbol(.openBrace), .symbol(.openBracket): return closer == .closeBracket
        default: return false
        }
    }

    private func string(of span: Span) -> String { string(Int(span.start), Int(span.end)) }

    private func closerExpected(_ closer: Symbol, between: String?) -> Diagnostic {
        foreignOperator
            ?? .closerExpected(closer.rawValue, found: string(of: current), between: between, at: span(of: current))
    }

    /// True if the current token can only begin a statement, so that a bracket before it was left open.
    var beginsStatement: Bool {
        switch current.kind {
        case .keyword(.let), .keyword(.var), .keyword(.param), .keyword(.def), .keyword(.for), .keyword(.while),
            .keyword(.return), .keyword(.if), .keyword(.step), .keyword(.assert), .keyword(.ensure),
            .symbol(.closeBrace):
            true
        default: false
        }
    }

    /// True if the current token, on a line of its own, begins a statement rather than what is due in a bracket.
    private mutating func beginsStatement(behind closer: Symbol) -> Bool {
        switch current.kind {
        case .name, .keyword: closer == .closeBracket || !beginsItem(before: closer)
        default: beginsStatement
        }
    }

    /// Reports a missing value.
    private mutating func valueExpected() -> Abandon {
        let place = self.place
        if let mistake = doubledOperator { return abandon(mistake) }
        switch current.kind {
        case .symbol(.less) where lexer.byte(Int(current.end)) == UInt8(ascii: "<"):
            return abandon(hereDocument(from: Int(current.start)))
        case .symbol(.plus) where lexer.byte(Int(current.end)).isDigit:
            return abandon(.signOfNumber(string(of: lexer.token(at: Int(current.end))), at: place))
        case .symbol(.dot) where lexer.byte(Int(current.end)).isDigit:
            let digits = string(of: lexer.token(at: Int(current.end)))
            return abandon(.badNumber("." + digits, .respelled("0." + digits), at: place))
        case .name where !current.isOnNewLine || newlinesVanish:
            return abandon(bareWord(string(of: current), at: place))
        case .keyword(let keyword) where !current.isOnNewLine:
            return abandon(.keywordAsValue(keyword, at: place))
        case .symbol(.bang), .symbol(.doubleAmpersand), .symbol(.doublePipe), .symbol(.ampersand):
            return abandon(.foreignOperator(string(of: current), at: place))
        case .symbol(.dollar): return abandon(.dollarAlone(at: place, before: lexer.byte(Int(current.end))))
        case .unknown: return abandon(.unknownCharacter(string(of: current), at: place))
        default: return abandon(.valueExpected(at: place))
        }
    }

    /// Makes the diagnostic for a bare name in value position: a command without its parentheses, a variable without
    /// its `$`, or text without its quotes.
    private mutating func bareWord(_ word: String, at place: Span) -> Diagnostic {
        let next = lexer.token(at: Int(current.end))
        let isOption = next.kind == .symbol(.minus) && lexer.byte(Int(next.end)) == UInt8(ascii: "-")
        let isArgument = isOption || [.variable, .quote, .name, .number].contains(next.kind)
        let takesArgument = next.isApart && !next.isOnNewLine && isArgument
        if takesArgument, !newlinesVanish { return .commandAsValue(word, at: place) }
        return .bareWordAsValue(word, at: place)
    }
}
