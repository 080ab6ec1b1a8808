// `E02xx`: the shape of expressions, lists and maps. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let expressionCodes = [
        e0201, e0202, e0203, e0204, e0206, e0207, e0209, e0226, e0227, e0228, e0229, e0230, e0231, e0232, e0233, e0234,
        e0235, e0236, e0237, e0238,
    ]

    static let e0201 = Code(
        "E0201",
        "A value is missing after `=`, an operator or a keyword.",
        wrong: "let a =",
        right: "let a = 1\nprint $a")
    static func valueExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0201, "expected a value here", at: span)
    }

    static let e0202 = Code(
        "E0202",
        "A bracket, a block or a text in three quotes was opened and never closed.",
        wrong: "print (now",
        right: "print (now)")
    static func unclosed(_ bracket: String, at span: Span) -> Diagnostic {
        let closer = ["(": ")", "[": "]", "{": "}"][bracket] ?? bracket
        return Diagnostic(e0202, "this `\(bracket)` is not closed", at: span, label: "its \(closer) is missing")
    }

    static let e0203 = Code(
        "E0203",
        "This closes a bracket that was never opened.",
        wrong: "print a)",
        right: "print a")
    static func strayCloser(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(e0203, "this `\(text)` closes nothing", at: span, label: "take it out, or open it before")
    }

    static let e0204 = Code(
        "E0204",
        "Text that nests deeper than 256 is refused. Give a part of it a name.",
        wrong: "print [[[[… 257 of them …]]]]",
        right: "let a = [[1]]\nprint [[$a]]",
        whole: {
            Array(("print " + String(repeating: "[", count: 257) + String(repeating: "]", count: 257)).utf8)
        })
    static func nestingTooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            e0204, "this nests deeper than \(Parser.maximumNesting)", at: span,
            label: "give a part of it a name first")
    }

    static let e0206 = Code(
        "E0206",
        "There are no bare words in expressions: text has quotes, a variable its `$`, a command parentheses.",
        wrong: "print [ana]",
        right: "print [\"ana\"]")
    static func bareWordAsValue(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0206, "`\(word)` is not a value", at: span,
            label: foreignValues[word].map { "write \($0)" }
                ?? "write \"\(word)\" for text, $\(word) for a variable, (\(word)) for a command")
    }

    static let e0207 = Code(
        "E0207",
        "Where a value is expected, a command needs parentheses.",
        wrong: "for x in split \"a\" \"b\" { print $x }",
        right: "for x in (split \"a\" \"b\") { print $x }")
    static func commandAsValue(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(e0207, "a command needs parentheses here", at: span, label: "write (\(name) …)")
    }

    static let e0209 = Code(
        "E0209",
        "A keyword is not a value. What has a value (`if`, `try`, …) stands in parentheses inside an expression.",
        wrong: "print [if]",
        right: "print [\"if\"]")
    static func keywordAsValue(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(
            e0209, "`\(keyword.rawValue)` is a keyword, not a value", at: span,
            label: "what has a value stands in ( ) here; text stands in quotes")
    }

    static let e0226 = Code(
        "E0226",
        "Comparisons do not chain.",
        wrong: "assert 1 < 2 < 3",
        right: "assert 1 < 2 and 2 < 3")
    static func chainedComparison(at span: Span) -> Diagnostic {
        Diagnostic(e0226, "comparisons do not chain", at: span, label: "join two of them by `and`")
    }

    static let e0227 = Code(
        "E0227",
        "`not` is looser than comparison and arithmetic: after such an operator it needs parentheses.",
        wrong: "assert true == not false",
        right: "assert true == (not false)")
    static func notAsOperand(at span: Span) -> Diagnostic {
        Diagnostic(
            e0227, "`not` binds looser than the operator before it", at: span, label: "put ( ) around it: (not …)")
    }

    static let e0228 = Code(
        "E0228",
        "Parentheses hold a value or a command.",
        wrong: "print ()",
        right: "print (now)")
    static func emptyParentheses(at span: Span) -> Diagnostic {
        Diagnostic(e0228, "`( )` is empty", at: span, label: "expected a value or a command")
    }

    static let e0229 = Code(
        "E0229",
        "Parentheses hold one pipeline.",
        wrong: "print (now; now)",
        right: "print (now)")
    static func semicolonInParentheses(at span: Span) -> Diagnostic {
        Diagnostic(e0229, "`( )` holds one pipeline", at: span, label: "no `;` here")
    }

    static let e0230 = Code(
        "E0230",
        "A name follows `.` and `?.` without a blank; any other key stands in brackets.",
        wrong: "let m = {a: 1}\nprint $m.",
        right: "let m = {a: 1}\nprint $m.a")
    static func fieldExpected(at span: Span) -> Diagnostic {
        Diagnostic(
            e0230, "a field's name follows the `.` without a blank", at: span,
            label: "write $x.name, or $x[\"odd name\"], $x[0]")
    }

    static let e0231 = Code(
        "E0231",
        "In a map each key is followed by `:` and a value.",
        wrong: "let m = {a}\nprint $m",
        right: "let m = {a: 1}\nprint $m")
    static func colonExpected(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic(e0231, "expected `:` after the key `\(key)`", at: span, label: "write {\(key): value}")
    }

    static let e0232 = Code(
        "E0232",
        "A key in a map is a fixed text.",
        wrong: "print {\"$script_folder\": 1}",
        right: "var m = {}\n$m[$script_folder] = 1\nprint $m")
    static func interpolatedKey(at span: Span) -> Diagnostic {
        Diagnostic(e0232, "a key is a fixed text", at: span, label: "assign it instead: $map[\"…\"] = value")
    }

    static let e0233 = Code(
        "E0233",
        "A key is a name or a quoted string.",
        wrong: "let m = {5: 1}\nprint $m",
        right: "let m = {\"5\": 1}\nprint $m")
    static func keyExpected(_ found: String, at span: Span) -> Diagnostic {
        let isNumber = found.utf8.first?.isDigit ?? false
        return Diagnostic(
            e0233, "expected a key in a map", at: span,
            label: isNumber ? "write \"\(found)\"" : "a name or a quoted string")
    }

    static let e0234 = Code(
        "E0234",
        "Items are separated by commas, and the bracket closes after the last.",
        wrong: "print [1 2]",
        right: "print [1, 2]")
    static func closerExpected(_ closer: String, found: String, between: String?, at span: Span) -> Diagnostic {
        let due = between.map { "`\($0)` or `\(closer)`" } ?? "`\(closer)`"
        return Diagnostic(e0234, "expected \(due) before `\(found)`", at: span)
    }

    static let e0235 = Code(
        "E0235",
        "Right of `|` stands a command.",
        wrong: "now | if true { print a }",
        right: "now | to_string | print")
    static func keywordAfterPipe(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(e0235, "`\(keyword.rawValue)` cannot stand after `|`", at: span, label: "expected a command")
    }

    static let e0236 = Code(
        "E0236",
        "Right of `|` stands a command, never a value.",
        wrong: "now | 5",
        right: "now | to_string | print")
    static func stageExpected(at span: Span) -> Diagnostic {
        Diagnostic(e0236, "expected a command after `|`", at: span, label: "values stand left of a pipe only")
    }

    static let e0237 = Code(
        "E0237",
        "The arguments of a command follow its name, separated by blanks, without parentheses and commas.",
        wrong: "print(1)",
        right: "print 1")
    static func callWithParentheses(advice: String, at span: Span) -> Diagnostic {
        Diagnostic(e0237, "a command takes its arguments without parentheses", at: span, label: advice)
    }

    static let e0238 = Code(
        "E0238",
        "A command's name is followed by a blank. Commands are spelled with `_`; a variable's field is read "
            + "with `$`.",
        wrong: "read-file \"a\"",
        right: "print (read_file \"a\")")
    static func badCommandName(_ word: String, at span: Span) -> Diagnostic {
        let isHyphenated = word.utf8.allSatisfy { $0.isNamePart || $0 == UInt8(ascii: "-") }
        let name = String(word.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        let isAccess = word.dropFirst(name.count).first.map { ".[?".contains($0) } ?? false
        let label =
            isHyphenated
            ? "commands are spelled with _: \(String(word.map { $0 == "-" ? "_" : $0 }))"
            : isAccess ? "a variable is $\(name), a command stands in ( )" : "put a blank after `\(name)`"
        return Diagnostic(e0238, "`\(word)` is not a command", at: span, label: label)
    }
}
