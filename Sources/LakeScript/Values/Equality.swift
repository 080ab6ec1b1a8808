/// Equality of the language: `==`, and what compares as it does. Values of different types are never equal, and comparing
/// them is a mistake; null equals only null.
extension Value {
    /// Returns true if the values are equal.
    ///
    /// - Throws: a mistake if the first difference between the two, at any depth, is one of types.
    func equals(_ other: Value) throws(Failure) -> Bool {
        if self == other { return true }
        try requireComparable(other)
        return false
    }

    private func requireComparable(_ other: Value) throws(Failure) {
        switch (self, other) {
        case (.null, _), (_, .null): return
        case (.list(let items), .list(let others)) where items.count == others.count:
            if let pair = zip(items, others).first(where: { $0 != $1 }) { try pair.0.requireComparable(pair.1) }
        case (.map(let record), .map(let others)):
            guard let pair = record.first(where: { others[$0] != $1 }), let other = others[pair.0] else { return }
            try pair.1.requireComparable(other)
        default: try requireSameType(as: other)
        }
    }

    fileprivate func requireSameType(as other: Value) throws(Failure) {
        guard kindForEquality == other.kindForEquality else { throw .incomparable("are never equal", self, other) }
    }

    /// A number that types share if their values can be equal.
    private var kindForEquality: Int {
        switch self {
        case .null: 0
        case .bool: 1
        case .int, .float: 2
        case .string, .secret: 3
        case .list: 4
        case .map: 5
        case .bytes: 6
        case .duration: 7
        }
    }
}

extension [Value] {
    /// Returns true if the list has an item that equals the value.
    func has(_ value: Value) throws(Failure) -> Bool {
        let work = Work.current
        for item in self {
            guard work?.goesOn() ?? true else { break }
            if try item.equals(value) { return true }
        }
        return false
    }

    /// Requires that the items can be compared with each other, for sets of them. Null stands among any.
    ///
    /// - Throws: a mistake that names two types.
    func requireOneType() throws(Failure) {
        guard let first = first(where: { !$0.isNull }) else { return }
        for item in self where !item.isNull { try first.requireSameType(as: item) }
    }
}
