/// A map's fields in the order in which they were written or received.
///
/// Keys and values are two arrays, so records of one shape (the rows of a table, the items of a listing, a literal in a
/// loop) share their keys, and a small record is two words and one allocation. Up to eight keys are searched in order;
/// larger records keep an index.
package struct Record: Sendable {
    private var shape: Shape
    package private(set) var values: [Value]

    /// The keys with their index and origin.
    private enum Shape: Sendable {
        /// A few keys, searched in order.
        case plain([String])
        /// Many keys, or those of a row of a file.
        indirect case described(Description)
    }

    private struct Description: Sendable {
        var keys: [String]
        /// The position of each key; empty for few keys.
        var index: [ScalarText: Int] = [:]
        var row: FileRow?

        init(_ keys: [String], row: FileRow?) {
            self.keys = keys
            self.row = row
            if keys.count >= Record.indexFrom {
                index = Dictionary(zip(keys.map(ScalarText.init), keys.indices), uniquingKeysWith: { $1 })
            }
        }

        mutating func append(_ key: String) {
            keys.append(key)
            if index.isEmpty, keys.count >= Record.indexFrom { self = Description(keys, row: row) }
            if !index.isEmpty { index[ScalarText(key)] = keys.count - 1 }
        }
    }

    package struct FileRow: Sendable {
        package let file: String
        /// Counted from 1.
        package let line: Int

        package init(file: String, line: Int) {
            self.file = file
            self.line = line
        }
    }

    private static let indexFrom = 9

    package init() {
        self.init(keys: [], values: [])
    }

    /// Makes a record of distinct keys and as many values.
    package init(keys: [String], values: [Value]) {
        shape = Record.shape(of: keys, row: nil)
        self.values = values
    }

    /// Makes a record of fields; the last value of a repeated key counts.
    package init(_ fields: some Sequence<(String, Value)>) {
        self.init()
        for (key, value) in fields { self[key] = value }
    }

    /// Returns a record with the same keys and other values, as many.
    package func with(values: [Value]) -> Record {
        var record = self
        record.values = values
        return record
    }

    package var keys: [String] {
        switch shape {
        case .plain(let keys): keys
        case .described(let description): description.keys
        }
    }

    /// The row of a file that the record was read from, for messages; not part of its value.
    package var fileRow: FileRow? {
        get { if case .described(let description) = shape { description.row } else { nil } }
        set { shape = Record.shape(of: keys, row: newValue) }
    }

    package var count: Int { values.count }
    package var isEmpty: Bool { values.isEmpty }

    package func position(of key: String) -> Int? {
        switch shape {
        case .plain(let keys): keys.position(of: key)
        case .described(let description) where description.index.isEmpty: description.keys.position(of: key)
        case .described(let description): description.index[ScalarText(key)]
        }
    }

    /// Accesses the value of a key; assigning nil removes the field.
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

    package mutating func set(_ value: Value, at position: Int) {
        values[position] = value
    }

    /// Takes the value at a position out, so that it can be changed in place. It is null there until `set`.
    package mutating func take(at position: Int) -> Value {
        let value = values[position]
        values[position] = .null
        return value
    }

    private mutating func append(_ key: String, _ value: Value) {
        values.append(value)
        var description = takeDescription()
        description.append(key)
        shape =
            description.index.isEmpty && description.row == nil ? .plain(description.keys) : .described(description)
    }

    /// Takes the description of the keys out of the record, so that they grow in place.
    private mutating func takeDescription() -> Description {
        defer { shape = .plain([]) }
        switch shape {
        case .plain(let keys): return Description(keys, row: nil)
        case .described(let description): return description
        }
    }

    private mutating func remove(at position: Int) {
        var keys = keys
        keys.remove(at: position)
        values.remove(at: position)
        shape = Record.shape(of: keys, row: fileRow)
    }

    private static func shape(of keys: [String], row: FileRow?) -> Shape {
        keys.count < indexFrom && row == nil ? .plain(keys) : .described(Description(keys, row: row))
    }
}

extension Record: Equatable {
    package static func == (left: Record, right: Record) -> Bool {
        guard left.count == right.count else { return false }
        if left.keys.isSame(as: right.keys) { return left.values == right.values }
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
