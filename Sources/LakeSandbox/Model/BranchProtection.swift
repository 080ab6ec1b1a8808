/// Patterns of branches that are protected from writes.
///
/// Their syntax is that of the glob library of lakeFS: `*` and `**` for any run of characters, `?` for one character,
/// classes `[abc]`, `[a-z]` and `[!abc]`, alternatives `{one,two}`, and a backslash before a literal character.
struct ProtectionRules: Sendable {
    private(set) var patterns = SortedSet()

    init() {}

    init(_ patterns: [String]) {
        for pattern in patterns { self.patterns.insert(pattern) }
    }

    /// Identifies this state of the rules for `If-Match`; empty without rules.
    var etag: String {
        guard !patterns.isEmpty else { return "" }
        var hash = FieldHash()
        for pattern in patterns.keys { hash.add(pattern) }
        return Digest.hexadecimal(hash.digest)
    }

    mutating func add(_ pattern: String) { patterns.insert(pattern) }

    /// Removes a pattern; returns true if it existed.
    mutating func remove(_ pattern: String) -> Bool {
        defer { patterns[pattern] = nil }
        return patterns.contains(pattern)
    }

    /// Returns true if a branch is protected.
    ///
    /// - Throws: a fault if a pattern is malformed, which is not checked when it is set.
    func protects(_ branch: String) throws(Fault) -> Bool {
        for pattern in patterns.keys {
            guard let glob = BranchPattern(pattern) else { throw Fault(.untranslated, "unexpected end of input") }
            if glob.matches(branch) { return true }
        }
        return false
    }
}

/// A parsed pattern.
struct BranchPattern: Sendable {
    private indirect enum Part: Sendable {
        case literal(Character)
        case any
        case run
        case oneOf([ClosedRange<Character>], isNegated: Bool)
        case choice([[Part]])
    }

    private let parts: [Part]

    /// Parses a pattern; nil if a bracket or brace is not closed.
    init?(_ text: String) {
        var rest = Substring(text)
        guard let parts = BranchPattern.read(&rest, insideChoice: false), rest.isEmpty else { return nil }
        self.parts = parts
    }

    /// Returns true if the whole name matches.
    func matches(_ name: String) -> Bool { BranchPattern.fits(parts[...], Substring(name)) }

    private static func read(_ rest: inout Substring, insideChoice: Bool) -> [Part]? {
        var parts: [Part] = []
        while let character = rest.first, !(insideChoice && (character == "," || character == "}")) {
            rest.removeFirst()
            switch character {
            case "*": parts.append(.run)
            case "?": parts.append(.any)
            case "\\": parts.append(.literal(rest.popFirst() ?? "\\"))
            case "[":
                guard let part = readClass(&rest) else { return nil }
                parts.append(part)
            case "{":
                guard let part = readChoice(&rest) else { return nil }
                parts.append(part)
            default: parts.append(.literal(character))
            }
        }
        return parts
    }

    private static func readClass(_ rest: inout Substring) -> Part? {
        let isNegated = rest.first == "!"
        if isNegated { rest.removeFirst() }
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let members = Array(rest[..<end])
        rest = rest[rest.index(after: end)...]
        if members.count == 3, members[1] == "-", members[0] <= members[2] {
            return .oneOf([members[0]...members[2]], isNegated: isNegated)
        }
        return members.isEmpty ? nil : .oneOf(members.map { $0...$0 }, isNegated: isNegated)
    }

    private static func readChoice(_ rest: inout Substring) -> Part? {
        var branches: [[Part]] = []
        while let branch = read(&rest, insideChoice: true), let mark = rest.popFirst() {
            branches.append(branch)
            if mark == "}" { return .choice(branches) }
        }
        return nil
    }

    private static func fits(_ parts: ArraySlice<Part>, _ text: Substring) -> Bool {
        guard let part = parts.first else { return text.isEmpty }
        let rest = parts.dropFirst()
        switch part {
        case .run: return text.indices.contains { fits(rest, text[$0...]) } || fits(rest, text[text.endIndex...])
        case .choice(let branches): return branches.contains { fits($0 + rest, text) }
        case .any: return !text.isEmpty && fits(rest, text.dropFirst())
        case .literal(let character): return text.first == character && fits(rest, text.dropFirst())
        case .oneOf(let ranges, let isNegated):
            guard let first = text.first else { return false }
            return ranges.contains { $0.contains(first) } != isNegated && fits(rest, text.dropFirst())
        }
    }
}
