/// Texts as words and strings of the language.
extension String {
    /// The text as a string literal.
    package var quoted: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"", "\\", "$": quoted += "\\" + String(scalar)
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case _ where scalar.isHidden: quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// True if it can stand between apostrophes.
    var isRawText: Bool { !unicodeScalars.contains { $0 == "'" || $0 == "\n" || $0.isHidden } }

    /// True if it is a word as it stands.
    var isPlainWord: Bool {
        guard let first = unicodeScalars.first, first.isWordPart || "_./~".unicodeScalars.contains(first) else {
            return false
        }
        return unicodeScalars.allSatisfy { $0.isWordPart || "_-./~:@%+=&".unicodeScalars.contains($0) }
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool { properties.isAlphabetic || properties.numericType != nil }

    /// True for control characters, and for those that turn the direction of the text.
    fileprivate var isHidden: Bool {
        properties.generalCategory == .control || properties.generalCategory == .format
            || properties.generalCategory == .lineSeparator || properties.generalCategory == .paragraphSeparator
    }
}
