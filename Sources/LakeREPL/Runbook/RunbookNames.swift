internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The names of a runbook: its parameters, its variables (the prompt allows redeclaration, a script does not), and the
/// results that were `$_`.
struct RunbookNames {
    private(set) var parameters: [Parameter] = []
    /// The name of each variable by its number.
    private(set) var variables: [Int: String] = [:]
    /// The name of each result by the index of its statement.
    private(set) var results: [Int: String] = [:]
    /// The variables that became parameters.
    private(set) var replaced: Set<Int> = []

    /// A literal that became a `param`.
    struct Parameter {
        let name: String
        let text: String
        let isSecret: Bool
    }

    private var names: [SubjectKey: String] = [:]
    private var secrets: [String: String] = [:]
    private var taken: Set<String>

    /// Chooses names for the kept statements, given with their indices. `reserved` names belong to `lakesh run`.
    init(_ kept: [(place: Int, statement: Recording.Statement)], retention: Retention, reserved: Set<String>) {
        let facts = kept.map(\.statement.facts)
        taken = reserved.union(Keyword.allCases.map(\.rawValue)).union(facts.flatMap(\.localNames))
        let aliases = Aliases(kept.map(\.statement))
        nameAliases(facts, aliases)
        nameRepeated(facts, aliases)
        nameSecrets(facts)
        nameVariables(facts)
        for (place, statement) in kept {
            let isNewKey = statement.facts.form == .expression && statement.facts.type.isNewKey
            if retention.readResults.contains(place) || isNewKey { results[place] = unique(statement.facts.resultName) }
        }
    }

    /// Returns the parameter for a subject.
    func parameter(for subject: StatementFacts.Subject) -> String? {
        names[SubjectKey(kind: subject.kind, value: subject.value)]
    }

    /// Returns the parameter for a secret.
    func parameter(forSecret text: String) -> String? { secrets[text] }

    /// Names a parameter after the variable that held its literal.
    private mutating func nameAliases(_ facts: [StatementFacts], _ aliases: Aliases) {
        for subject in facts.flatMap(\.subjects) where subject.kind != .secret {
            guard case .variable(let slot) = subject.value, let text = aliases.texts[slot], !replaced.contains(slot),
                let name = facts.flatMap(\.variables).first(where: { $0.slot == slot && $0.isGiven })?.name
            else { continue }
            let key = aliases.key(subject)
            replaced.insert(slot)
            variables[slot] = names[key] ?? add(name, text, for: key)
        }
    }

    private mutating func nameRepeated(_ facts: [StatementFacts], _ aliases: Aliases) {
        let subjects = facts.flatMap(\.subjects)
        let counts = Dictionary(subjects.map { (aliases.key($0), 1) }, uniquingKeysWith: +)
        for subject in subjects where subject.kind != .secret && subject.range != nil {
            let key = aliases.key(subject)
            guard case .text(let text) = key.value, names[key] == nil, counts[key, default: 0] > 1 else { continue }
            let wishes = subjects.filter { aliases.key($0) == key }.map(\.name)
            let best = wishes.contains("branch") ? ["branch"] : []
            let isNew = subjects.contains { $0.isCreated && aliases.key($0) == key }
            let all = best + wishes + (isNew ? ["new_" + subject.name] : [])
            _ = add(all.first { !taken.contains($0) } ?? subject.name, text, for: key)
        }
    }

    private mutating func nameSecrets(_ facts: [StatementFacts]) {
        for fact in facts {
            for text in fact.texts where secrets[text.text] == nil {
                let subject = fact.subjects.first { $0.kind == .secret && $0.range == text.range }
                guard text.isSecret || subject != nil || text.text.looksSecretOrSigned else { continue }
                let name = unique(subject?.name ?? "secret")
                secrets[text.text] = name
                parameters.append(Parameter(name: name, text: "", isSecret: true))
            }
        }
    }

    private mutating func nameVariables(_ facts: [StatementFacts]) {
        for use in facts.flatMap(\.variables) where use.isGiven && variables[use.slot] == nil {
            variables[use.slot] = unique(use.name)
        }
        // Variables from before the recording.
        for use in facts.flatMap(\.variables) where variables[use.slot] == nil && !StatementFacts.isResult(use.name) {
            let name = unique(use.name)
            variables[use.slot] = name
            parameters.append(Parameter(name: name, text: "", isSecret: false))
        }
    }

    private mutating func add(_ wish: String, _ text: String, for key: SubjectKey) -> String {
        let name = unique(wish)
        names[key] = name
        parameters.append(Parameter(name: name, text: text, isSecret: false))
        return name
    }

    private mutating func unique(_ wish: String) -> String {
        var name = wish
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(wish)_\(number)"
            number += 1
        }
        return name
    }
}

extension StatementFacts {
    /// The name of a variable for this result, after its type.
    fileprivate var resultName: String {
        if type.isNewKey { return "key" }
        let name = type.record?.name.snakeCased ?? ""
        return name.isEmpty || !name.utf8.allSatisfy(\.isNamePart) || name.utf8.first?.isDigit == true ? "result" : name
    }
}
