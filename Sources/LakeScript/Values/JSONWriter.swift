extension JSON {
    /// Writes a value as JSON.
    ///
    /// Bytes become base64, durations their literal text (`2s`), and floats that are not numbers null. Secrets are
    /// hidden as `••••` unless `revealing` is true.
    package static func write(_ value: Value, layout: Layout, revealing: Bool = false) -> [UInt8] {
        var writer = JSONWriter(layout: layout, revealing: revealing)
        writer.write(value, depth: 0)
        return writer.bytes
    }

    /// Returns a text as a JSON string with its quotes.
    package static func quoted(_ text: String) -> String {
        String(decoding: write(.string(text), layout: .compact), as: UTF8.self)
    }
}

private struct JSONWriter {
    private let layout: JSON.Layout
    private let revealing: Bool
    private(set) var bytes: [UInt8] = []
    private let work = Work.current

    init(layout: JSON.Layout, revealing: Bool) {
        self.layout = layout
        self.revealing = revealing
    }

    mutating func write(_ value: Value, depth: Int) {
        guard work?.goesOn() ?? true, bytes.count <= Value.mostBytes else { return }
        switch value {
        case .null: append("null")
        case .bool(let bool): append(bool ? "true" : "false")
        case .int(let integer): append(String(integer))
        case .float(let number): append(number.isFinite ? String(number) : "null")
        case .string(let text): string(text)
        case .secret(let text): string(revealing ? text : String.hidden)
        case .duration(let milliseconds): string(Value.durationText(milliseconds))
        case .bytes(let bytes): string(Base64.encode(bytes))
        case .list(let items): list(items, depth: depth)
        case .map(let record): map(record, depth: depth)
        }
    }

    private mutating func list(_ items: [Value], depth: Int) {
        bytes.append(UInt8(ascii: "["))
        for (index, item) in items.enumerated() {
            separate(index, depth: depth)
            write(item, depth: depth + 1)
        }
        close(UInt8(ascii: "]"), isEmpty: items.isEmpty, depth: depth)
    }

    private mutating func map(_ record: Record, depth: Int) {
        bytes.append(UInt8(ascii: "{"))
        let keys = layout == .canonical ? record.keys.sorted() : record.keys
        for (index, key) in keys.enumerated() {
            separate(index, depth: depth)
            string(key)
            append(layout == .indented ? ": " : ":")
            write(layout == .canonical ? record[key] ?? .null : record.values[index], depth: depth + 1)
        }
        close(UInt8(ascii: "}"), isEmpty: record.isEmpty, depth: depth)
    }

    private mutating func separate(_ index: Int, depth: Int) {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        if layout == .indented { newLine(depth + 1) }
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool, depth: Int) {
        if layout == .indented, !isEmpty { newLine(depth) }
        bytes.append(bracket)
    }

    private mutating func newLine(_ depth: Int) {
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: depth * 2))
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func string(_ text: String) {
        guard Work.goesOn(afterBytes: text.utf8.count) else { return }
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case ..<0x20: append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}

extension Value {
    /// Returns the literal of a duration: the largest unit that divides it.
    package static func durationText(_ milliseconds: Int) -> String {
        let unit = NumberLiteral.durationUnits.last { milliseconds != 0 && milliseconds.isMultiple(of: $0.factor) }
        return "\(milliseconds / (unit?.factor ?? 1))\(unit?.name ?? "ms")"
    }
}
