/// The static type of a value.
package indirect enum ValueType: Sendable, Equatable {
    /// An unknown type, of `read_json`, `from_json`, `env`. It is never an error.
    case any
    case null
    case bool
    case int
    case float
    case string
    /// A string that must not be shown; a subtype of `string`.
    case secret
    /// One of these strings; a subtype of `string`.
    case enumeration([String])
    case duration
    case bytes
    case list(ValueType)
    /// A map with arbitrary keys and values of one type: object metadata, a literal.
    case map(ValueType)
    /// A map with known fields: an API schema.
    case record(RecordType)
    /// The type or null: an optional field, `--or null`.
    case optional(ValueType)
}

/// A schema: a named map with known fields. It has few fields, so they are searched linearly.
package final class RecordType: Sendable, Equatable {
    /// The schema's name in the specification; messages say "a User". Empty for the type of a literal.
    package let name: String
    package let fields: [Field]

    package init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    /// Finds a field by name, or nil.
    package func field(_ name: String) -> Field? {
        for index in fields.indices where fields[index].name == name { return fields[index] }
        return nil
    }

    package static func == (left: RecordType, right: RecordType) -> Bool {
        left === right || (left.name == right.name && left.fields == right.fields)
    }
}

/// A field of a schema.
package struct Field: Sendable, Equatable {
    /// The name on the wire.
    package let name: String
    package let type: ValueType
    /// True if every answer has it; an absent field reads as null.
    package let isRequired: Bool
    /// The format of an integer for people.
    package let format: Format
    /// One line without a final period; empty if the name is sufficient.
    package let summary: String

    /// The quantity that an integer stands for.
    package enum Format: Sendable {
        case plain
        /// Seconds since 1970.
        case time
        /// Bytes.
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

    /// The type of the field when it is read.
    package var readType: ValueType { isRequired ? type : .optional(type) }
}
