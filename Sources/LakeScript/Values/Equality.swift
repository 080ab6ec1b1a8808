/// Equality of the language: `==`, and what compares as it does. Values of different types are never equal, and comparing
/// them is a mistake; null equals only null.
extension Value {
    /// Returns true if the values are equal.
    ///
    /// - Throws: a mistake if the two, or their parts at one place, are of different types.
    func equals(_ other: Value) throws(Failure) -> Bool {
        if self == other { return true }
        try requireComparable(other)
        return false
    }

    private func requireComparable(_ other: Value) throws(Failure) {
        switch (self, other) {
        case (.null, _), (_, .null): return
        case (.list(let items), .list(let others)) where items.count == others.count:
            for (item, other) in zip(items, others).metered { try item.requireComparable(other) }
        case (.map(let record), .map(let others)):
            for (key, value) in record {
                if Work.goesOn(), let other = others[key] { try value.requireComparable(other) }
            }
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

    /// Requires that each item can be compared with each other one, for sets of them.
    ///
    /// - Throws: a mistake that names two types.
    func requireComparable() throws(Failure) {
        var kinds = Kinds()
        for item in self.metered { try kinds.add(item) }
    }
}

/// The types of several values, and of their parts at each place. It finds out in linear time if two of the values cannot
/// be compared. Null stands among any.
private struct Kinds {
    private var first: Value?
    private var fields: [ScalarText: Kinds] = [:]
    /// The kinds of the items, by the number of items: lists of different lengths are unequal.
    private var items: [Int: [Kinds]] = [:]

    /// Adds a value.
    ///
    /// - Throws: a mistake if it cannot be compared with one that was added before.
    mutating func add(_ value: Value) throws(Failure) {
        guard !value.isNull else { return }
        if let first { try first.requireSameType(as: value) } else { first = value }
        switch value {
        case .map(let record):
            for (key, part) in record.metered { try fields[ScalarText(key), default: Kinds()].add(part) }
        case .list(let list):
            var kinds = items.removeValue(forKey: list.count) ?? Array(repeating: Kinds(), count: list.count)
            for (place, item) in list.enumerated().metered { try kinds[place].add(item) }
            items[list.count] = kinds
        case .null, .bool, .int, .float, .string, .secret, .bytes, .duration: break
        }
    }
}
