/// Commands by name, and pipelines of them.
extension Checker {
    mutating func checkCall(_ call: Call, piped: CheckedExpression?, _ span: Span) -> CheckedExpression {
        let name = call.name.text
        if context.lostCommands.contains(name) {
            checkUnbound(call.arguments)
            return .unknown(span)
        }
        if let index = functionNames[name] { return checkFunctionCall(index, call, piped, span) }
        if let builtin = Builtins[name] { return checkBuiltin(builtin, call, piped, span) }
        if let command = context.command(name) { return checkOperation(command, call, piped, span, isEnsured: false) }
        reportUnknown(call.name, hasArguments: !call.arguments.isEmpty)
        checkUnbound(call.arguments)
        return .unknown(span)
    }

    /// Checks `a | b | c`: each stage is an argument of the next.
    mutating func checkPipeline(_ stages: [Expression]) -> CheckedExpression {
        guard let first = stages.first else { return .unknown(Span(file: FileID(index: 0), start: 0, end: 0)) }
        return stages.dropFirst().reduce(check(first)) { input, stage in
            let span = input.span.joined(with: stage.span)
            let checked: CheckedExpression
            switch stage.kind {
            case .call(let call): checked = checkCall(call, piped: input, span)
            case .ensure(let call): checked = checkEnsure(call, piped: input, span)
            default: return check(stage)
            }
            if context.asked != nil { answer(checked, endingAt: span) }
            return checked
        }
    }

    mutating func checkEnsure(_ call: Call, piped: CheckedExpression?, _ span: Span) -> CheckedExpression {
        let name = call.name.text
        guard functionNames[name] == nil, Builtins[name] == nil, let command = context.command(name) else {
            if functionNames[name] == nil, Builtins[name] == nil {
                reportUnknown(call.name, hasArguments: true)
            } else {
                report(.ensureNeedsOperation(call.name))
            }
            checkUnbound(call.arguments)
            return .unknown(span)
        }
        if !command.canEnsure { report(.cannotEnsure(call.name, reads: command.effect == .read)) }
        return checkOperation(command, call, piped, span, isEnsured: true)
    }

    private mutating func checkFunctionCall(
        _ index: Int, _ call: Call, _ piped: CheckedExpression?, _ span: Span
    ) -> CheckedExpression {
        let signature = signature(ofFunction: index)
        noteCall(ofFunction: index, call.name)
        context.notes?.use(of: functions[index].name.span, at: call.name.span)
        let bound = bind(call.arguments, piped: piped, ArgumentBinder(signature), call.name)
        let result = functions[index].progress == .done ? functions[index].signature.result : .any
        checkBody(ofFunction: index, with: bound.arguments, calledAt: span)
        return CheckedExpression(.function(index, bound.arguments), type: result, span: span)
    }

    private mutating func reportUnknown(_ name: Name, hasArguments: Bool) {
        if frame.index(of: name.text) != nil {
            report(.unknownCommand(name, label: "a variable is read with `$`: `$\(name.text)`"))
            return
        }
        // A suggestion is not shown while a name is typed, and it is the most expensive part.
        if context.notes != nil { return }
        // The name may stand in a file that could not be read, which was reported.
        if context.lacksInclude { return }
        let foreign =
            context.surroundings.vocabulary.conventions.foreignCommands[name.text]
            ?? Diagnostic.foreignCommands[name.text]
        let suggestion = foreign ?? context.suggestions[name.text] ?? suggestion(for: name.text)
        context.suggestions[name.text] = suggestion
        report(.unknownCommand(name, label: suggestion))
    }

    private func suggestion(for name: String) -> String {
        let known =
            functionNames.keys.sorted() + Builtins.all.map(\.signature.name) + context.surroundings.vocabulary.names
        return Diagnostic.question(DidYouMean.closest(to: name, in: known))
    }
}
