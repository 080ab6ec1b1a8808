/// Built-ins on maps, and on lists of maps.
enum MapBuiltins {
    static let all: [Builtin] = [
        .pure("select", [.input("value", .any), names], .any, "maps with these fields only", .fields) {
            arguments throws(Failure) in
            let fields = try arguments.texts(1, "select")
            return try overItems(arguments[0], "select") { record throws(Failure) in
                for field in fields where record[field] == nil { throw missing(field, in: record) }
                return .map(Record(keys: fields, values: fields.map { record[$0] ?? .null }))
            }
        },
        .pure("get", [.input("value", .any), fieldName], .any, "the value of a field, or of each item's field", .field)
        {
            arguments throws(Failure) in
            let field = try arguments.text(1, "get")
            if case .map(let record) = arguments[0] { return try MapBuiltins.field(field, of: record) }
            return .list(try ItemKeys.field(field).keys(of: try arguments.list(0, "get")))
        },
        .pure("keys", [.input("map", .map(.any))], .list(.string), "a map's keys", .typed) {
            arguments throws(Failure) in
            .list(try arguments.map(0, "keys").keys.map { .string($0) })
        },
        .pure("values", [.input("map", .map(.any))], .list(.any), "a map's values", .values) {
            arguments throws(Failure) in
            .list(try arguments.map(0, "values").values)
        },
        .pure(
            "merge", [.input("map", .map(.any)), .input("other", .map(.any))], .map(.any),
            "both maps as one; of a key in both the other's value counts", .merged
        ) { arguments throws(Failure) in
            var merged = try arguments.map(0, "merge")
            for (key, value) in try arguments.map(1, "merge") { merged[key] = value }
            return .map(merged)
        },
        .pure("type_of", [.input("value", .any)], .string, "the name of a value's type", .typed) { arguments in
            .string(arguments[0].typeName)
        },
        .pure(
            "reveal", [.input("value", .any)], .any,
            "the value with its secrets as plain strings, to be shown on purpose", .revealed
        ) {
            arguments in arguments[0].revealed
        },
    ]

    /// Returns the field of an item.
    static func field(_ name: String, of item: Value) throws(Failure) -> Value {
        guard case .map(let record) = item else {
            throw .wrongType("`\(name)` is read from each map of a list", item)
        }
        return try field(name, of: record)
    }

    private static func field(_ name: String, of record: Record) throws(Failure) -> Value {
        guard let value = record[name] else { throw missing(name, in: record) }
        return value
    }

    private static let names = Parameter(
        "fields", .list(.string), isVariadic: true, summary: "the fields' names", role: .field)
    private static let fieldName = Parameter("field", .string, summary: "the field's name", role: .field)

    /// Applies a function to a map, or to each map of a list.
    private static func overItems(
        _ value: Value, _ command: String, _ body: (Record) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        if case .map(let record) = value { return try body(record) }
        var results: [Value] = []
        for item in (try [value].list(0, command)).metered {
            results.append(try body(try [item].map(0, command)))
        }
        return .list(results)
    }

    private static func missing(_ field: String, in record: Record) -> Failure {
        let close = DidYouMean.closest(to: field, in: record.keys).map { "did you mean `\($0)`?" }
        let there = record.isEmpty ? "the map is empty" : "there are: \(record.keys.joined(separator: ", "))"
        return .missingField("there is no field `\(field)`", notes: [close ?? there])
    }
}

extension Value {
    /// The value with its secrets as plain strings.
    var revealed: Value {
        switch self {
        case .secret(let text): .string(text)
        case .list(let items): .list(items.map(\.revealed))
        case .map(let record): .map(record.with(values: record.values.map(\.revealed)))
        case .null, .bool, .int, .float, .string, .bytes, .duration: self
        }
    }

    /// The value with its strings as secrets, for a value that was read from a secret.
    package var concealed: Value {
        switch self {
        case .string(let text): .secret(text)
        case .list(let items): .list(items.map(\.concealed))
        case .map(let record): .map(record.with(values: record.values.map(\.concealed)))
        case .null, .bool, .int, .float, .secret, .bytes, .duration: self
        }
    }
}
