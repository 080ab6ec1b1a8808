/// Facts about statements or an expression, from one walk over the checked tree: the variables that they assign, the
/// calls that reach the world, the blocks that they defer.
///
/// The facts name the `def`s that are called and the scripts that are run, and do not include their facts.
package struct BlockFacts: CheckedVisitor, Sendable {
    /// Calls of operations, and of built-ins that are effects, outermost first.
    package private(set) var calls: [CheckedExpression] = []
    package private(set) var assigned: Set<Variable> = []
    package private(set) var read: Set<Variable> = []
    /// The blocks of `on_failure` and `on_exit`.
    package private(set) var deferred: [[CheckedStatement]] = []
    /// The `def`s that are called, by index.
    package private(set) var functions: Set<Int> = []
    /// The scripts that are run, by index.
    package private(set) var scripts: Set<Int> = []
    /// True if a person is asked.
    package private(set) var asks = false
    /// True if something is asserted, or fails.
    package private(set) var checks = false
    /// True if it contains a `step`, `retry`, `timeout`, `as`, `on`, `expect_error` or a parallel `for`.
    private var hasRegion = false

    package init(of statements: [CheckedStatement]) { walk(statements) }

    package init(of expression: CheckedExpression) { walk(expression) }

    /// True if nothing outside the program is changed.
    package var onlyReads: Bool { calls.allSatisfy { $0.effect == .read } }

    /// True if something outside the program may be changed.
    var mayChange: Bool { !onlyReads || !functions.isEmpty || !scripts.isEmpty }

    /// The strongest effect on a server.
    package var serverEffect: EffectClass { calls.lazy.compactMap { $0.operation?.command.effect }.max() ?? .read }

    /// True if it reaches the world, directly or through one of these `def`s. An iteration or a call that does is a scope
    /// of its own, which a journal files.
    func isScope(reachingThrough functions: Set<Int> = []) -> Bool {
        hasRegion || asks || !calls.isEmpty || !deferred.isEmpty || !scripts.isEmpty
            || !self.functions.isDisjoint(with: functions)
    }

    package mutating func visit(_ statement: CheckedStatement) {
        switch statement.kind {
        case .set(let variable, _, _), .setPath(let variable, _, _, _): assigned.insert(variable)
        case .forLoop(let loop): hasRegion = hasRegion || loop.parallel != nil
        case .onFailure(let body), .onExit(let body): deferred.append(body)
        case .confirm: asks = true
        case .assert, .fail: checks = true
        case .run(let script, _): scripts.insert(script)
        case .expectError: hasRegion = true
        case .whileLoop, .breakLoop, .continueLoop, .returnValue, .expression: break
        }
    }

    package mutating func visit(_ expression: CheckedExpression) -> Bool {
        switch expression.kind {
        case .operation: calls.append(expression)
        case .builtin(let builtin, _) where builtin.performer != nil: calls.append(expression)
        case .variable(let variable, _): read.insert(variable)
        case .function(let index, _): functions.insert(index)
        case .step, .retry, .timeout, .identity, .server: hasRegion = true
        case .constant, .interpolated, .list, .map, .member, .index, .unary, .binary, .builtin,
            .blockBuiltin,
            .ifElse, .tryCatch:
            break
        }
        return true
    }
}

extension CheckedExpression {
    /// The call that the expression is; nil if it is no call of an operation.
    package var operation: CheckedCall? { if case .operation(let call) = kind { call } else { nil } }

    /// The effect of a call itself, its arguments left out.
    package var effect: EffectClass {
        switch kind {
        case .operation(let call): call.effect
        case .builtin(let builtin, let arguments): builtin.effect { arguments[$0] != nil }
        default: .read
        }
    }
}
