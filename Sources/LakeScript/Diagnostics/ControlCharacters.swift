extension String {
    /// The text with control characters as `\u{…}`, so that data cannot control a terminal, nor change the order of what
    /// it shows (bidi controls). Line ends and tabs stay.
    package var withControlsEscaped: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.map { $0.isControl ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0: true
        // Bidi controls: https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
        case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
