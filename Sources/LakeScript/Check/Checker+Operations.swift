/// Calls of operations, with their options.
extension Checker {
    mutating func checkOperation(
        _ command: Command, _ call: Call, _ piped: CheckedExpression?, _ span: Span, isEnsured: Bool
    ) -> CheckedExpression {
        context.needsServer = true
        let bound = bind(call.arguments, piped: piped, command.binder, call.name)
        var checked = CheckedCall(command: command, arguments: bound.arguments, options: bound.options)
        if !bound.options.isEmpty {
            for option in command.options where option.isLiteral {
                checked.options[option] = bound.options[option].flatMap { isOn(option, $0) ? $0 : nil }
            }
        }
        if isEnsured {
            checked.options[.ensure] = CheckedExpression(.constant(true), type: .bool, span: call.name.span)
        }
        refuseDropped(in: checked)
        checkNames(in: checked, call.name)
        checkTarget(of: checked, call.name, span)
        return CheckedExpression(.operation(checked), type: resultType(of: checked), span: span)
    }

    /// Reports an argument that another option makes useless. If that depends on a value, the call fails when it is
    /// made.
    private mutating func refuseDropped(in call: CheckedCall) {
        func given(_ name: String) -> CheckedExpression? {
            let place = call.command.signature.parameters.firstIndex { $0.name == name }
            let value = place.map { call.arguments[$0] } ?? call.options[name]
            return value?.isSurelyGiven == true ? value : nil
        }
        for exclusion in call.command.exclusions where given(exclusion.option) != nil {
            for other in exclusion.others {
                guard let value = given(other) else { continue }
                report(.droppedOption(other, exclusion, at: value.span))
            }
        }
    }

    /// Reports a literal that cannot be the name of what the parameter means; the server would refuse it.
    private mutating func checkNames(in call: CheckedCall, _ command: Name) {
        for (parameter, argument) in zip(call.command.signature.parameters, call.arguments) {
            guard let argument else { continue }
            if argument.type.unwrapped == .secret, parameter.isRequired, parameter.type.isText,
                parameter.type != .secret
            {
                report(.secretAsName(parameter, of: command.text, at: argument.span))
            }
            guard let text = knownText(of: argument) else { continue }
            if let scheme = context.address, parameter.isRequired, parameter.type.isText, text.hasPrefix(scheme.prefix)
            {
                report(.strayAddress(text, parameter, of: command.text, at: argument.span))
            } else if let reason = parameter.refusal?(text) {
                report(.refusedName(text, parameter, reason, of: command.text, at: argument.span))
            }
        }
    }

    /// Returns false if a literal turns the option off; reports a value that is no literal.
    private mutating func isOn(_ option: CallOption, _ value: CheckedExpression) -> Bool {
        if case .constant(.bool(let isOn)) = value.kind { return isOn }
        if !value.isUnknown { report(.switchNotLiteral(option.name, at: value.span)) }
        return true
    }

    private func resultType(of call: CheckedCall) -> ValueType {
        var type = call.command.signature.result
        if call.options.isEmpty { return type }
        if call.options[.all] != nil, let paging = call.command.paging {
            guard case .record(let page) = type, let items = page.field(paging.items) else { return .list(.any) }
            type = items.type
        }
        for option in call.command.options where call.options[option] != nil { type = option.result ?? type }
        if call.options[.withHeaders] != nil {
            type = .record(RecordType("", [Field("body", type), Field("headers", .map(.string))]))
        }
        return call.options[.or].map { type.joined(with: $0.type) } ?? type
    }

    /// Warns about relative names, and about a destructive operation whose target was not read right before.
    private mutating func checkTarget(of call: CheckedCall, _ name: Name, _ span: Span) {
        let target = target(of: call)
        switch call.command.effect {
        case .read:
            frame.checks.read(target, isListing: call.command.paging != nil)
            return
        case .destroy:
            if let barrier = frame.checks.barrier(before: target) {
                report(
                    .staleCheck(name, isConfirm: barrier.isConfirm, line: context.line(of: barrier.span)))
            }
        case .write:
            break
        }
        warnOfRelativeNames(in: call)
        frame.checks.wrote(target, at: span)
    }

    private func target(of call: CheckedCall) -> TargetChecks.Target? {
        var key = ""
        var names = 0
        var outer: String?
        var container: String?
        var isVersion = false
        let parameters = call.command.signature.parameters
        for (place, argument) in call.arguments.enumerated() where parameters[place].isRequired {
            let role = parameters[place].role
            // Reading a version by its name is reading the entity of that name.
            let base = call.command.effect == .read ? role.relative?.base : nil
            guard role.isTarget || base != nil else { continue }
            guard let text = argument.flatMap({ knownText(of: $0) ?? path(of: $0) }) else { return nil }
            if base != nil { isVersion = true }
            outer = names >= 2 ? key : nil
            names += 1
            if !key.isEmpty { key += " " }
            key += base ?? role.name
            key += "="
            key += text
            if role.isContainer { container = text }
        }
        guard !key.isEmpty else { return nil }
        return TargetChecks.Target(key: key, outer: outer, container: container, isVersion: isVersion)
    }

    /// Reports a name that counts from an entity which the call moves: sent twice, it counts from another one.
    private mutating func warnOfRelativeNames(in call: CheckedCall) {
        let arguments = zip(call.command.signature.parameters, call.arguments)
        for (parameter, argument) in arguments {
            guard let relative = parameter.role.relative, let argument, let text = pathText(of: argument) else {
                continue
            }
            let base = arguments.first { base, value in
                guard base.role.name == relative.base, let name = value.flatMap({ pathText(of: $0) }) else {
                    return false
                }
                return text.hasPrefix(name)
                    && text.dropFirst(name.count).first.map { relative.marks.contains($0) } == true
            }
            if let base {
                report(.relativeName(parameter, to: base.0, relative.advice, at: argument.span))
            }
        }
    }

    /// The text of a string, with variables as `$name` where their values are not known, to compare the beginnings of
    /// two.
    private func pathText(of expression: CheckedExpression) -> String? {
        let expression = literal(of: expression)
        switch expression.kind {
        case .constant(.string(let text)): return text
        case .variable(_, let name): return "$" + name
        case .member(let base, let name, _): return pathText(of: base).map { $0 + "." + name.text }
        case .interpolated(let parts):
            let texts = parts.compactMap { pathText(of: $0) }
            return texts.count == parts.count ? texts.joined() : nil
        default: return nil
        }
    }
}

extension CheckedExpression {
    /// True if it is certainly more than a switch that is off, or null.
    fileprivate var isSurelyGiven: Bool {
        if case .constant(let value) = kind { return value != false && !value.isNull }
        return ![.bool, .any].contains(type) && type.unwrapped == type
    }

    /// True for the placeholder of an expression with an error.
    var isUnknown: Bool { if case .constant(.null) = kind { type == .any } else { false } }
}
