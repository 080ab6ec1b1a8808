// Statements, blocks, and recovery from errors.
extension Parser {
    /// Parses statements up to the end of the text or the block's `}`, which is not consumed.
    mutating func statements(isBlock: Bool) -> [Statement] {
        var list: [Statement] = []
        while true {
            if list.isEmpty || startsAnew { noteCommandPlace() }
            switch current.kind {
            case .symbol(.semicolon): advance()
            case .end: return list
            case .symbol(.closeBrace):
                if isBlock { return list }
                report(.strayCloser("}", at: span(of: current)))
                advance()
            default:
                list.append(statement())
            }
        }
    }

    /// Parses one statement and its end; `.missing` if it has a structural error.
    private mutating func statement() -> Statement {
        let start = current
        let outside = (openBrackets, newlinesVanish)
        let outer = (partial, height)
        (partial, height) = (nil, 0)
        defer { (partial, height) = (outer.0, max(outer.1, height)) }
        do {
            let kind = try statementKind()
            let statement = Statement(kind, span: span(from: start.start))
            partial = kind
            try endOfStatement(after: kind)
            return statement
        } catch {
            let kept = partial ?? .missing
            recover(from: start, closing: openBrackets - outside.0)
            (openBrackets, newlinesVanish) = outside
            return Statement(kept, span: span(from: start.start))
        }
    }

    private mutating func endOfStatement(after kind: Statement.Kind) throws(Abandon) {
        switch current.kind {
        case .end, .symbol(.semicolon), .symbol(.closeBrace): return
        case _ where current.isOnNewLine: return
        case .symbol(let symbol): throw abandon(surplus(symbol, after: kind))
        case _ where foreignOperator != nil: throw abandon(foreignOperator ?? .valueExpected(at: place))
        case .unknown: throw abandon(.unknownCharacter(string(of: current), at: span(of: current)))
        default: throw abandon(.unexpectedAtEnd(string(of: current), at: span(of: current)))
        }
    }

    private func surplus(_ symbol: Symbol, after kind: Statement.Kind) -> Diagnostic {
        let place = span(of: current)
        switch (symbol, kind) {
        case (.closeParenthesis, _), (.closeBracket, _): return .strayCloser(symbol.rawValue, at: place)
        case (.pipe, _): return .pipeAfterBlock(at: place)
        case (.assign, .expression(let target)): return assignmentMistake(target, at: place)
        case (.comma, .assert): return .commaBeforeMessage(at: place)
        default: return foreignOperator ?? .unexpectedAtEnd(symbol.rawValue, at: place)
        }
    }

    private func assignmentMistake(_ target: Expression, at place: Span) -> Diagnostic {
        if case .variable(let name) = target.kind { return .assignmentWithDollar(name, at: target.span) }
        return .notAssignable(at: target.span)
    }

    /// Parses `{ … }` behind a complete head.
    mutating func block(of head: String) throws(Abandon) -> Block {
        if !at(.openBrace) {
            let mistake = abandon(foreignOperator ?? .blockExpected(head, at: place))
            guard skipToBlock(closing: 0) else { throw mistake }
        }
        if current.isOnNewLine { report(.braceOnOwnLine(at: span(of: current))) }
        return try nested { (parser) throws(Abandon) in parser.blockBody() }
    }

    /// Parses the expression of a head. If it has an error, the block behind it is parsed all the same.
    mutating func headExpression() throws(Abandon) -> Expression {
        let start = current.start
        let outside = (openBrackets, newlinesVanish)
        do throws(Abandon) {
            if at(.openBrace), !lexer.startsMap(behind: Int(current.end)) {
                throw abandon(.valueExpected(at: span(of: current)))
            }
            let head = try expression()
            if let foreignOperator { throw abandon(foreignOperator) }
            return head
        } catch {
            guard skipToBlock(closing: openBrackets - outside.0) else { throw error }
            (openBrackets, newlinesVanish) = outside
            return Expression(.missing, span: span(from: start))
        }
    }

    private mutating func blockBody() -> Block {
        let opening = current
        let outside = (newlinesVanish, openBrackets)
        newlinesVanish = false
        openBrackets = 0
        blockDepth += 1
        advance()
        let list = statements(isBlock: true)
        if at(.closeBrace) {
            (newlinesVanish, openBrackets) = outside
            advance()
        } else {
            report(.unclosed("{", at: span(of: opening)))
            (newlinesVanish, openBrackets) = outside
        }
        blockDepth -= 1
        return Block(statements: list, span: span(from: opening.start))
    }

    /// The empty span behind the last consumed token, where something is missing.
    var emptySpan: Span { Span(file: file, start: previousEnd, end: previousEnd) }
}

