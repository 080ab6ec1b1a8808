/// A form of identity that `as` takes: a map with these fields.
package struct IdentityForm: Sendable {
    package let phrase: String
    package let fields: [Field]

    package init(_ phrase: String, _ fields: [Field]) {
        self.phrase = phrase
        self.fields = fields
    }

    /// Returns an identity of this form with the texts of its fields; nil if one is missing or empty.
    package func identity(_ text: (String) -> String?) -> Value? {
        var identity = Record()
        for field in fields {
            guard let text = text(field.name), !text.isEmpty else { return nil }
            identity[field.name] = field.type == .secret ? .secret(text) : .string(text)
        }
        return .map(identity)
    }
}

extension [IdentityForm] {
    /// The forms in a message: "a pair of keys, {token: …}, or a certificate".
    package var phrase: String {
        let phrases = map(\.phrase).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard let last = phrases.last, phrases.count > 1 else { return phrases.joined() }
        return phrases.dropLast().joined(separator: ", ") + ", or " + last
    }

    /// Returns the identity that a map is, by the first form whose fields it has.
    package func identity(_ text: (String) -> String?) -> Value? {
        for form in self { if let identity = form.identity(text) { return identity } }
        return nil
    }
}
