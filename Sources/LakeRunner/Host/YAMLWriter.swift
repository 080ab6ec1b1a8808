package import LakeScript

extension YAML {
    /// A key on one line with its value has at most 1024 characters (YAML 1.2, 7.4.2); a longer one stands behind a `?`.
    private static let longestKey = 1000

    /// Writes a value as block-style YAML, secrets as they are. Ambiguous strings are quoted as in JSON, which YAML 1.2
    /// includes.
    package static func write(_ value: Value) -> String {
        var lines: [String] = []
        append(value, to: &lines, indent: "", lead: "")
        return lines.map { $0 + "\n" }.joined()
    }

    /// Appends a value whose first line begins with `lead` (a key, a dash).
    private static func append(_ value: Value, to lines: inout [String], indent: String, lead: String) {
        guard Work.goesOn() else { return }
        switch value {
        case .map(let record) where !record.isEmpty:
            var lead = lead
            if lead.hasSuffix(":") {
                lines.append(lead)
                lead = ""
            }
            for (key, field) in record {
                let (start, name) = (lead.isEmpty ? indent : lead, scalar(.string(key)))
                let isLong = name.utf8.count > longestKey
                if isLong { lines.append(start + "? " + name) }
                append(field, to: &lines, indent: indent + "  ", lead: (isLong ? indent : start + name) + ":")
                lead = ""
            }
        case .list(let items) where !items.isEmpty:
            if !lead.isEmpty { lines.append(lead) }
            for item in items { append(item, to: &lines, indent: indent + "  ", lead: indent + "- ") }
        default:
            let gap = lead.hasSuffix(":") ? " " : ""
            lines.append(lead + gap + scalar(value))
        }
    }

    private static func scalar(_ value: Value) -> String {
        guard let text = value.text, isPlain(text) else {
            return escaped(String(decoding: JSON.write(value, layout: .compact, revealing: true), as: UTF8.self))
        }
        return text
    }

    /// Escapes characters that JSON allows but YAML rejects or reads as line ends.
    private static func escaped(_ json: String) -> String {
        let foreign: [ClosedRange<UInt32>] = [0x7F...0x9F, 0x2028...0x2029, 0xFEFF...0xFEFF, 0xFFFE...0xFFFF]
        return json.unicodeScalars.reduce(into: "") { text, scalar in
            guard foreign.contains(where: { $0.contains(scalar.value) }) else {
                return text.unicodeScalars.append(scalar)
            }
            let digits = String(scalar.value, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    /// True if a string needs no quotes: letters, digits and a few other characters, and no reader takes it for another
    /// type.
    private static func isPlain(_ text: String) -> Bool {
        let words = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "/" || first == "_",
            !words.contains(text.lowercased()), text.last != " "
        else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || "-_./ @+".unicodeScalars.contains($0)
        }
    }
}
