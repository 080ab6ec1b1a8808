/// The static type of a value.
package indirect enum ValueType: Sendable, Equatable {
    /// Unknown: the type of `read_json`, `from_json`, `env`. It is never an error.
    case any
    case null
    case bool
    case int
    case float
    case string
    /// A string that must not be shown; a subtype of `string`.
    case secret
    /// One of several strings; a subtype of `string`.
    case enumeration([String])
    case duration
    case bytes
    case list(ValueType)
    /// A map with keys that are data and values of one type: an object's metadata, a literal.
    case map(ValueType)
    /// A map with known fields: an API schema.
    case record(RecordType)
    /// The type or null: an optional field, `--or null`.
    case optional(ValueType)
}

/// A schema: a named map with known fields. It has few fields, so they are searched in order.
package final class RecordType: Sendable, Equatable {
    /// The schema's name as in the specification, for messages: "a User". Empty for a literal's type.
    package let name: String
    package let fields: [Field]
    /// The names of the fields: the keys of its values, which they share.
    package let keys: [String]
    /// The shape of a listing's page, if the record is one.
    package let page: PageShape?

    package init(_ name: String, _ fields: [Field], page: PageShape? = nil) {
        self.name = name
        self.fields = fields
        keys = fields.map(\.name)
        self.page = page
    }

    package func field(_ name: String) -> Field? {
        for index in fields.indices where fields[index].name == name { return fields[index] }
        return nil
    }

    package static func == (left: RecordType, right: RecordType) -> Bool {
        left === right || (left.name == right.name && left.fields == right.fields)
    }
}

package struct Field: Sendable, Equatable {
    /// The name as sent and received.
    package let name: String
    package let type: ValueType
    /// True if every answer has the field; where it is absent, its value is null.
    package let isRequired: Bool
    /// The presentation of an integer.
    package let format: Format
    /// One line without a final period; empty if the name says enough.
    package let summary: String

    package enum Format: Sendable {
        case plain
        /// Seconds since 1970.
        case time
        case size
    }

    package init(
        _ name: String, _ type: ValueType, isRequired: Bool = true, format: Format = .plain, summary: String = ""
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.format = format
        self.summary = summary
    }

    package var readType: ValueType { isRequired ? type : .optional(type) }
}
