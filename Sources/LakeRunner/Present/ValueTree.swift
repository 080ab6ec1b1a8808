internal import LakeScript

/// A nested value as a tree: one field per line, with aligned names and indented nested fields.
struct ValueTree {
    let presenter: ValuePresenter

    /// Returns the lines of a record, indented by two blanks per level.
    func lines(of record: Record, type: ValueType, depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        let shown = record.filter { !type.hides($0, $1) }
        let width = shown.map(\.0.displayWidth).max() ?? 0
        return shown.flatMap { key, value -> [String] in
            let name = indent + presenter.styler(.dim, key)
            let inner = type.fieldType(key)
            switch value {
            case .map(let nested) where !nested.isEmpty:
                return [name] + lines(of: nested, type: inner, depth: depth + 1)
            case .list(let items) where !items.isEmpty:
                return [name] + lines(of: items, type: inner.itemType, depth: depth + 1)
            default:
                let padding = String(repeating: " ", count: width - key.displayWidth + 2)
                return [name + padding + presenter.scalar(value, format: type.format(of: key))]
            }
        }
    }

    private func lines(of items: [Value], type: ValueType, depth: Int) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        return items.flatMap { item -> [String] in
            guard let record = item.record, !record.isEmpty else { return [indent + presenter.compact(item)] }
            var lines = lines(of: record, type: type, depth: depth)
            lines[0] = String(indent.dropLast(2)) + "- " + lines[0].dropFirst(indent.count)
            return lines
        }
    }
}
