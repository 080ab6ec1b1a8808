/// The tree of one source text as it was written: nothing is resolved, and nothing that `lakesh fmt` needs is dropped.
///
/// It consists of plain enums and structs, is built once by the parser and read by the checker and the formatter. Every
/// node has the span of its text. A syntax error leaves a `.missing` node, so that one error hides no other.
package struct SyntaxTree: Sendable {
    package let file: FileID
    package var statements: [Statement]
    /// All comments in order, the `#!` line included, for the formatter and for help texts.
    package var comments: [Comment]
    /// True if the whole text could be parsed. Otherwise a name that seems unused may be used in a skipped part.
    package let isWhole: Bool
    /// The `def`s whose heads could not be parsed: no call of them is judged.
    package var unreadDefinitions: Set<String> = []

    package init(file: FileID, statements: [Statement], comments: [Comment], isWhole: Bool) {
        self.file = file
        self.statements = statements
        self.comments = comments
        self.isWhole = isWhole
    }
}

/// A comment, from its `#` to the end of the line.
package struct Comment: Sendable, Equatable {
    package let span: Span
    /// True if only blanks precede it on its line.
    package let ownLine: Bool

    package init(span: Span, ownLine: Bool) {
        self.span = span
        self.ownLine = ownLine
    }
}

/// A name as it stands in the source.
package struct Name: Sendable, Equatable {
    package let text: String
    package let span: Span

    package init(text: String, span: Span) {
        self.text = text
        self.span = span
    }
}

/// `{ … }` with statements in it.
package struct Block: Sendable {
    package var statements: [Statement]
    /// The span from `{` to `}`.
    package let span: Span

    package init(statements: [Statement], span: Span) {
        self.statements = statements
        self.span = span
    }
}

package struct Statement: Sendable {
    package let kind: Kind
    package let span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        /// `param name: type = default`
        case param(name: Name, type: Name?, defaultValue: Expression?)
        /// `let name = value` (isMutable false), `var name = value`
        case binding(name: Name, value: Expression, isMutable: Bool)
        /// `name = value`, `$name.path[0] = value`, or with `+=`; `target` is a variable with its path.
        case assignment(target: Expression, adds: Bool, value: Expression)
        /// `def name(parameters) { … }`
        case definition(name: Name, parameters: [DefinitionParameter], body: Block)
        /// `include "path"`
        case include(path: Expression)
        case whileLoop(condition: Expression, body: Block)
        case forLoop(ForLoop)
        case breakLoop
        case continueLoop
        case returnValue(Expression?)
        /// `on_failure { … }`
        case onFailure(Block)
        /// `on_exit { … }`
        case onExit(Block)
        /// `fail MESSAGE --status N`, `fail $error`
        case fail(arguments: [Argument])
        /// `confirm MESSAGE --type WORD`
        case confirm(arguments: [Argument])
        /// `assert CONDITION [MESSAGE]`
        case assert(condition: Expression, message: Expression?)
        /// `run "other.lfs" --param v`
        case run(arguments: [Argument])
        /// `test "name" { … }`
        case test(name: Expression, body: Block)
        /// `expect_error KIND { … }`
        case expectError(kind: Name, body: Block)
        /// An expression as a statement: a command line, a pipeline, `if`, `try`, `step`, …
        case expression(Expression)
        /// A statement with a syntax error, which was reported.
        case missing
    }
}

/// `for name in SUBJECT parallel N keep_going { … }`
package struct ForLoop: Sendable {
    package let name: Name
    /// The second name of `for key, value in $map`.
    package let valueName: Name?
    package let subject: Expression
    package let parallel: Expression?
    /// The span of `keep_going`, if it is given.
    package let keepGoing: Span?
    package let body: Block

    package init(
        name: Name, valueName: Name?, subject: Expression, parallel: Expression?, keepGoing: Span?, body: Block
    ) {
        self.name = name
        self.valueName = valueName
        self.subject = subject
        self.parallel = parallel
        self.keepGoing = keepGoing
        self.body = body
    }
}

