internal import LakeAPI
package import LakeScript

/// Formats a value for people: a list of flat records as a table that fits the window, a string as it is, anything else
/// as a tree. In a pipe a list is printed one item per line.
package struct ValuePresenter: Sendable {
    package let styler: Styler
    /// The width in columns; nil in a pipe, where nothing is cut.
    package let width: Int?
    /// True if the text of secrets may be shown: once, for a new credential on a terminal.
    package let revealsSecrets: Bool
    /// True if a page with further pages is marked as such.
    package var saysMore = true

    package init(styler: Styler, width: Int?, revealsSecrets: Bool = false) {
        self.styler = styler
        self.width = width
        self.revealsSecrets = revealsSecrets
    }

    /// Returns the text of a statement's result with its line end; empty for null.
    package func show(_ value: Value, type: ValueType = .any) -> String {
        switch value {
        case .null: return ""
        case .list(let items): return show(items, itemType: type.itemType)
        case .map(let record):
            guard let page = PageShape.lakeFS.items(of: value) else {
                return ValueTree(presenter: self).lines(of: record, type: type, depth: width == nil ? 0 : 1).lined
            }
            let shown = show(page, itemType: type.fieldType(PageShape.lakeFS.items).itemType)
            let isPart = PageShape.lakeFS.hasMore(after: value)
            return shown + (width != nil && saysMore && isPart ? moreFollow : "")
        default: return scalar(value, format: .plain) + "\n"
        }
    }

    private var moreFollow: String { styler(.dim, "more follow: --all gives all of them") + "\n" }

    private func show(_ items: [Value], itemType: ValueType) -> String {
        let records = items.compactMap(\.record)
        if !items.isEmpty, records.count == items.count, records.allSatisfy(\.isFlat) {
            return Table(records: records, type: itemType, presenter: self).text
        }
        return items.map { item in
            guard let record = item.record else { return compact(item) + "\n" }
            return ValueTree(presenter: self).lines(of: record, type: itemType, depth: 0).lined
        }.joined(separator: width == nil || records.isEmpty ? "" : "\n")
    }

    /// Formats a value on one line.
    package func compact(_ value: Value) -> String {
        switch value {
        case .list, .map: String(decoding: JSON.write(value, layout: .compact), as: UTF8.self)
        default: scalar(value, format: .plain)
        }
    }

    /// Formats a scalar in its field's format.
    package func scalar(_ value: Value, format: Field.Format) -> String {
        switch value {
        case .null: ""
        case .string(let text): text.withControlsEscaped
        case .secret(let text): revealsSecrets ? text.withControlsEscaped : String.hidden
        case .int(let number):
            switch format {
            case .plain: String(number)
            case .time: width == nil ? String(number) : Quantity.time(number)
            case .size: width == nil ? String(number) : Quantity.size(number)
            }
        case .bytes(let bytes): "(\(Quantity.size(bytes.count)) of bytes)"
        case .bool(let bool): bool ? "true" : "false"
        case .float(let number): String(number)
        case .duration(let milliseconds): Value.durationText(milliseconds)
        case .list, .map: compact(value)
        }
    }
}

extension ValueType {
    /// The type of a list's items; `any` if it is not a list.
    package var itemType: ValueType {
        switch self {
        case .list(let item): item
        case .optional(let type): type.itemType
        default: .any
        }
    }

    /// Returns the type of a field; `any` if it is unknown.
    package func fieldType(_ name: String) -> ValueType {
        switch self {
        case .record(let record): record.field(name)?.type ?? .any
        case .optional(let type): type.fieldType(name)
        default: .any
        }
    }

    /// Returns true if a field is not shown to a person: one that an answer may leave out, and did.
    func hides(_ name: String, _ value: Value) -> Bool {
        switch self {
        case .record(let record): value.isNull && record.field(name)?.isRequired == false
        case .optional(let type): type.hides(name, value)
        default: false
        }
    }

    /// Returns the format of an integer field.
    package func format(of name: String) -> Field.Format {
        switch self {
        case .record(let record): record.field(name).flatMap { $0.format == .plain ? nil : $0.format } ?? known(name)
        case .optional(let type): type.format(of: name)
        default: known(name)
        }
    }

    private func known(_ name: String) -> Field.Format { Field.knownFormats[name] ?? .plain }
}

extension Field {
    /// The formats of fields for records of unknown type: after `select`, in a literal.
    static let knownFormats: [String: Format] = [
        "creation_date": .time, "mtime": .time, "token_expiration": .time, "size_bytes": .size,
    ]
}

extension Record {
    /// True if no field holds a non-empty list or map.
    var isFlat: Bool {
        values.allSatisfy { value in
            switch value {
            case .list(let items): items.isEmpty
            case .map(let record): record.isEmpty
            default: true
            }
        }
    }
}

extension [String] {
    /// The lines as a text, each with its line end.
    var lined: String { map { $0 + "\n" }.joined() }
}

extension String {
    /// The text with control characters as `\u{…}`, so that data cannot control a terminal. Line ends and tabs stay.
    package var withControlsEscaped: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return String(
            unicodeScalars.map { $0.isControl ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined())
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        (value < 0x20 && value != 0x0A && value != 0x09) || (0x7F..<0xA0).contains(value)
    }
}
