extension Parser {
    /// Statements up to a `}` or the end of the text; each that has an error is `.missing`.
    mutating func statements() -> [Statement] {
        var statements: [Statement] = []
        while true {
            skipLines()
            if cursor.take(";") { continue }
            guard !cursor.isAtEnd, cursor.byte != UInt8(ascii: "}") else { return statements }
            let start = cursor.place
            do throws(Abort) {
                let kind = try statementKind()
                statements.append(Statement(kind, span: span(from: start)))
                try endStatement()
            } catch {
                recover()
                statements.append(Statement(.missing, span: span(from: start)))
            }
        }
    }

    private mutating func endStatement() throws(Abort) {
        skipBlanks()
        guard isAtStatementEnd else { throw abort(.statementGoesOn(found, at: hereSpan)) }
    }

    private mutating func statementKind() throws(Abort) -> Statement.Kind {
        guard let word = cursor.peekName() else { return try valueStatement() }
        if !["let", "var", "param"].contains(word), isAssignment(after: word) {
            let name = try name()
            let target = Expression(.variable(name.text), span: name.span)
            return .assignment(target: target, value: try assignedValue())
        }
        let start = cursor
        cursor.place += word.utf8.count
        skipBlanks()
        switch word {
        case "let", "var": return try binding(isMutable: word == "var")
        case "param": return try param()
        case "def": return try definition()
        case "include": return .include(path: try singleArgument("a file's name"))
        case "while": return .whileLoop(condition: try value(), body: try block(after: "the condition"))
        case "for": return try forLoop()
        case "break": return .breakLoop
        case "continue": return .continueLoop
        case "return": return .returnValue(isAtStatementEnd ? nil : try commandPosition())
        case "on_failure": return .onFailure(try block(after: "on_failure"))
        case "on_exit": return .onExit(try block(after: "on_exit"))
        case "fail": return .fail(arguments: try arguments())
        case "confirm": return .confirm(arguments: try arguments())
        case "run": return .run(arguments: try arguments())
        case "assert": return try assertion()
        case "test": return .test(name: try singleArgument("a name"), body: try block(after: "the name"))
        case "expect_error":
            return .expectError(kind: try anyName("an error's kind"), body: try block(after: "the kind"))
        default:
            cursor = start
            return .expression(try commandPosition())
        }
    }

    /// A statement that begins with a value: an expression, or an assignment into a path.
    private mutating func valueStatement() throws(Abort) -> Statement.Kind {
        let target = try commandPosition()
        skipBlanks()
        guard cursor.byte == UInt8(ascii: "="), ![UInt8(ascii: "="), UInt8(ascii: "~")].contains(cursor.byte(1)) else {
            return .expression(target)
        }
        return .assignment(target: target, value: try assignedValue())
    }

    /// Whether a single `=` follows the name that stands here.
    private func isAssignment(after word: String) -> Bool {
        var scan = cursor
        scan.place += word.utf8.count
        scan.skip { $0.isBlank }
        return scan.byte == UInt8(ascii: "=") && ![UInt8(ascii: "="), UInt8(ascii: "~")].contains(scan.byte(1))
    }

    /// `= value` in command position; the value may begin on the next line.
    private mutating func assignedValue() throws(Abort) -> Expression {
        skipBlanks()
        guard cursor.take("=") else { throw abort(.expected("`=`", found: found, at: hereSpan)) }
        skipLines()
        return try commandPosition()
    }

    private mutating func binding(isMutable: Bool) throws(Abort) -> Statement.Kind {
        let name = try name()
        return .binding(name: name, value: try assignedValue(), isMutable: isMutable)
    }

    private mutating func param() throws(Abort) -> Statement.Kind {
        let name = try name()
        let type = try typeAnnotation()
        return .param(name: name, type: type, defaultValue: try defaultValue())
    }

    /// `: type`, where it stands.
    private mutating func typeAnnotation() throws(Abort) -> Name? {
        skipBlanks()
        guard cursor.take(":") else { return nil }
        skipBlanks()
        return try anyName("a type")
    }

    /// `= value` in value position, where it stands.
    private mutating func defaultValue() throws(Abort) -> Expression? {
        skipBlanks()
        guard cursor.take("=") else { return nil }
        skipBlanks()
        return try value()
    }

    private mutating func definition() throws(Abort) -> Statement.Kind {
        let name = try name()
        guard cursor.take("(") else { throw abort(.expected("`(` with the parameters", found: found, at: hereSpan)) }
        let open = span(cursor.place - 1, cursor.place)
        let parameters = try commaSeparated(until: ")", open: open) { parser throws(Abort) in
            let name = try parser.name()
            let type = try parser.typeAnnotation()
            return DefinitionParameter(name: name, type: type, defaultValue: try parser.defaultValue())
        }
        return .definition(name: name, parameters: parameters, body: try block(after: "the parameters"))
    }

    private mutating func forLoop() throws(Abort) -> Statement.Kind {
        let name = try name()
        skipBlanks()
        var valueName: Name?
        if cursor.take(",") {
            skipBlanks()
            valueName = try self.name()
            skipBlanks()
        }
        guard take(keyword: "in") else { throw abort(.expected("`in`", found: found, at: hereSpan)) }
        skipBlanks()
        let subject = try value()
        skipBlanks()
        var parallel: Expression?
        if take(keyword: "parallel") {
            skipBlanks()
            parallel = try value()
            skipBlanks()
        }
        let start = cursor.place
        let keepGoing = take(keyword: "keep_going") ? span(from: start) : nil
        let body = try block(after: "the loop's head")
        return .forLoop(
            ForLoop(
                name: name, valueName: valueName, subject: subject, parallel: parallel, keepGoing: keepGoing,
                body: body))
    }

    /// `assert CONDITION [MESSAGE]`: the message is one string, variable or `( )` on the same line.
    private mutating func assertion() throws(Abort) -> Statement.Kind {
        let condition = try value()
        skipBlanks()
        let mayBegin = ["\"", "'", "$", "("].contains { UInt8(ascii: $0) == cursor.byte }
        return .assert(condition: condition, message: mayBegin ? try postfix() : nil)
    }

    // Pieces that several statements share.

    /// A name that is no keyword.
    mutating func name() throws(Abort) -> Name {
        let name = try anyName("a name")
        guard !Keyword.all.contains(name.text) else { throw abort(.keywordAsName(name.text, at: name.span)) }
        return name
    }

    /// A name, keyword or not. A `$` before it is an error that says so.
    mutating func anyName(_ what: String) throws(Abort) -> Name {
        let start = cursor.place
        guard let text = cursor.name() else {
            throw abort(.expected(what, found: found, at: hereSpan))
        }
        return Name(text: text, span: span(from: start))
    }

    /// `{ … }` on the same line as what it belongs to.
    mutating func block(after what: String) throws(Abort) -> Block {
        skipBlanks()
        if cursor.byte.isLineEnd, beginsNextLine("{") {
            // The block is read all the same, so that the one mistake brings no others.
            diagnostics.append(.blockExpected(after: what, at: hereSpan))
            skipLines()
        }
        guard cursor.byte == UInt8(ascii: "{") else { throw abort(.blockExpected(after: what, at: hereSpan)) }
        return try nested { parser throws(Abort) in
            let start = parser.cursor.place
            parser.cursor.place += 1
            let kept = parser.linesMatter
            parser.linesMatter = true
            let statements = parser.statements()
            parser.linesMatter = kept
            guard parser.cursor.take("}") else {
                throw parser.abort(.unclosed("{", at: parser.span(start, start + 1)))
            }
            return Block(statements: statements, span: parser.span(from: start))
        }
    }
}
