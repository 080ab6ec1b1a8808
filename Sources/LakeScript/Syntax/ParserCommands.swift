// Command position: pipelines, commands with their arguments, keywords that have a value.
extension Parser {
    /// Parses a pipeline: at the start of a statement, behind `=` and `return`, inside `( )`.
    mutating func pipeline() throws(Abandon) -> Expression {
        let first = try measured { (parser) throws(Abandon) in try parser.firstStage() }
        guard at(.pipe), joinsLine, canPipe(first) else { return first }
        var stages = [first]
        while at(.pipe), joinsLine {
            advance()
            stages.append(try measured { (parser) throws(Abandon) in try parser.nextStage() })
            try grow()
        }
        return Expression(.pipeline(stages), span: span(from: first.span.start))
    }

    /// Returns false for a keyword with a block: the block's `}` ends the pipeline.
    private func canPipe(_ stage: Expression) -> Bool {
        switch stage.kind {
        case .ifElse, .tryCatch, .step, .retry, .timeout, .identity, .server: false
        default: true
        }
    }

    private mutating func firstStage() throws(Abandon) -> Expression {
        noteCommandPlace()
        switch current.kind {
        case .name: return try call()
        case .keyword(let keyword) where !keyword.isValue: return try keywordExpression(keyword)
        default: return try expression()
        }
    }

    private mutating func nextStage() throws(Abandon) -> Expression {
        noteCommandPlace()
        switch current.kind {
        case .name: return try call(isPiped: true)
        case .keyword(let keyword): throw abandon(.keywordAfterPipe(keyword, at: span(of: current)))
        case .end: throw abandon(.stageExpected(at: emptySpan))
        default: throw abandon(.stageExpected(at: span(of: current)))
        }
    }

    private mutating func call(isPiped: Bool = false) throws(Abandon) -> Expression {
        let (call, isWhole) = try commandLine(isPiped: isPiped)
        return Expression(isWhole ? .call(call) : .missing, span: span(from: call.name.span.start))
    }

    private mutating func commandLine(isPiped: Bool) throws(Abandon) -> (Call, isWhole: Bool) {
        let name = self.name(of: current)
        do throws(Abandon) { try checkCommandEnd(name) } catch {
            noteUnreadCall(name, isPiped: isPiped)
            throw error
        }
        advance(as: .command)
        let known = diagnostics.count
        let (list, isWhole) = arguments()
        if !isWhole { blameForeignCommand(name, since: known) }
        let call = Call(name: name, arguments: list)
        noteCall(call, isPiped: isPiped, isWhole: isWhole)
        return (call, isWhole)
    }

    /// Consumes a keyword that takes words; a `#` that touches it is an error.
    mutating func passKeyword() throws(Abandon) {
        guard lexer.byte(Int(current.end)) != UInt8(ascii: "#") else { throw gluedWord() }
        advance()
    }

    /// Reports text that is joined to a command's name or a keyword without a blank.
    private mutating func gluedWord() -> Abandon { abandon(gluedMistake) }

    private var gluedMistake: Diagnostic {
        let word = string(Int(current.start), lexer.runEnd(from: Int(current.start)))
        let place = Span(file: file, start: current.start, end: current.start + UInt32(word.utf8.count))
        return .badCommandName(word, at: place)
    }

