package import LakeAPI
package import LakeScript

/// An operation as a value: `lakesh operations NAME --json`.
package enum OperationJSON {
    /// Returns all facts of the catalogue about an operation.
    package static func value(of operation: Operation) -> Value {
        let secrets = operation.secretFields
        return [
            "command": .string(operation.name), "operation_id": .string(operation.operationID),
            "area": .string(operation.area), "summary": .string(operation.summary),
            "method": .string(operation.method.rawValue), "path": .string(operation.path),
            "parameters": .list(operation.parameters.map { parameter($0, of: operation) }), "body": body(operation),
            "answers": .map(Record(answers(operation))), "errors": .list(operation.errors.map { .int($0) }),
            "statuses": .map(
                Record(operation.statuses.map { (String($0), .string(operation.meaning(of: $0))) })),
            "effect": .string(operation.effect.rawValue), "repetition": .string(operation.repetition.rawValue),
            "ensure": .bool(operation.ensure != nil), "listing": .bool(operation.paging != nil),
            "secret_fields": [
                "sent": .list(secrets.sent.map(Value.string)), "received": .list(secrets.received.map(Value.string)),
            ],
            "permission": optional(operation.permission),
            "authentication": .list(operation.authentication.map { .string($0.rawValue) }),
            "needs_access_control": .bool(operation.needsAccessControl),
            "releases": releases(operation.releases), "elements": elements(of: operation),
            "servers": .string(operation.releases.words), "lakectl": optional(operation.lakectl),
            "example": .string(operation.example),
        ]
    }

    /// Returns ranges, each as its first and last release; null is an open end.
    private static func releases(_ releases: Releases) -> Value {
        .list(releases.runs.map { [optional($0.first?.description), optional($0.last?.description)] })
    }

    /// Returns the elements that were added or removed by themselves, by kind: paths, parameters, fields of bodies and
    /// of answers.
    private static func elements(of operation: Operation) -> Value {
        var record = Record()
        for kind in Operation.Element.Kind.allCases {
            let known = operation.elements(kind).map { ($0.name, releases($0.releases)) }
            if !known.isEmpty { record[kind.rawValue] = .map(Record(known)) }
        }
        return .map(record)
    }

    private static func parameter(_ parameter: OperationParameter, of operation: Operation) -> Value {
        var record = Record([
            ("name", .string(parameter.name)), ("wire_name", .string(parameter.wireName)),
            ("in", .string(parameter.place.rawValue)), ("type", .string(parameter.type.noun)),
            ("required", .bool(parameter.isRequired)), ("summary", .string(parameter.summary)),
        ])
        record["releases"] = releases(operation.releases(of: parameter))
        if let value = parameter.defaultValue { record["default"] = value }
        if let minimum = parameter.minimum { record["minimum"] = .int(minimum) }
        if let maximum = parameter.maximum { record["maximum"] = .int(maximum) }
        return .map(record)
    }

    private static func body(_ operation: Operation) -> Value {
        guard let body = operation.body else { return .null }
        let content: Value
        switch body.content {
        case .fields(let record): content = type(.record(record))
        case .list(let item): content = type(.list(item))
        case .bytes: content = "bytes"
        }
        return ["required": .bool(body.isRequired), "content": content]
    }

    private static func answers(_ operation: Operation) -> [(String, Value)] {
        operation.answers.sorted { $0.key < $1.key }.map { (String($0.key), $0.value.map(type) ?? .null) }
    }

    /// Returns a complete type, including the fields of its schema.
    private static func type(_ type: ValueType) -> Value {
        switch type {
        case .record(let record): fields(record)
        case .list(let item): [self.type(item)]
        case .map(let item): ["*": self.type(item)]
        case .optional(let inner): self.type(inner)
        case .enumeration(let words): ["one_of": .list(words.map(Value.string))]
        case .any, .null, .bool, .int, .float, .string, .secret, .duration, .bytes: .string(type.noun)
        }
    }

    /// Returns fields by name; `?` marks optional ones.
    private static func fields(_ record: RecordType) -> Value {
        .map(Record(record.fields.map { ($0.isRequired ? $0.name : $0.name + "?", type($0.type)) }))
    }

    private static func optional(_ text: String?) -> Value { text.map { .string($0) } ?? .null }
}
