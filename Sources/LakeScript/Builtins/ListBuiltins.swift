/// Built-ins on lists.
enum ListBuiltins {
    private static let anyList = ValueType.list(.any)

    static let all: [Builtin] = [
        .block(.filter, [.input("list", anyList)], .required, "the items for which the block is true"),
        .block(
            .each, [.input("list", anyList), .optional("parallel", .int, "how many at a time")], .required,
            "what the block gives for each item"),
        .block(
            .sortBy, [.input("list", anyList), field, .flag("descending", "the largest first")], .optional,
            "the items in the order of a field, or of what the block gives"),
        .block(
            .groupBy, [.input("list", anyList), field], .optional,
            "a map from the text of each value of a field, or of the block, to its items"),
        .block(
            .some, [.input("list", anyList)], .required, "whether the block is true for at least one item",
            result: .bool),
        .block(
            .every, [.input("list", anyList)], .required, "whether the block is true for all items", result: .bool),
        .pure(
            "sort", [.input("list", anyList), .flag("descending", "the largest first")], anyList,
            "the items in order: equal ones keep theirs, nulls come last", .sorted
        ) {
            arguments throws(Failure) in
            .list(try Ordering.sort(try arguments.list(0, "sort"), isDescending: arguments[1] == true))
        },
        .pure("unique", [.input("list", anyList)], anyList, "the items without those that came before", .sameItems) {
            arguments throws(Failure) in .list(try unique(try arguments.list(0, "unique")))
        },
        .pure(
            "first", [.input("list", anyList), .positional("count", .int, "so many, as a list")], .any,
            "the first item, null if there is none", .firstItems
        ) {
            arguments throws(Failure) in
            let items = try arguments.list(0, "first")
            guard !arguments[1].isNull else { return items.first ?? .null }
            return .list(Array(items.prefix(try size(arguments, "first"))))
        },
        .pure(
            "last", [.input("list", anyList), .positional("count", .int, "so many, as a list")], .any,
            "the last item, null if there is none", .lastItems
        ) {
            arguments throws(Failure) in
            let items = try arguments.list(0, "last")
            guard !arguments[1].isNull else { return items.last ?? .null }
            return .list(Array(items.suffix(try size(arguments, "last"))))
        },
        .pure(
            "skip", [.input("list", anyList), .input("count", .int)], anyList, "the items after the first so many",
            .skippedItems
        ) {
            arguments throws(Failure) in
            .list(Array(try arguments.list(0, "skip").dropFirst(try size(arguments, "skip"))))
        },
        .pure(
            "chunk", [.input("list", anyList), .input("size", .int)], .list(anyList),
            "the items in lists of so many; the last may have fewer", .chunks
        ) {
            arguments throws(Failure) in
            let (items, size) = (try arguments.list(0, "chunk"), try size(arguments, "chunk"))
            guard size > 0 else { throw .badCount(size, of: "chunk") }
            return .list(
                stride(from: 0, to: items.count, by: size).map {
                    .list(Array(items[$0..<min($0 + size, items.count)]))
                })
        },
        .pure(
            "reverse", [.input("value", .any)], .any,
            "the items, or the characters of a string, from the last to the first", .reversed
        ) {
            arguments throws(Failure) in
            guard let text = arguments[0].text else { return .list(try arguments.list(0, "reverse").reversed()) }
            return arguments[0].keepingSecrecy(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        },
        .pure(
            "flatten", [.input("list", anyList)], anyList, "the items of the lists in a list, as one list", .flattened
        ) {
            arguments throws(Failure) in
            .list(try arguments.list(0, "flatten").flatMap { item -> [Value] in item.items ?? [item] })
        },
        .pure("count", [.input("list", .any)], .int, "how many items a list or fields a map has", .count) {
            arguments throws(Failure) in
            if case .map(let record) = arguments[0] { return .int(record.count) }
            return .int(try arguments.list(0, "count").count)
        },
        .pure(
            "length", [.input("value", .any)], .int,
            "characters (Unicode scalars) of a string, items of a list, fields of a map, bytes",
            .length
        ) {
            arguments throws(Failure) in try length(arguments)
        },
        .pure("sum", [.input("list", anyList)], .any, "the sum of numbers", .sum) { arguments throws(Failure) in
            var sum = Value.int(0)
            for item in (try arguments.list(0, "sum")).metered { sum = try Arithmetic.add(sum, item) }
            return sum
        },
        .pure("min", [.input("list", anyList)], .any, "the smallest item, null if there is none", .extreme) {
            arguments throws(Failure) in try Ordering.extreme(of: arguments.list(0, "min"), isLargest: false)
        },
        .pure("max", [.input("list", anyList)], .any, "the largest item, null if there is none", .extreme) {
            arguments throws(Failure) in try Ordering.extreme(of: arguments.list(0, "max"), isLargest: true)
        },
        .pure(
            "append", [.input("list", anyList), .input("item", .any)], anyList, "the list with one more item", .appended
        ) {
            arguments throws(Failure) in .list(try arguments.list(0, "append") + [arguments[1]])
        },
        .pure(
            "union", [.input("list", anyList), .input("other", anyList)], anyList, "the items of either, once each",
            .union
        ) {
            arguments throws(Failure) in
            .list(try unique(try arguments.list(0, "union") + arguments.list(1, "union")))
        },
        .pure(
            "intersect", [.input("list", anyList), .input("other", anyList)], anyList, "the items that both have",
            .comparedItems
        ) {
            arguments throws(Failure) in
            let (items, others) = try comparable(arguments, "intersect")
            return .list(try unique(items.filtered(others.asSet().contains)))
        },
        .pure(
            "without", [.input("list", anyList), .input("other", anyList)], anyList,
            "the items that the other list lacks", .comparedItems
        ) {
            arguments throws(Failure) in
            let (items, others) = try comparable(arguments, "without")
            let excluded = others.asSet()
            return .list(items.filtered { !excluded.contains($0) })
        },
        .pure(
            "diff",
            [
                .input("expected", anyList), .input("actual", anyList),
                Parameter(
                    "by", .string, isRequired: false, isPositional: true, summary: "the field that tells items apart",
                    role: .field),
            ], anyList, "what was added, removed or changed: maps of change, item and was", .compared
        ) { arguments throws(Failure) in
            .list(
                try ListDifference.of(
                    try arguments.list(0, "diff"), try arguments.list(1, "diff"), by: arguments[2].text))
        },
    ]

    private static let field = Parameter(
        "field", .string, isRequired: false, isPositional: true, summary: "the field's name", role: .field)

    /// Reads the number of items for `first`, `last`, `skip` and `chunk`.
    private static func size(_ arguments: [Value], _ command: String) throws(Failure) -> Int {
        let size = try arguments.integer(1, command)
        guard size >= 0 else { throw .badCount(size, of: command) }
        return size
    }

    /// Returns the items without repetitions.
    private static func unique(_ items: [Value]) throws(Failure) -> [Value] {
        try items.requireComparable()
        var seen: Set<Value> = []
        return items.filtered { seen.insert($0).inserted }
    }

    /// Returns the two lists of a set operation.
    private static func comparable(_ arguments: [Value], _ command: String) throws(Failure) -> ([Value], [Value]) {
        let lists = (try arguments.list(0, command), try arguments.list(1, command))
        try (lists.0 + lists.1).requireComparable()
        return lists
    }

    private static func length(_ arguments: [Value]) throws(Failure) -> Value {
        switch arguments[0] {
        case .string(let text), .secret(let text): .int(text.unicodeScalars.count)
        case .list(let items): .int(items.count)
        case .map(let record): .int(record.count)
        case .bytes(let bytes): .int(bytes.count)
        case .null, .bool, .int, .float, .duration: .int(try arguments.text(0, "length").count)
        }
    }
}

/// The difference of two lists: items that only one has, and items with the same key and other fields.
enum ListDifference {
    /// The word for a difference.
    enum Change: String, CaseIterable {
        case added, removed, changed
    }

