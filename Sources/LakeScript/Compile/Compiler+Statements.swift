extension Compiler {
    /// Compiles statements; the value of the last one goes to d, if there is a d.
    mutating func block(_ statements: some BidirectionalCollection<CheckedStatement>, into d: Register?, _ span: Span) {
        previous = nil
        for statement in statements.dropLast() { self.statement(statement) }
        if let d, case .expression(let value)? = statements.last?.kind { return expression(value, into: d) }
        if let last = statements.last { statement(last) }
        // Last, because the statement may read a variable in d.
        if let d { emitConstant(.null, into: d, span) }
    }

    mutating func statement(_ statement: CheckedStatement) {
        let mark = frame.top
        defer {
            frame.release(to: mark)
            previous = statement
        }
        let span = statement.span
        switch statement.kind {
        case .set(let variable, _, let value): set(variable, value)
        case .setPath(let variable, let name, let steps, let value):
            setPath(variable, steps, value, span)
            let access = access(to: CheckedExpression(.variable(variable, name: name.text), type: .any, span: span))
            frame.note(access, at: span)
        case .whileLoop(let condition, let body): whileLoop(condition, body, span)
        case .forLoop(let loop): forLoop(loop, span)
        case .breakLoop, .continueLoop: leaveLoop(statement)
        case .returnValue(let value): returnValue(value, span)
        case .onFailure(let body):
            let k = deferred(body, span)
            frame.emit(.onFailure(k: k), span)
        case .onExit(let body):
            let k = deferred(body, span)
            frame.emit(.onExit(k: k), span)
        case .fail(let message, let status):
            let s = operand(message)
            frame.emit(.fail(s: s, status: optionalOperand(status, span)), span)
        case .confirm(let message, let word):
            let m = operand(message)
            frame.emit(.confirm(message: m, word: optionalOperand(word, span)), span)
        case .assert(let condition, let message): assertion(condition, message, span)
        case .run(let script, let arguments): run(script, arguments, span)
        case .expectError(let kind, let body): expectError(kind, body, span)
        case .expression(let value): expression(value, into: frame.temporary())
        }
    }

    private mutating func set(_ variable: Variable, _ value: CheckedExpression) {
        guard case .local(let slot) = variable else { return }
        note(variable, comesFrom: value)
        let d = Register(slot)
        // `x = $x + [item]` appends in place instead of copying the list.
        if case .binary(.add, _, let left, let right) = value.kind, case .variable(variable, _) = left.kind,
            case .list(let items) = right.kind, items.count == 1
        {
            let item = operand(items[0])
            frame.emit(.append(d: d, s: item), value.span)
            return
        }
        // So do `x = $x + …` for a list or a text, and `x = append $x item`.
        if case .binary(.add, let sign, let left, let right) = value.kind, case .variable(variable, _) = left.kind,
            left.type.item != nil || left.type.isText
        {
            noteOperands(.add, left, right, at: sign)
            return frame.emit(.extend(d: d, s: operand(right)), sign)
        }
        if case .builtin(let builtin, let arguments) = value.kind, builtin.name == "append", arguments.count == 2,
            case .variable(variable, _)? = arguments[0]?.kind, let list = arguments[0], list.type.item != nil,
            let item = arguments[1]
        {
            return frame.emit(.append(d: d, s: operand(item)), value.span)
        }
        expression(value, into: d)
    }

    private mutating func setPath(
        _ variable: Variable, _ steps: [PathStep], _ value: CheckedExpression, _ span: Span
    ) {
        guard case .local(let slot) = variable else { return }
        var path: [CompiledStep] = []
        for step in steps {
            switch step {
            case .field(let name): path.append(.field(name.text))
            case .index(let index): path.append(.index(operand(index)))
            }
        }
        program.paths.append(path)
        let k = Int32(program.paths.count - 1)
        guard case .binary(.add, let sign, let left, let right) = value.kind, left.isPath(steps[...], of: variable)
        else { return frame.emit(.setPath(variable: Register(slot), k: k, value: operand(value)), span) }
        // `$m.list = $m.list + …` adds in place. If it cannot, the sum says why.
        let (slow, end) = (frame.label(), frame.label())
        let sum = frame.temporary()
        let added = operand(right)
        frame.emit(.extendPath(variable: Register(slot), k: k, value: added), span)
        frame.emit(.jump(slow.id), span)
        frame.emit(.jump(end.id), span)
        frame.place(slow)
        noteOperands(.add, left, right, at: sign)
        frame.emit(.add(d: sum, a: operand(left), b: added), sign)
        frame.emit(.setPath(variable: Register(slot), k: k, value: sum), span)
        frame.place(end)
    }

    private mutating func whileLoop(_ condition: CheckedExpression, _ body: [CheckedStatement], _ span: Span) {
        // The condition is after the body, which saves a jump in each iteration.
        let (start, test, end) = (frame.label(), frame.label(), frame.label())
        frame.emit(.jump(test.id), span)
        frame.place(start)
        inLoop(continueLabel: test, breakLabel: end) { compiler in
            compiler.turn(span) { compiler in
                compiler.block(body, into: nil, span)
                compiler.frame.place(test)
            }
        }
        jump(to: start, where: condition, is: true)
        frame.place(end)
    }

    mutating func inLoop(continueLabel: Label, breakLabel: Label, _ make: (inout Compiler) -> Void) {
        frame.loops.append((continueLabel, breakLabel, frame.regions.count))
        make(&self)
        frame.loops.removeLast()
    }

    private mutating func leaveLoop(_ statement: CheckedStatement) {
        guard let loop = frame.loops.last else { return }
        let value = frame.temporary()
        emitConstant(.null, into: value, statement.span)
        leaveRegions(downTo: loop.regions, value: value, statement.span)
        var label = loop.continueLabel
        if case .breakLoop = statement.kind { label = loop.breakLabel }
        frame.emit(.jump(label.id), statement.span)
    }

    private mutating func returnValue(_ value: CheckedExpression?, _ span: Span) {
        let result = frame.temporary()
        if let value { expression(value, into: result) } else { emitConstant(.null, into: result, span) }
        leaveRegions(downTo: 0, value: result, span)
        frame.emit(.returnValue(result), span)
    }

    private mutating func forLoop(_ loop: CheckedFor, _ span: Span) {
        note(loop.item, comesFrom: loop.subject)
        if loop.parallel != nil { return parallelLoop(loop, span) }
        guard loop.keepGoing else { return serialLoop(loop, span) }
        frame.emit(.enterKeepGoing, span)
        inRegion(.keepGoing) { $0.serialLoop(loop, span) }
        frame.emit(.leaveKeepGoing, span)
    }

    private mutating func serialLoop(_ loop: CheckedFor, _ span: Span) {
        let (next, end) = (frame.label(), frame.label())
        let isScope = BlockFacts(of: loop.body).isScope(reachingThrough: reaching)
        forEach(loop.subject, item: register(loop.item), value: loop.value.map(register), next: next, end: end) {
            compiler in
            compiler.inLoop(continueLabel: next, breakLabel: end) { compiler in
                compiler.keepingErrors(loop.keepGoing, span) { compiler in
                    guard isScope else { return compiler.block(loop.body, into: nil, span) }
                    let done = compiler.frame.temporary()
                    let (item, value) = (compiler.register(loop.item), loop.value.map(compiler.register))
                    compiler.inScope(.iteration, name: nil, nameIn: item, value: value, d: done, span) { compiler in
                        compiler.block(loop.body, into: done, span)
                    }
                }
            }
        }
    }

    /// Compiles an iteration whose error does not end its loop.
    private mutating func keepingErrors(_ isOn: Bool, _ span: Span, _ make: (inout Compiler) -> Void) {
        guard isOn else { return make(&self) }
        let (failed, done) = (frame.label(), frame.label())
        frame.emit(.enterTry(d: frame.temporary(), failed.id), span)
        inRegion(.attempt, make)
        frame.emit(.leaveTry, span)
        frame.emit(.jump(done.id), span)
        frame.place(failed)
        frame.emit(.keepError, span)
        frame.place(done)
    }

    private mutating func parallelLoop(_ loop: CheckedFor, _ span: Span) {
        let items = frame.temporary()
        let mark = frame.temporary()
        expression(loop.subject, into: mark)
        frame.emit(.iterate(d: items, s: mark, wantsPairs: loop.value != nil), span)
        let limit = optionalOperand(loop.parallel, span)
        let (item, value) = (register(loop.item), loop.value.map(register))
        var block = CompiledBlock(code: parallelBody(loop.body, item: item, value: value, span))
        block.item = item
        block.value = value
        block.keepGoing = loop.keepGoing
        program.blocks.append(block)
        frame.emit(.parallel(k: Int32(program.blocks.count - 1), items: items, limit: limit), span)
    }

    /// Compiles the body of a parallel loop as separate code; each run of it is a scope.
    mutating func parallelBody(_ statements: [CheckedStatement], item: Register, value: Register? = nil, _ span: Span)
        -> Int
    {
        let index = reserve()
        program.codes[index] = body(name: "", slots: frame.slots, span: span) { compiler in
            let result = compiler.frame.temporary()
            compiler.inScope(.iteration, name: nil, nameIn: item, value: value, d: result, span) { compiler in
                compiler.block(statements, into: result, span)
            }
            compiler.frame.emit(.returnValue(result), span)
            compiler.frame.closeLoop(from: 0, item: item)
        }
        return index
    }

    private mutating func deferred(_ statements: [CheckedStatement], _ span: Span) -> Int32 {
        let follows = Predecessor(previous)
        let index = reserve()
        program.codes[index] = body(name: "", slots: frame.slots, span: span) { compiler in
            compiler.block(statements, into: nil, span)
            compiler.frame.emit(.endDeferred, span)
        }
        var block = CompiledBlock(code: index)
        block.follows = follows
        block.turn = frame.turns
        frame.deferred += 1
        program.blocks.append(block)
        return Int32(program.blocks.count - 1)
    }

    /// Compiles an iteration that is no scope. The blocks that it defers keep the variables of this iteration.
    mutating func turn(_ span: Span, _ make: (inout Compiler) -> Void) {
        let before = frame.deferred
        frame.turns += 1
        make(&self)
        if frame.deferred > before { frame.emit(.captureDeferred(turn: frame.turns), span) }
        frame.turns -= 1
    }

    private mutating func assertion(_ condition: CheckedExpression, _ message: CheckedExpression?, _ span: Span) {
        if case .binary(.and, _, let left, let right) = condition.kind {
            // Each side is asserted for itself, so that a failure shows the values of the side that does not hold.
            assertion(left, message, span)
            return assertion(right, message, span)
        }
        let end = frame.label()
        var comparison: (BinaryOperator, Register, Register)?
        if case .binary(let sign, _, let left, let right) = condition.kind, sign.isComparison {
            noteOperands(sign, left, right, at: condition.span)
            let (a, b) = (operand(left), operand(right))
            let holds = frame.temporary()
            frame.emit(.compare(sign, d: holds, a: a, b: b), condition.span)
            frame.emit(.jumpIfTrue(holds, end.id), condition.span)
            comparison = (sign, a, b)
        } else {
            let holds = operand(condition)
            frame.emit(.jumpIfTrue(holds, end.id), condition.span)
        }
        let text = optionalOperand(message, span)
        program.assertions.append(CompiledAssertion(comparison: comparison))
        frame.emit(.failAssertion(k: Int32(program.assertions.count - 1), message: text), condition.span)
        frame.place(end)
    }

    private mutating func run(_ script: Int, _ arguments: [CheckedExpression?], _ span: Span) {
        let index = self.script(scripts[script])
        let parameters = scripts[script].parameters.map(\.parameter)
        let first = self.arguments(arguments, for: parameters, of: "run", span)
        program.codes[index].argumentCount = arguments.count
        frame.emit(.call(function: Int32(index), first: first, d: frame.temporary()), span)
    }

    private mutating func expectError(_ kind: Failure.Kind, _ body: [CheckedStatement], _ span: Span) {
        let (handler, end) = (frame.label(), frame.label())
        let error = frame.temporary()
        program.kinds.append(kind)
        let k = Int32(program.kinds.count - 1)
        frame.emit(.enterTry(d: error, handler.id), span)
        inRegion(.attempt) { compiler in compiler.block(body, into: nil, span) }
        frame.emit(.leaveTry, span)
        frame.emit(.missingError(k: k), span)
        frame.emit(.jump(end.id), span)
        frame.place(handler)
        frame.emit(.expectKind(k: k), span)
        frame.place(end)
    }

    func register(_ variable: Variable) -> Register {
        switch variable {
        case .local(let slot), .global(let slot): Register(slot)
        }
    }
}

extension CheckedExpression {
    /// True if it reads the part of a variable that a path names. An index is compared only if it is a constant or a
    /// variable.
    fileprivate func isPath(_ steps: ArraySlice<PathStep>, of variable: Variable) -> Bool {
        switch (kind, steps.last) {
        case (.variable(variable, _), nil): true
        case (.member(let base, let name, false), .field(let field)?):
            name.text == field.text && base.isPath(steps.dropLast(), of: variable)
        case (.index(let base, let index), .index(let other)?):
            index.isSame(as: other) && base.isPath(steps.dropLast(), of: variable)
        default: false
        }
    }

    private func isSame(as other: CheckedExpression) -> Bool {
        switch (kind, other.kind) {
        case (.constant(.int(let a)), .constant(.int(let b))): a == b
        case (.constant(.string(let a)), .constant(.string(let b))): ScalarText(a) == ScalarText(b)
        case (.variable(let a, _), .variable(let b, _)): a == b
        default: false
        }
    }
}

extension BinaryOperator {
    /// True if it makes a bool from two values, so that a failed assertion can show both.
    var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .notIn, .matches: true
        case .or, .and, .range, .coalesce, .add, .subtract, .multiply, .divide, .remainder: false
        }
    }
}
