package import LakeScript

/// Symbols for texts that differ from run to run.
///
/// `{{commit_1}}` matches any text at its first use and the same text afterwards; `{{commit_1:8}}` is its first eight
/// characters; `{{any}}` matches any text each time.
package struct Symbols: Sendable {
    private var texts: [String: [Unicode.Scalar]]

    /// Makes the initial symbols.
    package init(_ texts: [String: String]) {
        self.texts = texts.mapValues { Array($0.unicodeScalars) }
    }

    /// Returns a value with all known symbols replaced, at any depth.
    package func fill(_ value: Value) -> Value {
        switch value {
        case .string(let text): .string(fill(text))
        case .list(let items): .list(items.map(fill))
        case .map(let record): .map(Record(record.map { ($0, fill($1)) }))
        case .null, .bool, .int, .float, .bytes, .secret, .duration: value
        }
    }

    /// Returns a text with all known symbols replaced.
    package func fill(_ text: String) -> String {
        guard text.contains("{{") else { return text }
        var filled = String.UnicodeScalarView()
        for piece in SymbolPattern(text).pieces {
            switch piece {
            case .literal(let scalars): filled += scalars
            case .symbol(let name, let length, let written): filled += known(name, length) ?? written
            }
        }
        return String(filled)
    }

    /// Returns true if a text matches a pattern; its new symbols are known afterwards.
    package mutating func match(_ pattern: String, _ text: String) -> Bool {
        guard pattern.contains("{{") else { return pattern == text }
        var trial = self
        let pieces = SymbolPattern(pattern).pieces[...]
        guard trial.match(pieces, Array(text.unicodeScalars)[...]) else { return false }
        self = trial
        return true
    }

    private func known(_ name: String, _ length: Int?) -> [Unicode.Scalar]? {
        guard let text = texts[name] else { return nil }
        return length.map { Array(text.prefix($0)) } ?? text
    }

    private mutating func match(_ pieces: ArraySlice<SymbolPattern.Piece>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let piece = pieces.first else { return text.isEmpty }
        let rest = pieces.dropFirst()
        switch piece {
        case .literal(let scalars):
            return text.starts(with: scalars) && match(rest, text.dropFirst(scalars.count))
        case .symbol(let name, let length, _):
            if let known = known(name, length) {
                return text.starts(with: known) && match(rest, text.dropFirst(known.count))
            }
            return matchUnknown(name, length, rest, text)
        }
    }

    /// Tries the shortest text first, like a non-greedy regular expression.
    private mutating func matchUnknown(
        _ name: String, _ length: Int?, _ rest: ArraySlice<SymbolPattern.Piece>, _ text: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        if rest.isEmpty && length == nil && !text.isEmpty {
            if name != "any" { texts[name] = Array(text) }
            return true
        }
        let shortest = length ?? 1
        let longest = length ?? text.count
        guard shortest <= min(longest, text.count) else { return false }
        for count in shortest...longest {
            var trial = self
            if name != "any" && length == nil { trial.texts[name] = Array(text.prefix(count)) }
            if trial.match(rest, text.dropFirst(count)) {
                self = trial
                return true
            }
        }
        return false
    }
}

/// A parsed pattern with symbols.
struct SymbolPattern {
    enum Piece {
        case literal([Unicode.Scalar])
        /// A symbol, with its source text.
        case symbol(String, length: Int?, written: [Unicode.Scalar])
    }

    private(set) var pieces: [Piece] = []

    init(_ text: String) {
        var rest = Array(text.unicodeScalars)[...]
        var literal: [Unicode.Scalar] = []
        while let scalar = rest.first {
            if let (symbol, count) = SymbolPattern.symbol(at: rest) {
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = []
                pieces.append(symbol)
                rest = rest.dropFirst(count)
            } else {
                literal.append(scalar)
                rest = rest.dropFirst()
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
    }

    /// Parses `{{name}}` or `{{name:8}}`; returns its length in characters, too.
    private static func symbol(at text: ArraySlice<Unicode.Scalar>) -> (Piece, Int)? {
        guard text.starts(with: "{{".unicodeScalars) else { return nil }
        let inside = text.dropFirst(2).prefix { $0 != "}" }
        guard text.dropFirst(2 + inside.count).starts(with: "}}".unicodeScalars) else { return nil }
        let parts = inside.split(separator: ":", omittingEmptySubsequences: false)
            .map { String(String.UnicodeScalarView($0)) }
        guard let name = parts.first, !name.isEmpty, parts.count <= 2, name.unicodeScalars.allSatisfy(isWord) else {
            return nil
        }
        let length = parts.count == 2 ? Int(parts[1]) : nil
        guard parts.count == 1 || length != nil else { return nil }
        let count = inside.count + 4
        return (.symbol(name, length: length, written: Array(text.prefix(count))), count)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
