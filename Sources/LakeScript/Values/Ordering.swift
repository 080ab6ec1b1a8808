/// The order of values: numbers by size, strings by their bytes, false before true, durations by length. Values of
/// different types have no order.
package enum Ordering {
    /// Returns true if the left value comes before the right one.
    ///
    /// - Throws: a mistake if the two cannot be ordered.
    package static func isLess(_ left: Value, _ right: Value) throws(Failure) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): return a < b
        case (.string(let a), .string(let b)), (.secret(let a), .secret(let b)),
            (.string(let a), .secret(let b)), (.secret(let a), .string(let b)):
            return bytesLess(a, b)
        case (.float(let a), .float(let b)): return a < b
        case (.int(let a), .float(let b)): return isLess(a, b)
        case (.float(let a), .int(let b)): return isLess(a, b)
        case (.duration(let a), .duration(let b)): return a < b
        case (.bool(let a), .bool(let b)): return !a && b
        default:
            throw .incomparable("have no order", left, right)
        }
    }

    package static func sort(_ items: [Value], isDescending: Bool = false) throws(Failure) -> [Value] {
        try sort(items, by: items, isDescending: isDescending)
    }

    /// Returns the items in the order of their keys, one key per item. The sort is stable; null keys come last, also in
    /// descending order.
    package static func sort(
        _ items: [Value], by keys: [Value], isDescending: Bool = false
    ) throws(Failure) -> [Value] {
        try checkComparable(keys)
        var ranked: [(rank: UInt64, place: Int)] = []
        ranked.reserveCapacity(keys.count)
        for (place, key) in keys.enumerated() where !key.isNull { ranked.append((rank(of: key), place)) }
        let work = Work.current
        // An error of the comparison ends the sort at once.
        let isSorted: Void? = try? ranked.sort { left, right in
            guard work?.goesOn() ?? true else { throw Work.Stopped() }
            if left.rank != right.rank { return (left.rank < right.rank) != isDescending }
            let (first, second) = isDescending ? (right.place, left.place) : (left.place, right.place)
            // All pairs were checked to be comparable: nothing is thrown here.
            if (try? isLess(keys[first], keys[second])) ?? false { return true }
            return left.place < right.place && !((try? isLess(keys[second], keys[first])) ?? false)
        }
        guard isSorted != nil else { return [] }
        let places = ranked.map(\.place) + keys.indices.filter { keys[$0].isNull }
        return places.map { items[$0] }
    }

    /// Returns the smallest or the largest item, the first of equal ones; null items are ignored. Null if there is
    /// none.
    package static func extreme(of items: [Value], isLargest: Bool) throws(Failure) -> Value {
        var found = Value.null
        let work = Work.current
        for item in items where !item.isNull {
            guard work?.goesOn() ?? true else { break }
            if found.isNull {
                // Reject unordered types even for a single item.
                _ = try isLess(item, item)
                found = item
            } else if isLargest ? try isLess(found, item) : try isLess(item, found) {
                found = item
            }
        }
        return found
    }

    /// Returns a number that is smaller for a smaller value; if two are equal, only `isLess` can tell.
    private static func rank(of value: Value) -> UInt64 {
        switch value {
        case .bool(let bool): bool ? 1 : 0
        case .int(let integer): rank(of: Double(integer))
        case .float(let number): rank(of: number)
        case .duration(let milliseconds): rank(of: Double(milliseconds))
        case .string(let text), .secret(let text):
            zip(text.utf8, stride(from: 56, through: 0, by: -8)).reduce(0) { $0 | UInt64($1.0) << UInt64($1.1) }
        case .null, .list, .map, .bytes: 0
        }
    }

    /// Returns the bits of a float in the order of the numbers; both zeros have the same.
    private static func rank(of number: Double) -> UInt64 {
        let bits = (number + 0).bitPattern
        return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
    }

    /// Compares each key with the first one.
    ///
    /// - Throws: a mistake if two keys have no order.
    private static func checkComparable(_ keys: [Value]) throws(Failure) {
        guard let first = keys.first(where: { !$0.isNull }) else { return }
        for key in keys where !key.isNull { _ = try isLess(first, key) }
    }

    /// Returns advice that makes values of two types comparable; there is some only for texts and numbers.
    static func conversion(between left: Value, _ right: Value) -> [String] {
        guard (left.text == nil) != (right.text == nil), left.isNumber || right.isNumber else { return [] }
        return ["to_int, to_float and to_string make one of the other"]
    }

    /// Compares exactly: a conversion of the int would round it.
    private static func isLess(_ left: Int, _ right: Double) -> Bool {
        Int(exactly: right.rounded(.up)).map { left < $0 } ?? (right > 0)
    }

    private static func isLess(_ left: Double, _ right: Int) -> Bool {
        Int(exactly: left.rounded(.down)).map { $0 < right } ?? (left < 0)
    }

    private static func bytesLess(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension Value {
    fileprivate var isNumber: Bool {
        switch self {
        case .int, .float: true
        case .null, .bool, .string, .list, .map, .bytes, .secret, .duration: false
        }
    }
}
