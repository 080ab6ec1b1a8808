// `E06xx`: places of statements, and what may be assigned. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let flowCodes = [e0601, e0602, e0603, e0604, e0605, e0606, e0607, e0608, e0609, e0610]

    static let e0601 = Code(
        "E0601", "Only a `var` can be assigned.", wrong: "let n = 1\nn = 2\nprint $n",
        right: "var n = 1\nn = 2\nprint $n")
    static func assignedImmutable(_ variable: VariableInfo, at span: Span, line: Int?) -> Diagnostic {
        let place = line.map { " (line \($0))" } ?? ""
        let advice: String =
            switch variable.kind {
            case .immutable: "declare it with `var`\(place)"
            case .earlier: "declare it anew with `var`"
            default: "`var` makes a variable of its own"
            }
        return Diagnostic(
            e0601, "`\(variable.name)` is \(variable.noun) and cannot be assigned", at: span, label: advice)
    }

    static let e0602 = Code(
        "E0602",
        "Parallel bodies run at the same time, `on_exit` and `on_failure` at the end: what they share does not change.",
        wrong: "var n = 0\nfor i in 1..3 parallel 2 { n = $n + $i }\nprint $n",
        right: "let n = 1..3 | each --parallel 2 { $it * 2 } | sum\nprint $n")
    static func assignedFromApart(
        _ variable: VariableInfo, in block: CheckFrame.Boundary, at span: Span
    ) -> Diagnostic {
        let isParallel = block == .parallelBody
        return Diagnostic(
            e0602, "\(block.rawValue) cannot assign `\(variable.name)`, which is declared outside", at: span,
            label: isParallel
                ? "bodies run at the same time; collect with `each --parallel`" : "it runs at the end, by a copy of it")
    }

    static let e0603 = Code(
        "E0603", "`break` and `continue` belong to a loop of the same block, not to one around a parallel body.",
        wrong: "if true { break }", right: "while true { break }")
    static func outsideLoop(_ keyword: String, boundary: CheckFrame.Boundary?, at span: Span) -> Diagnostic {
        let what =
            boundary.map { "`\(keyword)` does not leave \($0.rawValue)" } ?? "`\(keyword)` stands outside of a loop"
        return Diagnostic(e0603, what, at: span, label: boundary?.advice ?? "")
    }

    static let e0604 = Code(
        "E0604", "`return` leaves a `def` or the script, never a part that runs on its own.",
        wrong: "on_exit { return }", right: "on_exit { print bye }")
    static func misplacedReturn(_ boundary: CheckFrame.Boundary, at span: Span) -> Diagnostic {
        let advice = boundary == .pipelineBlock ? "a block's value is its last expression" : boundary.advice
        return Diagnostic(e0604, "`return` does not leave \(boundary.rawValue)", at: span, label: advice)
    }

    static let e0605 = Code(
        "E0605", "A script's `param`s are its head.", wrong: "print hello\nparam name\nprint $name",
        right: "param name\nprint hello $name")
    static func paramAfterStatements(at span: Span) -> Diagnostic {
        Diagnostic(e0605, "a `param` stands before all other statements", at: span, label: "move it to the top")
    }

    static let e0606 = Code(
        "E0606", "`param`, `def`, `include` and `test` stand at the top level.",
        wrong: "if true { def f() { print a } }", right: "def f() { print a }\nif true { f }")
    static func topLevelOnly(_ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0606, "`\(keyword)` stands at the top level of a file, not in a block", at: span,
            label: "move it out of the block")
    }

    static let e0607 = Code(
        "E0607", "A default is computed before the run begins, so it calls no server.",
        wrong: "param user = (get_current_user).user.id\nprint $user",
        right: "param user = null\nprint ($user ?? (get_current_user).user.id)")
    static func operationInDefault(at span: Span) -> Diagnostic {
        Diagnostic(
            e0607, "a default calls no operation", at: span,
            label: "make it optional with = null, and ask in the script")
    }

    static let e0608 = Code(
        "E0608", "A string alone does nothing; an `assert`'s message stands on the line of its condition.",
        wrong: "\"hello\"", right: "print \"hello\"")
    static func stringAlone(at span: Span) -> Diagnostic {
        Diagnostic(
            e0608, "a string alone does nothing", at: span,
            label: "print it, or put it on the line that it belongs to")
    }

    static let e0609 = Code(
        "E0609", "A `def` gives its result by `return`.", wrong: "var n = 0\ndef f() { n = 1 }\nf\nprint $n",
        right: "def f() { return 1 }\nlet n = f\nprint $n")
    static func assignedGlobal(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0609, "a `def` cannot assign `\(name)` of the top level", at: span,
            label: "`return` the value instead")
    }

    static let e0610 = Code(
        "E0610", "What is assigned is a variable, or a field or item of one.",
        wrong: "var n = 0\n$n?.a = 1\nprint $n", right: "var n = {}\n$n.a = 1\nprint $n")
    static func notAVariable(at span: Span) -> Diagnostic {
        Diagnostic(e0610, "only a variable, or a place in one, can be assigned", at: span)
    }
}
