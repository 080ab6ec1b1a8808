/// The type of a value, as far as the checker knows it before anything runs.
package indirect enum ValueType: Sendable, Equatable {
    /// Nothing is known: what `read_json`, `from_json`, `env` give. Never an error.
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
    /// A map whose keys are data and whose values have one type: object metadata, a literal.
    case map(ValueType)
    /// A map with known fields: an API schema.
    case record(RecordType)
    /// The type or null: an optional field, `--or null`.
    case optional(ValueType)
}

/// A schema: a named map with known fields. Lists of fields are short, so they are searched in order.
package final class RecordType: Sendable, Equatable {
    /// The schema's name, as the specification spells it; messages say "a User". Empty for a literal's type.
    package let name: String
    package let fields: [Field]

    package init(_ name: String, _ fields: [Field]) {
        self.name = name
        self.fields = fields
    }

    /// The field of that name, or nil.
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
    /// Exactly as it comes over the wire.
    package let name: String
    package let type: ValueType
    /// Whether every answer has it; one that may be absent reads as null.
    package let isRequired: Bool
    /// How a person wants to see an integer.
    package let format: Format
    /// One line without a final period; empty where the name says it.
    package let summary: String

    /// What an integer counts.
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

    /// The type that reading the field gives.
    package var readType: ValueType { isRequired ? type : .optional(type) }
}
