import LakeScript

/// Reads a value of an answer as its schema describes it, and notes if it does not fit: a required field of the answer
/// itself is missing, or a page does not tell if it is the last, or a value is of another type.
///
/// The strings of secret fields become secrets, and a record gets every field, null where the server left it out, so a
/// field means the same wherever the value goes. Fields that the schema does not know stay as they are, behind the
/// others.
struct SchemaReader {
    private let operation: Operation
    /// The first thing in which a value is otherwise than its schema; nil if it fits.
    private(set) var misfit: String?
    /// True while a record inside the answer's own is read.
    private var isInside = false

    init(_ operation: Operation) {
        self.operation = operation
    }

    mutating func read(_ value: Value, as type: ValueType) -> Value {
        switch (type, value) {
        case (.secret, .string(let text)): return .secret(text)
        case (.optional, .null): return value
        case (.optional(let wrapped), _): return read(value, as: wrapped)
        case (.list(let item), .list(let items)):
            return item.isScalar ? value : .list(items.map { read($0, as: item) })
        case (.map(let item), .map(let record)):
            return item.isScalar ? value : .map(record.with(values: record.values.map { read($0, as: item) }))
        case (.record(let schema), .map(let record)):
            let isWithin = isInside
            isInside = true
            defer { isInside = isWithin }
            return .map(completed(record, by: schema, isInside: isWithin))
        default:
            if !value.isKind(of: type) { note("\(value.typePhrase) where \(type.phrase) is due") }
            return value
        }
    }

    private mutating func completed(_ record: Record, by schema: RecordType, isInside: Bool) -> Record {
        var found = 0
        let values = schema.fields.map { field -> Value in
            guard let value = record[field.name] else {
                // A list may be left out where it is empty, but for that of a page.
                let isEmptyList = field.type.isCollection && schema.page == nil
                let isDue = field.isRequired && !isEmptyList
                if isDue, !isInside || field.name == SchemaReader.more { lack(field.name, of: schema) }
                return .null
            }
            found += 1
            // A server may write null for an empty list, and for what may be left out.
            if value.isNull, !field.isRequired || field.type.isCollection { return value }
            return read(value, as: field.type)
        }
        let mayBeEmpty = isInside || schema.fields.allSatisfy { $0.isRequired && $0.type.isCollection }
        if found == 0, !mayBeEmpty { note("no field of `\(schema.name)`") }
        var completed = Record(keys: schema.keys, values: values)
        if found == record.count { return completed }
        for (key, value) in record where schema.field(key) == nil { completed[key] = value }
        return completed
    }

    /// The field of a page that tells if more follow.
    private static let more = "has_more"

    /// Notes that a required field is not there, unless there are releases that lack it.
    private mutating func lack(_ field: String, of schema: RecordType) {
        let isYoung = operation.elements(.answer).contains { $0.name == field || $0.name.hasSuffix("." + field) }
        if !isYoung { note("`\(schema.name)` without `\(field)`") }
    }

    private mutating func note(_ text: String) {
        if misfit == nil { misfit = text }
    }
}

extension Value {
    /// Returns true if a value that has no parts is one of such a type.
    fileprivate func isKind(of type: ValueType) -> Bool {
        switch (type, self) {
        case (.any, _), (.null, _), (.bool, .bool), (.int, .int), (.int, .float), (.float, .int), (.float, .float),
            (.string, .string), (.enumeration, .string), (.duration, _), (.bytes, _):
            true
        default: false
        }
    }
}

extension ValueType {
    /// True if a value of the type has no parts, and is no secret.
    fileprivate var isScalar: Bool {
        switch self {
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes: true
        case .secret, .list, .map, .record, .optional: false
        }
    }

    fileprivate var isCollection: Bool {
        switch self {
        case .list, .map: true
        case .any, .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .record, .optional:
            false
        }
    }
}