/// `name: type = default` in a `def`.
package struct DefinitionParameter: Sendable {
    package let name: Name
    package let type: Name?
    package let defaultValue: Expression?

    package init(name: Name, type: Name?, defaultValue: Expression?) {
        self.name = name
        self.type = type
        self.defaultValue = defaultValue
    }
}

package struct Expression: Sendable {
    package let kind: Kind
    package let span: Span

    package init(_ kind: Kind, span: Span) {
        self.kind = kind
        self.span = span
    }

    package indirect enum Kind: Sendable {
        case null
        case bool(Bool)
        /// An integer, or a size converted to bytes.
        case int(Int)
        case float(Double)
        /// Milliseconds.
        case duration(Int)
        case string([StringPart])
        case list([Expression])
        case map([MapEntry])
        /// `$name`
        case variable(String)
        /// `base.name`, `base?.name`
        case member(base: Expression, name: Name, isOptional: Bool)
        /// `base[index]`
        case index(base: Expression, index: Expression)
        case unary(UnaryOperator, Expression)
        /// The span is the operator's own.
        case binary(BinaryOperator, Span, Expression, Expression)
        /// `( … )` in an expression, kept for the formatter.
        case parenthesized(Expression)
        /// `first | second | …`; the first stage may be any expression, the others are calls.
        case pipeline([Expression])
        /// A command with its arguments.
        case call(Call)
        /// `ensure OPERATION …`
        case ensure(Call)
        case ifElse(arms: [(condition: Expression, body: Block)], otherwise: Block?)
        /// `try { … } catch name { … }`
        case tryCatch(body: Block, name: Name?, handler: Block?)
        case step(name: Expression, body: Block)
        /// `retry N every D { … }`
        case retry(count: Expression, every: Expression?, body: Block)
        case timeout(limit: Expression, body: Block)
        /// `as $key { … }`
        case identity(Expression, body: Block)
        /// `on "profile" { … }`
        case server(Expression, body: Block)
        /// An expression with a syntax error, which was reported.
        case missing
    }
}

package struct MapEntry: Sendable {
    /// The key's text, without its quotes.
    package let key: Name
    package let isQuoted: Bool
    package let value: Expression

    package init(key: Name, isQuoted: Bool, value: Expression) {
        self.key = key
        self.isQuoted = isQuoted
        self.value = value
    }
}

/// A part of a string literal.
package enum StringPart: Sendable {
    /// Text with its escapes resolved.
    case text(String)
    /// `$name`, `${path}`, `${expression}`
    case interpolation(Expression)
}

/// A command in command position.
package struct Call: Sendable {
    package let name: Name
    package var arguments: [Argument]

    package init(name: Name, arguments: [Argument]) {
        self.name = name
        self.arguments = arguments
    }
}

/// An argument of a command, in source order.
package struct Argument: Sendable {
    /// The span of the whole argument, with its `--name=`.
    package let span: Span
    /// The option's name without `--`, with hyphens as written; nil for a positional argument.
    package let name: Name?
    /// The value; nil for a switch (`--force`). The checker joins `--name value`, since it alone knows if `name` takes
    /// a value: for the parser it is a switch followed by a positional argument.
    package let value: ArgumentValue?

    package init(span: Span, name: Name?, value: ArgumentValue?) {
        self.span = span
        self.name = name
        self.value = value
    }
}

/// The value of an argument.
package indirect enum ArgumentValue: Sendable {
    /// A bare word; its type is that of the parameter it is bound to.
    case word(String, Span)
    /// A quoted string, `$variable`, `( … )`, a list, a map.
    case expression(Expression)
    /// A trailing `{ … }`.
    case block(Block)

    package var span: Span {
        switch self {
        case .word(_, let span): span
        case .expression(let expression): expression.span
        case .block(let block): block.span
        }
    }
}

package enum UnaryOperator: String, CaseIterable, Sendable {
    case minus = "-"
    case not
}

/// Operators, loosest first: `or` · `and` · (`not`) · comparisons · `..` · `??` · `+ -` · `* / %`.
package enum BinaryOperator: String, CaseIterable, Sendable {
    case or, and
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case `in`
    case notIn = "not in"
    case matches = "=~"
    case range = ".."
    case coalesce = "??"
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
}
