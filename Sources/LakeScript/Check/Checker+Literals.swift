/// Values that are known before the run: literals, also where a `let` names them.
extension Checker {
    /// Returns the literal that an expression is, or that the `let` which it reads names; else the expression itself.
    func literal(of expression: CheckedExpression) -> CheckedExpression {
        guard case .variable(let variable, let name) = expression.kind else { return expression }
        let (frame, slot) =
            switch variable {
            case .local(let slot): (self.frame, slot)
            case .global(let slot): (mainFrame, slot)
            }
        guard let index = frame.index(of: name), frame[index].slot == slot, let literal = frame[index].literal else {
            return expression
        }
        return literal
    }

    /// Returns the text of an expression, if it is known before the run.
    func knownText(of expression: CheckedExpression) -> String? { literal(of: expression).constantText }

    /// Computes an operator on literals, to report what would certainly fail; returns the result where both operands
    /// stand in the expression itself.
    mutating func computed(
        _ binary: BinaryOperator, _ place: Span, _ left: CheckedExpression, _ right: CheckedExpression
    ) -> Value? {
        guard let compute = binary.arithmetic, case .constant(let first) = literal(of: left).kind,
            case .constant(let second) = literal(of: right).kind, first.isCounted, second.isCounted
        else { return nil }
        do throws(Failure) {
            let value = try compute(first, second)
            guard left.isConstant, right.isConstant else { return nil }
            return value
        } catch {
            // A wrong type was reported before.
            if [Failure.r0101.name, Failure.r0102.name].contains(error.code) { reportCertain(error, at: place) }
            return nil
        }
    }

    /// Reports what certainly fails, unless it stands where a failure is expected.
    private mutating func reportCertain(_ failure: Failure, at span: Span) {
        if frame.expectations == 0 { report(.certainFailure(failure, at: span)) }
    }

    /// Reports an index that a literal list does not have.
    mutating func checkIndex(_ index: CheckedExpression, within base: CheckedExpression) {
        guard let items = literal(of: base).writtenItems,
            case .constant(.int(let place)) = literal(of: index).kind,
            !(-items.count..<items.count).contains(place)
        else { return }
        reportCertain(.missingItem("[\(place)]", of: path(of: base), count: items.count), at: index.span)
    }
}

extension CheckedExpression {
    /// True for a literal: a constant, a list, a map, or a string with values in it.
    var isLiteral: Bool {
        switch kind {
        case .constant, .list, .map, .interpolated: !isUnknown
        default: false
        }
    }

    fileprivate var isConstant: Bool { if case .constant = kind { true } else { false } }

    /// The items of a list that is written out.
    fileprivate var writtenItems: [CheckedExpression]? {
        if case .list(let items) = kind { items } else { nil }
    }
}

extension Value {
    /// True for a number or a duration.
    fileprivate var isCounted: Bool {
        switch self {
        case .int, .float, .duration: true
        case .null, .bool, .string, .secret, .bytes, .list, .map: false
        }
    }
}

extension BinaryOperator {
    /// The function that computes the operator on numbers; nil for others.
    fileprivate var arithmetic: ((Value, Value) throws(Failure) -> Value)? {
        switch self {
        case .add: Arithmetic.add
        case .subtract: Arithmetic.subtract
        case .multiply: Arithmetic.multiply
        case .divide: Arithmetic.divide
        case .remainder: Arithmetic.remainder
        case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .notIn, .matches,
            .range, .coalesce:
            nil
        }
    }
}
