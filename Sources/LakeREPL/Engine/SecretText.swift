internal import LakeAPI
internal import LakeScript

// What of a typed text is a secret: it reaches no file and is not to be read on the screen.
extension ReplEngine {
    /// The bytes of the text's UTF-8 that are secrets, without quotes, ascending: literals of secret parameters, values
    /// under a name that says so (`{secret_access_key: "…"}`), words that look like keys.
    package func secrets(in text: String) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        if let start = lineStart(in: text) {
            let rest = String(decoding: bytes[start...], as: UTF8.self)
            return secrets(in: rest).map { start + $0.lowerBound..<start + $0.upperBound }
        }
        let tokens = TextScanner.tokens(of: bytes)
        let words = tokens.map { String(decoding: bytes[$0.range], as: UTF8.self) }
        let found = tokens.indices.filter { tokens[$0].isText && (words[$0].looksSecret || words[..<$0].nameSecret) }
        let literals = uses(in: text).flatMap(\.literals).filter(\.isSecret).map(\.range)
        return (literals + found.map { tokens[$0].range }).map { bytes.withoutQuotes($0) }
            .sorted { $0.lowerBound < $1.lowerBound }
    }

    /// Whether a statement must not be kept in a file: it takes or gives a secret.
    package func holdsSecret(_ text: String) -> Bool {
        uses(in: text).contains { $0.signature.result.holdsSecret } || !secrets(in: text).isEmpty
    }

    /// Whether a statement asks for addresses of the object store, which carry their own permission.
    func asksForAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return TextScanner.tokens(of: bytes).contains { bytes[$0.range].elementsEqual("--presign".utf8) }
    }
}

extension Token {
    /// Whether what stands here may be a value that a person typed.
    fileprivate var isText: Bool {
        switch kind {
        case .word, .string, .option, .command: true
        case .keyword, .variable, .comment, .open, .close, .separator, .pipe, .assignment: false
        }
    }
}

extension ArraySlice<String> {
    /// Whether the words end in a name of something secret that now gets its value: `token:`, `password =`, `--secret=`.
    fileprivate var nameSecret: Bool {
        guard let last, last.hasSuffix(":") || last.hasSuffix("=") else { return false }
        let name = (last.utf8.count > 1 ? last : dropLast().last ?? "").lowercased()
        return ["secret", "password", "token"].contains { name.contains($0) }
    }
}

extension [UInt8] {
    /// The range of a token without the quotes around it, the closing one may be missing.
    fileprivate func withoutQuotes(_ range: Range<Int>) -> Range<Int> {
        guard let first = self[range].first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") else {
            return range
        }
        let isClosed = range.count > 1 && self[range.upperBound - 1] == first
        return range.lowerBound + 1..<range.upperBound - (isClosed ? 1 : 0)
    }
}

extension String {
    /// Whether a run of characters in it is like a key or a token, or an address in it holds a password or carries its
    /// own permission.
    ///
    /// Such a run is of 30 or more and changes between small letters, capitals and digits all the time, as ids of lakeFS
    /// (those of commits have no capitals) and paths do not.
    var looksSecret: Bool {
        if PresignedAddress.stands(in: self) { return true }
        if contains("://"), let authority = split(separator: "/").dropFirst().first {
            // A port is a number; what else follows a colon is a password, even while its `@` is still to be typed.
            let afterColon = authority.prefix { $0 != "@" }.drop { $0 != ":" }.dropFirst()
            if authority.contains("@") ? !afterColon.isEmpty : !afterColon.allSatisfy(\.isNumber) { return true }
        }
        return split { !($0.isLetter || $0.isNumber || "+/=_-".contains($0)) }.contains { run in
            let kinds = run.map { $0.isLowercase ? 1 : $0.isUppercase ? 2 : $0.isNumber ? 3 : 0 }
            let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 && $0 != 0 && $1 != 0 }
            return run.count >= 30 && Set(kinds).isSuperset(of: [1, 2, 3]) && 10 * changes >= 3 * run.count
        }
    }
}
