/// Types in messages: "a User", "a list of Users", "an int".
extension ValueType {
    package var phrase: String {
        switch self {
        case .null: "null"
        case .any: "any value"
        case .optional(let wrapped): "\(wrapped.phrase) or null"
        case .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .map, .record:
            "\(ValueType.article(for: noun)) \(noun)"
        }
    }

    /// The type without an article: "User", "list of Users".
    package var noun: String {
        switch self {
        case .any: "value"
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "string"
        case .secret: "secret"
        case .enumeration(let cases): "word (\(ValueType.alternatives(cases)))"
        case .duration: "duration"
        case .bytes: "bytes"
        case .list(.any): "list"
        case .list(let item): "list of \(item.plural)"
        case .map: "map"
        case .record(let record): record.name.isEmpty ? "map" : record.name
        case .optional(let wrapped): wrapped.noun
        }
    }

    /// The plural: "Users", "Countries", "lists of ints".
    package var plural: String {
        switch self {
        case .bytes, .null: noun
        case .enumeration: "words"
        case .list(.any): "lists"
        case .list(let item): "lists of \(item.plural)"
        case .any, .bool, .int, .float, .string, .secret, .duration, .map, .record: ValueType.plural(of: noun)
        case .optional(let wrapped): wrapped.plural
        }
    }

    /// Returns "`a`, `b` or `c`"; long lists are cut.
    package static func alternatives(_ words: [String], limit: Int = 8) -> String {
        let shown = words.prefix(limit).map { "`\($0)`" }
        if words.count > limit { return shown.joined(separator: ", ") + ", …" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The name that a type annotation uses, for signatures in help: `string`, `list`, `User`.
    package var annotation: String {
        switch self {
        case .any: "any"
        case .enumeration: "string"
        case .list: "list"
        case .optional(let wrapped): wrapped.annotation
        case .null, .bool, .int, .float, .string, .secret, .duration, .bytes, .map, .record: noun
        }
    }

    package static func article(for noun: String) -> String {
        if noun.hasPrefix("bytes") { return "some" }
        if ["us", "uni", "url"].contains(where: noun.lowercased().hasPrefix) { return "a" }
        return "aeiouAEIOU".contains(noun.first ?? "x") ? "an" : "a"
    }

    private static func plural(of noun: String) -> String {
        if noun.hasSuffix("y"), !["ay", "ey", "oy"].contains(where: noun.hasSuffix) { return noun.dropLast() + "ies" }
        // A name in the plural stays as it is: `Statistics`.
        if noun.hasSuffix("s"), !noun.hasSuffix("ss") { return noun }
        if ["s", "x", "ch", "sh"].contains(where: noun.hasSuffix) { return noun + "es" }
        return noun + "s"
    }
}