    /// Returns maps `{change, item, was}`; `was` is null unless the item has changed.
    static func of(_ expected: [Value], _ actual: [Value], by field: String?) throws(Failure) -> [Value] {
        guard let field else {
            try (expected + actual).requireComparable()
            return surplus(of: expected, over: actual).map { change(.removed, $0) }
                + surplus(of: actual, over: expected).map { change(.added, $0) }
        }
        let (wanted, present) = (try places(of: expected, by: field), try places(of: actual, by: field))
        try (expected + actual).map { $0[field] }.requireComparable()
        var changes = expected.filtered { present[$0[field]] == nil }.map { change(.removed, $0) }
        for item in actual.metered {
            guard let place = wanted[item[field]] else {
                changes.append(change(.added, item))
                continue
            }
            let was = expected[place]
            if try !was.equals(item) { changes.append(change(.changed, item, was)) }
        }
        return changes
    }

    /// Returns the items that a list has more often than another.
    private static func surplus(of items: [Value], over others: [Value]) -> [Value] {
        var left: [Value: Int] = [:]
        for item in others.metered { left[item, default: 0] += 1 }
        return items.filtered { item in
            left[item, default: 0] -= 1
            return left[item, default: 0] < 0
        }
    }

    /// Returns the index of the item with each key.
    private static func places(of items: [Value], by field: String) throws(Failure) -> [Value: Int] {
        var places: [Value: Int] = [:]
        for (place, item) in items.enumerated().metered {
            let key = try MapBuiltins.field(field, of: item)
            guard places.updateValue(place, forKey: key) == nil else {
                throw .sameKey(
                    "two items of a list have the \(field) \(key.quotedUnlessSecret)",
                    notes: ["--by names a field that tells them apart"])
            }
        }
        return places
    }

    private static func change(_ change: Change, _ item: Value, _ was: Value = .null) -> Value {
        ["change": .string(change.rawValue), "item": item, "was": was]
    }
}
