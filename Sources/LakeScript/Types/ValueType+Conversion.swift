/// The values that a type takes: those that it converts, and the words about the others.
extension ValueType {
    /// Returns the value as one of this type: an int as a float, a text as a secret, in lists and maps as well. Nil if it
    /// is of another type. A secret stays one where a string is wanted.
    package func converted(_ value: Value) -> Value? {
        switch (self, value) {
        case (.any, _), (.null, .null), (.bool, .bool), (.int, .int), (.float, .float), (.string, .string),
            (.string, .secret), (.secret, .secret), (.duration, .duration), (.bytes, .bytes), (.bytes, .string),
            (.bytes, .secret), (.list(.any), .list), (.map(.any), .map), (.record, .map):
            value
        case (.float, .int(let integer)): .float(Double(integer))
        case (.secret, .string(let text)): .secret(text)
        case (.enumeration(let words), .string(let text)) where words.contains(text),
            (.enumeration(let words), .secret(let text)) where words.contains(text):
            value
        case (.list(let item), .list(let items)): item.converted(items).map(Value.list)
        case (.map(let item), .map(let record)): item.converted(record.values).map { .map(record.with(values: $0)) }
        case (.optional(let type), _): value.isNull ? value : type.converted(value)
        default: nil
        }
    }

    private func converted(_ items: [Value]) -> [Value]? {
        var converted: [Value] = []
        converted.reserveCapacity(items.count)
        for item in items {
            guard let item = self.converted(item) else { return nil }
            converted.append(item)
        }
        return converted
    }

    /// A part of a value that keeps it from being of a type: its path in the value (`[2]`, `.name`, empty for the whole
    /// value), and the type that is wanted there.
    struct Misfit {
        var path = ""
        let part: Value
        let wanted: ValueType

        /// The part in messages: its type, or the word that is not one of a few.
        var phrase: String {
            if case .enumeration = wanted, part.text != nil { "`\(part.told)`" } else { part.typePhrase }
        }
    }

    /// Returns the first part of a value that keeps it from being of this type.
    func misfit(in value: Value) -> Misfit {
        var parts: [(path: String, part: Value)] = []
        var inner = ValueType.any
        switch (self, value) {
        case (.list(let item), .list(let items)):
            (inner, parts) = (item, items.enumerated().map { ("[\($0)]", $1) })
        case (.map(let item), .map(let record)): (inner, parts) = (item, record.map { (".\($0)", $1) })
        case (.optional(let type), _): return type.misfit(in: value)
        default: break
        }
        guard let (path, part) = parts.first(where: { inner.converted($0.part) == nil }) else {
            return Misfit(part: value, wanted: self)
        }
        var misfit = inner.misfit(in: part)
        misfit.path = path + misfit.path
        return misfit
    }

    /// Returns advice on how a value of another type becomes one of this type; may be empty.
    func advice(for given: ValueType, as parameter: Parameter? = nil) -> String {
        let wanted = unwrapped
        switch (given, wanted) {
        case (.int, .string), (.float, .string), (.bool, .string): return "quote it with \"${…}\", or use to_string"
        case (_, .int) where given.isText: return "to_int makes one of it"
        case (_, .float) where given.isText: return "to_float makes one of it"
        case (.record(let record), _) where wanted.isText:
            let id = record.field(parameter?.name ?? "") ?? record.field("id")
            return id.map { "take its `.\($0.name)`" } ?? ""
        case (.list, _) where wanted.isText: return "take one of it: `for`, or `[0]`"
        case (.int, .duration): return "durations have a unit: 30s"
        case (.list(.record(let record)), .list(let item)) where item.isText:
            return record.fields.first.map { "`| get \($0.name)` takes it of each" } ?? ""
        case (_, .list(let item)) where item.accepts(given): return "put it in [ ]"
        default: return wanted.example
        }
    }
}

extension Parameter {
    /// Returns an argument as a value of the parameter's type; nil where null leaves it out. What the check knows of
    /// types is true for every value that comes through here.
    ///
    /// - Throws: a mistake that names the command and the parameter.
    func converted(_ value: Value, for command: String) throws(Failure) -> Value? {
        if value.isNull {
            guard isRequired else { return nil }
            throw .nullArgument(name, of: command)
        }
        if let converted = type.converted(value) { return converted }
        let misfit = type.misfit(in: value)
        let advice = misfit.wanted.advice(for: misfit.part.literalType, as: self)
        throw .wrongArgument(
            command, takes: wantedPhrase, path: misfit.path, misfit.phrase, notes: advice.isEmpty ? [] : [advice])
    }

    /// The thing that the parameter takes, for messages: "a user_id", "an int as `amount`".
    var wantedPhrase: String {
        let wanted = type.unwrapped
        if wanted.isText, role != .plain { return "\(ValueType.article(for: name)) \(name)" }
        return "\(wanted.phrase) as `\(name)`"
    }
}

extension Value {
    /// The type of the literal.
    var literalType: ValueType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .float: .float
        case .string: .string
        case .list: .list(.any)
        case .map: .map(.any)
        case .bytes: .bytes
        case .secret: .secret
        case .duration: .duration
        }
    }
}
