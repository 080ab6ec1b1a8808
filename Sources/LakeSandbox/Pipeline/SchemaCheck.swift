import LakeScript

/// Checks values against schemas, with the messages of the validator library kin-openapi, which clients see: version
/// 0.53 in lakeFS 0.90, 0.131 in 1.84.
struct SchemaCheck: Sendable {
    /// True for the messages of the older library.
    let isOld: Bool

    /// First error in a value.
    struct Complaint: Sendable {
        /// JSON pointer to the error; empty for the value itself.
        let pointer: String
        let reason: String
        let schema: Schema
        let value: Value

        /// Message of the library.
        var message: String {
            let place = pointer.isEmpty ? "" : "Error at \"\(pointer)\": "
            return place + reason + "\nSchema:\n  " + SchemaCheck.outline(schema) + "\n\nValue:\n  "
                + String(decoding: JSON.write(value, layout: .compact), as: UTF8.self) + "\n"
        }
    }

    /// Returns the first error in a value; nil if there is none.
    func complaint(about value: Value, _ schema: Schema, at pointer: String = "") -> Complaint? {
        func wrong(_ reason: String) -> Complaint {
            Complaint(pointer: pointer, reason: reason, schema: schema, value: value)
        }
        if case .any = schema.kind { return nil }
        if value.isNull { return schema.limits.isNullable ? nil : wrong("Value is not nullable") }
        if let reason = enumeration(value, schema) { return wrong(reason) }
        switch (schema.kind, value) {
        case (.boolean, .bool): return nil
        case (.string, .string(let text)): return reason(against: text, schema.limits).map(wrong)
        case (.integer, .int(let number)): return reason(against: Double(number), schema.limits).map(wrong)
        case (.integer, .float(let number)):
            guard number.rounded() == number else {
                return wrong(isOld ? "Value must be an integer" : wrongType(schema))
            }
            return reason(against: number, schema.limits).map(wrong)
        case (.number, .int(let number)): return reason(against: Double(number), schema.limits).map(wrong)
        case (.number, .float(let number)): return reason(against: number, schema.limits).map(wrong)
        case (.array(let item), .list(let items)):
            if let least = schema.limits.minimumItems, items.count < least {
                return wrong("minimum number of items is \(least)")
            }
            return firstComplaint(about: items, item, at: pointer)
        case (.object, .map(let record)): return complaint(about: record, schema, at: pointer)
        default: return wrong(wrongType(schema))
        }
    }

    private func firstComplaint(about items: [Value], _ schema: Schema, at pointer: String) -> Complaint? {
        for (index, item) in items.enumerated() {
            if let complaint = complaint(about: item, schema, at: "\(pointer)/\(index)") { return complaint }
        }
        return nil
    }

    /// Values are checked before missing fields, in order of their names.
    private func complaint(about record: Record, _ schema: Schema, at pointer: String) -> Complaint? {
        guard case .object(let fields, let required, let others) = schema.kind else { return nil }
        for key in record.keys.sorted(by: precedes) {
            guard let inner = fields.first(where: { $0.name == key })?.schema ?? others else { continue }
            if let complaint = complaint(about: record[key] ?? .null, inner, at: pointer + "/" + key) {
                return complaint
            }
        }
        guard let missing = required.first(where: { record[$0] == nil }) else { return nil }
        return Complaint(
            pointer: pointer + "/" + missing, reason: "property \"\(missing)\" is missing", schema: schema,
            value: .map(record))
    }

    private func wrongType(_ schema: Schema) -> String {
        let type = schema.typeName
        if isOld { return "Field must be set to \(type) or not be present" }
        return "value must be \(["array", "object", "integer"].contains(type) ? "an" : "a") \(type)"
    }

    private func enumeration(_ value: Value, _ schema: Schema) -> String? {
        guard !schema.limits.values.isEmpty else { return nil }
        if let text = value.text, schema.limits.values.contains(text) { return nil }
        let reason = "value is not one of the allowed values"
        return isOld ? reason : reason + " [" + schema.limits.values.map(JSON.quoted).joined(separator: ",") + "]"
    }

    private func reason(against text: String, _ limits: Schema.Limits) -> String? {
        if let least = limits.minimumLength, text.unicodeScalars.count < least {
            return "minimum string length is \(least)"
        }
        if let pattern = limits.pattern, !Pattern.matches(pattern, text) {
            return "string doesn't match the regular expression \"\(pattern)\""
        }
        if limits.format == "date-time", !isOld, !Pattern.matches(Pattern.dateTime, text) {
            return "string doesn't match the format \"date-time\": string doesn't match pattern \"\(Pattern.dateTime)\""
        }
        return nil
    }

    private func reason(against number: Double, _ limits: Schema.Limits) -> String? {
        if let least = limits.minimum, number < Double(least) { return "number must be at least \(least)" }
        if let most = limits.maximum, number > Double(most) {
            return isOld ? "number must be most \(most)" : "number must be at most \(most)"
        }
        return nil
    }

    /// Returns a short form of a schema for the end of a message.
    private static func outline(_ schema: Schema) -> String {
        var record = Record()
        if let pattern = schema.limits.pattern { record["pattern"] = .string(pattern) }
        record["type"] = .string(schema.typeName)
        if !schema.limits.values.isEmpty { record["enum"] = .list(schema.limits.values.map(Value.string)) }
        if case .object(let fields, let required, _) = schema.kind {
            record["properties"] = .map(Record(fields.map { ($0.name, ["type": .string($0.schema.typeName)]) }))
            record["required"] = .list(required.map(Value.string))
        }
        return indented(.map(record))
    }

    /// Returns JSON in the library's layout, with two more spaces before each further line.
    private static func indented(_ value: Value) -> String {
        String(decoding: JSON.write(value, layout: .indented), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
    }
}
