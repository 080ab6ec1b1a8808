/// What is known not to be null: after `if $user != null`, inside of `if $user.email != null { … }`, behind
/// `$user != null and …`. Only so that a script which looks before it reads gets no warning.
///
/// A fact is about a *path* (a variable with its fields), which is written as a text that begins with the variable's
/// number. An assignment to the variable ends all facts about it.
extension Checker {
    func key(ofVariable index: Int) -> String { "\(index)" }

    /// The key of a path; nil for anything else.
    func key(of expression: Expression) -> String? {
        switch expression.kind {
        case .variable(let name): frame.index(of: name).map { key(ofVariable: $0) }
        case .member(let base, let name, _): key(of: base).map { $0 + "." + name.text }
        case .parenthesized(let inner): key(of: inner)
        default: nil
        }
    }

    /// What is known where a condition is true, or false.
    func facts(of condition: Expression, whenTrue: Bool) -> Set<String> {
        switch condition.kind {
        case .parenthesized(let inner):
            return facts(of: inner, whenTrue: whenTrue)
        case .unary(.not, let operand):
            return facts(of: operand, whenTrue: !whenTrue)
        case .binary(.and, _, let left, let right):
            guard whenTrue else { return [] }
            return facts(of: left, whenTrue: true).union(facts(of: right, whenTrue: true))
        case .binary(.or, _, let left, let right):
            guard !whenTrue else { return [] }
            return facts(of: left, whenTrue: false).union(facts(of: right, whenTrue: false))
        case .binary(.notEqual, _, let left, let right):
            return comparisonFacts(left, right, isEqual: !whenTrue)
        case .binary(.equal, _, let left, let right):
            return comparisonFacts(left, right, isEqual: whenTrue)
        default:
            return []
        }
    }

    /// `path != null` says that the path is not null, and so does `path == "text"`.
    private func comparisonFacts(_ left: Expression, _ right: Expression, isEqual: Bool) -> Set<String> {
        Set(
            [(left, right), (right, left)].compactMap { path, other in
                guard isEqual ? other.isPresentLiteral : other.isNull else { return nil }
                return key(of: path)
            })
    }

    /// Ends what is known about a variable.
    mutating func forget(_ index: Int) {
        guard !frame.notNull.isEmpty else { return }
        let key = key(ofVariable: index)
        frame.notNull = frame.notNull.filter { $0 != key && !$0.hasPrefix(key + ".") }
    }
}

extension Expression {
    fileprivate var isNull: Bool { if case .null = kind { true } else { false } }

    fileprivate var isPresentLiteral: Bool {
        switch kind {
        case .bool, .int, .float, .string, .duration: true
        default: false
        }
    }
}
