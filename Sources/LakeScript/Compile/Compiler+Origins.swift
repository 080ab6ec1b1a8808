/// The origins of values, for messages of a run: the path of a variable, and the command that gave its value.
extension Compiler {
    /// Describes a value for messages; nil if it is not the path of a variable.
    func access(to base: CheckedExpression) -> CompiledAccess? {
        guard let path = path(of: base) else { return nil }
        return CompiledAccess(path: path, source: origin(of: base))
    }

    /// Records a value that an instruction of its own span works on. The span of an index has a record already.
    mutating func noteValue(_ value: CheckedExpression) {
        if case .index = value.kind {} else { frame.note(access(to: value), at: value.span) }
    }

    /// Describes the first argument that is the path of a variable.
    func access(among arguments: [CheckedExpression?]) -> CompiledAccess? {
        for case let argument? in arguments {
            if let access = access(to: argument) { return access }
        }
        return nil
    }

    /// Describes an operator's operand: the right one of a division, else the left one, or the one that is a path.
    mutating func noteOperands(
        _ sign: BinaryOperator, _ left: CheckedExpression, _ right: CheckedExpression, at span: Span
    ) {
        let (first, second) = sign == .divide || sign == .remainder ? (right, left) : (left, right)
        frame.note(access(to: first) ?? access(to: second), at: span)
    }

    /// Records the command that gives a variable its value; none if several do.
    mutating func note(_ variable: Variable, comesFrom value: CheckedExpression) {
        guard case .local(let slot) = variable else { return }
        origins[slot] = .some(origins.keys.contains(slot) ? nil : command(in: value))
    }

    /// Records the origins of the variables of the top level for `def`s, which are compiled first.
    mutating func noteGlobals(of statements: [CheckedStatement]) {
        origins = [:]
        for case .set(let variable, _, let value) in statements.map(\.kind) { note(variable, comesFrom: value) }
        globalOrigins = origins
        origins = [:]
    }

    /// Returns the text of a variable's path: `$user.email`, `$list[0]`.
    private func path(of expression: CheckedExpression) -> String? {
        switch expression.kind {
        case .variable(_, let name): "$" + name
        case .member(let base, let name, let isOptional):
            path(of: base).map { $0 + (isOptional ? "?." : ".") + name.text }
        case .index(let base, let index): path(of: base).map { "\($0)[\(key(of: index))]" }
        default: nil
        }
    }

    private func key(of index: CheckedExpression) -> String {
        switch index.kind {
        case .constant(.int(let place)): String(place)
        case .constant(.string(let key)): "\"\(key)\""
        default: path(of: index) ?? "…"
        }
    }

    /// Returns the command that gave the variable of a path its value.
    private func origin(of path: CheckedExpression) -> Failure.ValueSource? {
        switch path.kind {
        case .member(let base, _, _), .index(let base, _): return origin(of: base)
        case .variable(let place, let name):
            let command: Failure.CallSite?? =
                switch place {
                case .local(let slot): origins[slot]
                case .global(let slot): globalOrigins[slot]
                }
            return command.flatMap(\.self).map { Failure.ValueSource(value: "$" + name, command: $0) }
        default: return nil
        }
    }

    /// Returns the command that gave a value, or the value that contains it.
    private func command(in expression: CheckedExpression) -> Failure.CallSite? {
        func site(_ name: String, passing input: CheckedExpression? = nil) -> Failure.CallSite {
            input.flatMap(command) ?? Failure.CallSite(name: name, span: expression.span)
        }
        switch expression.kind {
        case .operation(let call): return site(call.command.signature.name)
        case .builtin(let builtin, let arguments):
            return site(builtin.name, passing: builtin.handsOnItems ? arguments.first ?? nil : nil)
        case .blockBuiltin(let form, let input, _, _, _):
            return site(form.rawValue, passing: form.handsOnItems ? input : nil)
        case .function(let index, _): return site(program.codes[functions[index]].name)
        case .member(let base, _, _), .index(let base, _): return command(in: base)
        case .variable: return origin(of: expression)?.command
        default: return nil
        }
    }
}
