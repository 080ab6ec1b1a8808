/// Whether statements may reach the world: only then an iteration or a call is a scope that a journal knows.
struct EffectFinder {
    /// The functions whose calls count, by index. None for a function's own scope: those that it calls have theirs.
    private(set) var functions: Set<Int> = []

    init() {}

    /// Knows which functions reach the world, themselves or by others that they call.
    init(_ functions: [CheckedFunction]) {
        var known = -1
        while known < self.functions.count {
            known = self.functions.count
            for (index, function) in functions.enumerated() where isFound(in: function.body.statements) {
                self.functions.insert(index)
            }
        }
    }

    func isFound(in statements: [CheckedStatement]) -> Bool {
        statements.contains(where: isFound)
    }

    private func isFound(in statement: CheckedStatement) -> Bool {
        switch statement.kind {
        case .set(_, let value), .setPath(_, _, _, let value), .expression(let value): isFound(in: value)
        case .whileLoop(let condition, let body): isFound(in: condition) || isFound(in: body)
        case .forLoop(let loop): loop.parallel != nil || isFound(in: loop.subject) || isFound(in: loop.body)
        case .breakLoop, .continueLoop: false
        case .returnValue(let value): value.map(isFound) ?? false
        case .onFailure, .onExit, .confirm, .run, .expectError: true
        case .fail(let message, _): isFound(in: message)
        case .assert(let condition, let message): isFound(in: condition) || (message.map(isFound) ?? false)
        }
    }

    private func isFound(in expression: CheckedExpression) -> Bool {
        switch expression.kind {
        case .constant, .variable: return false
        case .interpolated(let parts), .list(let parts): return parts.contains(where: isFound)
        case .map(_, let values): return values.contains(where: isFound)
        case .member(let base, _, _), .unary(_, let base): return isFound(in: base)
        case .index(let left, let right), .binary(_, _, let left, let right):
            return isFound(in: left) || isFound(in: right)
        case .builtin(let name, let arguments):
            if case .world? = Builtins[name]?.kind { return true }
            return arguments.contains { $0.map(isFound) ?? false }
        case .blockBuiltin(_, let input, let arguments, _, let body):
            return isFound(in: input) || isFound(in: body) || arguments.contains { $0.map(isFound) ?? false }
        case .ifElse(let arms, let otherwise):
            return arms.contains { isFound(in: $0.condition) || isFound(in: $0.body) }
                || (otherwise.map(isFound(in:)) ?? false)
        case .tryCatch(let body, _, let handler): return isFound(in: body) || isFound(in: handler)
        case .operation, .step, .retry, .timeout, .identity, .server: return true
        case .function(let index, let arguments):
            return functions.contains(index) || arguments.contains { $0.map(isFound) ?? false }
        }
    }
}
