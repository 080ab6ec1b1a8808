internal import LakeScript

/// What becomes of each statement of a recording, worked out from the last to the first: what changed something stays,
/// and so does what gave a variable, a `def` or a result that a staying one reads.
struct Retention {
    private(set) var all: [Fate] = []
    /// The places of statements whose value a staying one reads as `$_`.
    private(set) var readResults: Set<Int> = []
    /// The slots of variables that staying statements read.
    private(set) var readSlots: Set<Int> = []

    enum Fate: Equatable {
        case stays
        /// A look at what a later statement changes; the last one before the change is offered as an `assert`.
        case look(isOffered: Bool)
        /// A look at something else.
        case elsewhere
        case failed(changes: Int)
        /// It reads a result that no recorded statement gave.
        case lost
    }

    private var functions: Set<Int> = []
    /// What later statements change, and the looks at it that are nearest.
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

/// Two subjects of one key are the same thing.
struct SubjectKey: Hashable {
    let kind: StatementFacts.Kind
    let value: StatementFacts.Subject.Value
}

/// The variables that stand for a text: `let who = "lee"`.
struct Aliases {
    private(set) var texts: [Int: String] = [:]

    init(_ statements: [Recording.Statement]) {
        for statement in statements {
            guard case .binding(let slot, false, _, let text?) = statement.facts.form else { continue }
            texts[slot] = text
        }
    }

    /// What a subject is, a variable's text in its place.
    func key(_ subject: StatementFacts.Subject) -> SubjectKey {
        guard case .variable(let slot) = subject.value, let text = texts[slot] else {
            return SubjectKey(kind: subject.kind, value: subject.value)
        }
        return SubjectKey(kind: subject.kind, value: .text(text))
    }
}

extension StatementFacts {
    /// The names among its variables that stand for results: `_`, `_1`, `_error`.
    var resultNames: Set<String> {
        Set(variables.filter { !$0.isGiven && StatementFacts.isResult($0.name) }.map(\.name))
    }

    /// Whether a name is one that the shell gives: `_`, `_1`, `_error`.
    static func isResult(_ name: String) -> Bool {
        name == "_" || name == "_error" || name.first == "_" && name.dropFirst().allSatisfy(\.isNumber)
    }
}
