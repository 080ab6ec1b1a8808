// `E05xx`: types. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let typeCodes = [
        e0501, e0502, e0503, e0504, e0505, e0506, e0507, e0508, e0509, e0510, e0511, e0512, e0513, e0514, e0515, e0516,
        e0517, e0518, e0519, e0520, e0521, e0522,
    ]

    static let e0501 = Code(
        "E0501", "The result of an operation has the fields of the API's schema, and no others.",
        wrong: "print (get_user ana).creaton_date", right: "print (get_user ana).creation_date")

    static let e0508 = Code(
        "E0508", "Without `--all` a listing gives one page, a map with the items in one of its fields.",
        wrong: "for user in (list_users) { print $user.id }",
        right: "for user in (list_users --all) { print $user.id }")
    static func unknownField(_ name: Name, of type: ValueType, among known: [String]) -> Diagnostic {
        if let item = type.page, !known.contains(name.text), case .record(let record) = item,
            record.field(name.text) != nil
        {
            return Diagnostic(
                e0508, "`\(name.text)` is a field of \(item.phrase), and this is a page of them", at: name.span,
                label: "take one of `.\(type.pageShape?.items ?? "")`")
        }
        let close = DidYouMean.closest(to: name.text, in: known)
        let fields = known.isEmpty ? "it is empty" : "it has \(ValueType.alternatives(known))"
        return Diagnostic(
            e0501, "unknown field `\(name.text)` on \(type.phrase)", at: name.span,
            label: close.map { question($0) } ?? fields)
    }

    static let e0502 = Code(
        "E0502", "A word is read by the type of the parameter that it fills.",
        wrong: "print (list_users --amount five)", right: "print (list_users --amount 5)")
    static func wrongWord(
        _ word: String, _ mismatch: WordReader.Mismatch, _ parameter: Parameter, _ type: ValueType,
        of command: String, at span: Span
    ) -> Diagnostic {
        let text = mismatch.message(word, as: type)
        let advice = mismatch.advice(word, as: type)
        switch mismatch {
        case .notAmong(let cases):
            return notAWord(word, cases, of: parameter.name, at: span)
        case .malformed:
            return Diagnostic(
                e0502, "\(text), which `\(command)` takes as \(parameter.name)", at: span, label: advice)
        case .tooLarge:
            return Diagnostic(
                e0502, "\(text), and `\(command)` takes it as \(parameter.name)", at: span, label: advice)
        case .notAWord:
            let wanted = type.unwrapped.phrase
            return Diagnostic(
                e0502, "`\(command)` takes \(wanted) as \(parameter.name), and `\(word)` is a word", at: span,
                label: advice)
        }
    }

    static let e0503 = Code(
        "E0503", "The parameter or field has one of a few values.",
        wrong: "create_policy p [{effect: \"allowed\", action: [\"fs:*\"], resource: \"*\"}]",
        right: "create_policy p [{effect: \"allow\", action: [\"fs:*\"], resource: \"*\"}]")
    static func notAWord(_ word: String, _ cases: [String], of subject: String?, at span: Span) -> Diagnostic {
        let close = DidYouMean.closest(to: word, in: cases)
        return Diagnostic(
            e0503, "\(subject.map { "`\($0)`" } ?? "this") cannot be `\(word)`", at: span,
            label: close.map { question($0) } ?? "it is \(ValueType.alternatives(cases))")
    }

    static let e0504 = Code(
        "E0504", "The value has another type than the expected one, and no value is converted silently.",
        wrong: "for group in (list_groups --all) { create_credentials $group }",
        right: "for user in (list_users --all) { create_credentials $user.id }")
    static func wrongArgument(
        _ given: CheckedExpression, _ parameter: Parameter, of command: String, source: String?
    ) -> Diagnostic {
        let type = given.type == .null ? ValueType.null : given.type.unwrapped
        let advice = parameter.type.advice(for: type, as: parameter)
        return Diagnostic(
            e0504, "`\(command)` takes \(parameter.wantedPhrase), and this is \(type.phrase)", at: given.span,
            label: [source, advice].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ": "))
    }

    static func wrongInput(_ value: CheckedExpression, _ wanted: String, of command: String) -> Diagnostic {
        let type = value.type.orNothing
        var advice = type == .null ? "`??` gives another value where it is null" : ""
        if type == .null, let source = value.commandName { advice = "`\(source)` gives nothing: put it last" }
        return Diagnostic(
            e0504, "`\(command)` takes \(wanted), and this is \(type.phrase)", at: value.span, label: advice)
    }

    static func wrongType(_ type: ValueType, _ wanted: ValueType, for place: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0504, "\(place) takes \(wanted.phrase), and this is \(type.phrase)", at: span,
            label: wanted.advice(for: type))
    }

    static func failMessage(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(
            e0504, "`fail` takes a message or a caught error, and this is \(type.phrase)", at: span)
    }

    static let e0505 = Code(
        "E0505", "The operator does not take values of these types.", wrong: "print (1 + \"a\")",
        right: "print \"${(1 + 2)}a\"")
    static func wrongOperand(_ unary: UnaryOperator, _ type: ValueType, at span: Span) -> Diagnostic {
        let wanted = unary == .not ? "a bool" : "a number"
        return Diagnostic(e0505, "`\(unary.rawValue)` takes \(wanted), and this is \(type.phrase)", at: span)
    }

    static func wrongOperands(
        _ binary: BinaryOperator, _ left: ValueType, _ right: ValueType, at span: Span,
        _ leftOperand: CheckedExpression,
        _ rightOperand: CheckedExpression
    ) -> Diagnostic {
        for (type, operand) in [(left, leftOperand), (right, rightOperand)] where type.page != nil {
            return pageAsList(type, at: operand.span)
        }
        var label = ""
        if binary == .add, left.isText || right.isText { label = "write \"…${…}\", or use to_string" }
        if binary == .matches, left.isNumber || right.isNumber { label = "to_string makes text of a number" }
        if left.isText, right.isNumber { label = label.isEmpty ? "to_int makes a number of a string" : label }
        if [left, right].contains(.duration), [left, right].contains(where: \.isNumber), binary.givesBool {
            label = "a time is compared with a time: (now) - 14d"
        }
        return Diagnostic(
            e0505, "`\(binary.rawValue)` does not take \(left.phrase) and \(right.phrase)", at: span, label: label)
    }

    static let e0506 = Code(
        "E0506",
        "Values of different types are never equal; that is a mistake, not false. `== null` is always allowed.",
        wrong: "print ((now) == \"2026\")", right: "print ((now | format_time \"%Y\") == \"2026\")")
    static func incomparable(
        _ left: ValueType, _ right: ValueType, in command: String? = nil, at span: Span
    ) -> Diagnostic {
        let isNumberAndText = (left.isNumber && right.isText) || (left.isText && right.isNumber)
        return Diagnostic(
            e0506, "\(command.map { "`\($0)`: " } ?? "")\(left.phrase) is never equal to \(right.phrase)", at: span,
            label: isNumberAndText ? "to_int or to_string makes them the same" : "")
    }

    static let e0507 = Code(
        "E0507", "A condition is a bool: nothing else counts as true or false.",
        wrong: "if (list_users --all) { print some }", right: "if (list_users --all) != [] { print some }")
    static func notACondition(_ type: ValueType, of keyword: String, at span: Span) -> Diagnostic {
        let advice =
            switch type {
            case .list: "compare it: … != []"
            case .int, .float: "compare it: … > 0"
            case .null: "expected a comparison"
            case _ where type.isText: "compare it: … != \"\""
            default: "compare it: … != null"
            }
        return Diagnostic(
            e0507, "the condition of `\(keyword)` must be a bool, and this is \(type.phrase)", at: span, label: advice)
    }

    static func pageAsList(_ type: ValueType, at span: Span) -> Diagnostic {
        let items = type.page.map { $0 == .any ? "" : " of \($0.plural)" } ?? ""
        return Diagnostic(
            e0508, "this is one page\(items), not a list", at: span,
            label: "take its `.\(type.pageShape?.items ?? "")`, or all pages with `--all`")
    }

    static let e0509 = Code(
        "E0509", "Only lists and maps have items, only maps have fields.",
        wrong: "print (list_users --all).id", right: "print (list_users --all | get id)")
    static func notAList(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(e0509, "`for` walks through a list, and this is \(type.phrase)", at: span)
    }

    static func wrongLoopNames(_ type: ValueType, at span: Span) -> Diagnostic {
        let label = type.isMap ? "a map is walked with `for key, value in …`" : "a list is walked with one name"
        return Diagnostic(e0509, "this `for` walks through \(type.phrase)", at: span, label: label)
    }

    static func fieldOfList(_ name: Name, item: ValueType) -> Diagnostic {
        var label = "take an item: `[0]`, `for`, `each`"
        if case .record(let record) = item, record.field(name.text) != nil {
            label = "`| get \(name.text)` gives it of each, `[0].\(name.text)` of one"
        }
        return Diagnostic(
            e0509, "a list has no fields, and this is \(ValueType.list(item).phrase)", at: name.span, label: label)
    }

    static func noFields(_ name: Name, _ type: ValueType, of base: String? = nil) -> Diagnostic {
        let text = base.map { "\"\($0).\(name.text)\"" }
        return Diagnostic(
            e0509, "\(type.phrase) has no fields", at: name.span,
            label: type.isText ? text.map { "for text behind it, quote both: \($0)" } ?? "" : "")
    }

    static func noItems(_ type: ValueType, at span: Span) -> Diagnostic {
        Diagnostic(e0509, "\(type.phrase) has no items", at: span)
    }

    static let e0510 = Code(
        "E0510", "A list is read by a number, from 0, or from the end by -1; a map by a key.",
        wrong: "print [1, 2][\"a\"]", right: "print [1, 2][0]")
    static func wrongIndex(_ type: ValueType, _ index: CheckedExpression) -> Diagnostic {
        let wanted = type.isMap ? "a string" : "an int"
        return Diagnostic(
            e0510, "\(type.isMap ? "a map" : "a list") is indexed by \(wanted), and this is \(index.type.phrase)",
            at: index.span)
    }

    static let e0511 = Code(
        "E0511",
        "The arguments of a program are seen by everybody on the machine; its input and its environment are not.",
        wrong: "let key = create_credentials ana\nexec \"vault\" [$key.secret_access_key]",
        right: "let key = create_credentials ana\nexec \"vault\" [\"-\"] --input $key.secret_access_key")
    static func secretArgument(at span: Span) -> Diagnostic {
        Diagnostic(
            e0511, "a secret in an argument of `exec` is seen by everybody on the machine", at: span,
            label: "give it by --input or --env")
    }

    static let e0512 = Code(
        "E0512", "`=~` and `replace` take a regular expression, PCRE2's.", wrong: "print (\"ana\" =~ \"(an\")",
        right: "print (\"ana\" =~ \"^an\")")
    static func wrongPattern(_ mistake: String, at span: Span) -> Diagnostic {
        Diagnostic(e0512, "this is not a regular expression: \(mistake)", at: span)
    }

    static let e0513 = Code(
        "E0513", "A default is of the type that is written before it.",
        wrong: "param count: int = \"three\"\nprint $count", right: "param count: int = 3\nprint $count")
    static func wrongDefault(_ type: ValueType, _ given: CheckedExpression) -> Diagnostic {
        Diagnostic(
            e0513, "the type says \(type.phrase), and the default is \(given.type.phrase)", at: given.span,
            label: "make them agree")
    }

    static let e0514 = Code(
        "E0514", "Exit statuses lie between 1 and 255.", wrong: "fail \"no\" --status 300",
        right: "fail \"no\" --status 3")
    static func exitStatus(_ status: Int, at span: Span) -> Diagnostic {
        Diagnostic(e0514, "an exit status is between 1 and 255", at: span, label: "\(status) is not")
    }

    static let e0515 = Code(
        "E0515",
        "`as` takes an identity: a map with the fields of one, such as a login gives.",
        wrong: "as \"ana\" { print (get_current_user) }",
        right: "as (create_credentials ana) { print (get_current_user) }")
    static func noIdentity(_ type: ValueType, _ forms: [IdentityForm], at span: Span) -> Diagnostic {
        Diagnostic(e0515, "`as` takes an identity, and this is \(type.phrase)", at: span, label: forms.phrase)
    }

    static let e0516 = Code(
        "E0516",
        "`put_url` and `get_url` speak HTTP, with https:// or http:// before the host. A file is read by `read_file`.",
        wrong: "print (get_url \"ftp://example.com/data.csv\").body",
        right: "print (get_url \"https://example.com/data.csv\").body")
    static func noWebAddress(_ text: String, of command: String, at span: Span) -> Diagnostic {
        let scheme = text.firstRange(of: "://").map { "`\(text[..<$0.upperBound])`" } ?? "`\(text)`"
        return Diagnostic(
            e0516, "`\(command)` takes a web address, and this is \(scheme)", at: span,
            label: "begin it with https:// or http://")
    }

    static let e0517 = Code(
        "E0517", "A loop has one body at a time at least, and a `retry` one try.",
        wrong: "for id in [\"ana\"] parallel 0 { create_user $id }",
        right: "for id in [\"ana\"] parallel 8 { create_user $id }")
    static func tooFew(_ number: Int, _ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(e0517, "`\(keyword)` takes a number that is at least 1", at: span, label: "\(number) is less")
    }

    static let e0518 = Code(
        "E0518",
        "A name is sent as it is written, as a part of an address. One that no server has, or that would be read as "
            + "another on its way (`ma%69n` is `main` to a server), is refused.",
        wrong: "delete_user \"a%62\"", right: "delete_user \"ab\"")
    static func refusedName(
        _ text: String, _ parameter: Parameter, _ reason: String, of command: String, at span: Span
    ) -> Diagnostic {
        let what = text.isEmpty ? "an empty \(parameter.name)" : "`\(text)` as \(parameter.name)"
        return Diagnostic(e0518, "`\(command)` cannot take \(what)", at: span, label: reason)
    }

    static let e0519 = Code(
        "E0519",
        "A text that is made of null would say `null`, in the name of a group or in a path. `??` gives another text where "
            + "the value is null; behind `if $x != null` it is not.",
        wrong: "let u = get_user ana\nprint \"mail to ${u.email}\"",
        right: "let u = get_user ana\nlet mail = $u.email ?? \"nobody\"\nprint \"mail to $mail\"")
    static func nullInText(_ expression: CheckedExpression, name: String?) -> Diagnostic {
        let verb = expression.type == .null ? "is" : "may be"
        return Diagnostic(
            e0519, "\(name.map { "`\($0)`" } ?? "this") \(verb) null, and a text cannot hold null",
            at: expression.span, label: "give another text for that case with `??`")
    }

    static let e0522 = Code(
        "E0522",
        "The values stand in the text, and computing with them fails: a division by zero, a number beyond 64 bits, an item "
            + "that a list does not have.",
        wrong: "print (5 / 0)", right: "print (5 / 2)")
    static func certainFailure(_ failure: Failure, at span: Span) -> Diagnostic {
        Diagnostic(e0522, failure.message, at: span, label: failure.notes.first ?? "this would end the run")
    }

    static let e0520 = Code(
        "E0520",
        "The API's schema requires the field of each map that is sent.",
        wrong: "create_policy p [{effect: \"allow\", resource: \"*\"}]",
        right: "create_policy p [{effect: \"allow\", action: [\"fs:*\"], resource: \"*\"}]")
    static func missingFields(_ names: [String], of type: ValueType, at span: Span) -> Diagnostic {
        let list = ValueType.alternatives(names).replacing(" or ", with: " and ")
        return Diagnostic(e0520, "\(type.phrase) needs \(list)", at: span, label: "give a value for it")
    }

    static let e0521 = Code(
        "E0521",
        "The format has a directive that strftime does not know, or the replacement names a group that the pattern does not "
            + "have: `$1` to `$9` and `${name}` are groups, `$$` is a `$`.",
        wrong: "print (format_time (now) \"%Q\")", right: "print (format_time (now) \"%F\")")
    static func wrongTimeFormat(_ directive: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0521, "`\(directive)` in the format is nothing that strftime knows", at: span, label: CalendarTime.advice)
    }

    static func wrongReplacement(_ text: String, _ mistake: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0521, "the pattern does not fit the replacement `\(text)`: \(mistake)", at: span,
            label: "$1 is the first group of the pattern, $$ a $")
    }
}

extension CheckedExpression {
    /// The name of the command that the expression is a call of.
    var commandName: String? {
        switch kind {
        case .operation(let call): call.command.signature.name
        case .builtin(let builtin, _): builtin.name
        case .blockBuiltin(let form, _, _, _, _): form.rawValue
        default: nil
        }
    }
}
