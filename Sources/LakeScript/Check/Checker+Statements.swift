extension Checker {
    /// The use of the value of a block's last statement.
    enum ValueUse {
        case dropped
        /// The value of the block, or a value shown at the prompt.
        case used
    }

    /// A checked block.
    struct CheckedBlock {
        var statements: [CheckedStatement] = []
        /// The type of its last statement, if that is an expression; otherwise null.
        var type: ValueType = .null
        /// True if it always leaves by `return`, `break`, `continue` or `fail`.
        var exits = false
        /// The paths that are known not to be null at its end, of those that were not before the statement around it.
        var facts: Set<NullFacts.AccessPath> = []
        /// True if an unreachable statement was reported; the following ones are not.
        var saidUnreachable = false
    }

    mutating func checkTopLevel(_ tree: SyntaxTree) -> [CheckedStatement] {
        let comments = ParameterComments(tree: tree, sources: context.sources)
        var hasBegun = false
        var body = CheckedBlock()
        for (index, statement) in tree.statements.enumerated() {
            if case .param(let name, let type, let defaultValue) = statement.kind {
                if hasBegun { report(.paramAfterStatements(at: statement.span)) }
                checkParam(name, type, defaultValue, statement.span, comments)
            } else {
                switch statement.kind {
                // Text that could not be read may have been a `param`.
                case .missing, .include: break
                default: hasBegun = true
                }
                let isLast = index == tree.statements.count - 1
                check(statement, into: &body, use: isLast && isPrompt ? .used : .dropped)
            }
        }
        return body.statements
    }

    /// Checks the statements of a block, in a scope of its own; `mark` is that of the facts before the statement.
    mutating func checkBlock(
        _ block: Block, use: ValueUse = .dropped, boundary: CheckFrame.Boundary? = nil, since mark: Int? = nil,
        declaring declare: (inout Checker) -> Void = { _ in }
    ) -> CheckedBlock {
        let outside = (frame.boundary, frame.loops, frame.notNull.mark)
        if let boundary {
            frame.boundary = boundary
            frame.loops = 0
        }
        frame.openScope()
        declare(&self)
        var body = checkStatements(block.statements, use: use)
        if let mark { body.facts = frame.notNull.added(since: mark) }
        reportUnused(frame.closeScope())
        (frame.boundary, frame.loops) = (outside.0, outside.1)
        // Facts that an assignment in the block removed stay removed.
        frame.notNull.leave(since: outside.2)
        return body
    }

    mutating func checkStatements(_ statements: [Statement], use: ValueUse) -> CheckedBlock {
        var body = CheckedBlock()
        for (index, statement) in statements.enumerated() {
            check(statement, into: &body, use: index == statements.count - 1 ? use : .dropped)
        }
        return body
    }

    private mutating func check(_ statement: Statement, into body: inout CheckedBlock, use: ValueUse) {
        if body.exits, !body.saidUnreachable {
            report(.unreachable(at: statement.span))
            body.saidUnreachable = true
        }
        exits = false
        let checked = check(statement, use: use)
        body.type = .null
        if let checked {
            if context.surroundings.wantsProgram { body.statements.append(checked) }
            if case .expression(let expression) = checked.kind { body.type = expression.type }
        }
        body.exits = body.exits || exits
        exits = false
    }

    /// Returns nil for statements that the program has no step for (`def`, `include`, `test`), and for those with
    /// errors.
    private mutating func check(_ statement: Statement, use: ValueUse) -> CheckedStatement? {
        let span = statement.span
        switch statement.kind {
        case .binding(let name, let value, let isMutable):
            return checkBinding(name, value, isMutable: isMutable, span)
        case .assignment(let target, let adds, let value):
            let sum = Expression(.binary(.add, span, target, value), span: value.span)
            return checkAssignment(target, adds ? sum : value, span)
        case .forLoop(let loop):
            return checkFor(loop, span)
        case .whileLoop(let condition, let body):
            return checkWhile(condition, body, span)
        case .breakLoop:
            return checkLeavingLoop(CheckedStatement(.breakLoop, span: span), "break")
        case .continueLoop:
            return checkLeavingLoop(CheckedStatement(.continueLoop, span: span), "continue")
        case .returnValue(let value):
            return checkReturn(value, span)
        case .onFailure(let block):
            return CheckedStatement(.onFailure(checkUndo(block, .onFailure)), span: span)
        case .onExit(let block):
            return CheckedStatement(.onExit(checkUndo(block, .onExit)), span: span)
        case .fail(let arguments):
            return checkFail(arguments, span)
        case .confirm(let arguments):
            return checkConfirm(arguments, span)
        case .assert(let condition, let message):
            return checkAssert(condition, message, span)
        case .run(let arguments):
            return checkRun(arguments, span)
        case .expectError(let kind, let body):
            return checkExpectError(kind, body, span)
        case .expression(let expression):
            return checkExpressionStatement(expression, use: use, span)
        case .param, .definition, .include, .test:
            checkDeclaration(statement)
            return nil
        case .missing:
            hasGaps = true
            return nil
        }
    }

    /// Checks a block that runs later; the reads of targets before it do not count inside.
    private mutating func checkUndo(_ block: Block, _ boundary: CheckFrame.Boundary) -> [CheckedStatement] {
        let outside = frame.checks
        frame.checks = TargetChecks()
        frame.apart.append(boundary)
        defer {
            frame.checks = outside
            frame.apart.removeLast()
        }
        return checkBlock(block, boundary: boundary).statements
    }

    /// Checks that a declaration is at the top level. `def`s and includes were collected before, `test`s are checked
    /// later.
    private mutating func checkDeclaration(_ statement: Statement) {
        let isTopLevel = outerFrames.isEmpty && frame.depth == 1
        switch statement.kind {
        case .param: report(.topLevelOnly("param", at: statement.span))
        case .definition where !isTopLevel: report(.topLevelOnly("def", at: statement.span))
        case .include where !isTopLevel: report(.topLevelOnly("include", at: statement.span))
        case .test where !isTopLevel: report(.topLevelOnly("test", at: statement.span))
        default: break
        }
    }

    private mutating func checkExpectError(_ kind: Name, _ body: Block, _ span: Span) -> CheckedStatement? {
        frame.expectations += 1
        let checked = checkBlock(body, use: .used)
        frame.expectations -= 1
        let kinds = Failure.Kind.expectable
        guard kinds.contains(kind.text), let wanted = Failure.Kind(rawValue: kind.text) else {
            report(.unknownErrorKind(kind, kinds: kinds))
            return nil
        }
        return CheckedStatement(.expectError(wanted, body: checked.statements), span: span)
    }

    private mutating func checkExpressionStatement(
        _ expression: Expression, use: ValueUse, _ span: Span
    ) -> CheckedStatement? {
        if case .string = expression.kind, use == .dropped {
            report(.stringAlone(at: span))
            return nil
        }
        let errors = context.errorCount
        let checked = check(expression)
        if use == .dropped, !isPrompt, !hasGaps, !checked.isUnknown, checked.onlyReads, context.errorCount == errors {
            report(.droppedValue(checked, at: span))
        }
        return CheckedStatement(.expression(checked), span: span)
    }

    mutating func reportUnused(_ variables: [VariableInfo]) {
        guard !isPrompt, !hasGaps else { return }
        for variable in variables { report(.unused(variable)) }
    }
}

extension CheckedExpression {
    /// True if its evaluation changes nothing, so that it is useless without its value.
    var onlyReads: Bool {
        switch kind {
        case .operation(let call): call.effect == .read
        case .builtin(let builtin, let arguments):
            builtin.performer == nil && arguments.allSatisfy { $0?.onlyReads ?? true }
        case .blockBuiltin(let form, let input, _, _, _): form != .each && input.onlyReads
        case .constant, .interpolated, .list, .map, .variable, .unary, .binary, .index: true
        case .member(let base, _, _): base.onlyReads
        case .function, .ifElse, .tryCatch, .step, .retry, .timeout, .identity, .server: false
        }
    }
}
