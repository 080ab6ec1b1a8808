/// The keys of `sort_by` and `group_by`: a field of each item, or the values of a block.
enum ItemKeys {
    case field(String)
    case made([Value])

    /// A string is the name of a field; a list holds a key for each item.
    init(_ value: Value) {
        self = value.text.map { .field($0) } ?? .made(value.items ?? [])
    }

    func key(of item: Value, at place: Int) throws(Failure) -> Value {
        switch self {
        case .field(let name): try MapBuiltins.field(name, of: item)
        case .made(let keys): keys[place]
        }
    }

    func keys(of items: [Value]) throws(Failure) -> [Value] {
        guard case .field(let name) = self else { return if case .made(let keys) = self { keys } else { [] } }
        var keys: [Value] = []
        keys.reserveCapacity(items.count)
        for item in items.metered { keys.append(try MapBuiltins.field(name, of: item)) }
        return keys
    }
}

/// Groups of items by key, in the order of the first use of each key.
enum Grouping {
    /// Returns a map from each key to its items. Its keys are strings: a key of another type becomes its text.
    ///
    /// - Throws: a mistake if two different keys have the same text, as `1` and `"1"`, or if a key is secret.
    static func groups(_ items: [Value], by keys: ItemKeys) throws(Failure) -> Record {
        var places: [Value: Int] = [:]
        var groups: [(key: Value, items: [Value])] = []
        for (place, item) in items.enumerated().metered {
            let key = try keys.key(of: item, at: place)
            if let group = places[key] {
                groups[group].items.append(item)
            } else {
                places[key] = groups.count
                groups.append((key, [item]))
            }
        }
        return Record(keys: try names(groups.map(\.key)), values: groups.map { .list($0.items) })
    }

    private static func names(_ keys: [Value]) throws(Failure) -> [String] {
        if keys.contains(where: \.containsSecret) {
            throw .shownSecret(
                "`group_by` cannot use a secret as a key", notes: ["a map's keys are shown: group by another field"])
        }
        var first: [ScalarText: Value] = [:]
        for key in keys {
            guard let other = first.updateValue(key, forKey: ScalarText(key.interpolated)) else { continue }
            throw .sameKey(
                "two keys of `group_by` have the text `\(key.interpolated)`: \(other.typePhrase) and \(key.typePhrase)",
                notes: [
                    "a map's keys are strings: make one type of them (to_string, to_int), or give null another name (??)"
                ])
        }
        return keys.map(\.interpolated)
    }
}
