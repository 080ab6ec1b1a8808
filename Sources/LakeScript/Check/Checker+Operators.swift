extension Checker {
    /// Checks a condition, which must be a bool.
    mutating func checkCondition(_ condition: Expression, of keyword: String) -> CheckedExpression {
        let checked = check(condition)
        warnIfOptional(checked, as: .operand("a condition"))
        let type = checked.type.orNothing
        if type != .any, type != .bool { report(.notACondition(type, of: keyword, at: checked.span)) }
        return checked
    }

    mutating func checkUnary(_ unary: UnaryOperator, _ operand: Expression, _ span: Span) -> CheckedExpression {
        let checked = check(operand)
        warnIfOptional(checked, as: .operand("`\(unary.rawValue)`"))
        let type = checked.type.orNothing
        let fits =
            switch unary {
            case .not: type == .bool
            case .minus: type.isNumber || type == .duration
            }
        if type != .any, !fits { report(.wrongOperand(unary, type, at: checked.span)) }
        let result: ValueType = unary == .not ? .bool : (fits ? type : .any)
        if unary == .minus, let folded = checked.negated { return CheckedExpression(folded, type: result, span: span) }
        return CheckedExpression(.unary(unary, checked), type: result, span: span)
    }

    mutating func checkBinary(
        _ binary: BinaryOperator, _ place: Span, _ left: Expression, _ right: Expression, _ span: Span
    ) -> CheckedExpression {
        let checkedLeft = check(left)
        let known = frame.notNull.mark
        if binary == .and { frame.notNull.add(facts(of: left, whenTrue: true)) }
        if binary == .or { frame.notNull.add(facts(of: left, whenTrue: false)) }
        let checkedRight = check(right)
        frame.notNull.restore(known)
        let type = resultType(of: binary, place, checkedLeft, checkedRight)
        if let value = computed(binary, place, checkedLeft, checkedRight) {
            return CheckedExpression(.constant(value), type: type, span: span)
        }
        return CheckedExpression(.binary(binary, place, checkedLeft, checkedRight), type: type, span: span)
    }

    private mutating func resultType(
        of binary: BinaryOperator, _ place: Span, _ left: CheckedExpression, _ right: CheckedExpression
    ) -> ValueType {
        switch binary {
        case .equal, .notEqual:
            checkComparable(binary, place, left, right)
            return .bool
        case .coalesce:
            return left.type == .null ? right.type : left.type.unwrapped.joined(with: right.type)
        case .in, .notIn:
            checkMembership(binary, place, left, right)
            return .bool
        case .or, .and, .matches, .less, .lessOrEqual, .greater, .greaterOrEqual, .range, .add, .subtract, .multiply,
            .divide, .remainder:
            warnIfOptional(left, as: .operand("`\(binary.rawValue)`"))
            warnIfOptional(right, as: .operand("`\(binary.rawValue)`"))
            let types = (left.type.orNothing, right.type.orNothing)
            if binary == .matches { checkPattern(right) }
            guard let result = OperatorTypes.result(of: binary, types.0, types.1) else {
                report(.wrongOperands(binary, types.0, types.1, at: place, left, right))
                return binary.givesBool ? .bool : .any
            }
            return result
        }
    }

    /// Reports `==` of different types, which would always be false.
    private mutating func checkComparable(
        _ binary: BinaryOperator, _ place: Span, _ left: CheckedExpression, _ right: CheckedExpression
    ) {
        guard left.type != .null, right.type != .null else { return }
        let types = (left.type.unwrapped, right.type.unwrapped)
        if let clash = types.0.clash(with: types.1) { return report(.incomparable(clash.0, clash.1, at: place)) }
        checkWord(left, among: types.1, of: right)
        checkWord(right, among: types.0, of: left)
    }

    /// Reports a literal that is compared with an enumeration and is not one of its words.
    private mutating func checkWord(
        _ literal: CheckedExpression, among type: ValueType, of other: CheckedExpression
    ) {
        guard case .enumeration(let cases) = type, let word = knownText(of: literal), !cases.contains(word) else {
            return
        }
        report(.notAWord(word, cases, of: path(of: other), at: literal.span))
    }

    /// Reports words of a literal list that an enumeration does not have, as `==` does.
    private mutating func checkWords(_ list: CheckedExpression, among other: CheckedExpression) {
        guard case .enumeration = other.type.unwrapped else {
            if case .list(let item) = list.type.unwrapped { checkWord(other, among: item.unwrapped, of: list) }
            return
        }
        for item in literal(of: list).items { checkWord(item, among: other.type.unwrapped, of: other) }
    }

    private mutating func checkMembership(
        _ binary: BinaryOperator, _ place: Span, _ left: CheckedExpression, _ right: CheckedExpression
    ) {
        if let currentFunction { functions[currentFunction].looksAtTypes = true }
        warnIfOptional(right, as: .operand("`\(binary.rawValue)`"))
        let (leftType, type) = (left.type.unwrapped, right.type.unwrapped)
        if type.page != nil {
            report(.pageAsList(type, at: right.span))
            return
        }
        let fits: Bool =
            switch type {
            case .any: true
            case .list(let item): item.isComparable(with: leftType)
            case .map, .record, .string, .secret, .enumeration: ValueType.string.accepts(leftType)
            case .null, .bool, .int, .float, .duration, .bytes, .optional: false
            }
        guard !fits else { return checkWords(right, among: left) }
        report(.wrongOperands(binary, leftType, type, at: place, left, right))
    }

    mutating func checkPattern(_ pattern: CheckedExpression) {
        guard let text = knownText(of: pattern), let mistake = context.surroundings.patternMistake(text) else { return }
        report(.wrongPattern(mistake, at: pattern.span))
    }

    /// Reports a replacement that names a group which its pattern does not have.
    mutating func checkReplacement(_ replacement: CheckedExpression?, of pattern: CheckedExpression?) {
        guard let replacement, let text = knownText(of: replacement),
            let pattern = pattern.flatMap({ knownText(of: $0) }),
            let mistake = context.surroundings.replacementMistake(text, pattern)
        else { return }
        report(.wrongReplacement(text, mistake, at: replacement.span))
    }

    /// Warns where a null would fail at run time.
    enum NullUse {
        case operand(String)
        case base(Name)
        case argument(Parameter, of: String)
    }

    mutating func warnIfOptional(_ expression: CheckedExpression, as use: NullUse) {
        // Operators and arguments report a certain null themselves.
        var mayFail = if case .optional = expression.type { true } else { false }
        if case .base = use, expression.type == .null, !hasGaps { mayFail = true }
        guard mayFail else { return }
        report(.mayBeNull(expression, as: use, name: path(of: expression)))
    }

    /// Returns the source text of a path, for messages.
    func path(of expression: CheckedExpression) -> String? {
        switch expression.kind {
        case .variable(_, let name): "$" + name
        case .member(let base, let name, let isOptional):
            path(of: base).map { $0 + (isOptional ? "?." : ".") + name.text }
        default: nil
        }
    }
}

