// Secrets are hidden in messages, reports and logs.

extension Value {
    /// The texts of all secrets in the value.
    package var secretTexts: [String] {
        switch self {
        case .secret(let text): [text]
        case .list(let items): items.flatMap(\.secretTexts)
        case .map(let record): record.values.flatMap(\.secretTexts)
        case .null, .bool, .int, .float, .string, .bytes, .duration: []
        }
    }

    /// The value for a message; a sign for one that was made from a secret.
    package var told: String { containsSecret ? String.hidden : interpolated }

    fileprivate func hiding(_ secrets: [String]) -> Value {
        switch self {
        case .string(let text): .string(text.hiding(secrets))
        case .list(let items): .list(items.map { $0.hiding(secrets) })
        case .map(let record): .map(Record(keys: record.keys, values: record.values.map { $0.hiding(secrets) }))
        case .null, .bool, .int, .float, .secret, .bytes, .duration: self
        }
    }
}

extension [Value] {
    /// The texts of arguments that are secrets themselves. Messages do not show the parts of other arguments, and these
    /// can be very many: `[$x, $x]` has its parts twice.
    var ownSecrets: [String] {
        compactMap { if case .secret(let text) = $0 { text } else { nil } }
    }
}

extension Failure {
    /// Returns the error without the given secrets, which a server may have repeated.
    package func hiding(_ secrets: [String]) -> Failure {
        guard !secrets.isEmpty else { return self }
        var failure = self
        failure.message = message.hiding(secrets)
        failure.notes = notes.map { $0.hiding(secrets) }
        failure.body = body.hiding(secrets)
        return failure
    }
}

extension String {
    /// The sign for a secret.
    package static let hidden = "••••"

    /// Returns the text with a sign for each occurrence of the given secrets; with `keepingWidth` a sign for each
    /// character. A secret of less than four characters is left, because any text may contain it.
    package func hiding(_ secrets: [String], keepingWidth: Bool = false) -> String {
        secrets.filter { $0.utf8.count >= 4 }.reduce(self) { text, secret in
            let sign = keepingWidth ? String(repeating: "•", count: secret.count) : String.hidden
            var shown: [UInt8] = []
            var rest = Array(text.utf8)[...]
            while let first = rest.first {
                let isSecret = rest.starts(with: secret.utf8)
                shown += isSecret ? Array(sign.utf8) : [first]
                rest = rest.dropFirst(isSecret ? secret.utf8.count : 1)
            }
            return String(decoding: shown, as: UTF8.self)
        }
    }
}
