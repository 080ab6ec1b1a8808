internal import LakeAPI
internal import LakeScript

/// An operation as a value: `lakesh operations NAME --json`.
enum OperationJSON {
    static func value(of operation: Operation) -> Value {
        [
            "command": .string(operation.name), "operation_id": .string(operation.operationID),
            "area": .string(operation.area), "summary": .string(operation.summary),
            "method": .string(operation.method.rawValue), "path": .string(operation.path),
            "parameters": .list(operation.parameters.map(parameter)), "body": body(operation),
            "answers": .map(Record(answers(operation))), "errors": .list(operation.errors.map { .int($0) }),
            "effect": .string(operation.effect.rawValue), "repetition": .string(operation.repetition.rawValue),
            "ensure": .bool(operation.ensure != nil), "listing": .bool(operation.paging != nil),
            "permission": optional(operation.permission), "since": optional(operation.since),
            "until": optional(operation.until), "lakectl": optional(operation.lakectl),
            "example": .string(operation.example),
        ]
    }

    private static func parameter(_ parameter: OperationParameter) -> Value {
        var record = Record([
            ("name", .string(parameter.name)), ("wire_name", .string(parameter.wireName)),
            ("in", .string(parameter.place.rawValue)), ("type", .string(parameter.type.phrase)),
            ("required", .bool(parameter.isRequired)), ("summary", .string(parameter.summary)),
        ])
        if let value = parameter.defaultValue { record["default"] = value }
        return .map(record)
    }

    private static func body(_ operation: Operation) -> Value {
        guard let body = operation.body else { return .null }
        let fields: Value
        switch body.content {
        case .fields(let record): fields = self.fields(record)
        case .list(let item): fields = type(.list(item))
        case .bytes: fields = "bytes"
        }
        return ["required": .bool(body.isRequired), "content": fields]
    }

    private static func answers(_ operation: Operation) -> [(String, Value)] {
        operation.answers.sorted { $0.key < $1.key }.map { (String($0.key), $0.value.map(type) ?? .null) }
    }

    /// A type whole: a schema with its fields.
    private static func type(_ type: ValueType) -> Value {
        switch type {
        case .record(let record): fields(record)
        case .list(let item): [self.type(item)]
        case .optional(let inner): self.type(inner)
        default: .string(type.phrase)
        }
    }

    private static func fields(_ record: RecordType) -> Value {
        .map(Record(record.fields.map { ($0.isRequired ? $0.name : $0.name + "?", type($0.type)) }))
    }

    private static func optional(_ text: String?) -> Value { text.map { .string($0) } ?? .null }
}
