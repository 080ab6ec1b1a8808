/// A compiled program: code, and the tables that its instructions refer to by index.
package struct Program: Sendable {
    /// The main script's body first, then those of `def`s, of scripts that are run, and of separate blocks.
    package var codes: [CompiledCode] = []
    package var constants: [Value] = []
    package var names: [String] = []
    /// The keys of map literals; the values are null.
    package var shapes: [Record] = []
    /// Paths in a page.
    package var pagePaths: [[String]] = []
    package var paths: [[CompiledStep]] = []
    package var builtins: [Builtin] = []
    package var calls: [CompiledCall] = []
    package var conversions: [CompiledConversion] = []
    package var scopes: [CompiledScope] = []
    package var blocks: [CompiledBlock] = []
    package var assertions: [CompiledAssertion] = []
    package var kinds: [Failure.Kind] = []
    /// The names of the main script's parameters; each is the global of its index.
    package var parameters: [String] = []
    /// Number of registers of the globals.
    package var globalCount = 0
    /// True if the value is a listing that is handed out item by item, by `show` effects.
    package var showsItems = false
    /// The conventions of the vocabulary.
    var conventions = Conventions()

    package init() {}
}

/// One body of code.
package struct CompiledCode: Sendable {
    /// The name of the `def`; empty for other code.
    package var name: String
    package var instructions: [Instruction] = []
    /// The span of each instruction.
    package var spans: [Span] = []
    /// The variable paths that instructions work on, by the instruction's span.
    package var accesses: [Span: CompiledAccess] = [:]
    /// The instructions that work on an item, innermost loops first, and the register of the item.
    package var loops: [(instructions: Range<Int>, item: Register)] = []
    /// Number of registers of a frame.
    package var registers: Int
    /// True for the main body of a script: its frame holds the globals of its functions.
    package var ownsGlobals = false
    /// Number of arguments of a call.
    package var argumentCount = 0
    package let span: Span
}

/// The variable path that an instruction works on, for a message if it fails.
package struct CompiledAccess: Sendable {
    /// `$user.email`
    package let path: String
    /// The command that gave the variable its value, if exactly one did.
    package let source: Failure.ValueSource?
}

/// A step of an assignment's path: a field, or an index in a register.
package enum CompiledStep: Sendable {
    case field(String)
    case index(Register)
}

package typealias CompiledCall = CommandCall<Register>

/// The parameter whose type a value gets, and the name of its command.
package struct CompiledConversion: Sendable {
    package let parameter: Parameter
    package let command: String
}

/// The kind of a part of a run that a report names and a journal files under. Raw values begin the segments of its
/// path.
package enum ScopeKind: String, Sendable {
    case run, step, iteration, definition, attempt, test
}

/// A scope's kind and name, and the register for its value if a journal has it.
package struct CompiledScope: Sendable {
    package let kind: ScopeKind
    /// Empty if it is known only at run time.
    package let name: String
    package let d: Register
    /// The value of a `for key, value`, which is a part of the iteration's name beside the key.
    package let value: Register?
}

/// A block that runs separately: a deferred block, or the body of a parallel loop. It has the registers of the frame
/// that contains it.
package struct CompiledBlock: Sendable {
    package let code: Int
    /// The loop depth of an `on_failure` or `on_exit` block.
    var turn: Int32 = 0
    /// The statement before it.
    var follows = Predecessor.nothing
    /// The registers of a loop's item, and of the value in a `for key, value`.
    package var item: Register = 0
    package var value: Register?
    package var keepGoing = false
    /// The register for the list of the bodies' values; nil for a `for`, whose bodies have no value.
    package var d: Register?

    init(code: Int) {
        self.code = code
    }
}

/// The statement before a deferred block: one write, something else that changes the world, or nothing of it.
enum Predecessor: Sendable {
    case nothing, call, manyCalls

    init(_ statement: CheckedStatement?) {
        self = .nothing
        switch statement?.kind {
        case .set(_, _, let value), .expression(let value): if value.isCall { self = .call }
        default: break
        }
        if self == .nothing, let statement, BlockFacts(of: [statement]).mayChange { self = .manyCalls }
    }
}

extension CheckedExpression {
    /// True for a call that changes the world, or a part of its value.
    fileprivate var isCall: Bool {
        switch kind {
        case .operation, .builtin: effect != .read
        case .member(let base, _, _), .index(let base, _): base.isCall
        default: false
        }
    }
}

/// The comparison of an assertion, so that a message can show both sides.
package struct CompiledAssertion: Sendable {
    package let comparison: (sign: BinaryOperator, left: Register, right: Register)?
}
