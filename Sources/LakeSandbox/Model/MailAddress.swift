/// A mail address as Go's `net/mail` reads one: `ana@example.com`, or with a name before it in angle brackets.
enum MailAddress {
    /// The address alone; nil where the text is none.
    static func parse(_ text: String) -> String? {
        let text = trimmed(text[...])
        guard text.last == ">", let open = text.lastIndex(of: "<") else { return address(text) }
        let name = trimmed(text[..<open])
        guard name.isEmpty || isPhrase(name) else { return nil }
        return address(text[text.index(after: open)...].dropLast())
    }

    private static func address(_ text: Substring) -> String? {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let (local, domain) = (text[..<at], text[text.index(after: at)...])
        guard isAtoms(domain), isAtoms(local) || isQuoted(local) else { return nil }
        return (isQuoted(local) ? unquoted(local) : String(local)) + "@" + domain
    }

    /// Atoms between dots, none of them empty.
    private static func isAtoms(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.unicodeScalars.allSatisfy(isAtomic)
        }
    }

    private static func isAtomic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        case "!", "#", "$", "%", "&", "'", "*", "+", "-", "/", "=", "?", "^", "_", "`", "{", "|", "}", "~": true
        default: !scalar.isASCII
        }
    }

    private static func isQuoted(_ text: Substring) -> Bool {
        text.count >= 2 && text.first == "\"" && text.last == "\"" && !text.dropFirst().dropLast().contains("\"")
    }

    /// What stands between the quotes, without its escapes.
    private static func unquoted(_ text: Substring) -> String {
        var isEscaped = false
        return String(
            text.dropFirst().dropLast().filter { character in
                isEscaped = character == "\\" && !isEscaped
                return !isEscaped
            })
    }

    /// Words of a name; a dot may stand anywhere in them.
    private static func isPhrase(_ text: Substring) -> Bool {
        isQuoted(text) || text.unicodeScalars.allSatisfy { $0 == " " || $0 == "." || isAtomic($0) }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
