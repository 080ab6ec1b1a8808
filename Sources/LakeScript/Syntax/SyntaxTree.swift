/// The tree of one source text, as it was written: nothing resolved, nothing dropped that `lakesh fmt` would miss.
///
/// Plain enums and structs, made once by the parser, read by the checker and the formatter. Every node has the span of
/// its text. Where the parser found an error it puts a `.missing` node, so that one mistake hides no other.
package struct SyntaxTree: Sendable {
    package let file: FileID
    package var statements: [Statement]
    /// All comments in order, the `#!` line included, for the formatter and for help texts.
    package var comments: [Comment]
    /// Whether all of the text could be read: where something was left out, what seems unused may be used there.
    package let isWhole: Bool

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
    /// Whether only blanks stand before it on its line.
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
    /// From `{` to `}`.
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
        /// `name = value` or `$name.path[0] = value`; `target` is a variable with its path
        case assignment(target: Expression, value: Expression)
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
        /// Where a statement could not be read; a diagnostic was given.
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
    /// The span of `keep_going`, where it stands.
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
        /// An integer, or a size with its unit: the value in units of one.
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
        /// `first | second | …`; the first stage may be any expression, the others are calls
        case pipeline([Expression])
        /// A command with its arguments.
        case call(Call)
        /// `ensure OPERATION …`
        case ensure(Call)
        case ifElse(branches: [(condition: Expression, body: Block)], otherwise: Block?)
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
        /// Where an expression could not be read; a diagnostic was given.
        case missing
    }
}

package struct MapEntry: Sendable {
    /// The key's text; a quoted key is kept as a string expression in `quotedKey` for the formatter.
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

/// One argument of a command, in the order written.
package struct Argument: Sendable {
    /// The whole argument, its `--name=` included.
    package let span: Span
    /// The option's name without `--` (nil: by position), hyphens as they were written.
    package let name: Name?
    /// The value; nil for a switch (`--force`). `--name value` is joined by the checker, which alone knows whether
    /// `name` takes a value: the parser leaves a switch followed by a positional.
    package let value: ArgumentValue?

    package init(span: Span, name: Name?, value: ArgumentValue?) {
        self.span = span
        self.name = name
        self.value = value
    }
}

/// What an argument gives.
package indirect enum ArgumentValue: Sendable {
    /// A bare word, read by the type of the parameter that it fills.
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

/// Loosest first: `or` · `and` · (`not`) · comparisons · `..` · `??` · `+ -` · `* / %`.
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
