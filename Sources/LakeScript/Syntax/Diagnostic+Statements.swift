// `E02xx`: the shape of statements. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let statementCodes = [
        e0205, e0208, e0210, e0211, e0212, e0213, e0214, e0215, e0216, e0217, e0218, e0219, e0220, e0221, e0222, e0223,
        e0224, e0225, e0239, e0240, e0241, e0242, e0243, e0244, e0245, e0246,
    ]

    static let e0205 = Code(
        "E0205",
        "A statement ends with its line, at `;` or before `}`.",
        wrong: "print $script_folder; let a = 1 2",
        right: "let a = 1; print $a")
    static func unexpectedAtEnd(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0205, "the statement should end before `\(text)`", at: span, label: "one statement a line, or `;`")
    }

    static let e0208 = Code(
        "E0208",
        "A keyword cannot be a name.",
        wrong: "let if = 1",
        right: "let condition = 1\nprint $condition")
    static func keywordAsName(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(e0208, "`\(keyword.rawValue)` is a keyword", at: span, label: "choose another name")
    }

    static let e0210 = Code(
        "E0210",
        "Only `if try step retry timeout as on ensure` have a value.",
        wrong: "let a = while true { break }",
        right: "while true { break }")
    static func statementAsValue(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(e0210, "`\(keyword.rawValue)` has no value", at: span, label: "it is a statement of its own")
    }

    static let e0211 = Code(
        "E0211",
        "A head is followed by its block.",
        wrong: "if true",
        right: "if true { print a }")
    static func blockExpected(_ head: String, at span: Span) -> Diagnostic {
        Diagnostic(e0211, "expected `{` here, on the line of `\(head)`", at: span, label: "begin the block")
    }

    static let e0212 = Code(
        "E0212",
        "A head and its `{` must be on one line.",
        wrong: "if true\n{ print a }",
        right: "if true { print a }")
    static func braceOnOwnLine(at span: Span) -> Diagnostic {
        Diagnostic(
            e0212, "a head and its `{` must be on one line", at: span, label: "put it at the end of the line before")
    }

    static let e0213 = Code(
        "E0213",
        "A block belongs to a keyword or a command. In a map a key and `:` follow the `{`.",
        wrong: "{ print a }",
        right: "if true { print a }")
    static func blockWithoutHead(at span: Span) -> Diagnostic {
        Diagnostic(
            e0213, "a block needs a head", at: span, label: "write if, for, step, … before it",
            notes: ["a map's `{` is followed by a key and `:`"])
    }

    static let e0214 = Code(
        "E0214",
        "An operator ends the line before; only `|` may begin one.",
        wrong: "let a = 1\n+ 2\nprint $a",
        right: "let a = 1 +\n2\nprint $a")
    static func lineBeginsWithOperator(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0214, "a line cannot begin with `\(text)`", at: span, label: "put it at the end of the line before")
    }

    static let e0215 = Code(
        "E0215",
        "`else` and `catch` stand after the block that they belong to.",
        wrong: "else { print a }",
        right: "if false { print b } else { print a }")
    static func clauseWithoutHead(_ keyword: Keyword, at span: Span) -> Diagnostic {
        let head = keyword == .else ? "if" : "try"
        return Diagnostic(
            e0215, "`\(keyword.rawValue)` belongs after the `}` of \(head == "if" ? "an" : "a") `\(head)`", at: span,
            label: "no `\(head)` ends here")
    }

    static let e0216 = Code(
        "E0216",
        "This keyword belongs into another statement.",
        wrong: "every 3s",
        right: "retry 2 every 3s { print a }")
    static func misplacedKeyword(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(
            e0216, "no statement begins with `\(keyword.rawValue)`", at: span,
            label: "it belongs in the middle of a line")
    }

    static let e0217 = Code(
        "E0217",
        "The message of `fail` and `confirm`, and the script of `run`, stand on their line.",
        wrong: "fail",
        right: "fail \"not today\"")
    static func messageExpected(_ keyword: String, at span: Span) -> Diagnostic {
        let form = keyword == "run" ? "run \"other.lfs\"" : "\(keyword) \"…\""
        return Diagnostic(e0217, "`\(keyword)` has no argument", at: span, label: "write \(form), on one line")
    }

    static let e0218 = Code(
        "E0218",
        "A type's name follows the `:`.",
        wrong: "param a: = 1",
        right: "param a: int = 1\nprint $a")
    static func typeExpected(at span: Span) -> Diagnostic {
        Diagnostic(
            e0218, "expected a type after `:`", at: span, label: "write name: int",
            notes: ["types are string int float bool duration list map secret"])
    }

    static let e0219 = Code(
        "E0219",
        "`let` and `var` give a value at once.",
        wrong: "let a",
        right: "let a = null\nprint $a")
    static func assignExpected(_ name: String, isMutable: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            e0219, "expected `=` and a value after `\(name)`", at: span,
            label: "write \(isMutable ? "var" : "let") \(name) = …")
    }

    static let e0220 = Code(
        "E0220",
        "A `def` has its parameters in parentheses, even if it has none.",
        wrong: "def f { print a }",
        right: "def f() { print a }\nf")
    static func parametersExpected(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(e0220, "expected `(` after `\(name)`", at: span, label: "write def \(name)(a, b = 1) { … }")
    }

    static let e0221 = Code(
        "E0221",
        "`for` names the item, then `in`, then the list that it goes through.",
        wrong: "for x of [1] { print $x }",
        right: "for x in [1] { print $x }")
    static func inExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0221, "expected `in` here", at: span, label: "write for item in $items { … }")
    }

    static let e0222 = Code(
        "E0222",
        "`parallel` stands before `keep_going`.",
        wrong: "for x in [1] keep_going parallel 2 { print $x }",
        right: "for x in [1] parallel 2 keep_going { print $x }")
    static func parallelBehindKeepGoing(at span: Span) -> Diagnostic {
        Diagnostic(e0222, "`parallel` stands before `keep_going`", at: span, label: "write parallel 8 keep_going")
    }

    static let e0223 = Code(
        "E0223",
        "`expect_error` names the kind of error.",
        wrong: "test \"a\" { expect_error { fail \"x\" } }",
        right: "test \"a\" { expect_error fail { fail \"x\" } }")
    static func errorKindExpected(at span: Span) -> Diagnostic {
        Diagnostic(
            e0223, "expected an error's kind after `expect_error`", at: span,
            label: "write expect_error not_found { … }",
            notes: ["kinds are \(Failure.Kind.expectable.joined(separator: " "))"])
    }

    static let e0224 = Code(
        "E0224",
        "Where a name is given, it has no `$`; where it is read, it has.",
        wrong: "let $a = 1",
        right: "let a = 1\nprint $a")
    static func dollarInNewName(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(e0224, "a name is given without `$`", at: span, label: "write \(name)")
    }

    static let e0225 = Code(
        "E0225",
        "A name begins with a letter or `_`.",
        wrong: "let 5 = 1",
        right: "let five = 1\nprint $five")
    static func nameExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0225, "expected a name here", at: span, label: "a letter or _, then letters, digits, _")
    }

    static func hyphenInName(_ meant: String, at span: Span) -> Diagnostic {
        Diagnostic(e0225, "a name has no `-`", at: span, label: "write \(meant)")
    }

    static let e0239 = Code(
        "E0239",
        "`try` says what happens on an error.",
        wrong: "try { print a }",
        right: "try { print a } catch error { print $error.message }")
    static func catchExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0239, "`try` has no `catch`", at: span, label: "write try { … } catch error { … }")
    }

    static let e0240 = Code(
        "E0240",
        "What went wrong has a name inside the block of `catch`: its kind and message are fields, and `fail` with it "
            + "raises it again.",
        wrong: "try { print a } catch { print \"failed\" }",
        right: "try { print a } catch error { print $error.message }")
    static func catchNameExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0240, "`catch` has no name for the error", at: span, label: "write catch error { … }")
    }

    static let e0241 = Code(
        "E0241",
        "A `retry` says how often and how long it waits in between: without a pause it would only load the server.",
        wrong: "retry 3 { print a }",
        right: "retry 3 every 2s { print a }")
    static func everyExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0241, "`retry` does not say how long it pauses", at: span, label: "write retry 20 every 3s { … }")
    }

    static let e0242 = Code(
        "E0242",
        "`ensure` stands before an operation.",
        wrong: "ensure",
        right: "ensure create_user ana")
    static func operationExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0242, "expected an operation after `ensure`", at: span, label: "write ensure create_user $id")
    }

    static let e0243 = Code(
        "E0243",
        "The keyword takes a name, or a file's name.",
        wrong: "step { print a }",
        right: "step \"one\" { print a }")
    static func argumentExpected(_ keyword: Keyword, at span: Span) -> Diagnostic {
        let what = keyword == .include ? "a file's name" : "a name"
        let form = keyword == .include ? "include \"lib/common.lfs\"" : "\(keyword.rawValue) \"name\" { … }"
        return Diagnostic(e0243, "expected \(what) after `\(keyword.rawValue)`", at: span, label: "write \(form)")
    }

    static let e0244 = Code(
        "E0244",
        "The `}` of a keyword's block ends its statement. In parentheses its value can be piped.",
        wrong: "if true { 1 } else { 2 } | print",
        right: "(if true { 1 } else { 2 }) | print")
    static func pipeAfterBlock(at span: Span) -> Diagnostic {
        Diagnostic(e0244, "a block's `}` ends the statement", at: span, label: "put ( ) around it to pipe its value")
    }

    static let e0245 = Code(
        "E0245",
        "A variable is assigned by its name; only a path into it has the `$`.",
        wrong: "var a = 1\n$a = 2\nprint $a",
        right: "var a = 1\na = 2\nprint $a")
    static func assignmentWithDollar(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(e0245, "a variable is assigned by its name alone", at: span, label: "write \(name) = …, without $")
    }

    static let e0246 = Code(
        "E0246",
        "A variable, a field or an item can be assigned to.",
        wrong: "(now) = 1",
        right: "var a = 1\na = 2\nprint $a")
    static func notAssignable(at span: Span) -> Diagnostic {
        Diagnostic(e0246, "nothing can be assigned to this", at: span, label: "write x = …, or $x.field = …")
    }
}
