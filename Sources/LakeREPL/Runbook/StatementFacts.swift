internal import LakeAPI
internal import LakeScript

/// Facts about a statement of the prompt, from its checked tree: its calls and their effects, the entities it names,
/// the variables it declares and reads. All ranges are offsets in the statement's own text.
struct StatementFacts {
    /// The strongest effect of its calls, including those in the `def`s that it calls.
    var effect = EffectClass.read
    /// True if it is kept even if nothing reads it: it changes something, or it is a check written by the user.
    var isKept = false
    /// True if it contains a `confirm`.
    var asksItself = false
    /// True if it names another script, by a path relative to its own folder.
    var namesScript = false
    var calls: [Call] = []
    var subjects: [Subject] = []
    /// All literal texts in it, to find the secrets that must not be saved.
    var texts: [Text] = []
    /// The top-level variables it names.
    var variables: [Use] = []
    /// The names of other variables it reads; new names must not collide with them.
    var localNames: Set<String> = []
    /// The `def`s that it declares and calls, by their index in the program.
    var givenFunctions: Set<Int> = []
    var calledFunctions: Set<Int> = []
    var form = Form.other
    /// The type of its value, or of the variable it declares.
    var type = ValueType.null

    /// The form of the statement.
    enum Form: Equatable {
        /// `let name = value`: the offset of the value, and its text if it is a plain string.
        case binding(slot: Int, isMutable: Bool, value: Int, text: String?)
        /// An expression; its value is `$_` at the prompt.
        case expression
        case parameter
        /// A `def`, or an `include` of some.
        case definition
        case other
    }

    /// A call of an operation or a `def`.
    struct Call {
        let name: String
        /// The effect of an operation; `read` for a `def`, whose effect is not known here.
        let effect: EffectClass
        /// The ranges of its arguments, in the order of its parameters.
        let arguments: [Range<Int>]
    }

    /// An entity of lakeFS or of the file system that a call names.
    struct Subject {
        let kind: Kind
        /// The parameter's name: `user_id`.
        let name: String
        let value: Value
        /// True if the call creates it.
        let isCreated: Bool
        /// The range of its text, if that is a token of its own.
        let range: Range<Int>?

        enum Value: Hashable {
            case text(String)
            /// A top-level variable, by its slot.
            case variable(Int)
        }
    }

    /// The kind of an entity; entities of one kind are compared by name.
    enum Kind: Hashable {
        case user, group, policy, accessKey, repository, reference, path, file, secret
    }

    struct Text {
        let text: String
        /// The range of the whole token, with its quotes.
        let range: Range<Int>
        let isSecret: Bool
    }

    /// An occurrence of a variable in the text.
    struct Use {
        let name: String
        let slot: Int
        /// The range of the name without its `$`.
        let range: Range<Int>
        let isGiven: Bool

        /// Returns the same occurrence with another slot.
        func moved(to slot: Int) -> Use { Use(name: name, slot: slot, range: range, isGiven: isGiven) }
    }

    /// The slots of the variables that it reads, and of those that it declares or assigns.
    var reads: Set<Int> { Set(variables.filter { !$0.isGiven }.map(\.slot)) }
    var gives: Set<Int> { Set(variables.filter(\.isGiven).map(\.slot)) }
}

extension StatementFacts {
    /// Replaces slots by unique numbers. A declaration is numbered last, since the statement reads the previous
    /// variable.
    mutating func renumber(_ numbers: inout VariableNumbers) {
        subjects = subjects.map { subject in
            guard case .variable(let slot) = subject.value else { return subject }
            return Subject(
                kind: subject.kind, name: subject.name, value: .variable(numbers.current(slot)),
                isCreated: subject.isCreated,
                range: subject.range)
        }
        var declared: Int?
        if case .binding(let slot, _, _, _) = form { declared = slot }
        let read = variables.filter { !($0.isGiven && $0.slot == declared) }
        let given = variables.filter { $0.isGiven && $0.slot == declared }
        variables = read.map { $0.moved(to: numbers.current($0.slot)) }
        guard case .binding(let slot, let isMutable, let value, let text) = form else { return }
        let number = numbers.declare(slot)
        variables += given.map { $0.moved(to: number) }
        form = .binding(slot: number, isMutable: isMutable, value: value, text: text)
    }

    /// Takes the names of the `def`s and scripts that a block of its text uses.
    mutating func addNames(of block: BlockFacts) {
        namesScript = namesScript || !block.scripts.isEmpty
        calledFunctions.formUnion(block.functions)
    }

    /// Counts what a block does as done by this statement.
    mutating func addDone(by block: BlockFacts) {
        effect = max(effect, block.serverEffect)
        isKept = isKept || !block.onlyReads || block.asks || block.checks
        asksItself = asksItself || block.asks
    }
}

extension StatementFacts.Kind {
    /// Returns the kind of entity of a parameter's role; nil for roles that runbooks do not track.
    init?(_ role: Parameter.Role) {
        switch role {
        case .user: self = .user
        case .group: self = .group
        case .policy: self = .policy
        case .accessKey: self = .accessKey
        case .repository: self = .repository
        case .branch, .tag, .ref, .commit: self = .reference
        case .path, .prefix: self = .path
        case .file, .folder: self = .file
        default: return nil
        }
    }
}

extension Operation {
    /// The field that names what a create operation makes (the `id` of `create_user`), and the parameter that names it
    /// afterwards (`user_id` of `get_user`).
    var created: (field: String, known: OperationParameter)? {
        guard case .existing? = ensure, let operation = probe.flatMap({ Catalogue[$0.read] }),
            let known = operation.parameters.last(where: { $0.place == .path }),
            !parameters.contains(where: { $0.name == known.name })
        else { return nil }
        let field = bodyFields.first { ["id", "name"].contains($0.name) }
        return field.map { ($0.name, known) }
    }
}