// Statements by their first word.
extension Parser {
    private mutating func statementKind() throws(Abandon) -> Statement.Kind {
        switch current.kind {
        case .keyword(let keyword):
            if let kind = try statement(keyword) { return kind }
        case .name:
            if isAssigning(lexer.token(at: Int(current.end))) { return try nameAssignment() }
        case .symbol(.openBrace) where !lexer.startsMap(behind: Int(current.end)):
            report(.blockWithoutHead(at: span(of: current)))
            return .expression(Expression(.missing, span: try block(of: "").span))
        case .symbol(.pipe), .symbol(.plus), .symbol(.star), .symbol(.slash), .symbol(.coalesce), .symbol(.equal):
            throw abandon(.lineBeginsWithOperator(string(of: current), at: span(of: current)))
        default: break
        }
        let value = try pipeline()
        guard isAssigning(current), isOnSameLine, isPath(value) else { return .expression(value) }
        return try assignment(to: value)
    }

    /// True if a token is `=`, or the `+` of a `+=`.
    private mutating func isAssigning(_ token: Token) -> Bool {
        guard token.kind == .symbol(.plus) else { return token.kind == .symbol(.assign) }
        let next = lexer.token(at: Int(token.end))
        return next.kind == .symbol(.assign) && !next.isApart
    }

