/// Relations between types. `any`, the unknown type, fits everywhere.
extension ValueType {
    package var isOptional: Bool {
        switch self {
        case .optional, .null: true
        case .any, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .map, .record: false
        }
    }

    /// True if a value of the type is certainly not null.
    var isPresent: Bool { self != .any && !isOptional }

    /// The type when it is not null; `null` alone may be anything later.
    package var unwrapped: ValueType {
        switch self {
        case .optional(let wrapped): wrapped.unwrapped
        case .null: .any
        case .any, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .map, .record: self
        }
    }

    package var orNull: ValueType {
        switch self {
        case .any, .null, .optional: self
        case .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .map, .record:
            .optional(self)
        }
    }

    /// True for strings, secrets and enumerations.
    package var isText: Bool {
        switch self {
        case .string, .secret, .enumeration: true
        case .any, .null, .bool, .int, .float, .duration, .bytes, .list, .map, .record, .optional: false
        }
    }

    /// The schema of a value of this type, or nil.
    package var record: RecordType? {
        if case .record(let record) = unwrapped { record } else { nil }
    }

    package var isNumber: Bool { self == .int || self == .float }

    /// True if a value of this type may contain a secret.
    package var holdsSecret: Bool {
        switch self {
        case .secret: true
        case .list(let item), .map(let item), .optional(let item): item.holdsSecret
        case .record(let schema): schema.fields.contains { $0.type.holdsSecret }
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes: false
        }
    }

    /// The type of a value whose secrets are plain strings.
    var revealed: ValueType {
        guard holdsSecret else { return self }
        switch self {
        case .secret: return .string
        case .list(let item): return .list(item.revealed)
        case .map(let item): return .map(item.revealed)
        case .optional(let inner): return .optional(inner.revealed)
        case .record(let record):
            let fields = record.fields.map { field in
                Field(
                    field.name, field.type.revealed, isRequired: field.isRequired, format: field.format,
                    summary: field.summary)
            }
            return .record(RecordType(record.name, fields, page: record.page))
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes: return self
        }
    }

    /// True for a value of an API's schema, and for a list of such values.
    var holdsSchema: Bool {
        switch self {
        case .record(let record): !record.name.isEmpty
        case .list(let item), .optional(let item): item.holdsSchema
        case .any, .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .map: false
        }
    }

    package var isMap: Bool {
        switch self {
        case .map, .record: true
        case .any, .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .optional:
            false
        }
    }

    /// The type of a list's items; nil if the type is no list.
    package var item: ValueType? {
        switch self {
        case .list(let item): item
        case .any: .any
        case .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .map, .record, .optional:
            nil
        }
    }

    /// Returns true if a value of the other type may be given where this one is expected. Null is not considered:
    /// optional values are checked separately.
    package func accepts(_ other: ValueType) -> Bool {
        switch (unwrapped, other.unwrapped) {
        case (.any, _), (_, .any): true
        case (.float, .int): true
        // The bytes of a text are its UTF-8.
        case (.bytes, let given) where given.isText: true
        case (.list(let wanted), .list(let given)): wanted.accepts(given)
        case (.map(let wanted), .map(let given)): wanted.accepts(given)
        case (.map, .record), (.record, .map): true
        case (.record(let wanted), .record(let given)):
            wanted.name.isEmpty || given.name.isEmpty || wanted.name == given.name
        case (let wanted, let given): wanted == given || (wanted.isText && given.isText)
        }
    }

    /// Returns true if `==` between the two may be true.
    package func isComparable(with other: ValueType) -> Bool { clash(with: other) == nil }

    /// Returns two types that are never equal, where values of these two types have parts at one place: the types
    /// themselves, those of their items or of a field.
    func clash(with other: ValueType) -> (ValueType, ValueType)? {
        switch (unwrapped, other.unwrapped) {
        case (.list(let left), .list(let right)), (.map(let left), .map(let right)): return left.clash(with: right)
        case (.record(let left), .record(let right)) where left.name.isEmpty || right.name.isEmpty:
            for field in left.fields {
                if let clash = right.field(field.name).flatMap({ field.type.clash(with: $0.type) }) { return clash }
            }
            return nil
        case (.bytes, let text) where text.isText, (let text, .bytes) where text.isText: return (self, other)
        case (let left, let right): return left.accepts(right) || right.accepts(left) ? nil : (left, right)
        }
    }

    /// Returns the common type of two values.
    package func joined(with other: ValueType) -> ValueType {
        switch (self, other) {
        case _ where self == other: self
        case (.any, _), (_, .any): .any
        case (.null, _): other.orNull
        case (_, .null): orNull
        case (.optional(let left), _): left.joined(with: other.unwrapped).orNull
        case (_, .optional(let right)): joined(with: right).orNull
        case (.list(let left), .list(let right)): .list(left.joined(with: right))
        case (.map(let left), .map(let right)): .map(left.joined(with: right))
        case (.record, .record), (.record, .map), (.map, .record): .map(.any)
        case (let left, let right) where left.isNumber && right.isNumber: .float
        case (let left, let right) where left.isText && right.isText: .string
        default: .any
        }
    }
}
