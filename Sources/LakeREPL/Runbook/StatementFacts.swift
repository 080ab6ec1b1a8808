internal import LakeAPI
internal import LakeScript

/// What a statement of the prompt is about, from its checked tree: what it calls and with what effect, which things it
/// names, which variables it gives and reads. All ranges are bytes of the statement's own text.
struct StatementFacts {
    /// The strongest of its calls' effects, those of the `def`s that it calls included.
    var effect = Command.EffectClass.read
    /// Whether it must stay although nothing reads it: it changes something, or it is a check that a person wrote.
    var isKept = false
    /// Whether a `confirm` is in it.
    var asksItself = false
    /// Whether it names another script, by a path from the folder of the one it stands in.
    var namesScript = false
    var calls: [Call] = []
    var subjects: [Subject] = []
    /// Texts that stand anywhere in it, for what must not be saved.
    var texts: [Text] = []
    /// The variables of the top level, wherever it names them.
    var variables: [Use] = []
    /// The names of other variables that it reads: new names must not be theirs.
    var localNames: Set<String> = []
    /// The `def`s that it makes and calls, by their place in the program.
    var givenFunctions: Set<Int> = []
    var calledFunctions: Set<Int> = []
    var form = Form.other
    /// The type of its value, or of what it gives its variable.
    var type = ValueType.null

    /// What it is at its outermost.
    enum Form: Equatable {
        /// `let name = value`: where the value begins, and its text where it is a plain string.
        case binding(slot: Int, isMutable: Bool, value: Int, text: String?)
        /// An expression: its value is `$_` at the prompt.
        case expression
        case parameter
        /// A `def`, or an `include` of some.
        case definition
        case other
    }

    /// A call of an operation or of a `def`.
    struct Call {
        let name: String
        /// Of a `def`: read, its own is not known here.
        let effect: Command.EffectClass
        /// Where its arguments stand, in the order of its parameters.
        let arguments: [Range<Int>]
    }

    /// Something of lakeFS or of the file system that a call names.
    struct Subject {
        let kind: Kind
        /// What the parameter is called: `user_id`.
        let name: String
        let value: Value
        /// Whether the call makes it.
        let isCreated: Bool
        /// Where it stands, where that is a token of its own.
        let range: Range<Int>?

        enum Value: Hashable {
            case text(String)
            /// A variable of the top level, by its slot.
            case variable(Int)
        }
    }

    /// What names are comparable.
    enum Kind: Hashable {
        case user, group, policy, accessKey, repository, reference, path, file, secret
    }

    struct Text {
        let text: String
        /// The whole token, quotes included.
        let range: Range<Int>
        let isSecret: Bool
    }

    /// A name of a variable in the text.
    struct Use {
        let name: String
        let slot: Int
        /// The name, without its `$`.
        let range: Range<Int>
        let isGiven: Bool

        /// The same name of another slot.
        func moved(to slot: Int) -> Use { Use(name: name, slot: slot, range: range, isGiven: isGiven) }
    }

    /// The slots of the variables that it reads, and of those that it gives.
    var reads: Set<Int> { Set(variables.filter { !$0.isGiven }.map(\.slot)) }
    var gives: Set<Int> { Set(variables.filter(\.isGiven).map(\.slot)) }
}

extension StatementFacts {
    /// Puts numbers in the place of slots: a declaration's comes after the statement has read what was there before.
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

    /// Counts what another's calls do as done by this one.
    mutating func add(effectOf other: StatementFacts) {
        effect = effect.stronger(other.effect)
        isKept = isKept || other.isKept
        asksItself = asksItself || other.asksItself
    }
}

extension StatementFacts.Kind {
    /// What a parameter's role makes of its text; nil where it names nothing that a runbook is about.
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
        case .plain, .command, .operation, .field, .profile, .topic: return nil
        }
    }
}

extension Command.EffectClass {
    /// The stronger of two: what destroys is more than what writes.
    func stronger(_ other: Command.EffectClass) -> Command.EffectClass {
        self == .destroy || other == .read ? self : other == .destroy || self == .read ? other : self
    }
}

extension Operation {
    /// The parameter that names what a create makes (`create_user`'s `id`), and the one that names it afterwards
    /// (`get_user`'s `user_id`).
    var created: (field: String, known: OperationParameter)? {
        guard case .existing(let read, _, _, _)? = ensure, let operation = Catalogue[read],
            let known = operation.parameters.last(where: { $0.place == .path }),
            !parameters.contains(where: { $0.name == known.name })
        else { return nil }
        let field = bodyFields.first { ["id", "name"].contains($0.name) }
        return field.map { ($0.name, known) }
    }
}