    /// Checks that a command's name is followed by a blank or the end of the command.
    private mutating func checkCommandEnd(_ name: Name) throws(Abandon) {
        let end = Int(current.end)
        guard end < lexer.bytes.count, !lexer.isLineEnd(end), lexer.continuationEnd(at: end) == nil else { return }
        switch lexer.byte(end) {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ")"),
            UInt8(ascii: "}"):
            return
        case UInt8(ascii: "("): throw abandon(functionCall(name, from: end))
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            throw abandon(prefixedString(name.text, at: name.span, quote: end) ?? gluedMistake)
        default: throw gluedWord()
        }
    }

    /// Tells of a command of another language in place of the mistakes in its arguments, which have the same cause.
    private mutating func blameForeignCommand(_ name: Name, since known: Int) {
        guard let advice = Diagnostic.foreignCommands[name.text], diagnostics.count > known,
            diagnostics[known...].contains(where: { $0.code == Diagnostic.e0114.name })
        else { return }
        diagnostics.removeSubrange(known...)
        report(.unknownCommand(name, label: advice))
    }

    /// Parses the expression that begins with a keyword.
    private mutating func keywordExpression(_ keyword: Keyword) throws(Abandon) -> Expression {
        let start = current.start
        let kind: Expression.Kind
        switch keyword {
        case .if: kind = try ifElse()
        case .try: kind = try tryCatch()
        case .step: kind = .step(name: try headArgument(of: keyword), body: try block(of: "step"))
        case .on: kind = .server(try headArgument(of: keyword), body: try block(of: "on"))
        case .retry: kind = try retry()
        case .timeout:
            advance()
            kind = .timeout(limit: try headExpression(), body: try block(of: "timeout"))
        case .as:
            advance()
            kind = .identity(try headExpression(), body: try block(of: "as"))
        case .ensure: kind = try ensured()
        case .and, .assert, .break, .catch, .confirm, .continue, .def, .else, .every, .expectError, .fail, .false, .for,
            .in, .include, .keepGoing, .let, .not, .null, .onExit, .onFailure, .or, .parallel, .param, .return, .run,
            .test, .true, .var, .while:
            throw abandon(.statementAsValue(keyword, at: span(of: current)))
        }
        return Expression(kind, span: span(from: start))
    }

    private mutating func ifElse() throws(Abandon) -> Expression.Kind {
        var arms: [(condition: Expression, body: Block)] = []
        repeat {
            advance()
            let condition = try headExpression()
            arms.append((condition, try block(of: "if")))
            guard at(.else), joinsLine else { return .ifElse(arms: arms, otherwise: nil) }
            advance()
        } while at(.if)
        return .ifElse(arms: arms, otherwise: try block(of: "else"))
    }

    private mutating func tryCatch() throws(Abandon) -> Expression.Kind {
        let start = current
        advance()
        let body = try block(of: "try")
        guard at(.catch), joinsLine else {
            report(.catchExpected(at: span(of: start)))
            return .tryCatch(body: body, name: nil, handler: nil)
        }
        advance()
        if at(.openBrace) {
            report(.catchNameExpected(at: span(of: current)))
            return .tryCatch(body: body, name: nil, handler: try block(of: "catch"))
        }
        let name = try newName()
        return .tryCatch(body: body, name: name, handler: try block(of: "catch"))
    }

    private mutating func retry() throws(Abandon) -> Expression.Kind {
        advance()
        let count = try headExpression()
        guard at(.every) else {
            if at(.openBrace) { report(.everyExpected(at: span(of: current))) }
            return .retry(count: count, every: nil, body: try block(of: "retry"))
        }
        advance()
        let pause = try headExpression()
        return .retry(count: count, every: pause, body: try block(of: "retry"))
    }

    private mutating func ensured() throws(Abandon) -> Expression.Kind {
        advance()
        noteCommandPlace()
        guard current.kind == .name, isOnSameLine else { throw abandon(.operationExpected(at: place)) }
        let (call, isWhole) = try commandLine(isPiped: false)
        return isWhole ? .ensure(call) : .missing
    }

    /// Parses the single argument between a keyword and its block; a bare word there is a string.
    mutating func headArgument(of keyword: Keyword) throws(Abandon) -> Expression {
        try passKeyword()
        if isAtCommandEnd || at(.openBrace) { throw abandon(.argumentExpected(keyword, at: place)) }
        guard let value = try argumentValue() else { return Expression(.missing, span: emptySpan) }
        switch value {
        case .word(let word, let span): return Expression(.string([.text(word)]), span: span)
        case .expression(let expression): return expression
        case .block(let block): return Expression(.missing, span: block.span)
        }
    }
}

// Arguments.
extension Parser {
    /// True if a command's arguments end here.
    var isAtCommandEnd: Bool {
        if current.isOnNewLine, !newlinesVanish || beginsStatement { return true }
        switch current.kind {
        case .end, .symbol(.semicolon), .symbol(.pipe), .symbol(.doublePipe), .symbol(.closeParenthesis),
            .symbol(.closeBrace):
            return true
        default: return false
        }
    }

    /// Parses the arguments up to the command's end. `isWhole` is false if one could not be parsed, which was reported.
    /// That argument is in the list without a value, so that the others keep their positions.
    mutating func arguments() -> (list: [Argument], isWhole: Bool) {
        var list: [Argument] = []
        var isWhole = true
        while !isAtCommandEnd {
            let open = (openBrackets, newlinesVanish)
            let start = current.start
            do {
                guard let argument = try measured({ (parser) throws(Abandon) in try parser.argument() }) else {
                    isWhole = false
                    list.append(unread(from: start))
                    continue
                }
                list.append(argument)
                if case .block = argument.value { return (list, isWhole) }
            } catch {
                skipCommand(closing: openBrackets - open.0)
                (openBrackets, newlinesVanish) = open
                return (list + [unread(from: start)], false)
            }
        }
        return (list, isWhole)
    }

