/// Variables, loops, and the statements that leave them.
extension Checker {
    mutating func checkBinding(_ name: Name, _ value: Expression, isMutable: Bool, _ span: Span) -> CheckedStatement {
        let checked = check(value)
        var slot: Int?
        if let earlier = frame.inSameScope(name.text) {
            if case .earlier = earlier.kind {
                slot = earlier.slot
            } else {
                reportRedeclared(name, earlier)
            }
        }
        let type = isMutable ? checked.type.widened : checked.type
        let kind: VariableInfo.Kind = isMutable ? .mutable : .immutable
        let variable = frame.declare(name, kind, type: type, source: source(of: checked), slot: slot)
        if !isMutable, checked.isLiteral { frame[variable].literal = checked }
        frame[variable].hasItems = !isMutable && hasItems(checked)
        return CheckedStatement(.set(.local(frame[variable].slot), name, checked), span: span)
    }

    /// Reports a second declaration of a name in one block.
    mutating func reportRedeclared(_ name: Name, _ earlier: VariableInfo) {
        report(.redeclared(name, earlier, line: context.line(of: earlier.span)))
        frame.excuse(name.text)
    }

    mutating func checkAssignment(_ target: Expression, _ value: Expression, _ span: Span) -> CheckedStatement? {
        var steps: [PathStep] = []
        let name = path(of: target, into: &steps)
        let place = name.flatMap { assignable($0.text, at: target.span) }
        if place == nil { silenced = name?.text }
        let checkedValue = check(value)
        silenced = nil
        guard let name, let index = place else { return nil }
        let variable = Variable.local(frame[index].slot)
        context.notes?.use(of: frame[index].span, at: name.span)
        frame.notNull.forget(index)
        if steps.isEmpty {
            frame[index].type = frame[index].type.reassigned(by: checkedValue.type)
            if checkedValue.type.isPresent { frame.notNull.add([NullFacts.AccessPath(variable: index)]) }
            return CheckedStatement(.set(variable, name, checkedValue), span: span)
        }
        frame[index].type = frame[index].type.patched(by: steps.count == 1 ? checkedValue.type : .any)
        return CheckedStatement(.setPath(variable, name, steps, checkedValue), span: span)
    }

    /// Returns the variable at the root of an assignment's target; collects the steps from it.
    private mutating func path(of target: Expression, into steps: inout [PathStep]) -> Name? {
        switch target.kind {
        case .variable(let name):
            // Without the `$` of a path.
            let start = target.span.end - UInt32(name.utf8.count)
            return Name(text: name, span: Span(file: target.span.file, start: start, end: target.span.end))
        case .member(let base, let name, false):
            guard let root = path(of: base, into: &steps) else { return nil }
            steps.append(.field(name))
            return root
        case .index(let base, let index):
            guard let root = path(of: base, into: &steps) else { return nil }
            steps.append(.index(check(index)))
            return root
        default:
            report(.notAVariable(at: target.span))
            return nil
        }
    }

    /// Returns the index of a variable, if it may be assigned here.
    private mutating func assignable(_ name: String, at span: Span) -> Int? {
        guard let index = frame.index(of: name) else {
            let isGlobal = frame.kind == .definition && mainFrame.outermostIndex(of: name) != nil
            if isGlobal {
                report(.assignedGlobal(name, at: span))
            } else {
                let close = closest(to: name, in: frame.visibleNames)
                report(
                    .undefinedVariable(name, at: span, close: close, advice: "`var \(name) = …` makes one")
                )
                frame.excuseUndeclared(name, at: span)
            }
            return nil
        }
        let variable = frame[index]
        guard variable.isMutable else {
            report(.assignedImmutable(variable, at: span, line: line(of: variable)))
            return nil
        }
        guard variable.apartDepth == frame.apartDepth else {
            report(.assignedFromApart(variable, in: frame.apart.last ?? .parallelBody, at: span))
            return nil
        }
        return index
    }

    /// Returns the line of a declaration; nil for one of an earlier line at the prompt.
    func line(of variable: VariableInfo) -> Int? {
        if case .earlier = variable.kind { return nil }
        return context.line(of: variable.span)
    }

    mutating func checkFor(_ loop: ForLoop, _ span: Span) -> CheckedStatement {
        let subject = check(loop.subject)
        let parallel = loop.parallel.map { expression -> CheckedExpression in
            let checked = check(expression)
            require(checked, is: .int, for: "`parallel`")
            requireOne(checked, for: "parallel")
            return checked
        }
        let (itemType, valueType) = itemTypes(of: subject, loop)
        let origin = source(of: subject)
        var item = 0
        var value: Int?
        let outside = (frame.loops, frame.apart)
        if parallel != nil { frame.apart.append(.parallelBody) }
        frame.loops += 1
        let body = checkBlock(loop.body, boundary: parallel == nil ? nil : .parallelBody) { checker in
            item = checker.frame.declare(loop.name, .item, type: itemType, source: origin)
            guard let name = loop.valueName else { return }
            if let earlier = checker.frame.inSameScope(name.text) { checker.reportRedeclared(name, earlier) }
            value = checker.frame.declare(name, .item, type: valueType)
        }
        (frame.loops, frame.apart) = outside
        let checked = CheckedFor(
            item: .local(frame[item].slot), value: value.map { .local(frame[$0].slot) }, subject: subject,
            parallel: parallel, keepGoing: loop.keepGoing != nil, body: body.statements)
        return CheckedStatement(.forLoop(checked), span: span)
    }

