internal import LakeScript

/// What was typed while recording, and what came of it. `record save` makes a runbook of it (`Runbook`).
struct Recording {
    /// Always on: the person who decides to save has typed already. `record off` pauses it.
    var isOn = true
    private(set) var statements: [Statement] = []
    private var numbers = VariableNumbers()

    struct Statement {
        let text: String
        let facts: StatementFacts
        let outcome: Outcome
        /// The `$_`, `$_1`, … that it reads, and the places of the statements that gave them.
        let results: [String: Int]
    }

    enum Outcome: Equatable {
        case done(Sight)
        /// It failed, or was wrong; some things may have been changed before.
        case failed(changes: Int)
    }

    /// What a person saw of a result: for the `assert` that is offered. No secret is in it.
    enum Sight: Equatable {
        case nothing
        /// One thing, with fields.
        case thing
        /// A page of a listing with so many items.
        case page(Int)
        case list(Int)
        /// A text, a number, true or false, as it is written in a script.
        case plain(String)
    }

    /// Notes the statements that ran as one; gives the place of the last, whose value is `$_` now.
    mutating func add(
        _ typed: [(text: String, facts: StatementFacts)], _ outcome: Outcome, results: [String: Int]
    ) -> Int? {
        for (text, facts) in typed {
            var facts = facts
            facts.renumber(&numbers)
            if isOn {
                statements.append(Statement(text: text, facts: facts, outcome: outcome, results: results))
            }
        }
        return isOn && !typed.isEmpty ? statements.count - 1 : nil
    }

    /// Begins anew: what was recorded happened elsewhere.
    mutating func forget() { (statements, numbers) = ([], VariableNumbers()) }
}

extension Recording.Sight {
    /// What is seen of a value.
    init(_ value: Value) {
        switch value {
        case .list(let items): self = .list(items.count)
        case .map(let record): self = record["results"]?.items.map { .page($0.count) } ?? .thing
        case .string(let text): self = .plain(text.quoted)
        case .int(let number): self = .plain(String(number))
        case .bool(let isTrue): self = .plain(String(isTrue))
        case .null, .float, .duration, .bytes, .secret: self = .nothing
        }
    }
}

/// Numbers that name one variable for good: at the prompt a `let` of a name that there is takes the same slot again.
struct VariableNumbers {
    private var known: [Int: Int] = [:]
    private var last = 0

    /// The number of what a slot holds now.
    mutating func current(_ slot: Int) -> Int { known[slot] ?? declare(slot) }

    /// A new number for what a slot holds from now on.
    mutating func declare(_ slot: Int) -> Int {
        last += 1
        known[slot] = last
        return last
    }
}
