// Secrets in a typed text: they are masked on the screen and reach no file.
extension SourceAnalysis {
    /// Returns the ranges of secrets: literals of secret parameters, values of names such as `secret_key`, and words
    /// that look like keys.
    ///
    /// In a call with a secret parameter, an argument that fills no parameter or that could not be read is a secret,
    /// too: a misspelled option shifts all arguments behind it.
    func findSecrets() -> [Range<Int>] {
        let found = (calls.flatMap(secretArguments) + namedSecrets + keys).map(withoutQuotes).filter { !$0.isEmpty }
        var ranges: [Range<Int>] = []
        for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = ranges.last, range.lowerBound < last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    /// True if the text must not be saved: it takes or gives a secret.
    package var holdsSecret: Bool { calls.contains { $0.signature.result.holdsSecret } || !secretRanges.isEmpty }

    private func secretArguments(of call: BoundCall) -> [Range<Int>] {
        let takesSecret = call.signature.parameters.contains { $0.type.holdsSecret }
        return call.arguments.compactMap { argument in
            let isLost = argument.parameter == nil || argument.form == .unread
            let isSecret = argument.parameter?.type.holdsSecret == true || takesSecret && isLost
            return isSecret && argument.form != .other ? argument.value : nil
        }
    }

    /// The values of names that say so: `token: "…"`, `password = …`, `--secret=…`.
    private var namedSecrets: [Range<Int>] {
        tokens.indices.dropLast().compactMap { index in
            guard isSecretName(endingAt: index) else { return nil }
            let value = tokens[index + 1]
            switch value.kind {
            case .command: return call(named: value.range) == nil ? value.range : nil
            // `param password: secret`
            case .name: return Checker.annotations[string(value.range)] == nil ? value.range : nil
            case .word, .string, .number, .unread: return value.range
            case .keyword, .option, .variable, .field, .accessor, .comment, .open, .close, .separator, .pipe,
                .assignment, .symbol:
                return nil
            }
        }
    }

    /// Returns true if a token ends the name of a secret that is given a value there.
    private func isSecretName(endingAt index: Int) -> Bool {
        let last = text.bytes[tokens[index].range.upperBound - 1]
        guard last == UInt8(ascii: ":") || last == UInt8(ascii: "=") else { return false }
        let name = tokens[index].range.count > 1 ? index : index - 1
        guard tokens.indices.contains(name) else { return false }
        let lowered = string(tokens[name].range).lowercased()
        return ["secret", "password", "passphrase", "passwd", "token", "api_key", "apikey"].contains(
            where: lowered.contains)
            || lowered.split(separator: "_").contains { ["pw", "pwd"].contains($0) }
    }

    /// Words that look like keys, and strings that contain one, also in comments.
    private var keys: [Range<Int>] {
        let strings = tokens.compactMap { token in
            if case .string = token.kind { token.range } else { nil }
        }
        let words = words(outside: strings).filter { !isOfVariable($0) }
        return (strings + words).filter { range in
            (range.count >= 12 || text.bytes[range].contains(UInt8(ascii: ":")))
                && surroundings.looksSecret(string(withoutQuotes(range)))
        }
    }

    /// Returns the longest runs between blanks, brackets and quotes outside of strings.
    private func words(outside strings: [Range<Int>]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        func end(at offset: Int) {
            if offset > start { words.append(start..<offset) }
            start = offset + 1
        }
        var rest = strings[...]
        var offset = 0
        while offset < text.bytes.count {
            if let string = rest.first, string.lowerBound == offset {
                end(at: offset)
                rest.removeFirst()
                offset = string.upperBound
                start = offset
            } else {
                if text.bytes[offset].endsWord || text.bytes[offset] == .carriageReturn { end(at: offset) }
                offset += 1
            }
        }
        end(at: offset)
        return words
    }

    private func isOfVariable(_ range: Range<Int>) -> Bool {
        text.bytes[range.lowerBound] == UInt8(ascii: "$")
    }

    /// Returns the range of a token without its quotes; the closing one may be missing.
    private func withoutQuotes(_ range: Range<Int>) -> Range<Int> {
        // An argument may end in text that was appended to close it.
        let range = range.clamped(to: 0..<text.bytes.count)
        guard let first = text.bytes[range].first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") else {
            return range
        }
        let isClosed = range.count > 1 && text.bytes[range.upperBound - 1] == first
        return range.lowerBound + 1..<range.upperBound - (isClosed ? 1 : 0)
    }
}

extension String {
    /// True if a run of characters in the text looks like a key or a token, if an address in it has a password, or if it
    /// holds what goes before one: `Bearer …`, `-u name:…`.
    ///
    /// Such a run has 30 characters or more and often changes between small letters, capitals and digits. Hashes, which
    /// have no capitals, and paths do not.
    package var looksSecret: Bool {
        if hasPasswordInAddress || announcesPassword { return true }
        return split { !($0.isLetter || $0.isNumber || "+/=_-".contains($0)) }.contains { run in
            let kinds = run.map { $0.isLowercase ? 1 : $0.isUppercase ? 2 : $0.isNumber ? 3 : 0 }
            let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 && $0 != 0 && $1 != 0 }
            return run.count >= 30 && Set(kinds).isSuperset(of: [1, 2, 3]) && 10 * changes >= 3 * run.count
        }
    }

    private var hasPasswordInAddress: Bool {
        ranges(of: "://").contains { scheme in
            let authority = self[scheme.upperBound...].prefix { !$0.isWhitespace && !"/?#\"'`()<>,;".contains($0) }
            // The colons of an IPv6 address stand in brackets.
            let host = authority.hasPrefix("[") ? authority.drop { $0 != "]" } : authority
            // Digits behind a colon are a port. Anything else is a password, even before its `@` is typed.
            let afterColon = host.prefix { $0 != "@" }.drop { $0 != ":" }.dropFirst()
            return host.contains("@") ? !afterColon.isEmpty : !afterColon.allSatisfy(\.isNumber)
        }
    }

    /// True if a word says that the next one is a password or a token, as in the options and headers of HTTP clients.
    private var announcesPassword: Bool {
        let words = split(whereSeparator: \.isWhitespace).map { $0.drop { "\"'".contains($0) } }
        return zip(words, words.dropFirst()).contains { word, next in
            switch word.lowercased() {
            case "bearer", "basic": next.count >= 6 && !next.hasPrefix("$")
            case "-u", "--user": next.drop { $0 != ":" }.count > 1
            case "--password", "--token", "--secret": !next.hasPrefix("-") && !next.hasPrefix("$")
            default: false
            }
        }
    }
}
