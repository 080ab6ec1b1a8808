extension String {
    /// The text as a string literal.
    var quoted: String {
        var quoted = "\""
        for character in self {
            switch character {
            case "\"", "\\", "$": quoted += "\\" + String(character)
            case "\n": quoted += "\\n"
            default: quoted.append(character)
            }
        }
        return quoted + "\""
    }

    /// The text without the quotes around it.
    var unquoted: String {
        guard let first, count > 1, first == last, first == "\"" || first == "'" else { return self }
        return String(dropFirst().dropLast())
    }

    /// The text without blanks and line ends around it.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
