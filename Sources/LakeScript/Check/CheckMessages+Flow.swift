/// `E06xx`: what stands where, and what may be assigned.
extension CheckMessages {
    static func assignedImmutable(_ variable: VariableInfo, at span: Span, line: Int?) -> Diagnostic {
        let place = line.map { " (line \($0))" } ?? ""
        let advice: String =
            switch variable.kind {
            case .immutable: "declare it with `var`\(place)"
            case .earlier: "declare it anew with `var`"
            default: "`var` makes a variable of its own"
            }
        return Diagnostic(
            "E0601", "`\(variable.name)` is \(variable.noun) and cannot be assigned", at: span, label: advice)
    }

    static func assignedFromApart(
        _ variable: VariableInfo, in block: CheckFrame.Boundary, at span: Span
    ) -> Diagnostic {
        let isParallel = block == .parallelBody
        return Diagnostic(
            "E0602", "\(block.rawValue) cannot assign `\(variable.name)`, which is declared outside", at: span,
            label: isParallel
                ? "bodies run at the same time; collect with `each --parallel`" : "it runs at the end, by a copy of it")
    }

    static func outsideLoop(_ keyword: String, boundary: CheckFrame.Boundary?, at span: Span) -> Diagnostic {
        let what =
            boundary.map { "`\(keyword)` does not leave \($0.rawValue)" } ?? "`\(keyword)` stands outside of a loop"
        return Diagnostic("E0603", what, at: span, label: boundary?.advice ?? "")
    }

    static func misplacedReturn(_ boundary: CheckFrame.Boundary, at span: Span) -> Diagnostic {
        let advice = boundary == .pipelineBlock ? "a block's value is its last expression" : boundary.advice
        return Diagnostic("E0604", "`return` does not leave \(boundary.rawValue)", at: span, label: advice)
    }

    static func paramAfterStatements(at span: Span) -> Diagnostic {
        Diagnostic("E0605", "a `param` stands before all other statements", at: span, label: "move it to the top")
    }

    static func topLevelOnly(_ keyword: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0606", "`\(keyword)` stands at the top level of a file, not in a block", at: span,
            label: "move it out of the block")
    }

    static func operationInDefault(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0607", "a default calls no operation", at: span,
            label: "make it optional with = null, and ask in the script")
    }

    static func stringAlone(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0608", "a string alone does nothing", at: span,
            label: "print it, or put it on the line that it belongs to")
    }

    static func assignedGlobal(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0609", "a `def` cannot assign `\(name)` of the top level", at: span,
            label: "`return` the value instead")
    }

    static func notAssignable(at span: Span) -> Diagnostic {
        Diagnostic("E0610", "only a variable, or a place in one, can be assigned", at: span)
    }
}

/// `W01xx`: warnings, which never keep a script from running.
extension CheckMessages {
    static func unused(_ variable: VariableInfo) -> Diagnostic {
        let what = variable.isMutable ? "is set and never read" : "is never read"
        return Diagnostic(
            "W0101", .warning, "`\(variable.name)` \(what)", at: variable.span,
            label: "take it out, or begin its name with _")
    }

    static func unreachable(at span: Span) -> Diagnostic {
        Diagnostic("W0102", .warning, "this is never reached", at: span, label: "what stands before always leaves")
    }

    static func printedSecret(at span: Span) -> Diagnostic {
        Diagnostic(
            "W0103", .warning, "a secret is printed, and shows as ••••", at: span,
            label: "`reveal` shows it on purpose")
    }

    static func mayBeNull(_ expression: CheckedExpression, as use: Checker.NullUse, name: String?) -> Diagnostic {
        let subject = name.map { "`\($0)`" } ?? "this"
        switch use {
        case .operand(let place):
            return Diagnostic(
                "W0104", .warning, "\(subject) may be null, which \(place) does not take", at: expression.span,
                label: "give a value for that case with `??`")
        case .base(let field):
            return Diagnostic(
                "W0104", .warning, "\(subject) may be null, and null has no `\(field.text)`", at: expression.span,
                label: "read it with `?.\(field.text)`, or look before")
        case .argument(let parameter, let command):
            return Diagnostic(
                "W0104", .warning,
                "\(subject) may be null, and `\(command)` needs \(ValueType.article(for: parameter.name)) \(parameter.name)",
                at: expression.span, label: "give a value for that case with `??`")
        }
    }

    static func relativeRef(_ parameter: Parameter, at span: Span) -> Diagnostic {
        Diagnostic(
            "W0105", .warning, "this \(parameter.name) is relative to the branch that it moves", at: span,
            label: "done twice it goes back twice: take the commit's id from get_commit")
    }

    static func staleCheck(_ name: Name, isConfirm: Bool, line: Int) -> Diagnostic {
        let since = isConfirm ? "the `confirm` in line \(line)" : "the change in line \(line)"
        return Diagnostic(
            "W0106", .warning, "what `\(name.text)` destroys was last looked at before \(since)", at: name.span,
            label: "look again right before, with an `assert`")
    }

    static func wordIsVariable(_ word: String, at span: Span) -> Diagnostic {
        Diagnostic("W0107", .warning, "this is the text \"\(word)\"", at: span, label: question("$" + word))
    }

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
            "W0108", .warning, what, at: span, label: "`print` it, keep it with `let`, or check it with `assert`")
    }
}
