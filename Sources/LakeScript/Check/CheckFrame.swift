/// The variables of one body (the top level, a `def`, a `test`) during the check, and what is allowed at the current
/// place.
///
/// Every declaration gets a slot of its own, and no slot is reused: an `on_exit` or `on_failure` block may still read a
/// variable after its block has ended. A dictionary maps a name to its innermost declaration, which knows the one that
/// it shadows, so the check takes linear time.
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
    /// The names that were reported as undeclared.
    private var undeclared: [String: Int] = [:]
    /// The declarations of each open scope, outermost first.
    private var scopes: [[Int]] = [[]]
    private(set) var slots: Int
    /// Number of loops that `break` could leave from here.
    var loops = 0
    /// Number of enclosing `try`s and `expect_error`s.
    var expectations = 0
    /// The reason why `return`, `break` and `continue` are not allowed here; nil if they are.
    var boundary: Boundary?
    /// Enclosing blocks that run on a copy of the frame; they cannot assign outer variables.
    var apart: [Boundary] = []
    var apartDepth: Int { apart.count }
    /// The paths that are known not to be null here.
    var notNull = NullFacts()
    /// The types of the `return`s so far.
    var returns: ValueType?
    var checks = TargetChecks()

    /// A block that `return`, `break` and `continue` cannot leave.
    enum Boundary: String {
        case pipelineBlock = "a pipeline's block"
        case parallelBody = "a parallel body"
        case onFailure = "an `on_failure` block"
        case onExit = "an `on_exit` block"
        case test = "a `test`"

        /// The advice what to do instead; empty if there is none.
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

    /// Closes the innermost scope; returns its variables that were never read.
    mutating func closeScope() -> [VariableInfo] {
        let declared = scopes.removeLast()
        for index in declared.reversed() { visible[variables[index].name] = variables[index].hidden }
        return declared.map { variables[$0] }.filter { !$0.isUsed && $0.isWorthUsing }
    }

    /// Returns the visible variable of that name.
    func index(of name: String) -> Int? { visible[name] ?? undeclared[name] }

    /// Returns the variable of that name in the outermost scope, even if it is shadowed.
    func outermostIndex(of name: String) -> Int? {
        var index = visible[name]
        while let inner = index, variables[inner].depth > 1 { index = variables[inner].hidden }
        return index
    }

    subscript(index: Int) -> VariableInfo {
        _read { yield variables[index] }
        _modify { yield &variables[index] }
    }

    /// Returns the variable of that name in the innermost scope.
    func inSameScope(_ name: String) -> VariableInfo? {
        guard let index = index(of: name), variables[index].depth == depth else { return nil }
        if case .undeclared = variables[index].kind { return nil }
        return variables[index]
    }

    /// Records a name that was reported as undeclared, so that its further uses are not reported.
    mutating func excuseUndeclared(_ name: String, at span: Span) {
        undeclared[name] = variables.count
        variables.append(
            VariableInfo(
                name: name, span: span, kind: .undeclared, type: .any, slot: slots, depth: 1, apartDepth: apartDepth,
                source: nil, hidden: nil))
        slots += 1
    }

    /// Suppresses further reports about the variable of that name, whose declaration was wrong.
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
    /// The declaration of the same name that this one shadows.
    let hidden: Int?
    var isUsed = false
    /// The literal that a `let` names.
    var literal: CheckedExpression?
    /// True if it is a list that has an item.
    var hasItems = false

    enum Kind {
        case scriptParameter
        case parameter
        case immutable
        case mutable
        /// Declared by a `for`.
        case item
        /// `$it` of a pipeline's block.
        case pipelineItem
        /// Declared by a `catch`.
        case error
        /// Declared by an earlier line at the prompt.
        case earlier(isMutable: Bool)
        /// Used without a declaration, which was reported.
        case undeclared
    }

    var isMutable: Bool {
        switch kind {
        case .mutable, .earlier(true), .undeclared: true
        case .scriptParameter, .parameter, .immutable, .item, .pipelineItem, .error, .earlier(false): false
        }
    }

    /// True if it is a mistake never to read it. Parameters and `catch error` may stay unread.
    var isWorthUsing: Bool {
        switch kind {
        case .immutable, .mutable, .scriptParameter: !name.hasPrefix("_")
        case .parameter, .item, .pipelineItem, .error, .earlier, .undeclared: false
        }
    }

    /// The word for it in messages.
    var noun: String {
        switch kind {
        case .scriptParameter: "a `param`"
        case .parameter: "a parameter"
        case .immutable, .earlier(false): "a `let`"
        case .mutable, .earlier(true), .undeclared: "a `var`"
        case .item: "the item of a `for`"
        case .pipelineItem: "the item of a pipeline"
        case .error: "the error of a `catch`"
        }
    }
}

/// The command that gave a value, for messages: "list_groups gives Groups (line 9)".
struct CallSource {
    let command: String
    let result: ValueType
    let span: Span
}
