import LakeScript

extension Schema {
    /// Returns a body as the real server's handler decodes it, into typed fields; nil if it does not fit.
    ///
    /// Keys match fields in any case, the last one counts, and unknown keys are dropped. A number with a point or an
    /// exponent is not an integer, although the validator accepts it.
    func bound(_ value: Value) -> Value? {
        switch (kind, value) {
        case (.integer, .float): return nil
        case (.array(let item), .list(let items)):
            let bound = items.compactMap(item.bound)
            return bound.count == items.count ? .list(bound) : nil
        case (.object(let fields, _, let others), .map(let record)):
            return bound(record, fields, others).map(Value.map)
        default: return value
        }
    }

    private func bound(_ record: Record, _ fields: [(name: String, schema: Schema)], _ others: Schema?) -> Record? {
        var result = Record()
        for (key, value) in record {
            let field = fields.first { $0.name == key } ?? fields.first { $0.name.lowercased() == key.lowercased() }
            guard let schema = field?.schema ?? others else { continue }
            guard let bound = schema.bound(value) else { return nil }
            result[field?.name ?? key] = bound
        }
        return result
    }
}