extension CheckedExpression {
    /// Returns the negated literal; nil if the expression is not a literal or the value does not fit.
    fileprivate var negated: Kind? {
        switch kind {
        case .constant(.int(let number)) where number != .min: .constant(.int(-number))
        case .constant(.float(let number)): .constant(.float(-number))
        case .constant(.duration(let length)) where length != .min: .constant(.duration(-length))
        default: nil
        }
    }
}

extension BinaryOperator {
    var givesBool: Bool {
        switch self {
        case .or, .and, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .notIn, .matches: true
        case .range, .coalesce, .add, .subtract, .multiply, .divide, .remainder: false
        }
    }
}

/// Returns the type of an operator's value for its operands; nil if it does not accept them. The machine must agree.
enum OperatorTypes {
    static func result(of binary: BinaryOperator, _ left: ValueType, _ right: ValueType) -> ValueType? {
        switch binary {
        case .or, .and: fits(left, .bool) && fits(right, .bool) ? .bool : nil
        case .matches: left.acceptsText && right.acceptsText ? .bool : nil
        case .range: fits(left, .int) && fits(right, .int) ? .list(.int) : nil
        case .less, .lessOrEqual, .greater, .greaterOrEqual: isOrdered(left, right) ? .bool : nil
        case .add: sum(left, right)
        case .subtract:
            // A duration minus a number of seconds is neither.
            left == .duration && right.isNumber ? nil : arithmetic(left, right, durations: true)
        case .multiply: arithmetic(left, right, durations: false) ?? scaled(left, right) ?? scaled(right, left)
        case .divide: arithmetic(left, right, durations: false) ?? scaled(left, right)
        case .remainder: arithmetic(left, right, durations: false)
        case .equal, .notEqual, .in, .notIn: .bool
        case .coalesce: left.joined(with: right)
        }
    }

    private static func fits(_ type: ValueType, _ wanted: ValueType) -> Bool { type == .any || type == wanted }

    private static func isOrdered(_ left: ValueType, _ right: ValueType) -> Bool {
        if left == .any { return right == .any || isOrdered(right, right) }
        if right == .any { return isOrdered(left, left) }
        return (left.isNumber && right.isNumber) || (left.isText && right.isText)
            || (left == .duration && right == .duration)
    }

    private static func sum(_ left: ValueType, _ right: ValueType) -> ValueType? {
        switch (left, right) {
        case (.list(let a), .list(let b)): .list(a.joined(with: b))
        case (.any, .list), (.list, .any): .list(.any)
        case (.any, _) where right.isText, (_, .any) where left.isText: .any
        case (let a, let b) where a.isText && b.isText: a == .secret || b == .secret ? .secret : .string
        default: arithmetic(left, right, durations: true)
        }
    }

    /// Numbers, and durations: `int ± duration` is an int of seconds, two durations give a duration.
    private static func arithmetic(_ left: ValueType, _ right: ValueType, durations: Bool) -> ValueType? {
        switch (left, right) {
        case (.any, .any): .any
        case (.any, let other), (let other, .any): other.isNumber || (durations && other == .duration) ? .any : nil
        case (.int, .int): .int
        case (.int, .float), (.float, .int), (.float, .float): .float
        case (.int, .duration), (.duration, .int): durations ? .int : nil
        case (.duration, .duration): durations ? .duration : nil
        default: nil
        }
    }

    /// A duration multiplied or divided by an int.
    private static func scaled(_ left: ValueType, _ right: ValueType) -> ValueType? {
        left == .duration && (right == .int || right == .any) ? .duration : nil
    }
}

extension ValueType {
    /// The type of a value that must not be null: `any` for null alone.
    var orNothing: ValueType { self == .null ? .null : unwrapped }

    fileprivate var acceptsText: Bool { self == .any || isText }
}
