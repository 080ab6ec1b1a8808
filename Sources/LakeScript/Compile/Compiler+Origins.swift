/// Where values come from, for messages of a run: what a variable's path is called, which command gave its value.
extension Compiler {
    /// A value that something is done with; nil where it is no variable's path.
    func access(to base: CheckedExpression) -> CompiledAccess? {
        guard let path = path(of: base) else { return nil }
        return CompiledAccess(path: path, source: root(of: base).flatMap(origin))
    }

    /// The first argument that is a variable or a part of one.
    func access(among arguments: [CheckedExpression?]) -> CompiledAccess? {
        for case let argument? in arguments {
            if let access = access(to: argument) { return access }
        }
        return nil
    }

    /// What an operator works on: the left side, of a division the right one, or the one that is a path.
    mutating func noteOperands(
        _ sign: BinaryOperator, _ left: CheckedExpression, _ right: CheckedExpression, at span: Span
    ) {
        let (first, second) = sign == .divide || sign == .remainder ? (right, left) : (left, right)
        frame.note(access(to: first) ?? access(to: second), at: span)
    }

    /// Remembers which command gives a variable its value; of one that gets several, none.
    mutating func note(_ variable: Variable, comesFrom value: CheckedExpression) {
        guard case .local(let slot) = variable else { return }
        origins[slot] = .some(origins.keys.contains(slot) ? nil : command(in: value))
    }

    /// What the top level's variables get, for `def`s, which are compiled before it.
    mutating func noteGlobals(of statements: [CheckedStatement]) {
        origins = [:]
        for case .set(let variable, let value) in statements.map(\.kind) { note(variable, comesFrom: value) }
        globalOrigins = origins
        origins = [:]
    }

    private func path(of expression: CheckedExpression) -> String? {
        switch expression.kind {
        case .variable(_, let name): "$" + name
        case .member(let base, let name, let isOptional):
            path(of: base).map { $0 + (isOptional ? "?." : ".") + name.text }
        case .index(let base, let index): path(of: base).map { "\($0)[\(key(of: index))]" }
        case .constant, .interpolated, .list, .map, .unary, .binary, .operation, .builtin, .blockBuiltin, .function,
            .ifElse, .tryCatch, .step, .retry, .timeout, .identity, .server:
            nil
        }
    }

    private func key(of index: CheckedExpression) -> String {
        switch index.kind {
        case .constant(.int(let place)): String(place)
        case .constant(.string(let key)): "\"\(key)\""
        default: path(of: index) ?? "…"
        }
    }

    private func root(of expression: CheckedExpression) -> CheckedExpression? {
        switch expression.kind {
        case .variable: expression
        case .member(let base, _, _), .index(let base, _): root(of: base)
        case .constant, .interpolated, .list, .map, .unary, .binary, .operation, .builtin, .blockBuiltin, .function,
            .ifElse, .tryCatch, .step, .retry, .timeout, .identity, .server:
            nil
        }
    }

    private func origin(of variable: CheckedExpression) -> Failure.ValueSource? {
        guard case .variable(let place, let name) = variable.kind else { return nil }
        let command: Failure.CallSite?? =
            switch place {
            case .local(let slot): origins[slot]
            case .global(let slot): globalOrigins[slot]
            }
        return command.flatMap(\.self).map { Failure.ValueSource(value: "$" + name, command: $0) }
    }

    /// What hands on items of its input is not where they came from.
    private func source(of builtin: String, input: CheckedExpression?, _ span: Span) -> Failure.CallSite? {
        let handsOn = ["where", "sort_by", "sort", "unique", "reverse", "first", "last", "get", "select"]
        let own = Failure.CallSite(name: builtin, span: span)
        return handsOn.contains(builtin) ? input.flatMap(command) ?? own : own
    }

    /// The command whose value an expression is, or is a part of.
    private func command(in expression: CheckedExpression) -> Failure.CallSite? {
        switch expression.kind {
        case .operation(let call): Failure.CallSite(name: call.command.signature.name, span: expression.span)
        case .builtin(let name, let arguments):
            source(of: name, input: arguments.first ?? nil, expression.span)
        case .blockBuiltin(let name, let input, _, _, _): source(of: name, input: input, expression.span)
        case .function(let index, _):
            Failure.CallSite(name: program.codes[functions[index]].name, span: expression.span)
        case .member(let base, _, _), .index(let base, _): command(in: base)
        case .variable: origin(of: expression)?.command
        case .constant, .interpolated, .list, .map, .unary, .binary, .ifElse, .tryCatch, .step, .retry, .timeout,
            .identity, .server:
            nil
        }
    }
}
