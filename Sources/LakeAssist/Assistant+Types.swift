internal import LakeScript

/// The checker's knowledge about an unfinished text: the variables in scope and the fields of values.
extension Assistant {
    /// Returns the variables that are readable at the cursor, including those of enclosing blocks.
    func variables(_ context: CursorContext) -> [Candidate] {
        guard let analysis = context.analysis else { return [] }
        // The parser needs a name at the cursor, so an empty one is completed to `_`.
        let scope = analysis.scope(at: context.range.upperBound, completedBy: context.typed.isEmpty ? "_" : "")
        let known = scope.variables.isEmpty ? (earlier?.globals ?? []).map { ($0.name, $0.type) } : scope.variables
        return known.map { Candidate($0.0, $0.1.shortDescription, .variable) }.sorted { $0.text < $1.text }
    }

    /// Returns the fields of the value before the last dot.
    func fields(_ context: CursorContext) -> [Candidate] {
        guard let analysis = context.analysis else { return [] }
        var end = context.range.lowerBound - 1
        if end > 0, analysis.text.bytes[end - 1] == UInt8(ascii: "?") { end -= 1 }
        return fields(of: analysis.scope(at: end).types.first, .field)
    }

    /// Returns the fields of the piped value or of its items, without those that are given already.
    func pipedFields(_ call: CallContext) -> [Candidate] {
        let type = call.input?.unwrapped
        return fields(of: type?.item ?? type, .value).filter { !call.words.contains($0.text) }
    }

    private func fields(of type: ValueType?, _ kind: Candidate.Kind) -> [Candidate] {
        type?.record?.fields.map { Candidate($0.name, $0.type.shortDescription, kind) } ?? []
    }
}

extension ValueType {
    /// A description of one or two words for a menu.
    var shortDescription: String {
        switch self {
        case .any: ""
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .string: "string"
        case .secret: "secret"
        case .enumeration(let names): names.joined(separator: ", ")
        case .duration: "duration"
        case .bytes: "bytes"
        case .list(let type): type.shortDescription.isEmpty ? "list" : "list of \(type.shortDescription)"
        case .map: "map"
        case .record(let record): record.name.isEmpty ? "map" : record.name
        case .optional(let type): type.shortDescription
        }
    }
}

extension Parameter {
    /// The description of the parameter as an option in a menu.
    var optionSummary: String { summary.isEmpty ? type.shortDescription : summary }
}
