/// A ref expression: `main`, `v1~2`, `4f3a^2~1`, `main@`, `main$`.
///
/// It has a base (a commit id or a prefix of one, a branch, a tag) and modifiers. `~n` goes back n first parents, `^n`
/// to the nth parent, `@` is a branch without its uncommitted changes, `$` one with them. The last two allow no other
/// modifier.
struct RefExpression: Sendable, Equatable {
    /// A modifier of the base.
    enum Modifier: Sendable, Equatable {
        case back(Int)
        case parent(Int)
        case head
        case staging
    }

    let base: String
    let modifiers: [Modifier]

    /// Parses a ref expression.
    ///
    /// - Throws: a fault if a modifier is malformed or the base is missing.
    init(_ text: String) throws(Fault) {
        var rest = Substring(text)
        let base = rest.prefix { !RefExpression.isMark($0) }
        rest = rest[base.endIndex...]
        var modifiers: [Modifier] = []
        while let mark = rest.popFirst() {
            let amount = rest.prefix { !RefExpression.isMark($0) }
            rest = rest[amount.endIndex...]
            modifiers.append(try RefExpression.modifier(mark, String(amount)))
        }
        let standsAlone = modifiers.contains(.head) || modifiers.contains(.staging)
        guard !base.isEmpty, !standsAlone || modifiers.count == 1 else { throw .invalidReference }
        self.base = String(base)
        self.modifiers = modifiers
    }

    private static func isMark(_ character: Character) -> Bool {
        switch character {
        case "~", "^", "@", "$": true
        default: false
        }
    }

    private static func modifier(_ mark: Character, _ amount: String) throws(Fault) -> Modifier {
        guard let number = amount.isEmpty ? 1 : Int(amount), number >= 0 || mark == "~" else {
            throw Fault.invalidReference.within("could not parse modifier \(mark)\(amount)")
        }
        switch mark {
        // The real server counts up to the number, so a negative one has no effect.
        case "~": return .back(max(number, 0))
        case "^": return .parent(number)
        case _ where !amount.isEmpty: throw .invalidReference
        case "@": return .head
        default: return .staging
        }
    }
}

/// Commit and branch that a ref expression names.
struct ResolvedRef: Sendable {
    let commit: Commit
    /// Branch whose uncommitted changes are visible; nil if none are.
    let branch: String?
    /// True if the expression requires the uncommitted changes (`main$`) and so is not a commit.
    let isStaging: Bool
}
