/// A map's fields in the order they were written or came over the wire.
///
/// Keys and values are two arrays, so records of one shape (the rows of a table, the items of a listing, a literal in
/// a loop) share one key array. Up to eight keys are searched in order; beyond that an index is kept.
package struct Record: Sendable {
    package private(set) var keys: [String]
    package private(set) var values: [Value]
    /// Key to position; empty while there are few keys.
    private var index: [String: Int]
    /// Where the record was read from, for messages; not part of its value.
    package var origin: Origin?

    /// A row of a file.
    package struct Origin: Sendable {
        package let file: String
        /// From 1.
        package let line: Int

        package init(file: String, line: Int) {
            self.file = file
            self.line = line
        }
    }

    private static let indexFrom = 9

    package init() {
        keys = []
        values = []
        index = [:]
    }

    /// A record of the given keys, which are distinct, and as many values.
    package init(keys: [String], values: [Value]) {
        self.keys = keys
        self.values = values
        index = keys.count < Record.indexFrom ? [:] : Record.index(of: keys)
    }

    /// A record of the given fields; of a key that comes twice the last value counts.
    package init(_ fields: some Sequence<(String, Value)>) {
        self.init()
        for (key, value) in fields { self[key] = value }
    }

    package var count: Int { keys.count }
    package var isEmpty: Bool { keys.isEmpty }

    /// The position of a key, or nil.
    package func position(of key: String) -> Int? {
        guard index.isEmpty else { return index[key] }
        return keys.firstIndex(of: key)
    }

    /// The value of a key; assigning nil removes the field.
    package subscript(key: String) -> Value? {
        get { position(of: key).map { values[$0] } }
        set {
            switch (position(of: key), newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(key, value)
            case (nil, nil): break
            }
        }
    }

    /// Replaces the value at a position.
    package mutating func set(_ value: Value, at position: Int) {
        values[position] = value
    }

    /// The value at a position, taken out so that it can be changed in place; null stands there until `set`.
    package mutating func take(at position: Int) -> Value {
        let value = values[position]
        values[position] = .null
        return value
    }

    private mutating func append(_ key: String, _ value: Value) {
        keys.append(key)
        values.append(value)
        if keys.count == Record.indexFrom {
            index = Record.index(of: keys)
        } else if keys.count > Record.indexFrom {
            index[key] = keys.count - 1
        }
    }

    private mutating func remove(at position: Int) {
        keys.remove(at: position)
        values.remove(at: position)
        index = keys.count < Record.indexFrom ? [:] : Record.index(of: keys)
    }

    private static func index(of keys: [String]) -> [String: Int] {
        Dictionary(zip(keys, keys.indices), uniquingKeysWith: { $1 })
    }
}

extension Record: Equatable {
    package static func == (left: Record, right: Record) -> Bool {
        guard left.count == right.count else { return false }
        if left.keys == right.keys { return left.values == right.values }
        return zip(left.keys, left.values).allSatisfy { key, value in right[key] == value }
    }
}

extension Record: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral fields: (String, Value)...) { self.init(fields) }
}

extension Record: Sequence {
    package func makeIterator() -> Zip2Sequence<[String], [Value]>.Iterator {
        zip(keys, values).makeIterator()
    }
}
