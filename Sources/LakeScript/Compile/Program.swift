/// A compiled program: code, and the tables that its instructions name by index.
package struct Program: Sendable {
    /// The main script's body first; then those of `def`s, of scripts that are run, of blocks that run apart.
    package var codes: [Code] = []
    package var constants: [Value] = []
    package var names: [String] = []
    /// The keys of maps that the text writes; the values are null.
    package var shapes: [Record] = []
    /// Paths into a page.
    package var pagePaths: [[String]] = []
    package var paths: [[CompiledStep]] = []
    package var builtins: [Builtin] = []
    package var calls: [CompiledCall] = []
    package var scopes: [CompiledScope] = []
    package var blocks: [CompiledBlock] = []
    package var assertions: [CompiledAssertion] = []
    package var kinds: [Failure.Kind] = []
    /// The main script's parameters; each has the global of its index.
    package var parameters: [String] = []
    /// How many registers the globals take.
    package var globalCount = 0
    /// Whether the value is a listing that is handed out item by item, by effects that are called `show`.
    package var showsItems = false

    /// The name of the effect that hands out an item.
    package static let show = "show"

    package init() {}
}

/// One body of code.
package struct Code: Sendable {
    /// The `def`'s name; empty for others.
    package var name: String
    package var instructions: [Instruction] = []
    /// The span of each instruction.
    package var spans: [Span] = []
    /// What the instruction of that span works on, as it is written.
    package var accesses: [Span: CompiledAccess] = [:]
    /// Which instructions look at an item, innermost loops first, and the item's register.
    package var loops: [(instructions: Range<Int>, item: Register)] = []
    /// How many registers a frame of it needs.
    package var registers: Int
    /// A script's main body: what its functions call global is in its frame.
    package var ownsGlobals = false
    /// How many arguments a call of it brings.
    package var argumentCount = 0
    package let span: Span
}

/// A variable or a part of one that an instruction works on, for a message when that fails.
package struct CompiledAccess: Sendable {
    /// `$user.email`
    package let path: String
    /// Where its variable's value came from, if one command gave it.
    package let origin: Failure.Origin?
}

/// A step of an assignment's path: a field, or an index in a register.
package enum CompiledStep: Sendable {
    case field(String)
    case index(Register)
}

package typealias CompiledCall = CommandCall<Register>

/// What a part of a run is that a report names and a journal files under. Raw values begin the segments of its path.
package enum ScopeKind: String, Sendable {
    case run, step, iteration, definition, attempt, test
}

/// A scope's kind and name, and where the value of one that was run before goes.
package struct CompiledScope: Sendable {
    package let kind: ScopeKind
    /// Empty where it comes at run time.
    package let name: String
    package let d: Register
    /// The value beside the key that an iteration's name is made of, in `for key, value`.
    package let value: Register?
}

/// A block that runs apart: an undo, an `on_exit`, the body of a parallel loop. It has the registers of the frame that
/// it stands in.
package struct CompiledBlock: Sendable {
    package let code: Int
    /// Of an `on_failure` or `on_exit` block: how many turns of loops it stands in.
    var turn: Int32 = 0
    /// Where a loop's item goes, and the value in a `for key, value`.
    package var item: Register = 0
    package var value: Register?
    package var keepGoing = false
    /// Where the list of the bodies' values goes; nil for a `for`, whose bodies have none.
    package var d: Register?

    init(code: Int) {
        self.code = code
    }
}

/// What an assertion compared, so that both sides can be shown.
package struct CompiledAssertion: Sendable {
    package let comparison: (sign: BinaryOperator, left: Register, right: Register)?
}
