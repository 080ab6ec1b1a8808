/// What names a commit: `main`, `v1~2`, `4f3a^2~1`, `main@`, `main$`.
///
/// A base (a commit's id or the beginning of one, a branch, a tag) and steps from it. `~n` goes n first parents back,
/// `^n` to the nth parent, `@` is a branch without and `$` one with its uncommitted changes; those two stand alone.
struct Reference: Sendable, Equatable {
    /// One step from the base.
    enum Step: Sendable, Equatable {
        case back(Int)
        case parent(Int)
        case head
        case staging
    }

    let base: String
    let steps: [Step]

    /// Reads a reference.
    ///
    /// - Throws: a fault where a modifier cannot be read or the base is missing.
    init(_ text: String) throws(Fault) {
        var rest = Substring(text)
        let base = rest.prefix { !Reference.isMark($0) }
        rest = rest[base.endIndex...]
        var steps: [Step] = []
        while let mark = rest.popFirst() {
            let amount = rest.prefix { !Reference.isMark($0) }
            rest = rest[amount.endIndex...]
            steps.append(try Reference.step(mark, String(amount)))
        }
        let standsAlone = steps.contains(.head) || steps.contains(.staging)
        guard !base.isEmpty, !standsAlone || steps.count == 1 else { throw .invalidReference }
        self.base = String(base)
        self.steps = steps
    }

    private static func isMark(_ character: Character) -> Bool {
        switch character {
        case "~", "^", "@", "$": true
        default: false
        }
    }

    private static func step(_ mark: Character, _ amount: String) throws(Fault) -> Step {
        guard let number = amount.isEmpty ? 1 : Int(amount), number >= 0 || mark == "~" else {
            throw Fault.invalidReference.within("could not parse modifier \(mark)\(amount)")
        }
        switch mark {
        // The real server counts up to the number, so that a negative one goes nowhere.
        case "~": return .back(max(number, 0))
        case "^": return .parent(number)
        case _ where !amount.isEmpty: throw .invalidReference
        case "@": return .head
        default: return .staging
        }
    }
}

/// What a reference names.
struct Resolved: Sendable {
    let commit: Commit
    /// The branch whose uncommitted changes are seen through the reference; nil where none are.
    let branch: String?
    /// Whether the reference insists on the uncommitted changes (`main$`), so that it is no commit.
    let isStaging: Bool
}
