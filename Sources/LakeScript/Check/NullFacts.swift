/// The paths that are known not to be null: after `if $user != null`, inside `if $user.email != null { … }`, behind
/// `$user != null and …`. They prevent a warning about a script that tests before it reads.
///
/// A fact is about a *path*: a variable with its fields. An assignment to the variable removes all facts about it.
/// Changes are logged, so that the end of a block costs only as much as the block changed.
struct NullFacts {
    /// A variable of the frame, by its index (one of the top level that a `def` reads, by `-1 - index`), and its fields: `.email`, empty for the variable itself.
    struct AccessPath: Hashable {
        let variable: Int
        var fields = ""
    }

    private var known: [Int: Set<String>] = [:]
    private var changes: [(path: AccessPath, isAdded: Bool)] = []

    /// Returns a mark of the current state.
    var mark: Int { changes.count }

    func contains(_ path: AccessPath) -> Bool { known[path.variable]?.contains(path.fields) ?? false }

    /// Returns the facts that were added since a mark and still hold.
    func added(since mark: Int) -> Set<AccessPath> {
        changes.count == mark ? [] : Set(changes[mark...].map(\.path)).filter(contains)
    }

    mutating func add(_ paths: some Sequence<AccessPath>) {
        for path in paths where known[path.variable, default: []].insert(path.fields).inserted {
            changes.append((path, true))
        }
    }

    /// Removes all facts about a variable.
    mutating func forget(_ variable: Int) {
        for fields in known.removeValue(forKey: variable) ?? [] {
            changes.append((AccessPath(variable: variable, fields: fields), false))
        }
    }

    /// Restores the state of a mark.
    mutating func restore(_ mark: Int) {
        while changes.count > mark {
            let (path, isAdded) = changes.removeLast()
            if isAdded {
                known[path.variable]?.remove(path.fields)
            } else {
                known[path.variable, default: []].insert(path.fields)
            }
        }
    }

    /// Leaves a block: removes the facts that it added; facts that it removed stay removed.
    mutating func leave(since mark: Int) {
        guard changes.count > mark else { return }
        var seen: Set<AccessPath> = []
        var ended: [(path: AccessPath, isAdded: Bool)] = []
        for (path, isAdded) in changes[mark...] where seen.insert(path).inserted {
            if isAdded {
                known[path.variable]?.remove(path.fields)
            } else if !contains(path) {
                ended.append((path, false))
            }
        }
        changes.removeSubrange(mark...)
        changes += ended
    }
}

extension Checker {
    /// Returns the path that an expression is; nil for other expressions.
    func nullPath(of expression: Expression) -> NullFacts.AccessPath? {
        switch expression.kind {
        case .variable(let name):
            if let index = frame.index(of: name) { return NullFacts.AccessPath(variable: index) }
            return readGlobal(name).map { NullFacts.AccessPath(variable: -1 - $0) }
        case .member(let base, let name, _):
            guard var path = nullPath(of: base) else { return nil }
            path.fields += "." + name.text
            return path
        case .parenthesized(let inner): return nullPath(of: inner)
        default: return nil
        }
    }

    /// Returns the facts that follow if a condition is true, or false.
    func facts(of condition: Expression, whenTrue: Bool) -> [NullFacts.AccessPath] {
        switch condition.kind {
        case .parenthesized(let inner):
            return facts(of: inner, whenTrue: whenTrue)
        case .unary(.not, let operand):
            return facts(of: operand, whenTrue: !whenTrue)
        case .binary(.and, _, let left, let right):
            guard whenTrue else { return [] }
            return facts(of: left, whenTrue: true) + facts(of: right, whenTrue: true)
        case .binary(.or, _, let left, let right):
            guard !whenTrue else { return [] }
            return facts(of: left, whenTrue: false) + facts(of: right, whenTrue: false)
        case .binary(let sign, _, let left, let right) where sign == .equal || sign == .notEqual:
            let isEqual = whenTrue == (sign == .equal)
            return (fact(left, right, isEqual: isEqual) ?? fact(right, left, isEqual: isEqual)).map { [$0] } ?? []
        default:
            return []
        }
    }

    /// `path != null` proves that the path is not null, and so does `path == "text"`.
    private func fact(_ path: Expression, _ other: Expression, isEqual: Bool) -> NullFacts.AccessPath? {
        (isEqual ? other.isPresentLiteral : other.isNull) ? nullPath(of: path) : nil
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
