/// A mail address in the syntax of Go's `net/mail`: `ana@example.com`, optionally with a name before it in angle
/// brackets.
enum MailAddress {
    /// Returns the bare address; nil if the text is not a mail address.
    static func parse(_ text: String) -> String? {
        let text = text.trimming(isBlank)
        guard text.last == ">", let open = text.lastIndex(of: "<") else { return address(text) }
        let name = text[..<open].trimming(isBlank)
        guard name.isEmpty || isPhrase(name) else { return nil }
        return address(text[text.index(after: open)...].dropLast())
    }

    private static func address(_ text: Substring) -> String? {
        guard let at = text.lastIndex(of: "@") else { return nil }
        let (local, domain) = (text[..<at], text[text.index(after: at)...])
        guard isAtoms(domain), isAtoms(local) || isQuoted(local) else { return nil }
        return (isQuoted(local) ? unquoted(local) : String(local)) + "@" + domain
    }

    /// Returns true if the text consists of non-empty atoms between dots.
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

    /// Returns the text between the quotes without its escapes.
    private static func unquoted(_ text: Substring) -> String {
        var isEscaped = false
        return String(
            text.dropFirst().dropLast().filter { character in
                isEscaped = character == "\\" && !isEscaped
                return !isEscaped
            })
    }

    /// Returns true if the text is a name: words with dots anywhere.
    private static func isPhrase(_ text: Substring) -> Bool {
        isQuoted(text) || text.unicodeScalars.allSatisfy { $0 == " " || $0 == "." || isAtomic($0) }
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
}
