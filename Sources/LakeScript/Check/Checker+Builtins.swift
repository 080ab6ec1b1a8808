/// Calls of built-ins. A `Builtin` describes itself: nothing here goes by its name.
extension Checker {
    mutating func checkBuiltin(
        _ builtin: Builtin, _ call: Call, _ piped: CheckedExpression?, _ span: Span
    ) -> CheckedExpression {
        let bound = bind(call.arguments, piped: piped, inputLast: builtin.takesInputLast, builtin.binder, call.name)
        if case .block(let form) = builtin.kind { return checkBlockBuiltin(form, builtin, call.name, bound, span) }
        if builtin.performer == .network { context.needsServer = true }
        let arguments = bound.arguments
        if builtin.traits.tellsType, let currentFunction { functions[currentFunction].looksAtTypes = true }
        for (place, rule) in builtin.traits.rules {
            switch rule {
            case .pattern(let literal) where arguments[literal]?.isTrue == true: continue
            case .replacement(let literal):
                if arguments[literal]?.isTrue != true { checkReplacement(arguments[place], of: arguments[place - 1]) }
            default: if let value = arguments[place] { check(value, against: rule, of: builtin, on: arguments[0]) }
            }
        }
        checkInput(of: builtin, arguments)
        let types = ArgumentTypes(
            types: arguments.map { $0?.type },
            switches: Set(arguments.indices.filter { arguments[$0]?.isTrue == true }),
            hasItems: arguments.first.flatMap(\.self).map { hasItems($0) } == true,
            fields: checkFields(of: builtin, arguments))
        let type = builtin.traits.result(types) ?? builtin.signature.result
        return CheckedExpression(.builtin(builtin, arguments), type: type, span: span)
    }

    /// Returns true if a list has an item: a literal that is not empty, the parts of a text.
    func hasItems(_ list: CheckedExpression) -> Bool {
        switch list.kind {
        case .list(let items): !items.isEmpty
        case .variable(.local, let name): frame.index(of: name).map { frame[$0].hasItems } == true
        case .builtin(let builtin, let arguments):
            builtin.traits.givesItems
                || builtin.handsOnItems && arguments.first.flatMap(\.self).map { hasItems($0) } == true
        case .blockBuiltin(let form, let input, _, _, _): form != .filter && hasItems(input)
        default: false
        }
    }

    /// Reports an argument that its type allows and a rule of the built-in does not.
    private mutating func check(
        _ value: CheckedExpression, against rule: Builtin.ArgumentRule, of builtin: Builtin,
        on input: CheckedExpression?
    ) {
        switch rule {
        case .shown:
            for item in value.secrets { report(.printedSecret(at: item.span)) }
        case .visible:
            for item in value.secrets { report(.secretArgument(at: item.span)) }
        case .pattern: checkPattern(value)
        case .timeFormat:
            if let unknown = knownText(of: value).flatMap({ CalendarTime.unknownDirective(in: $0) }) {
                report(.wrongTimeFormat(unknown, at: value.span))
            }
        case .address: checkAddress(value, of: builtin.name)
        case .notPage:
            if value.type.page != nil { report(.pageAsList(value.type.unwrapped, at: value.span)) }
        case .fields, .replacement: break
        case .item: checkComparable(value, value.type.orNothing, withItemsOf: input, in: builtin.name)
        case .items: checkComparable(value, value.type.orNothing.item ?? .any, withItemsOf: input, in: builtin.name)
        }
    }

    /// Reports an argument that would be compared with items of another type.
    private mutating func checkComparable(
        _ value: CheckedExpression, _ type: ValueType, withItemsOf input: CheckedExpression?,
        in command: String
    ) {
        guard let item = input?.type.orNothing.item, let clash = item.clash(with: type) else { return }
        report(.incomparable(clash.0, clash.1, in: command, at: value.span))
    }

    /// Reports an input of a type that the built-in does not accept, where its signature says `any`.
    private mutating func checkInput(of builtin: Builtin, _ arguments: [CheckedExpression?]) {
        let last = builtin.signature.parameters.lastIndex(where: \.isRequired) ?? 0
        guard let accepts = builtin.traits.accepts, let value = arguments[builtin.takesInputLast ? last : 0] else {
            return
        }
        let type = value.type.orNothing
        guard type != .any, type.page == nil, !accepts.fits(type) else { return }
        report(.wrongInput(value, accepts.words, of: builtin.name))
    }

    /// Reports an address that is not one of the web, as far as its beginning is written.
    private mutating func checkAddress(_ address: CheckedExpression, of command: String) {
        var parts = [address]
        if case .interpolated(let pieces) = address.kind { parts = pieces }
        guard let text = parts.first?.constantText else { return }
        let isOfTheWeb = ["http://", "https://"].contains { scheme in
            text.lowercased().hasPrefix(scheme) || parts.count > 1 && scheme.hasPrefix(text.lowercased())
        }
        if !isOfTheWeb { report(.noWebAddress(text, of: command, at: address.span)) }
    }

