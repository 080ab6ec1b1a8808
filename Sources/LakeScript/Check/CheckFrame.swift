/// The variables of one body (the top level, a `def`, a `test`) while it is checked, and what may stand where in it.
///
/// Every declaration gets a slot of its own, and none is used twice: an `on_exit` or `on_failure` block may still read
/// a variable whose block is long left. Look-ups go through a dictionary from the name to the innermost declaration,
/// which knows the one that it hides, so a script of any length is checked in linear time.
struct CheckFrame {
    enum Kind {
        case main
        case definition
        case test
    }

    let kind: Kind
    private(set) var variables: [VariableInfo] = []
    /// The innermost declaration of each name.
    private var visible: [String: Int] = [:]
    /// The declarations of each open scope, outermost first.
    private var scopes: [[Int]] = [[]]
    private(set) var slots: Int
    /// How many loops `break` could leave from here.
    var loops = 0
    /// Why `return`, `break` and `continue` may not leave from here; nil where they may.
    var boundary: Boundary?
    /// The blocks that this stands in which run apart from what is around them, and so assign nothing of it.
    var apart: [Boundary] = []
    var apartDepth: Int { apart.count }
    /// The paths that are known not to be null here.
    var notNull = NullFacts()
    /// What `return`s gave so far.
    var returns: ValueType?
    var checks = TargetChecks()

    /// A block that `return`, `break` and `continue` do not leave.
    enum Boundary: String {
        case pipelineBlock = "a pipeline's block"
        case parallelBody = "a parallel body"
        case onFailure = "an `on_failure` block"
        case onExit = "an `on_exit` block"
        case test = "a `test`"

        /// What to do instead of leaving it; empty where it is not known.
        var advice: String {
            switch self {
            case .pipelineBlock: "`where` and `first` take a part; a `for` can be left"
            case .parallelBody: "a loop without `parallel` can be left"
            case .onFailure, .onExit, .test: "put what follows in an `if`"
            }
        }
    }

    init(_ kind: Kind, slots: Int = 0) {
        self.kind = kind
        self.slots = slots
    }

    var depth: Int { scopes.count }

    mutating func openScope() { scopes.append([]) }

    /// Closes the innermost scope and gives what was declared in it and never read.
    mutating func closeScope() -> [VariableInfo] {
        let declared = scopes.removeLast()
        for index in declared.reversed() { visible[variables[index].name] = variables[index].hidden }
        return declared.map { variables[$0] }.filter { !$0.isUsed && $0.isWorthUsing }
    }

    /// The visible variable of that name.
    func index(of name: String) -> Int? { visible[name] }

    /// The variable of that name in the outermost scope, whatever hides it further in.
    func outermostIndex(of name: String) -> Int? {
        var index = visible[name]
        while let inner = index, variables[inner].depth > 1 { index = variables[inner].hidden }
        return index
    }

    subscript(index: Int) -> VariableInfo {
        _read { yield variables[index] }
        _modify { yield &variables[index] }
    }

    /// The variable of that name in the innermost scope.
    func inSameScope(_ name: String) -> VariableInfo? {
        guard let index = index(of: name), variables[index].depth == depth else { return nil }
        return variables[index]
    }

    /// Says nothing more about the variable of that name, whose declaration was wrong.
    mutating func excuse(_ name: String) {
        if let index = index(of: name) { variables[index].isUsed = true }
    }

    /// Declares a variable in the innermost scope; one of an earlier line at the prompt keeps its slot.
    mutating func declare(
        _ name: Name, _ kind: VariableInfo.Kind, type: ValueType, source: CallSource? = nil, slot: Int? = nil
    ) -> Int {
        let variable = VariableInfo(
            name: name.text, span: name.span, kind: kind, type: type, slot: slot ?? slots, depth: depth,
            apartDepth: apartDepth, source: source,
            hidden: visible.updateValue(variables.count, forKey: name.text))
        slots = max(slots, variable.slot + 1)
        variables.append(variable)
        scopes[scopes.count - 1].append(variables.count - 1)
        return variables.count - 1
    }

    /// The names that can be read here, for did-you-mean.
    var visibleNames: [String] { visible.keys.sorted() }

    /// The variables of the outermost scope.
    var outermost: [VariableInfo] { (scopes.first ?? []).map { variables[$0] } }
}

/// A declared variable.
struct VariableInfo {
    let name: String
    let span: Span
    let kind: Kind
    var type: ValueType
    let slot: Int
    let depth: Int
    let apartDepth: Int
    /// The command that its value came from.
    let source: CallSource?
    /// The declaration of the same name that this one hides.
    let hidden: Int?
    var isUsed = false

    enum Kind {
        case scriptParameter
        case parameter
        case immutable
        case mutable
        /// Of a `for`.
        case item
        /// `$it` of a pipeline's block.
        case pipelineItem
        /// Of a `catch`.
        case error
        /// Of an earlier line at the prompt.
        case earlier(isMutable: Bool)
    }

    var isMutable: Bool {
        switch kind {
        case .mutable, .earlier(true): true
        case .scriptParameter, .parameter, .immutable, .item, .pipelineItem, .error, .earlier(false): false
        }
    }

    /// Whether it is a mistake never to read it: a parameter is somebody else's choice, `catch error` a habit.
    var isWorthUsing: Bool {
        switch kind {
        case .immutable, .mutable, .scriptParameter: !name.hasPrefix("_")
        case .parameter, .item, .pipelineItem, .error, .earlier: false
        }
    }

    /// What messages call it.
    var noun: String {
        switch kind {
        case .scriptParameter: "a `param`"
        case .parameter: "a parameter"
        case .immutable, .earlier(false): "a `let`"
        case .mutable, .earlier(true): "a `var`"
        case .item: "the item of a `for`"
        case .pipelineItem: "the item of a pipeline"
        case .error: "the error of a `catch`"
        }
    }
}

/// Which command a value came from, for messages: "list_groups gives Groups (line 9)".
struct CallSource {
    let command: String
    let result: ValueType
    let span: Span
}
