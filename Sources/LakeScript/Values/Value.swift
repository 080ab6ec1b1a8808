/// A value of the language: of variables, of an operation's arguments and results, of JSON.
///
/// Values are immutable trees and therefore `Sendable`; changing a part of a variable makes a new value in its slot. A
/// value takes 24 bytes: strings and maps are inline, two words each (a box for either was measured to be slower).
package enum Value: Sendable {
    case null
    case bool(Bool)
    /// 64 bits. Sizes are in bytes; times are in seconds since 1970.
    case int(Int)
    case float(Double)
    case string(String)
    case list([Value])
    case map(Record)
    /// Small object contents, 16 MiB at most.
    case bytes([UInt8])
    /// A string that must not be shown: from a secret field or parameter, or built from one.
    case secret(String)
    /// Milliseconds.
    case duration(Int)
}

extension Value {
    /// The maximum nesting of values and JSON: recursion over tens of thousands of levels crashes.
    package static let maximumDepth = 512

    /// The name of the value's type in messages and of `type_of`.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "string"
        case .list: "list"
        case .map: "map"
        case .bytes: "bytes"
        case .secret: "secret"
        case .duration: "duration"
        }
    }

    /// The text of a string or a secret; nil for other values.
    package var text: String? {
        switch self {
        case .string(let text), .secret(let text): text
        default: nil
        }
    }

    package var record: Record? {
        if case .map(let record) = self { record } else { nil }
    }

    package var items: [Value]? {
        if case .list(let items) = self { items } else { nil }
    }

    package var integer: Int? {
        if case .int(let integer) = self { integer } else { nil }
    }

    /// The field of a map; null if it is absent or the value is not a map. For reading answers, not for scripts.
    package subscript(field: String) -> Value { record?[field] ?? .null }

    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// True if the value is or contains a secret.
    package var containsSecret: Bool {
        switch self {
        case .secret: true
        case .list(let items): Work.goesOn(after: items.count) && items.contains { $0.containsSecret }
        case .map(let record): Work.goesOn(after: record.count) && record.values.contains { $0.containsSecret }
        default: false
        }
    }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral text: String) { self = .string(text) }
    package init(integerLiteral integer: Int) { self = .int(integer) }
    package init(booleanLiteral bool: Bool) { self = .bool(bool) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral items: Value...) { self = .list(items) }
    package init(dictionaryLiteral fields: (String, Value)...) { self = .map(Record(fields)) }
}

/// Structural equality, as `==` between values of one type. Ints and floats compare as numbers, exactly; strings by their
/// Unicode scalars; a secret equals the string of the same text, and maps are equal regardless of the order of their
/// fields.
extension Value: Equatable {
    package static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)), (.duration(let a), .duration(let b)): a == b
        case (.float(let a), .float(let b)): a == b
        case (.int(let a), .float(let b)), (.float(let b), .int(let a)): a == Int(exactly: b)
        case (.string(let a), .string(let b)), (.secret(let a), .secret(let b)),
            (.string(let a), .secret(let b)), (.secret(let a), .string(let b)):
            ScalarText(a) == ScalarText(b)
        case (.list(let a), .list(let b)): a.count == b.count && Work.goesOn(after: a.count) && a == b
        case (.map(let a), .map(let b)): Work.goesOn(after: a.count) && a == b
        case (.bytes(let a), .bytes(let b)): a == b
        default: false
        }
    }
}

/// Equal values hash alike: an int as the equal float, a secret as its text, a map regardless of order.
extension Value: Hashable {
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let bool): hasher.combine(bool)
        case .int(let integer): hasher.combine(Double(integer))
        case .float(let number): hasher.combine(number)
        case .string(let text), .secret(let text): hasher.combine(ScalarText(text))
        case .list(let items): if Work.goesOn(after: items.count) { hasher.combine(items) }
        case .map(let record):
            guard Work.goesOn(after: record.count) else { return }
            hasher.combine(record.reduce(record.count) { $0 ^ Value.hash(of: $1) })
        case .bytes(let bytes): hasher.combine(bytes)
        case .duration(let milliseconds): hasher.combine(milliseconds)
        }
    }

    private static func hash(of field: (String, Value)) -> Int {
        var hasher = Hasher()
        hasher.combine(ScalarText(field.0))
        hasher.combine(field.1)
        return hasher.finalize()
    }
}