    /// `where each sort_by group_by`.
    private mutating func checkBlockBuiltin(
        _ form: Builtin.BlockForm, _ builtin: Builtin, _ command: Name, _ bound: BoundArguments, _ span: Span
    ) -> CheckedExpression {
        let arguments = bound.arguments
        let input = arguments.first.flatMap { $0 } ?? .unknown(span)
        let item = input.type.unwrapped.item ?? .any
        guard let block = bound.block else {
            guard form == .sortBy || form == .groupBy else { return .unknown(span) }
            if let field = arguments[1] {
                _ = self.field(field, of: item)
            } else if arguments[0] != nil {
                report(.fieldOrBlock(command))
            }
            return CheckedExpression(
                .builtin(builtin, arguments), type: form.result(of: item, value: .any), span: span)
        }
        let isParallel = form == .each && arguments[1] != nil
        if isParallel, let limit = arguments[1] { requireOne(limit, for: "parallel") }
        if isParallel { frame.apart.append(.parallelBody) }
        var place = 0
        let body = checkBlock(block, use: .used, boundary: isParallel ? .parallelBody : .pipelineBlock) { checker in
            let it = Name(text: "it", span: block.span)
            place = checker.frame.declare(it, .pipelineItem, type: item, source: checker.source(of: input))
        }
        if isParallel { frame.apart.removeLast() }
        exits = false
        let condition = body.type.orNothing
        if form == .filter, !body.exits, condition != .any, condition != .bool,
            condition != .null || !hasGaps
        {
            let last = block.statements.last?.span ?? block.span
            report(.notACondition(condition, of: form.rawValue, at: last))
        }
        return CheckedExpression(
            .blockBuiltin(
                form, input: input, arguments: arguments, item: .local(frame[place].slot), body: body.statements),
            type: form.result(of: item, value: body.type), span: span)
    }

    /// The fields of the input, or of its items, that arguments name; reports unknown ones.
    ///
    /// - Returns: nil if not all of them are known before the run.
    private mutating func checkFields(of builtin: Builtin, _ arguments: [CheckedExpression?]) -> [Field]? {
        guard let place = builtin.traits.rules.first(where: { $0.value == .fields })?.key,
            let names = arguments[place]?.items, let first = names.first
        else { return nil }
        let input = arguments.first.flatMap { $0 }
        let type = input?.type.unwrapped ?? .any
        if type.page != nil, names.allSatisfy({ !isField($0, of: type) }) {
            report(.pageAsList(type, at: input?.span ?? first.span))
            return nil
        }
        let fields = names.map { Field($0.constantText ?? "", field($0, of: type.item ?? type)) }
        return names.allSatisfy { $0.constantText != nil } ? fields : nil
    }

    private func isField(_ name: CheckedExpression, of type: ValueType) -> Bool {
        guard case .record(let record) = type, let text = name.constantText else { return true }
        return record.field(text) != nil
    }

    /// The type of a field that a command's argument names; a message where there is none.
    private mutating func field(_ name: CheckedExpression, of type: ValueType) -> ValueType {
        guard let text = name.constantText else { return .any }
        switch type.unwrapped {
        case .map(let value): return value
        case .record(let record):
            if let field = record.field(text) { return field.readType }
            report(
                .unknownField(
                    Name(text: text, span: name.span), of: type.unwrapped, among: record.fields.map(\.name)))
        case .any: break
        case .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes, .list, .optional:
            report(.noFields(Name(text: text, span: name.span), type.unwrapped))
        }
        return .any
    }
}

extension CheckedExpression {
    /// The items of a list that was written as one.
    var items: [CheckedExpression] {
        switch kind {
        case .list(let items): items
        case .constant(.list(let values)):
            values.map { CheckedExpression(.constant($0), type: $0.literalType, span: span) }
        default: [self]
        }
    }

    /// The items that are secrets.
    fileprivate var secrets: [CheckedExpression] { items.filter { $0.type.unwrapped == .secret } }

    /// True if it is the literal `true`.
    fileprivate var isTrue: Bool { if case .constant(.bool(true)) = kind { true } else { false } }
}

extension Builtin.BlockForm {
    /// The type of the result, by those of the items and of the block's value.
    fileprivate func result(of item: ValueType, value: ValueType) -> ValueType {
        switch self {
        case .filter, .sortBy: .list(item)
        case .each: .list(value)
        case .groupBy: .map(.list(item))
        }
    }
}
