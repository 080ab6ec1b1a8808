internal import LakeAPI
internal import LakeAssist
internal import LakeScript

/// The recorded statements and their results. `record save` makes a runbook of them (`Runbook`).
struct Recording {
    /// On by default, because the decision to save comes after typing. `record off` pauses it.
    var isOn = true
    private(set) var statements: [Statement] = []
    private var numbers = VariableNumbers()

    struct Statement {
        let text: String
        let facts: StatementFacts
        let outcome: Outcome
        /// The result variables it reads (`$_`, `$_1`, …), with the indices of the statements that made them.
        let results: [String: Int]
    }

    enum Outcome: Equatable {
        case done(Sight)
        /// It failed or did not pass the check; some changes may have been made before.
        case failed(changes: Int)
    }

    /// A summary of a result for the offered `assert`; it contains no secret.
    enum Sight: Equatable {
        case nothing
        /// A record.
        case thing
        /// A page of a listing with this number of items.
        case page(Int)
        case list(Int)
        /// A string, a number or a boolean, as a literal.
        case plain(String)
    }

    /// Adds a statement; returns its index.
    mutating func add(_ text: String, _ facts: StatementFacts, _ outcome: Outcome, results: [String: Int]) -> Int? {
        var facts = facts
        facts.renumber(&numbers)
        guard isOn else { return nil }
        statements.append(Statement(text: text, facts: facts, outcome: outcome, results: results))
        return statements.count - 1
    }

    /// Clears the recording, after a change of server.
    mutating func forget() { (statements, numbers) = ([], VariableNumbers()) }
}

extension Recording.Sight {
    /// Summarises a value.
    init(_ value: Value) {
        switch value {
        case .list(let items): self = .list(items.count)
        case .map: self = PageShape.lakeFS.items(of: value).map { .page($0.count) } ?? .thing
        case .string(let text): self = .plain(text.quoted)
        case .int(let number): self = .plain(String(number))
        case .bool(let isTrue): self = .plain(String(isTrue))
        case .null, .float, .duration, .bytes, .secret: self = .nothing
        }
    }
}

/// Unique numbers for variables: at the prompt, a second `let` of a name takes the same slot again.
struct VariableNumbers {
    private var known: [Int: Int] = [:]
    private var last = 0

    /// Returns the number of the variable that is now in a slot.
    mutating func current(_ slot: Int) -> Int { known[slot] ?? declare(slot) }

    /// Gives a new number to the variable that is now declared in a slot.
    mutating func declare(_ slot: Int) -> Int {
        last += 1
        known[slot] = last
        return last
    }
}
