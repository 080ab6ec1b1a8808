// The wording of what is wrong with the shape of statements and expressions: E02xx. Alphabetical.
extension Diagnostic {
    static func argumentExpected(_ keyword: Keyword, at span: Span) -> Diagnostic {
        let what = keyword == .include ? "a file's name" : "a name"
        let form = keyword == .include ? "include \"lib/common.lfs\"" : "\(keyword.rawValue) \"name\" { … }"
        return Diagnostic("E0243", "\(what) is due after `\(keyword.rawValue)`", at: span, label: "write \(form)")
    }

    static func assignExpected(_ name: String, isMutable: Bool, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0219", "`=` and a value are due after `\(name)`", at: span,
            label: "write \(isMutable ? "var" : "let") \(name) = …")
    }

    static func assignmentWithDollar(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0245", "a variable is assigned by its name alone", at: span, label: "write \(name) = …, without $")
    }

    static func badCommandName(_ word: String, at span: Span) -> Diagnostic {
        let isHyphenated = word.utf8.allSatisfy { $0.isNamePart || $0 == UInt8(ascii: "-") }
        let name = String(word.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        let isAccess = word.dropFirst(name.count).first.map { ".[?".contains($0) } ?? false
        let label =
            isHyphenated
            ? "commands are spelled with _: \(String(word.map { $0 == "-" ? "_" : $0 }))"
            : isAccess ? "a variable is $\(name), a command stands in ( )" : "a blank is due after `\(name)`"
        return Diagnostic("E0238", "`\(word)` is no command", at: span, label: label)
    }

    static func bareWordAsValue(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0206", "`\(word)` is no value", at: span,
            label: "write \"\(word)\" for text, $\(word) for a variable, (\(word)) for a command")
    }

    static func blockExpected(_ head: String, at span: Span) -> Diagnostic {
        Diagnostic("E0211", "`{` is due here, on the line of `\(head)`", at: span, label: "begin the block")
    }

    static func blockWithoutHead(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0213", "a block has a head", at: span, label: "write if, for, step, … before it",
            notes: ["a map's `{` is followed by a key and `:`"])
    }

    static func braceOnOwnLine(at span: Span) -> Diagnostic {
        Diagnostic("E0212", "a head and its `{` share a line", at: span, label: "put it at the end of the line before")
    }

    static func callWithParentheses(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0237", "a command takes its arguments without parentheses", at: span,
            label: "write \(name) and the arguments, blanks between them")
    }

    static func catchExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0239", "`try` has no `catch`", at: span, label: "write try { … } catch error { … }")
    }

    static func catchNameExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0240", "`catch` has no name for the error", at: span, label: "write catch error { … }")
    }

    static func chainedComparison(at span: Span) -> Diagnostic {
        Diagnostic("E0226", "comparisons do not chain", at: span, label: "join two of them by `and`")
    }

    static func everyExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0241", "`retry` does not say how long it pauses", at: span, label: "write retry 20 every 3s { … }")
    }

    static func clauseWithoutHead(_ keyword: Keyword, at span: Span) -> Diagnostic {
        let head = keyword == .else ? "if" : "try"
        return Diagnostic(
            "E0215", "`\(keyword.rawValue)` belongs behind the `}` of \(head == "if" ? "an" : "a") `\(head)`", at: span,
            label: "no `\(head)` ends here")
    }

    static func closerExpected(_ closer: String, found: String, between: String?, at span: Span) -> Diagnostic {
        let due = between.map { "`\($0)` or `\(closer)`" } ?? "`\(closer)`"
        return Diagnostic("E0234", "\(due) is due before `\(found)`", at: span)
    }

    static func colonExpected(_ key: String, at span: Span) -> Diagnostic {
        Diagnostic("E0231", "`:` is due after the key `\(key)`", at: span, label: "write {\(key): value}")
    }

    static func commandAsValue(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0207", "a command stands in parentheses here", at: span, label: "write (\(name) …)")
    }

    static func dollarInNewName(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0224", "a name is given without `$`", at: span, label: "write \(name)")
    }

    static func emptyParentheses(at span: Span) -> Diagnostic {
        Diagnostic("E0228", "nothing stands in `( )`", at: span, label: "a value or a command is due")
    }

    static func errorKindExpected(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0223", "an error's kind is due after `expect_error`", at: span,
            label: "write expect_error not_found { … }",
            notes: ["kinds are \(Failure.Kind.expectable.joined(separator: " "))"])
    }

    static func fieldExpected(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0230", "a field's name touches the `.`", at: span, label: "write $x.name, or $x[\"odd name\"], $x[0]")
    }

    static func inExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0221", "`in` is due here", at: span, label: "write for item in $items { … }")
    }

    static func interpolatedKey(at span: Span) -> Diagnostic {
        Diagnostic("E0232", "a key is a fixed text", at: span, label: "assign it instead: $map[\"…\"] = value")
    }

    static func keepGoingAlone(at span: Span) -> Diagnostic {
        Diagnostic("E0222", "`keep_going` belongs to `parallel`", at: span, label: "write parallel 8 keep_going")
    }

    static func keyExpected(_ found: String, at span: Span) -> Diagnostic {
        let isNumber = found.utf8.first?.isDigit ?? false
        return Diagnostic(
            "E0233", "a key is due in a map", at: span,
            label: isNumber ? "write \"\(found)\"" : "a name or a quoted string")
    }

    static func keywordAfterPipe(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic("E0235", "`\(keyword.rawValue)` cannot stand after `|`", at: span, label: "a command is due")
    }

    static func keywordAsName(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic("E0208", "`\(keyword.rawValue)` is a keyword", at: span, label: "choose another name")
    }

    static func keywordAsValue(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0209", "`\(keyword.rawValue)` is a keyword and no value", at: span,
            label: "what has a value stands in ( ) here; text stands in quotes")
    }

    static func lineBeginsWithOperator(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0214", "a line cannot begin with `\(text)`", at: span, label: "put it at the end of the line before")
    }

    static func messageExpected(_ keyword: String, at span: Span) -> Diagnostic {
        let form = keyword == "run" ? "run \"other.lfs\"" : "\(keyword) \"…\""
        return Diagnostic("E0217", "`\(keyword)` has no argument", at: span, label: "write \(form), on one line")
    }

    static func misplacedKeyword(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0216", "no statement begins with `\(keyword.rawValue)`", at: span, label: "it belongs to a line's middle")
    }

    static func nameExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0225", "a name is due here", at: span, label: "a letter or _, then letters, digits, _")
    }

    static func nestingTooDeep(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0204", "this nests deeper than \(Parser.maximumNesting)", at: span,
            label: "give a part of it a name first")
    }

    static func notAsOperand(at span: Span) -> Diagnostic {
        Diagnostic("E0227", "`not` binds looser than what stands before", at: span, label: "put ( ) around it: (not …)")
    }

    static func notAssignable(at span: Span) -> Diagnostic {
        Diagnostic("E0246", "nothing can be assigned to this", at: span, label: "write x = …, or $x.field = …")
    }

    static func operationExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0242", "an operation is due after `ensure`", at: span, label: "write ensure create_user $id")
    }

    static func parametersExpected(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0220", "`(` is due after `\(name)`", at: span, label: "write def \(name)(a, b = 1) { … }")
    }

    static func pipeAfterBlock(at span: Span) -> Diagnostic {
        Diagnostic("E0244", "a block's `}` ends the statement", at: span, label: "put ( ) around it to pipe its value")
    }

    static func semicolonInParentheses(at span: Span) -> Diagnostic {
        Diagnostic("E0229", "`( )` holds one pipeline", at: span, label: "no `;` here")
    }

    static func stageExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0236", "a command is due after `|`", at: span, label: "values stand left of a pipe only")
    }

    static func statementAsValue(_ keyword: Keyword, at span: Span) -> Diagnostic {
        Diagnostic("E0210", "`\(keyword.rawValue)` has no value", at: span, label: "it is a statement of its own")
    }

    static func strayCloser(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic("E0203", "this `\(text)` closes nothing", at: span, label: "take it out, or open it before")
    }

    static func typeExpected(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0218", "a type is due after `:`", at: span, label: "write name: int",
            notes: ["types are string int float bool duration list map secret"])
    }

    static func unclosed(_ bracket: String, at span: Span) -> Diagnostic {
        let closer = ["(": ")", "[": "]", "{": "}"][bracket] ?? bracket
        return Diagnostic("E0202", "this `\(bracket)` is not closed", at: span, label: "its \(closer) is missing")
    }

    static func unexpectedAtEnd(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0205", "the statement should end before `\(text)`", at: span, label: "one statement a line, or `;`")
    }

    static func valueExpected(at span: Span) -> Diagnostic {
        Diagnostic("E0201", "a value is due here", at: span)
    }
}

extension NumberLiteral {
    /// The unit that was most likely meant.
    static func similarUnit(to unit: String) -> String? {
        let names = (durationUnits + sizeUnits).map(\.name)
        if let same = names.first(where: { $0.lowercased() == unit.lowercased() }) { return same }
        return [
            "sec": "s", "second": "s", "seconds": "s", "min": "m", "minute": "m", "minutes": "m", "hour": "h",
            "hours": "h", "hr": "h", "day": "d", "days": "d", "k": "KB", "M": "MB", "G": "GB", "T": "TB",
        ][unit]
    }
}
