// `W01xx`: warnings, which never keep a script from running. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let warningCodes = [w0101, w0102, w0103, w0104, w0105, w0106, w0107, w0108]

    static let w0101 = Code(
        "W0101", "A variable that is never read is left over, or another was meant.", wrong: "let n = 1",
        right: "let n = 1\nprint $n")
    static func unused(_ variable: VariableInfo) -> Diagnostic {
        let what = variable.isMutable ? "is set and never read" : "is never read"
        return Diagnostic(
            w0101, .warning, "`\(variable.name)` \(what)", at: variable.span,
            label: "take it out, or begin its name with _")
    }

    static let w0102 = Code(
        "W0102", "The statement before it always leaves the block.", wrong: "fail \"no\"\nprint never",
        right: "print first\nfail \"no\"")
    static func unreachable(at span: Span) -> Diagnostic {
        Diagnostic(w0102, .warning, "this is never reached", at: span, label: "what stands before always leaves")
    }

    static let w0103 = Code(
        "W0103", "A secret prints as ••••; `reveal` shows it on purpose.",
        wrong: "print (create_credentials ana).secret_access_key",
        right: "create_credentials ana | write_json \"ana.json\"")
    static func printedSecret(at span: Span) -> Diagnostic {
        Diagnostic(
            w0103, .warning, "a secret is printed, and shows as ••••", at: span,
            label: "`reveal` shows it on purpose")
    }

    static let w0104 = Code(
        "W0104", "The field is absent in some answers: then it is null, which would end the script here.",
        wrong: "let u = get_user ana\ncreate_user $u.email",
        right: "let u = get_user ana\ncreate_user ($u.email ?? \"ana\")")
    static func mayBeNull(_ expression: CheckedExpression, as use: Checker.NullUse, name: String?) -> Diagnostic {
        let subject = (name.map { "`\($0)`" } ?? "this") + (expression.type == .null ? " is" : " may be")
        switch use {
        case .operand(let place):
            return Diagnostic(
                w0104, .warning, "\(subject) null, which \(place) does not take", at: expression.span,
                label: "give a value for that case with `??`")
        case .base(let field):
            return Diagnostic(
                w0104, .warning, "\(subject) null, and null has no `\(field.text)`", at: expression.span,
                label: "read it with `?.\(field.text)`, or look before")
        case .argument(let parameter, let command):
            return Diagnostic(
                w0104, .warning,
                "\(subject) null, and `\(command)` needs \(ValueType.article(for: parameter.name)) \(parameter.name)",
                at: expression.span, label: "give a value for that case with `??`")
        }
    }

    static let w0105 = Code(
        "W0105",
        "A name like `main~1` counts from the entity that this operation moves: done twice it goes back twice.",
        wrong: "hard_reset_branch lake main main~1",
        right: "let good = get_commit lake main~1\nhard_reset_branch lake main $good.id")
    static func relativeName(
        _ parameter: Parameter, to base: Parameter, _ advice: String, at span: Span
    ) -> Diagnostic {
        Diagnostic(
            w0105, .warning, "this \(parameter.name) is relative to the \(base.role.name) that it moves", at: span,
            label: advice)
    }

    static let w0106 = Code(
        "W0106",
        "Between the last check and the destructive operation a person was asked, or something was changed: "
            + "check again.",
        wrong: "assert (get_branch lake main).commit_id == \"a1\"\nconfirm \"go?\"\nhard_reset_branch lake main b2",
        right: "confirm \"go?\"\nassert (get_branch lake main).commit_id == \"a1\"\nhard_reset_branch lake main b2")
    static func staleCheck(_ name: Name, isConfirm: Bool, line: Int) -> Diagnostic {
        let since = isConfirm ? "the `confirm` in line \(line)" : "the change in line \(line)"
        return Diagnostic(
            w0106, .warning, "what `\(name.text)` destroys was last looked at before \(since)", at: name.span,
            label: "look again right before, with an `assert`")
    }

    static let w0107 = Code(
        "W0107", "A bare word is a text, even where a variable has its name.",
        wrong: "let user_id = \"ana\"\nprint $user_id (get_user user_id)",
        right: "let user_id = \"ana\"\nprint $user_id (get_user $user_id)")
    static func wordIsVariable(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic(w0107, .warning, "this is the text \"\(word)\"", at: span, label: question("$" + word))
    }

    static let w0108 = Code(
        "W0108", "In a script the result of a statement is dropped, so a statement that only reads has no effect.",
        wrong: "list_users --all", right: "print (list_users --all)")
    static func droppedValue(_ expression: CheckedExpression, at span: Span) -> Diagnostic {
        let command: String? =
            switch expression.kind {
            case .operation(let call): call.command.signature.name
            case .builtin(let builtin, _): builtin.name
            case .blockBuiltin(let form, _, _, _, _): form.rawValue
            default: nil
            }
        let what = command.map { "what `\($0)` gives is dropped" } ?? "this value is dropped"
        return Diagnostic(
            w0108, .warning, what, at: span, label: "`print` it, keep it with `let`, or check it with `assert`")
    }
}
