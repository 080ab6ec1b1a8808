// `W01xx`: warnings, which never keep a script from running. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let warningCodes = [
        w0101, w0102, w0103, w0104, w0105, w0106, w0107, w0108, w0109, w0110, w0111, w0112,
    ]

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
        let what = expression.commandName.map { "what `\($0)` gives is dropped" } ?? "this value is dropped"
        return Diagnostic(
            w0108, .warning, what, at: span, label: "`print` it, keep it with `let`, or check it with `assert`")
    }

    static let w0109 = Code(
        "W0109", "A name is shown: in listings, in addresses, in the logs of servers and proxies. A secret is not one.",
        wrong: "let token = env TOKEN --secret\ncreate_user $token",
        right: "let name = env NAME --default \"ana\"\ncreate_user $name")
    static func secretAsName(_ parameter: Parameter, of command: String, at span: Span) -> Diagnostic {
        Diagnostic(
            w0109, .warning, "a secret is the \(parameter.name) of `\(command)`, which is shown", at: span,
            label: "a name is no secret")
    }

    static let w0110 = Code(
        "W0110",
        "The API takes numbers between these bounds alone; a server takes its bound instead, or refuses the call.",
        wrong: "print (list_users --amount 5000)", right: "print (list_users --amount 1000)")
    static func outOfBounds(
        _ number: Int, _ parameter: Parameter, _ bounds: ClosedRange<Int>, at span: Span
    ) -> Diagnostic {
        let limit = number < bounds.lowerBound ? "at least \(bounds.lowerBound)" : "at most \(bounds.upperBound)"
        return Diagnostic(
            w0110, .warning, "\(parameter.name) is \(limit), and this is \(number)", at: span,
            label: "give a number within the bounds")
    }

    static let w0111 = Code(
        "W0111",
        "Everybody who reads the script reads the secret, too. Without a default it comes from the environment, a file, "
            + "standard input or the terminal.",
        wrong: "param password: secret = \"hunter2\"\nlogin \"ana\" $password",
        right: "param password: secret\nlogin \"ana\" $password")
    static func secretInText(_ name: Name, at span: Span) -> Diagnostic {
        Diagnostic(
            w0111, .warning, "the secret `\(name.text)` stands in the script", at: span,
            label: "leave the default out: the value comes from the environment, a file or the terminal")
    }

    static let w0112 = Code(
        "W0112",
        "An address stands in place of the first of the parameters that it fills. Elsewhere it is text like any "
            + "other.",
        wrong: "create_group lakefs://lake/main", right: "create_group Developers")
    /// Returns an error where the parameter names what an address leads to, else a warning.
    static func strayAddress(_ text: String, _ parameter: Parameter, of command: String, at span: Span) -> Diagnostic {
        let isTarget = parameter.role.isTarget || parameter.role.relative != nil
        return Diagnostic(
            isTarget ? e0410 : w0112, isTarget ? .error : .warning,
            "`\(text)` is an address, and `\(command)` takes \(ValueType.article(for: parameter.name)) \(parameter.name) here",
            at: span,
            label: isTarget
                ? "write the \(parameter.role.name) alone, or the address in place of all its parts"
                : "write the \(parameter.name) alone")
    }
}
