/// Visits checked statements and expressions, outermost first; the bodies of `def`s are not visited. It is the only walk
/// over the checked tree.
package protocol CheckedVisitor {
    mutating func visit(_ statement: CheckedStatement)
    /// - Returns: false to leave out the parts of the expression.
    mutating func visit(_ expression: CheckedExpression) -> Bool
}

extension CheckedVisitor {
    package mutating func walk(_ statements: [CheckedStatement]) {
        for statement in statements { walk(statement) }
    }

    private mutating func walk(_ checked: CheckedStatement) {
        visit(checked)
        switch checked.kind {
        case .set(_, _, let value), .expression(let value): walk(value)
        case .setPath(_, _, let steps, let value):
            for case .index(let index) in steps { walk(index) }
            walk(value)
        case .whileLoop(let condition, let body):
            walk(condition)
            walk(body)
        case .forLoop(let loop):
            walk([loop.subject, loop.parallel])
            walk(loop.body)
        case .breakLoop, .continueLoop: break
        case .returnValue(let value): walk([value])
        case .onFailure(let body), .onExit(let body), .expectError(_, let body): walk(body)
        case .fail(let first, let second), .confirm(let first, let second), .assert(let first, let second):
            walk([first, second])
        case .run(_, let arguments): walk(arguments)
        }
    }

    private mutating func walk(_ expressions: [CheckedExpression?]) {
        for case let expression? in expressions { walk(expression) }
    }

    package mutating func walk(_ checked: CheckedExpression) {
        guard visit(checked) else { return }
        switch checked.kind {
        case .constant, .variable: break
        case .interpolated(let parts), .list(let parts), .map(_, let parts): walk(parts)
        case .member(let base, _, _), .unary(_, let base): walk(base)
        case .index(let left, let right), .binary(_, _, let left, let right): walk([left, right])
        case .operation(let call):
            walk(call.arguments)
            walk(call.options.slots)
        case .builtin(_, let arguments), .function(_, let arguments): walk(arguments)
        case .blockBuiltin(_, let input, let arguments, _, let body):
            walk([input] + arguments)
            walk(body)
        case .ifElse(let arms, let otherwise):
            for arm in arms {
                walk(arm.condition)
                walk(arm.body)
            }
            walk(otherwise ?? [])
        case .tryCatch(let body, _, let handler): walk(body + handler)
        case .retry(let count, let every, let body):
            walk([count, every])
            walk(body)
        case .step(let head, let body), .timeout(let head, let body), .identity(let head, let body),
            .server(let head, let body):
            walk(head)
            walk(body)
        }
    }
}
