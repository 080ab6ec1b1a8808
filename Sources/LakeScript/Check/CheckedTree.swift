/// A checked program: names are slots, arguments are in the order of the signature, every expression has a type. The
/// compiler reads it and can meet no error in it.
package struct CheckedProgram: Sendable {
    /// The script's parameters, in order; they use the first global slots.
    package var parameters: [ScriptParameter] = []
    /// The top level; globals use the first slots of its frame.
    package var main: CheckedBody
    package var functions: [CheckedFunction] = []
    /// The scripts that `run "…"` names, by the index that `CheckedStatement.Kind.run` has.
    package var scripts: [CheckedProgram] = []
    package var tests: [CheckedTest] = []
    /// The variables of the top level by slot: the next line at the prompt sees them.
    package var globals: [Global] = []
    /// True if it contains an operation, also in its `def`s or in scripts that it runs; otherwise it sends nothing.
    package var needsServer = false
    /// The conventions of the vocabulary.
    var conventions = Conventions()
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
    /// Its name, type and summary, which is the comment at the end of its line.
    package let parameter: Parameter
    /// The default, evaluated when the run begins; it calls no operation.
    package let defaultValue: CheckedExpression?
    package let span: Span
}

/// Statements, and the number of slots that their frame needs.
package struct CheckedBody: Sendable {
    package var statements: [CheckedStatement]
    package var slots: Int
}

/// A `def`; its parameters use the first slots of its frame.
package struct CheckedFunction: Sendable {
    package let name: String
    package let parameters: [Parameter]
    package let defaults: [CheckedExpression?]
    package var body: CheckedBody
    /// The type of a call: the join of its `return`s.
    package var result = ValueType.any
    package let span: Span
}

/// A `test` block, which runs in a fresh sandbox and sees no variable of the top level.
package struct CheckedTest: Sendable {
    package let name: String
    package let body: CheckedBody
    package let span: Span
}

/// The place of a variable.
package enum Variable: Hashable, Sendable {
    /// In the running frame; a global is a local of the main frame.
    case local(Int)
    /// In the main frame, as a `def` reads it.
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
        case set(Variable, Name, CheckedExpression)
        /// `$m.k[0] = v`: the variable and its path.
        case setPath(Variable, Name, [PathStep], CheckedExpression)
        case whileLoop(condition: CheckedExpression, body: [CheckedStatement])
        case forLoop(CheckedFor)
        case breakLoop
        case continueLoop
        /// Leaves the `def`, or ends the script without an error.
        case returnValue(CheckedExpression?)
        case onFailure([CheckedStatement])
        case onExit([CheckedStatement])
        /// `fail MESSAGE [--status N]`; the message may be an error map (`fail $error`).
        case fail(message: CheckedExpression, status: CheckedExpression?)
        case confirm(message: CheckedExpression, word: CheckedExpression?)
        case assert(condition: CheckedExpression, message: CheckedExpression?)
        /// Runs `scripts[index]`; arguments are by parameter index, nil means the default.
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
    /// The variable of the value in `for key, value in`.
    package let value: Variable?
    /// A list, a range, a map, or a lazy pipeline.
    package let subject: CheckedExpression
    package let parallel: CheckedExpression?
    package let keepGoing: Bool
    package let body: [CheckedStatement]
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
        /// A string with values in it; a secret if one of them is a secret.
        case interpolated([CheckedExpression])
        case list([CheckedExpression])
        case map(keys: [Name], values: [CheckedExpression])
        case variable(Variable, name: String)
        case member(CheckedExpression, Name, isOptional: Bool)
        case index(CheckedExpression, CheckedExpression)
        case unary(UnaryOperator, CheckedExpression)
        case binary(BinaryOperator, Span, CheckedExpression, CheckedExpression)
        case operation(CheckedCall)
        /// A built-in without a block; arguments by parameter index, nil where left out.
        case builtin(Builtin, [CheckedExpression?])
        /// A built-in with a block (`where each sort_by group_by`): compiled as a loop, with `$it` in `item`.
        case blockBuiltin(
            Builtin.BlockForm, input: CheckedExpression, arguments: [CheckedExpression?], item: Variable,
            body: [CheckedStatement])
        /// A call of a `def`, by its index in `functions`.
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
