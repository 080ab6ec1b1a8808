internal import LakeScript

/// The fate of each statement of a recording, determined from the last to the first. A statement is kept if it changed
/// something, or if it made a variable, a `def` or a result that a kept one reads.
struct Retention {
    private(set) var all: [Fate] = []
    /// The indices of statements whose value a kept one reads as `$_`.
    private(set) var readResults: Set<Int> = []
    /// The slots of variables that kept statements read.
    private(set) var readSlots: Set<Int> = []

    enum Fate: Equatable {
        case stays
        /// A read of an entity that a later statement changes; the last read before the change is offered as an
        /// `assert`.
        case look(isOffered: Bool)
        /// A read of something else.
        case elsewhere
        case failed(changes: Int)
        /// It reads a result of a statement that was not recorded.
        case lost
    }

    private var functions: Set<Int> = []
    /// The entities that later statements change, and the nearest reads of them.
    private var touched: Set<SubjectKey> = []
    private var nearest: Set<Set<SubjectKey>> = []
    private let aliases: Aliases

    init(_ statements: [Recording.Statement]) {
        aliases = Aliases(statements)
        for (place, statement) in statements.enumerated().reversed() { all.append(fate(of: statement, at: place)) }
        all.reverse()
    }

    private mutating func fate(of statement: Recording.Statement, at place: Int) -> Fate {
        if case .failed(let changes) = statement.outcome { return .failed(changes: changes) }
        let facts = statement.facts
        let isRead =
            !facts.gives.isDisjoint(with: readSlots) || !facts.givenFunctions.isDisjoint(with: functions)
            || readResults.contains(place)
        guard facts.isKept || isRead else { return look(facts) }
        guard facts.resultNames.allSatisfy({ statement.results[$0] != nil }) else { return .lost }
        readSlots.formUnion(facts.reads)
        functions.formUnion(facts.calledFunctions)
        readResults.formUnion(facts.resultNames.compactMap { statement.results[$0] })
        if facts.effect != .read {
            let changed = keys(of: facts)
            touched.formUnion(changed)
            nearest = nearest.filter { $0.isDisjoint(with: changed) }
        }
        return .stays
    }

    private mutating func look(_ facts: StatementFacts) -> Fate {
        let subjects = keys(of: facts)
        guard !subjects.isEmpty, subjects.isSubset(of: touched), facts.form != .definition else { return .elsewhere }
        return .look(isOffered: nearest.insert(subjects).inserted)
    }

    private func keys(of facts: StatementFacts) -> Set<SubjectKey> { Set(facts.subjects.map(aliases.key)) }
}

/// Identifies an entity: two subjects with equal keys are the same.
struct SubjectKey: Hashable {
    let kind: StatementFacts.Kind
    let value: StatementFacts.Subject.Value
}

/// Variables that hold a literal text: `let who = "lee"`.
struct Aliases {
    private(set) var texts: [Int: String] = [:]

    init(_ statements: [Recording.Statement]) {
        for statement in statements {
            guard case .binding(let slot, false, _, let text?) = statement.facts.form else { continue }
            texts[slot] = text
        }
    }

    /// Returns the key of a subject, with a variable replaced by its text.
    func key(_ subject: StatementFacts.Subject) -> SubjectKey {
        guard case .variable(let slot) = subject.value, let text = texts[slot] else {
            return SubjectKey(kind: subject.kind, value: subject.value)
        }
        return SubjectKey(kind: subject.kind, value: .text(text))
    }
}

extension StatementFacts {
    /// The variables it reads that are results: `_`, `_1`, `_error`.
    var resultNames: Set<String> {
        Set(variables.filter { !$0.isGiven && StatementFacts.isResult($0.name) }.map(\.name))
    }

    /// True if a name is a result variable of the shell: `_`, `_1`, `_error`.
    static func isResult(_ name: String) -> Bool {
        name == "_" || name == "_error" || name.first == "_" && name.dropFirst().allSatisfy(\.isNumber)
    }
}
