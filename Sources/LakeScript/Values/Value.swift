/// The one currency of lakesh: what a script computes with, what an operation takes and gives, what JSON becomes.
///
/// Values are immutable trees and so `Sendable`; changing a part of a variable makes a new value in its slot.
/// 24 bytes: strings and maps stay inline, two words each (measured: a box for either lost more than it won).
package enum Value: Sendable {
    case null
    case bool(Bool)
    /// 64 bits. Sizes are bytes; times are seconds since 1970, as the API gives `creation_date`.
    case int(Int)
    case float(Double)
    case string(String)
    case list([Value])
    case map(Record)
    /// Small object contents, 16 MiB at most.
    case bytes([UInt8])
    /// A string that must not be shown: from a secret field, a `secret` parameter, or built from one.
    case secret(String)
    /// Milliseconds.
    case duration(Int)
}

extension Value {
    /// The nesting at which values and JSON are refused: recursion over tens of thousands of levels crashes.
    package static let maximumDepth = 512

    /// What messages and `type_of` call the value's type.
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

    /// The text of a string or a secret; nil for anything else.
    package var text: String? {
        switch self {
        case .string(let text), .secret(let text): text
        default: nil
        }
    }

    /// The map's record, or nil.
    package var record: Record? {
        if case .map(let record) = self { record } else { nil }
    }

    /// The list's items, or nil.
    package var items: [Value]? {
        if case .list(let items) = self { items } else { nil }
    }

    /// The integer, or nil.
    package var integer: Int? {
        if case .int(let integer) = self { integer } else { nil }
    }

    /// A field of a map; null where it is absent or this is no map. For reading answers, not for scripts.
    package subscript(field: String) -> Value { record?[field] ?? .null }

    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// Whether a secret stands anywhere inside.
    package var containsSecret: Bool {
        switch self {
        case .secret: true
        case .list(let items): items.contains { $0.containsSecret }
        case .map(let record): record.values.contains { $0.containsSecret }
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

/// Structural equality, as `==` in a script between values of one type. Int and float compare as numbers, a secret
/// equals the string of the same text, a map equals one with the same fields in any order.
extension Value: Equatable {
    package static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)), (.duration(let a), .duration(let b)): a == b
        case (.float(let a), .float(let b)): a == b
        case (.int(let a), .float(let b)), (.float(let b), .int(let a)): Double(a) == b
        case (.string(let a), .string(let b)), (.secret(let a), .secret(let b)),
            (.string(let a), .secret(let b)), (.secret(let a), .string(let b)):
            a == b
        case (.list(let a), .list(let b)): a == b
        case (.map(let a), .map(let b)): a == b
        case (.bytes(let a), .bytes(let b)): a == b
        default: false
        }
    }
}

/// Equal values hash alike: an int as the float that it equals, a secret as its text, a map without regard to order.
extension Value: Hashable {
    package func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let bool): hasher.combine(bool)
        case .int(let integer): hasher.combine(Double(integer))
        case .float(let number): hasher.combine(number)
        case .string(let text), .secret(let text): hasher.combine(text)
        case .list(let items): hasher.combine(items)
        case .map(let record): hasher.combine(record.reduce(record.count) { $0 ^ Value.hash(of: $1) })
        case .bytes(let bytes): hasher.combine(bytes)
        case .duration(let milliseconds): hasher.combine(milliseconds)
        }
    }

    private static func hash(of field: (String, Value)) -> Int {
        var hasher = Hasher()
        hasher.combine(field.0)
        hasher.combine(field.1)
        return hasher.finalize()
    }
}