    private func isPath(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .member(let base, _, _): isPath(base) || isVariable(base)
        case .index(let base, _): isPath(base) || isVariable(base)
        default: false
        }
    }

    private func isVariable(_ expression: Expression) -> Bool {
        if case .variable = expression.kind { true } else { false }
    }

    /// Parses the statement that a keyword begins, or returns nil if it begins an expression.
    private mutating func statement(_ keyword: Keyword) throws(Abandon) -> Statement.Kind? {
        if lexer.token(at: Int(current.end)).kind == .symbol(.assign) {
            partial = .binding(
                name: name(of: current), value: Expression(.missing, span: span(of: current)), isMutable: true)
            throw abandon(.keywordAsName(keyword, at: span(of: current)))
        }
        switch keyword {
        case .param: return try parameter()
        case .let, .var: return try binding(isMutable: keyword == .var)
        case .def: return try definition()
        case .include: return .include(path: try headArgument(of: keyword))
        case .while: return try whileLoop()
        case .for: return try forLoop()
        case .break: return alone(.breakLoop)
        case .continue: return alone(.continueLoop)
        case .return: return try returnValue()
        case .onFailure: return .onFailure(try keywordBlock())
        case .onExit: return .onExit(try keywordBlock())
        case .fail: return .fail(arguments: try keywordArguments())
        case .confirm: return .confirm(arguments: try keywordArguments())
        case .run: return .run(arguments: try keywordArguments())
        case .assert: return try assertion()
        case .test: return .test(name: try headArgument(of: keyword), body: try block(of: "test"))
        case .expectError: return try expectedError()
        case .if, .try, .step, .retry, .timeout, .as, .on, .ensure, .true, .false, .null, .not: return nil
        case .else, .catch: throw abandon(.clauseWithoutHead(keyword, at: span(of: current)))
        case .and, .or, .in, .every, .keepGoing, .parallel:
            throw abandon(.misplacedKeyword(keyword, at: span(of: current)))
        }
    }

    private mutating func alone(_ kind: Statement.Kind) -> Statement.Kind {
        advance()
        return kind
    }

    private mutating func keywordBlock() throws(Abandon) -> Block {
        let word = string(of: current)
        advance()
        return try block(of: word)
    }

    /// Parses the arguments of `fail`, `confirm` and `run`.
    private mutating func keywordArguments() throws(Abandon) -> [Argument] {
        let start = current.start
        try passKeyword()
        let (list, isWhole) = arguments()
        if !isWhole { throw Abandon() }
        if list.isEmpty { throw abandon(.messageExpected(string(Int(start), Int(previousEnd)), at: span(from: start))) }
        return list
    }

    private mutating func parameter() throws(Abandon) -> Statement.Kind {
        advance()
        let name = try newName()
        partial = .param(name: name, type: nil, defaultValue: nil)
        let (type, value) = try annotation()
        return .param(name: name, type: type, defaultValue: value)
    }

    /// Parses `: type` and `= default`, both optional.
    private mutating func annotation() throws(Abandon) -> (Name?, Expression?) {
        var type: Name?
        if isOnSameLine, take(.colon) {
            guard current.kind == .name else { throw abandon(.typeExpected(at: place)) }
            type = name(of: current)
            advance()
        }
        guard isOnSameLine, take(.assign) else { return (type, nil) }
        return (type, try expression())
    }

    private mutating func binding(isMutable: Bool) throws(Abandon) -> Statement.Kind {
        advance()
        let name = try newName()
        partial = .binding(name: name, value: Expression(.missing, span: name.span), isMutable: isMutable)
        guard isOnSameLine, take(.assign) else {
            throw abandon(.assignExpected(name.text, isMutable: isMutable, at: place))
        }
        return .binding(name: name, value: try pipeline(), isMutable: isMutable)
    }

    private mutating func nameAssignment() throws(Abandon) -> Statement.Kind {
        let name = self.name(of: current)
        advance()
        return try assignment(to: Expression(.variable(name.text), span: name.span))
    }

    private mutating func assignment(to target: Expression) throws(Abandon) -> Statement.Kind {
        let adds = take(.plus)
        partial = .assignment(target: target, adds: adds, value: Expression(.missing, span: target.span))
        advance()
        return .assignment(target: target, adds: adds, value: try pipeline())
    }

    private mutating func definition() throws(Abandon) -> Statement.Kind {
        advance()
        let name = try newName()
        let known = diagnostics.count
        unreadDefinitions.insert(name.text)
        guard at(.openParenthesis) else { throw abandon(.parametersExpected(name.text, at: place)) }
        let parameters = try nested { (parser) throws(Abandon) in try parser.definitionParameters() }
        if diagnostics.count == known { unreadDefinitions.remove(name.text) }
        return .definition(name: name, parameters: parameters, body: try block(of: "def"))
    }

    private mutating func definitionParameters() throws(Abandon) -> [DefinitionParameter] {
        try bracketed(.closeParenthesis) { (parser) throws(Abandon) in
            let name = try parser.newName()
            let (type, value) = try parser.annotation()
            return DefinitionParameter(name: name, type: type, defaultValue: value)
        }
    }

    private mutating func whileLoop() throws(Abandon) -> Statement.Kind {
        advance()
        let condition = try headExpression()
        return .whileLoop(condition: condition, body: try block(of: "while"))
    }

    private mutating func forLoop() throws(Abandon) -> Statement.Kind {
        advance()
        let name = try newName()
        let valueName = take(.comma) ? try newName() : nil
        guard at(.in) else { throw abandon(.inExpected(at: place)) }
        advance()
        let subject = try headExpression()
        var parallel: Expression?
        if at(.parallel) {
            advance()
            parallel = try headExpression()
        }
        let keepGoing = at(.keepGoing) ? span(of: current) : nil
        if keepGoing != nil { advance() }
        if at(.parallel) { throw abandon(.parallelBehindKeepGoing(at: span(of: current))) }
        let body = try block(of: "for")
        return .forLoop(
            ForLoop(
                name: name, valueName: valueName, subject: subject, parallel: parallel, keepGoing: keepGoing, body: body
            ))
    }

    private mutating func returnValue() throws(Abandon) -> Statement.Kind {
        advance()
        switch current.kind {
        case .end, .symbol(.semicolon), .symbol(.closeBrace), .symbol(.closeParenthesis): return .returnValue(nil)
        default: return .returnValue(isOnSameLine ? try pipeline() : nil)
        }
    }

    private mutating func assertion() throws(Abandon) -> Statement.Kind {
        advance()
        let condition = try expression()
        guard isOnSameLine else { return .assert(condition: condition, message: nil) }
        switch current.kind {
        case .quote, .variable, .symbol(.openParenthesis):
            return .assert(condition: condition, message: try operand())
        default: return .assert(condition: condition, message: nil)
        }
    }

    private mutating func expectedError() throws(Abandon) -> Statement.Kind {
        advance()
        let kind = name(of: current)
        switch current.kind {
        case .name where isOnSameLine, .keyword where isOnSameLine: advance(as: .name)
        default: throw abandon(.errorKindExpected(at: place))
        }
        return .expectError(kind: kind, body: try block(of: "expect_error"))
    }

    /// Parses a declared name: not a keyword, and without `$`.
    mutating func newName() throws(Abandon) -> Name {
        switch current.kind {
        case .name:
            return hyphenatedName()
        case .keyword(let keyword):
            let mistake = abandon(.keywordAsName(keyword, at: span(of: current)))
            let name = self.name(of: current)
            let next = lexer.token(at: Int(current.end))
            guard [.symbol(.assign), .symbol(.colon), .keyword(.in)].contains(next.kind), !next.isOnNewLine else {
                throw mistake
            }
            advance()
            return name
        case .variable:
            let name = String(string(of: current).dropFirst())
            report(.dollarInNewName(name, at: span(of: current)))
            let place = Span(file: file, start: current.start + 1, end: current.end)
            advance()
            return Name(text: name, span: place)
        default: throw abandon(.nameExpected(at: place))
        }
    }

    /// Parses a declared name; one with hyphens is reported and has `_` for them.
    private mutating func hyphenatedName() -> Name {
        let name = self.name(of: current)
        var end = Int(name.span.end)
        while lexer.byte(end) == UInt8(ascii: "-"), lexer.byte(end + 1).isNamePart {
            end = lexer.nameEnd(from: end + 1)
        }
        guard end > Int(name.span.end) else {
            advance()
            return name
        }
        let place = Span(file: file, start: name.span.start, end: UInt32(end))
        let meant = string(Int(name.span.start), end).replacingHyphens
        report(.hyphenInName(meant, at: place))
        note(.name, Int(name.span.start), end)
        resume(at: end)
        return Name(text: meant, span: place)
    }

    func name(of token: Token) -> Name { Name(text: string(of: token), span: span(of: token)) }

    /// The span of the current token, or the empty span at the end of the line before it.
    var place: Span { current.kind == .end || current.isOnNewLine ? emptySpan : span(of: current) }
}
