/// The wording of what is wrong with a text's bytes, tokens and shape. E01xx: tokens; E02xx: syntax.
extension Diagnostic {
    static func argumentsTouch(_ first: String, _ second: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0101", "two arguments touch", at: span,
            label: "leave a blank between them, or quote the whole: \"\(first)\(second)\"")
    }

    static func bareDashes(at span: Span) -> Diagnostic {
        Diagnostic("E0102", "`--` alone is no option", at: span, label: "quote it to give it as a text")
    }

    static func byteOrderMark(at span: Span) -> Diagnostic {
        Diagnostic("E0103", .warning, "the text begins with a byte order mark", at: span, label: "it can go")
    }

    static func dollarInWord(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic("E0104", "`$` inside a word", at: span, label: "quote it to interpolate: \"\(word)\"")
    }

    static func escape(_ character: Character, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0105", "`\\\(character)` is no escape", at: span,
            label: "write \\\\ for a backslash, or use '…', where nothing is special")
    }

    static func interpolationNeedsDollar(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0106", "`${\(text)}` is no variable's path", at: span,
            label: "an expression keeps its `$`, and a command stands in parentheses: ${$a ?? $b}, ${(now)}")
    }

    static func invalidCharacter(_ character: Character, at span: Span) -> Diagnostic {
        Diagnostic("E0107", "`\(character)` cannot stand here", at: span, label: "put a text in quotes")
    }

    static func invalidText(at span: Span) -> Diagnostic {
        Diagnostic("E0108", "this is not UTF-8", at: span, label: "save the script as UTF-8")
    }

    static func lineEndsInInterpolation(at span: Span) -> Diagnostic {
        Diagnostic("E0109", "`${` is not closed on its line", at: span, label: "`}` is due")
    }

    static func number(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic("E0110", "`\(text)` is no number", at: span, label: "put it in quotes to give it as a text")
    }

    static func numberTooLarge(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic("E0111", "`\(text)` does not fit 64 bits", at: span)
    }

    static func operatorAsArgument(_ word: String, at span: Span) -> Diagnostic {
        let comparisons = ["=", "==", "!=", "<", "<=", ">", ">=", "=~", "+", "??"]
        return Diagnostic(
            "E0112", "`\(word)` is no argument", at: span,
            label: comparisons.contains(word) ? "put ( ) around the comparison" : "one statement a line")
    }

    static func quoteNotClosed(_ quote: String, at span: Span) -> Diagnostic {
        Diagnostic("E0113", "the string is not closed", at: span, label: "`\(quote)` is due on this line")
    }

    static func textTooLarge(at span: Span) -> Diagnostic {
        Diagnostic("E0114", "the script is larger than 1 GiB", at: span)
    }

    static func tripleQuote(_ what: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0115", what, at: span, label: "\"\"\" opens at the end of its line and closes on a line of its own")
    }

    static func unicodeEscape(at span: Span) -> Diagnostic {
        Diagnostic("E0116", "this escape names no character", at: span, label: "write it as \\u{1F600}")
    }

    static func bareWord(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0201", "`\(word)` cannot stand in an expression", at: span,
            label: "a variable is $\(word), a command stands in ( ), a text in quotes")
    }

    static func blockExpected(after what: String, at span: Span) -> Diagnostic {
        Diagnostic("E0202", "`{` is due after \(what)", at: span, label: "on the same line")
    }

    static func chainedComparison(at span: Span) -> Diagnostic {
        Diagnostic("E0204", "comparisons do not chain", at: span, label: "join two of them with `and`")
    }

    static func expected(_ what: String, found: String, at span: Span) -> Diagnostic {
        Diagnostic("E0205", "\(what) is due here", at: span, label: found.isEmpty ? "" : "found \(found)")
    }

    static func keywordAsName(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0206", "`\(name)` is a keyword", at: span, label: "choose another name")
    }

    static func keywordOutOfPlace(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0207", "`\(name)` cannot stand here", at: span, label: "it begins a statement of its own")
    }

    static func nestedTooDeep(at span: Span) -> Diagnostic {
        Diagnostic("E0208", "nested deeper than 256", at: span, label: "split it up")
    }

    static func pipeNeedsCommand(at span: Span) -> Diagnostic {
        Diagnostic("E0209", "a command is due after `|`", at: span, label: "values stand left of a pipe only")
    }

    static func statementGoesOn(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0210", "the statement should end here", at: span, label: "one statement a line, or `;` between them")
    }

    static func unclosed(_ bracket: String, at span: Span) -> Diagnostic {
        Diagnostic("E0211", "`\(bracket)` is not closed", at: span)
    }

    static func unexpectedClose(_ bracket: String, at span: Span) -> Diagnostic {
        Diagnostic("E0212", "`\(bracket)` closes nothing", at: span)
    }
}
