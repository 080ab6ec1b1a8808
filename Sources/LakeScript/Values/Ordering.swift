/// The order of values: numbers by size, strings by their bytes, false before true, durations by length. Values of
/// different types have none.
package enum Ordering {
    /// Whether the left value comes before the right one.
    ///
    /// - Throws: a mistake where the two cannot be ordered.
    package static func isLess(_ left: Value, _ right: Value) throws(Failure) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): return a < b
        case (.string(let a), .string(let b)), (.secret(let a), .secret(let b)),
            (.string(let a), .secret(let b)), (.secret(let a), .string(let b)):
            return bytesLess(a, b)
        case (.float(let a), .float(let b)): return a < b
        case (.int(let a), .float(let b)): return Double(a) < b
        case (.float(let a), .int(let b)): return a < Double(b)
        case (.duration(let a), .duration(let b)): return a < b
        case (.bool(let a), .bool(let b)): return !a && b
        default:
            throw Failure(
                .mistake, "\(left.typePhrase) and \(right.typePhrase) have no order",
                notes: ["to_int, to_float and to_string make one of the other"])
        }
    }

    /// The items in order; equal ones keep theirs.
    package static func sort(_ items: [Value]) throws(Failure) -> [Value] {
        try sort(items, by: items)
    }

    /// The items in the order of their keys, one for each; equal ones keep their order. Null keys come last.
    package static func sort(_ items: [Value], by keys: [Value]) throws(Failure) -> [Value] {
        try checkComparable(keys)
        let order = keys.indices.sorted { left, right in
            if keys[left].isNull || keys[right].isNull { return !keys[left].isNull }
            // Comparable, as was checked: nothing is thrown here.
            return (try? isLess(keys[left], keys[right])) ?? false
        }
        return order.map { items[$0] }
    }

    /// Throws where two keys have no order, by comparing each with the first.
    private static func checkComparable(_ keys: [Value]) throws(Failure) {
        guard let first = keys.first(where: { !$0.isNull }) else { return }
        for key in keys where !key.isNull { _ = try isLess(first, key) }
    }

    private static func bytesLess(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