    /// Reports a literal limit of bodies or attempts that is less than 1.
    mutating func requireOne(_ number: CheckedExpression, for keyword: String) {
        guard case .constant(.int(let given)) = literal(of: number).kind, given < 1 else { return }
        report(.tooFew(given, keyword, at: number.span))
    }

    /// Returns the types of the variables of a `for`.
    private mutating func itemTypes(of subject: CheckedExpression, _ loop: ForLoop) -> (ValueType, ValueType) {
        warnIfOptional(subject, as: .operand("`for`"))
        let type = subject.type.unwrapped
        switch type {
        case .any:
            return (loop.valueName == nil ? .any : .string, .any)
        case .list(let item) where loop.valueName == nil:
            return (item, .any)
        case .map(let value) where loop.valueName != nil:
            return (.string, value)
        case .record(let record) where loop.valueName != nil:
            let value = record.fields.first.map { first in
                record.fields.reduce(first.readType) { $0.joined(with: $1.readType) }
            }
            return (.string, value ?? .any)
        case .record where type.page != nil:
            report(.pageAsList(type, at: subject.span))
        case .list, .map, .record:
            report(.wrongLoopNames(type, at: loop.name.span))
        case .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .optional:
            report(.notAList(type, at: subject.span))
        }
        return (.any, .any)
    }

    mutating func checkWhile(_ condition: Expression, _ body: Block, _ span: Span) -> CheckedStatement {
        let checkedCondition = checkCondition(condition, of: "while")
        let breaksBefore = breaks
        frame.loops += 1
        let facts = facts(of: condition, whenTrue: true)
        let checkedBody = checkBlock(body) { $0.frame.notNull.add(facts) }
        frame.loops -= 1
        if breaks == breaksBefore {
            // The loop ends when its condition is false, and not before.
            frame.notNull.add(self.facts(of: condition, whenTrue: false))
            if case .constant(.bool(true)) = checkedCondition.kind { exits = true }
        }
        return CheckedStatement(.whileLoop(condition: checkedCondition, body: checkedBody.statements), span: span)
    }

    mutating func checkLeavingLoop(_ statement: CheckedStatement, _ keyword: String) -> CheckedStatement {
        if frame.loops == 0 {
            report(.outsideLoop(keyword, boundary: frame.boundary, at: statement.span))
        }
        if keyword == "break" { breaks += 1 }
        exits = true
        return statement
    }

    mutating func checkReturn(_ value: Expression?, _ span: Span) -> CheckedStatement {
        let checked = value.map { check($0) }
        if let boundary = frame.boundary {
            report(.misplacedReturn(boundary, at: span))
        }
        if frame.kind == .definition {
            let type = checked?.type ?? .null
            frame.returns = frame.returns.map { $0.joined(with: type) } ?? type
        }
        exits = true
        return CheckedStatement(.returnValue(checked), span: span)
    }

    mutating func checkFail(_ arguments: [Argument], _ span: Span) -> CheckedStatement? {
        let bound = bindForm(Forms.fail, arguments, span)
        exits = true
        guard let message = bound[0] else { return nil }
        let type = message.type.unwrapped
        if type != .any, !type.isText, !type.isMap { report(.failMessage(type, at: message.span)) }
        if let status = bound[1], case .constant(.int(let number)) = literal(of: status).kind,
            !(1...255).contains(number)
        {
            report(.exitStatus(number, at: status.span))
        }
        return CheckedStatement(.fail(message: message, status: bound[1]), span: span)
    }

    mutating func checkConfirm(_ arguments: [Argument], _ span: Span) -> CheckedStatement? {
        let bound = bindForm(Forms.confirm, arguments, span)
        frame.checks.askedPerson(at: span)
        guard let message = bound[0] else { return nil }
        return CheckedStatement(.confirm(message: message, word: bound[1]), span: span)
    }

    mutating func checkAssert(_ condition: Expression, _ message: Expression?, _ span: Span) -> CheckedStatement {
        let checkedCondition = checkCondition(condition, of: "assert")
        let checkedMessage = message.map { expression -> CheckedExpression in
            let checked = check(expression)
            require(checked, is: .string, for: "the message of an `assert`")
            return checked
        }
        frame.notNull.add(facts(of: condition, whenTrue: true))
        return CheckedStatement(.assert(condition: checkedCondition, message: checkedMessage), span: span)
    }
}

/// The statements that take arguments like a command.
enum Forms {
    static let fail = Signature("fail", [Parameter("message", .any), Parameter("status", .int, isRequired: false)])
    static let confirm = Signature(
        "confirm", [Parameter("message", .string), Parameter("type", .string, isRequired: false)])
    static let run = Signature("run", [Parameter("file", .string, role: .file)])
}

extension ValueType {
    /// The type of a `var` with this initial value: fields may be added, and null may become any value.
    var widened: ValueType {
        switch self {
        case .null: .any
        case .record(let record) where record.name.isEmpty: .map(.any)
        case .optional(.record(let record)) where record.name.isEmpty: .optional(.map(.any))
        case .any, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .map, .record,
            .optional:
            self
        }
    }

    /// The type of a `var` after an assignment. A value of another type is allowed; the type is then `any`.
    func reassigned(by type: ValueType) -> ValueType { self == type ? self : joined(with: type.widened) }

    /// The type of a `var` after an assignment to a part of it.
    func patched(by type: ValueType) -> ValueType {
        switch self {
        case .list(let item): .list(item.joined(with: type))
        case .map(let value): .map(value.joined(with: type))
        case .record: .map(.any)
        case .optional(let wrapped): wrapped.patched(by: type)
        case .any, .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes: .any
        }
    }
}
