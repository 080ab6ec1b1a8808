/// A program that was checked: names are slots, arguments stand in the order of the signature, every expression has a
/// type. What the compiler reads; it can meet no error here.
package struct CheckedProgram: Sendable {
    /// The script's parameters, in order; their slots are the first globals.
    package var parameters: [ScriptParameter]
    /// The top level: globals live in the frame's first slots.
    package var main: CheckedBody
    package var functions: [CheckedFunction]
    /// The scripts that `run "…"` names, each checked whole; `CheckedStatement.Kind.run` names them by index.
    package var scripts: [CheckedProgram]
    package var tests: [CheckedTest]
    /// The names of the top level's variables by slot, for the prompt, whose next line sees them.
    package var globals: [Global]
    /// Whether an operation stands in it, its `def`s or the scripts that it runs: without one nothing is sent.
    package var needsServer = false

    package init(
        parameters: [ScriptParameter] = [], main: CheckedBody, functions: [CheckedFunction] = [],
        scripts: [CheckedProgram] = [], tests: [CheckedTest] = [], globals: [Global] = []
    ) {
        self.parameters = parameters
        self.main = main
        self.functions = functions
        self.scripts = scripts
        self.tests = tests
        self.globals = globals
    }
}

/// A variable of the top level.
package struct Global: Sendable {
    package let name: String
    package let type: ValueType
    package let isMutable: Bool
    package let slot: Int

    package init(name: String, type: ValueType, isMutable: Bool, slot: Int) {
        self.name = name
        self.type = type
        self.isMutable = isMutable
        self.slot = slot
    }
}

/// A `param` of a script: an option of `lakesh run FILE`.
package struct ScriptParameter: Sendable {
    /// Name, type, whether it is required, and the comment at the end of its line.
    package let parameter: Parameter
    /// The default, worked out when the run begins; it calls no operation.
    package let defaultValue: CheckedExpression?
    package let span: Span

    package init(parameter: Parameter, defaultValue: CheckedExpression?, span: Span) {
        self.parameter = parameter
        self.defaultValue = defaultValue
        self.span = span
    }
}

/// Statements and how many slots their frame needs.
package struct CheckedBody: Sendable {
    package var statements: [CheckedStatement]
    package var slots: Int

    package init(statements: [CheckedStatement], slots: Int) {
        self.statements = statements
        self.slots = slots
    }
}

/// A `def`: parameters are the first slots of its frame.
package struct CheckedFunction: Sendable {
    package let name: String
    package let parameters: [Parameter]
    package let defaults: [CheckedExpression?]
    package var body: CheckedBody
    /// What a call gives: the join of its `return`s.
    package var result: ValueType
    package let span: Span

    package init(
        name: String, parameters: [Parameter], defaults: [CheckedExpression?], body: CheckedBody,
        result: ValueType = .any, span: Span
    ) {
        self.name = name
        self.parameters = parameters
        self.defaults = defaults
        self.body = body
        self.result = result
        self.span = span
    }
}

/// A `test` block: a body of its own, run in a fresh sandbox; sees no variable of the top level.
package struct CheckedTest: Sendable {
    package let name: String
    package let body: CheckedBody
    package let span: Span

    package init(name: String, body: CheckedBody, span: Span) {
        self.name = name
        self.body = body
        self.span = span
    }
}

/// Where a variable lives.
package enum Variable: Hashable, Sendable {
    /// In the running frame. (At the top level a global is a local of the main frame.)
    case local(Int)
    /// In the main frame, read from a `def`.
    case global(Int)
}

package struct CheckedStatement: Sendable {
    package let kind: Kind
    package let span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        /// `let`, `var` and plain assignment.
        case set(Variable, CheckedExpression)
        /// `$m.k[0] = v`: the variable and its path.
        case setPath(Variable, name: String, [PathStep], CheckedExpression)
        case whileLoop(condition: CheckedExpression, body: [CheckedStatement])
        case forLoop(CheckedFor)
        case breakLoop
        case continueLoop
        /// Leaves the `def`, or ends the script well.
        case returnValue(CheckedExpression?)
        case onFailure([CheckedStatement])
        case onExit([CheckedStatement])
        /// `fail MESSAGE [--status N]`; the message may be an error map (`fail $error`).
        case fail(message: CheckedExpression, status: CheckedExpression?)
        case confirm(message: CheckedExpression, word: CheckedExpression?)
        case assert(condition: CheckedExpression, message: CheckedExpression?)
        /// Runs `scripts[index]` with arguments in the order of its parameters, nil where its default counts.
        case run(script: Int, arguments: [CheckedExpression?])
        case expectError(Failure.Kind, body: [CheckedStatement])
        case expression(CheckedExpression)
    }
}

/// A step of an assignment's path.
package enum PathStep: Sendable {
    case field(Name)
    case index(CheckedExpression)
}

/// A `for`, sequential or parallel.
package struct CheckedFor: Sendable {
    package let item: Variable
    /// The value's variable in `for key, value in`.
    package let value: Variable?
    /// A list, a range, a map, or a lazy pipeline.
    package let subject: CheckedExpression
    package let parallel: CheckedExpression?
    package let keepGoing: Bool
    package let body: [CheckedStatement]

    package init(
        item: Variable, value: Variable?, subject: CheckedExpression, parallel: CheckedExpression?, keepGoing: Bool,
        body: [CheckedStatement]
    ) {
        self.item = item
        self.value = value
        self.subject = subject
        self.parallel = parallel
        self.keepGoing = keepGoing
        self.body = body
    }
}

package struct CheckedExpression: Sendable {
    package let kind: Kind
    package let type: ValueType
    package let span: Span

    package init(_ kind: Kind, type: ValueType, span: Span) {
        self.kind = kind
        self.type = type
        self.span = span
    }

    package indirect enum Kind: Sendable {
        case constant(Value)
        /// A string with values in it; a secret where one of them is.
        case interpolated([CheckedExpression])
        case list([CheckedExpression])
        case map(keys: [Name], values: [CheckedExpression])
        case variable(Variable, name: String)
        case member(CheckedExpression, Name, isOptional: Bool)
        case index(CheckedExpression, CheckedExpression)
        case unary(UnaryOperator, CheckedExpression)
        case binary(BinaryOperator, Span, CheckedExpression, CheckedExpression)
        case operation(CheckedCall)
        /// A built-in without a block: by its name in `Builtins`, arguments by parameter index, nil where left out.
        case builtin(String, [CheckedExpression?])
        /// A built-in with a block (`where each sort_by group_by …`): compiled as a loop, `$it` in `item`.
        case blockBuiltin(
            String, input: CheckedExpression, arguments: [CheckedExpression?], item: Variable, body: [CheckedStatement])
        /// A `def`, by its index in `functions`.
        case function(Int, [CheckedExpression?])
        case ifElse([(condition: CheckedExpression, body: [CheckedStatement])], otherwise: [CheckedStatement]?)
        case tryCatch(body: [CheckedStatement], error: Variable?, handler: [CheckedStatement])
        case step(name: CheckedExpression, body: [CheckedStatement])
        case retry(count: CheckedExpression, every: CheckedExpression?, body: [CheckedStatement])
        case timeout(limit: CheckedExpression, body: [CheckedStatement])
        case identity(CheckedExpression, body: [CheckedStatement])
        case server(CheckedExpression, body: [CheckedStatement])
    }
}

package typealias CheckedCall = CommandCall<CheckedExpression>