    /// Makes a valueless argument for text that could not be parsed.
    private func unread(from start: UInt32) -> Argument {
        let option = optionName(at: Int(start))
        let isNamed = option.map { lexer.byte(Int($0.span.end)) == UInt8(ascii: "=") } ?? false
        let value = isNamed ? option.map { span(from: $0.span.end + 1) } : nil
        return Argument(
            span: span(from: start), name: isNamed ? option : nil,
            value: .expression(Expression(.missing, span: value ?? span(from: start))))
    }

    /// Returns the name of the option `--name` that begins at a byte.
    private func optionName(at start: Int) -> Name? {
        guard lexer.byte(start) == UInt8(ascii: "-"), lexer.byte(start + 1) == UInt8(ascii: "-"),
            lexer.byte(start + 2).isNameStart
        else { return nil }
        var end = start + 2
        while lexer.byte(end).isNamePart || lexer.byte(end) == UInt8(ascii: "-") { end += 1 }
        return Name(
            text: string(start + 2, end), span: Span(file: file, start: UInt32(start + 2), end: UInt32(end)))
    }

    /// Skips to the end of a command after an error in it.
    private mutating func skipCommand(closing pending: Int) {
        var open = pending
        while current.kind != .end, open > 0 || !isAtCommandEnd {
            if open > 0, current.isOnNewLine, beginsStatement { return }
            switch current.kind {
            case .symbol(.openBrace), .symbol(.openBracket), .symbol(.openParenthesis): open += 1
            case .symbol(.closeBrace), .symbol(.closeBracket), .symbol(.closeParenthesis): open -= 1
            default: break
            }
            skipToken()
        }
    }

    /// Parses one argument; nil if a malformed word was reported and parsing can continue behind it.
    private mutating func argument() throws(Abandon) -> Argument? {
        let start = current.start
        if lexer.byte(Int(start)) == UInt8(ascii: "-"), lexer.byte(Int(start) + 1) == UInt8(ascii: "-") {
            return try option()
        }
        guard let value = try argumentValue() else { return nil }
        return Argument(span: span(from: start), name: nil, value: value)
    }

    /// Parses `--name`, or `--name=` and an argument.
    private mutating func option() throws(Abandon) -> Argument? {
        let start = Int(current.start)
        guard let name = optionName(at: start) else { return badOption(start) }
        let end = Int(name.span.end)
        let hasValue = lexer.byte(end) == UInt8(ascii: "=")
        note(.option, start, hasValue ? end + 1 : end)
        guard hasValue else {
            resume(at: end)
            guard isAtCommandEnd || !touches else { return badOption(start) }
            return Argument(span: span(from: UInt32(start)), name: name, value: nil)
        }
        resume(at: end + 1)
        guard touches, !isAtCommandEnd else {
            report(.optionValueExpected(name.text, at: span(from: UInt32(start))))
            return nil
        }
        guard let value = try argumentValue() else { return nil }
        return Argument(span: span(from: UInt32(start)), name: name, value: value)
    }

    private mutating func badOption(_ start: Int) -> Argument? {
        let end = max(lexer.runEnd(from: start), start + 2)
        note(.option, start, end)
        report(.badOption(string(start, end), at: Span(file: file, start: UInt32(start), end: UInt32(end))))
        resume(at: end)
        return nil
    }

    /// Parses a word, a string, a variable or `( )` with its path, a list, a map or a block; nil if a word is
    /// malformed.
    mutating func argumentValue() throws(Abandon) -> ArgumentValue? {
        let start = Int(current.start)
        let value: ArgumentValue
        switch current.kind {
        case .quote: value = .expression(try string())
        case .variable, .symbol(.openParenthesis): value = .expression(try path(of: try primary()))
        case .symbol(.openBracket): value = .expression(try operand())
        case .symbol(.openBrace) where lexer.startsMap(behind: Int(current.end)): value = .expression(try map())
        case .symbol(.openBrace): return .block(try block(of: ""))
        default:
            guard let word = word() else { return nil }
            value = word
        }
        guard touches, !isAtCommandEnd else { return value }
        throw touching(from: start)
    }

    private mutating func touching(from start: Int) -> Abandon {
        if at(.comma) { return abandon(.commaBetweenArguments(at: span(of: current))) }
        if let mistake = prefixedString(from: start) ?? quoteInWord(from: start) ?? functionCall(from: start) {
            return abandon(mistake)
        }
        let end = max(lexer.runEnd(from: start), Int(current.end))
        let place = Span(file: file, start: UInt32(start), end: UInt32(end))
        let mistake = abandon(.touchingArguments(quoted: quotedForm(start, end), at: place))
        resume(at: end)
        return mistake
    }

}
