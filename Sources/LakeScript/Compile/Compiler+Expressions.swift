extension Compiler {
    /// Returns the register of an expression's value: a variable's own, or a new temporary.
    mutating func operand(_ expression: CheckedExpression) -> Register {
        if case .variable(.local(let slot), _) = expression.kind { return Register(slot) }
        let d = frame.temporary()
        self.expression(expression, into: d)
        return d
    }

    /// Returns a register with the value, or with null if there is no expression.
    mutating func optionalOperand(_ expression: CheckedExpression?, _ span: Span) -> Register {
        if let expression { return operand(expression) }
        let d = frame.temporary()
        emitConstant(.null, into: d, span)
        return d
    }

    /// Compiles an expression into register d, and frees the temporaries that this needs.
    mutating func expression(_ expression: CheckedExpression, into d: Register) {
        let mark = frame.top
        defer { frame.release(to: mark) }
        let span = expression.span
        switch expression.kind {
        case .constant(let value): emitConstant(value, into: d, span)
        case .interpolated(let parts):
            frame.emit(.interpolate(d: d, first: presentRow(parts), count: Int32(parts.count)), span)
        case .list(let items): frame.emit(.list(d: d, first: row(items), count: Int32(items.count)), span)
        case .map(let keys, let values):
            map(keys, values, into: d, span)
        case .variable(.local(let slot), _): frame.emit(.move(d: d, s: Register(slot)), span)
        case .variable(.global(let slot), _): frame.emit(.global(d: d, s: Register(slot)), span)
        case .member(let base, let name, let isOptional): member(base, name, isOptional, into: d)
        case .index(let base, let index):
            let b = operand(base)
            frame.note(access(to: base), at: span)
            frame.emit(.index(d: d, base: b, index: operand(index)), span)
        case .unary(.minus, let operand): frame.emit(.negate(d: d, a: self.operand(operand)), span)
        case .unary(.not, let operand): frame.emit(.not(d: d, a: self.operand(operand)), span)
        case .binary(let sign, let signSpan, let left, let right): binary(sign, signSpan, left, right, into: d)
        case .operation(let call): operation(call, into: d, span)
        case .builtin(let builtin, let arguments): self.builtin(builtin, arguments, expression, into: d)
        case .blockBuiltin(let form, let input, let arguments, let item, let body):
            blockBuiltin(form, input, arguments, register(item), body, expression, into: d)
        case .function(let index, let arguments):
            let definition = definitions[index]
            let first = self.arguments(arguments, for: definition.parameters, of: definition.name, span)
            frame.emit(.call(function: Int32(functions[index]), first: first, d: d), span)
        case .ifElse(let arms, let otherwise): ifElse(arms, otherwise, span, into: d)
        case .tryCatch(let body, let error, let handler): tryCatch(body, error, handler, span, into: d)
        case .step(let name, let body):
            inScope(.step, name: nil, nameIn: operand(name), d: d, span) { $0.block(body, into: d, span) }
        case .retry(let count, let every, let body): retry(count, every, body, span, into: d)
        case .timeout(let limit, let body):
            frame.emit(.enterTimeout(limit: operand(limit)), span)
            inRegion(.timeout) { $0.block(body, into: d, span) }
            frame.emit(.leaveTimeout, span)
        case .identity(let identity, let body):
            frame.emit(.enterIdentity(operand(identity)), identity.span)
            inRegion(.identity) { $0.block(body, into: d, span) }
            frame.emit(.leaveIdentity, span)
        case .server(let profile, let body):
            frame.emit(.enterServer(operand(profile)), profile.span)
            inRegion(.identity) { $0.block(body, into: d, span) }
            frame.emit(.leaveIdentity, span)
        }
    }

    /// Compiles a map's literal; the last value of a repeated key is used.
    private mutating func map(_ names: [Name], _ values: [CheckedExpression], into d: Register, _ span: Span) {
        let keys = names.map(\.text)
        let last = Dictionary(zip(keys, keys.indices), uniquingKeysWith: { $1 })
        let kept = keys.indices.filter { last[keys[$0]] == $0 }
        program.shapes.append(Record(keys: kept.map { keys[$0] }, values: kept.map { _ in .null }))
        let k = Int32(program.shapes.count - 1)
        frame.emit(.map(d: d, k: k, first: row(kept.map { values[$0] })), span)
    }

    /// Compiles values into consecutive registers; returns the first.
    private mutating func row(_ values: [CheckedExpression]) -> Register {
        let first = frame.temporaries(values.count)
        for (offset, value) in values.enumerated() { expression(value, into: first + Register(offset)) }
        return first
    }

    /// Compiles the parts of a string into consecutive registers; one that is null is an error.
    private mutating func presentRow(_ parts: [CheckedExpression]) -> Register {
        let first = frame.temporaries(parts.count)
        for (offset, part) in parts.enumerated() {
            let r = first + Register(offset)
            expression(part, into: r)
            if case .constant = part.kind { continue }
            let present = frame.label()
            frame.emit(.jumpIfNotNull(r, present.id), part.span)
            noteValue(part)
            frame.emit(.nullPart(k: access(to: part).map { name($0.path) } ?? -1), part.span)
            frame.place(present)
        }
        return first
    }

    /// Compiles arguments into consecutive registers, null for those left out.
    mutating func row(_ values: [CheckedExpression?], _ span: Span, of signature: Signature? = nil) -> Register {
        let first = frame.temporaries(values.count)
        for (offset, value) in values.enumerated() {
            let d = first + Register(offset)
            if case .list(let items) = value?.kind, signature?.parameters[offset].isRepeatable == true {
                frame.emit(.arguments(d: d, first: row(items), count: Int32(items.count)), value?.span ?? span)
            } else if let value {
                expression(value, into: d)
            } else {
                emitConstant(.null, into: d, span)
            }
        }
        return first
    }

    private mutating func member(_ base: CheckedExpression, _ name: Name, _ isOptional: Bool, into d: Register) {
        let b = operand(base)
        let k = self.name(name.text)
        frame.note(access(to: base), at: name.span)
        frame.emit(isOptional ? .optionalMember(d: d, base: b, k: k) : .member(d: d, base: b, k: k), name.span)
    }

    private mutating func binary(
        _ sign: BinaryOperator, _ span: Span, _ left: CheckedExpression, _ right: CheckedExpression, into d: Register
    ) {
        noteOperands(sign, left, right, at: span)
        switch sign {
        case .and, .or:
            let end = frame.label()
            let result = frame.temporary()
            expression(left, into: result)
            frame.emit(sign == .and ? .jumpIfFalse(result, end.id) : .jumpIfTrue(result, end.id), left.span)
            expression(right, into: result)
            // Both operands must be bools: this jump, which goes to the next instruction, checks the right one.
            frame.emit(.jumpIfFalse(result, end.id), right.span)
            frame.place(end)
            frame.emit(.move(d: d, s: result), span)
        case .coalesce:
            let end = frame.label()
            let result = frame.temporary()
            expression(left, into: result)
            frame.emit(.jumpIfNotNull(result, end.id), left.span)
            expression(right, into: result)
            frame.place(end)
            frame.emit(.move(d: d, s: result), span)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .notIn, .matches:
            let a = operand(left)
            frame.emit(.compare(sign, d: d, a: a, b: operand(right)), span)
        case .range, .add, .subtract, .multiply, .divide, .remainder:
            arithmetic(sign, span, left, right, into: d)
        }
    }

    private mutating func arithmetic(
        _ sign: BinaryOperator, _ span: Span, _ left: CheckedExpression, _ right: CheckedExpression, into d: Register
    ) {
        let a = operand(left)
        if case .constant(.int(let integer)) = right.kind, let immediate = Int32(exactly: integer), immediate > 0 {
            switch sign {
            case .add: return frame.emit(.addInt(d: d, a: a, immediate: immediate), span)
            case .subtract: return frame.emit(.addInt(d: d, a: a, immediate: -immediate), span)
            case .remainder: return frame.emit(.remainderInt(d: d, a: a, immediate: immediate), span)
            default: break
            }
        }
        let b = operand(right)
        switch sign {
        case .add: frame.emit(.add(d: d, a: a, b: b), span)
        case .subtract: frame.emit(.subtract(d: d, a: a, b: b), span)
        case .multiply: frame.emit(.multiply(d: d, a: a, b: b), span)
        case .divide: frame.emit(.divide(d: d, a: a, b: b), span)
        case .remainder: frame.emit(.remainder(d: d, a: a, b: b), span)
        default: frame.emit(.range(d: d, a: a, b: b), span)
        }
    }

    /// Compiles a jump that is taken if a condition holds, or if it does not. A comparison needs no register for its
    /// result.
    mutating func jump(to label: Label, where condition: CheckedExpression, is wanted: Bool) {
        let mark = frame.top
        defer { frame.release(to: mark) }
        if case .binary(let given, _, let left, let right) = condition.kind, let opposite = given.opposite {
            noteOperands(given, left, right, at: condition.span)
            let sign = wanted ? opposite : given
            let a = operand(left)
            if case .constant(.int(let integer)) = right.kind, let immediate = Int32(exactly: integer) {
                frame.emit(.jumpUnlessInt(sign, a: a, immediate: immediate, label.id), condition.span)
            } else {
                frame.emit(.jumpUnless(sign, a: a, b: operand(right), label.id), condition.span)
            }
        } else {
            frame.note(access(to: condition), at: condition.span)
            let r = operand(condition)
            frame.emit(wanted ? .jumpIfTrue(r, label.id) : .jumpIfFalse(r, label.id), condition.span)
        }
    }

    private mutating func ifElse(
        _ arms: [(condition: CheckedExpression, body: [CheckedStatement])], _ otherwise: [CheckedStatement]?,
        _ span: Span, into d: Register
    ) {
        let end = frame.label()
        for (condition, body) in arms {
            let next = frame.label()
            jump(to: next, where: condition, is: false)
            block(body, into: d, span)
            frame.emit(.jump(end.id), span)
            frame.place(next)
        }
        block(otherwise ?? [], into: d, span)
        frame.place(end)
    }

    private mutating func tryCatch(
        _ body: [CheckedStatement], _ error: Variable?, _ handler: [CheckedStatement], _ span: Span, into d: Register
    ) {
        let (caught, end) = (frame.label(), frame.label())
        let result = frame.temporary()
        let errorRegister = error.map(register) ?? frame.temporary()
        frame.emit(.enterTry(d: errorRegister, caught.id), span)
        inRegion(.attempt) { $0.block(body, into: result, span) }
        frame.emit(.leaveTry, span)
        frame.emit(.jump(end.id), span)
        frame.place(caught)
        block(handler, into: result, span)
        frame.place(end)
        frame.emit(.move(d: d, s: result), span)
    }

    /// Compiles `retry N every D { … }`: each attempt has a handler, which raises the error again after the last one.
    private mutating func retry(
        _ count: CheckedExpression, _ every: CheckedExpression?, _ body: [CheckedStatement], _ span: Span,
        into d: Register
    ) {
        let (again, failed, end) = (frame.label(), frame.label(), frame.label())
        let (limit, turn, error, result) =
            (frame.temporary(), frame.temporary(), frame.temporary(), frame.temporary())
        expression(count, into: limit)
        emitConstant(.int(1), into: turn, span)
        frame.place(again)
        frame.emit(.enterTry(d: error, failed.id), span)
        inRegion(.attempt) { compiler in
            compiler.inScope(.attempt, name: nil, nameIn: turn, d: result, span) { $0.block(body, into: result, span) }
        }
        frame.emit(.leaveTry, span)
        frame.emit(.jump(end.id), span)
        frame.place(failed)
        frame.emit(.retryOrFail(turn: turn, count: limit), count.span)
        frame.emit(.addInt(d: turn, a: turn, immediate: 1), span)
        if let every { frame.emit(.sleep(operand(every)), every.span) }
        frame.emit(.jump(again.id), span)
        frame.place(end)
        frame.emit(.move(d: d, s: result), span)
    }
}

extension BinaryOperator {
    /// The comparison with the opposite result; nil if there is none.
    fileprivate var opposite: BinaryOperator? {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .less: .greaterOrEqual
        case .greaterOrEqual: .less
        case .greater: .lessOrEqual
        case .lessOrEqual: .greater
        case .in: .notIn
        case .notIn: .in
        case .matches, .or, .and, .range, .coalesce, .add, .subtract, .multiply, .divide, .remainder: nil
        }
    }
}
