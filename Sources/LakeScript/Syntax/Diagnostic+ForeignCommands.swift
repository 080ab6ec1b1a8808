// Names that a person brings along from other shells and languages, and what to write instead.
extension Diagnostic {
    static let e0301 = Code(
        "E0301",
        "No built-in, operation or `def` has this name. A value in a variable is read with `$`, a text is quoted.",
        wrong: "add_group_member Developers ana", right: "add_group_membership Developers ana")
    static func unknownCommand(_ name: Name, label: String) -> Diagnostic {
        Diagnostic(e0301, "unknown command `\(name.text)`", at: name.span, label: label)
    }

    /// The literals of other languages.
    static let foreignValues: [String: String] = [
        "True": "true", "TRUE": "true", "False": "false", "FALSE": "false", "None": "null", "nil": "null",
        "NULL": "null", "Null": "null", "undefined": "null", "none": "null",
    ]

    /// The functions of other languages, by the command that does the same.
    static let foreignFunctions: [String: String] = [
        "len": "count", "size": "count", "str": "to_string", "String": "to_string", "toString": "to_string",
        "int": "to_int", "Number": "to_int", "parseInt": "to_int", "float": "to_float", "parseFloat": "to_float",
        "strip": "trim", "toLowerCase": "lower", "toUpperCase": "upper", "startswith": "starts_with",
        "startsWith": "starts_with", "endswith": "ends_with", "endsWith": "ends_with", "includes": "contains",
        "sorted": "sort", "reversed": "reverse", "map": "each", "filter": "where", "println": "print",
        "echo": "print", "open": "read_file", "exit": "return", "raise": "fail", "push": "append",
    ]

    /// Functions of other languages that have a form of their own here.
    static let foreignForms: [String: String] = [
        "range": "a range is written 1..3, with both ends", "format": "write \"…${…}\"",
    ]

    /// The advice for unknown commands that exist in other shells and languages. The vocabulary has more, for the tools
    /// of its API.
    static let foreignCommands: [String: String] = [
        "alias": "write `def NAME(…) { … }`",
        "bye": leaving,
        "call": "a `def` is called by its name",
        "case": "write `if … { … } else if … { … }`",
        "cd": "this is a command of the shell; in a script each call names its place",
        "clear": "^L clears the window",
        "cls": "^L clears the window",
        "const": "write `let NAME = …`",
        "cut": "write `split`, or `select` for fields",
        "declare": "write `let NAME = …`, or `var` for what changes",
        "defer": "write `on_exit { … }`",
        "do": "a block stands in { }",
        "done": "a block ends by `}`",
        "echo": "write `print …`",
        "edit": ofTheShell,
        "elif": "write `else if … { … }` on the line of the `}`",
        "elseif": "write `else if … { … }` on the line of the `}`",
        "elsif": "write `else if … { … }` on the line of the `}`",
        "end": "a block ends by `}`",
        "except": "write `try { … } catch error { … }`",
        "exit": "`return` ends a script, `fail` ends it with an error",
        "explain": ofTheShell,
        "export": "write `let NAME = …`; an environment's variable is `(env NAME)`",
        "FALSE": "write `false`",
        "False": "write `false`",
        "fi": "a block ends by `}`",
        "filter": "write `where { … }`",
        "finally": "write `on_exit { … }`",
        "float": "write `to_float`",
        "foreach": "write `for NAME in … { … }`",
        "func": "write `def NAME(…) { … }`",
        "function": "write `def NAME(…) { … }`",
        "grep": "write `where { $it =~ \"…\" }`",
        "history": ofTheShell,
        "import": "write `include \"FILE\"`",
        "int": "write `to_int`",
        "it": "`more` shows what follows of a listing",
        "jq": "write `get FIELD`, `select` or `where { … }`",
        "len": "write `count`, or `length` for a text",
        "less": "`more` shows what follows of a listing",
        "limit": "write `first`, or `--amount` of the listing",
        "local": "write `let NAME = …`",
        "logout": leaving,
        "loop": "write `while true { … }`",
        "man": "write `help TOPIC`",
        "map": "write `each { … }`",
        "more": "this is a command of the shell; `--all` gives all pages",
        "nil": "write `null`",
        "None": "write `null`",
        "NULL": "write `null`",
        "Null": "write `null`",
        "pass": "a block may be empty: { }",
        "printf": "write `print \"…${…}\"`",
        "println": "write `print …`",
        "pwd": "`use` says where you are, `cd` goes elsewhere",
        "q": leaving,
        "quit": leaving,
        "raise": "write `fail \"…\"`",
        "range": "a range is written 1..3, with both ends",
        "read": "write `input \"…\"`",
        "record": ofTheShell,
        "require": "write `include \"FILE\"`",
        "set": "write `let NAME = …`, or `var` for what changes",
        "sh": "a program is run by `exec`",
        "source": "this is a command of the shell; a script has `include` and `run`",
        "str": "write `to_string`",
        "switch": "write `if … { … } else if … { … }`",
        "tail": "write `last`",
        "take": "write `first`",
        "tee": "write `write_file FILE`",
        "then": "a block stands in { }",
        "throw": "write `fail \"…\"`",
        "timing": ofTheShell,
        "trap": "write `on_exit { … }`",
        "TRUE": "write `true`",
        "True": "write `true`",
        "undefined": "write `null`",
        "uniq": "write `unique`",
        "unless": "write `if not (…) { … }`",
        "until": "write `while (not …) { … }`",
        "use": "this is a command of the shell; a script goes to another server by on \"production\" { … }",
        "vertical": ofTheShell,
        "wc": "write `count`, or `length` for a text",
        "xargs": "write `each { … }`",
    ]

    private static let leaving = "`exit` or ^D leaves the shell"
    private static let ofTheShell =
        "this is a command of the shell: it stands at the prompt, in no block and in no script"
}
