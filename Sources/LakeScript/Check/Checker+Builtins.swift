/// Calls of built-ins. Their signatures say which arguments they take; what they give often depends on those.
extension Checker {
    mutating func checkBuiltin(
        _ builtin: Builtin, _ call: Call, _ piped: CheckedExpression?, _ span: Span
    ) -> CheckedExpression {
        let name = builtin.signature.name
        let bound = bind(call.arguments, piped: piped, inputLast: builtin.takesInputLast, builtin.binder, call.name)
        if case .block = builtin.kind { return checkBlockBuiltin(name, call.name, bound, span) }
        checkUse(of: name, bound.arguments)
        checkInput(of: name, bound.arguments)
        let type = resultType(of: builtin, bound.arguments)
        return CheckedExpression(.builtin(name, bound.arguments), type: type, span: span)
    }

    /// What some built-ins mind beside types.
    private mutating func checkUse(of name: String, _ arguments: [CheckedExpression?]) {
        switch name {
        case "print", "print_error":
            for value in arguments[0]?.items ?? [] where value.type.unwrapped == .secret {
                report(.printedSecret(at: value.span))
            }
        case "exec":
            for case let value? in [arguments[0]] + (arguments[1]?.items ?? []) where value.type.unwrapped == .secret {
                report(.secretArgument(at: value.span))
            }
        case "count", "length":
            if let value = arguments[0], value.type.page != nil {
                report(.pageAsList(value.type.unwrapped, at: value.span))
            }
        case "replace":
            if let pattern = arguments[1] { checkPattern(pattern) }
        case "put_url", "get_url":
            context.needsServer = true
            if let address = arguments[0] { checkAddress(address, of: name) }
        default:
            break
        }
    }

    /// A value of which several types are taken: in the signature it has none.
    private mutating func checkInput(of name: String, _ arguments: [CheckedExpression?]) {
        guard let input = BuiltinInput.known[name], let value = arguments[input.place] else { return }
        let type = value.type.orNothing
        guard type != .any, type.page == nil, !input.fits(type) else { return }
        report(.wrongInput(type, input.words, of: name, at: value.span))
    }

    /// An address is one of the web, as far as its beginning is written.
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
        _ name: String, _ command: Name, _ bound: BoundArguments, _ span: Span
    ) -> CheckedExpression {
        let arguments = bound.arguments
        let input = arguments.first.flatMap { $0 } ?? .unknown(span)
        let item = input.type.unwrapped.item ?? .any
        guard let block = bound.block else {
            guard name == "sort_by" || name == "group_by" else { return .unknown(span) }
            if let field = arguments[1] {
                _ = self.field(field, of: item)
            } else if arguments[0] != nil {
                report(.fieldOrBlock(command))
            }
            return CheckedExpression(
                .builtin(name, arguments), type: name == "group_by" ? .map(.list(item)) : .list(item), span: span)
        }
        let isParallel = name == "each" && arguments[1] != nil
        if isParallel { frame.apart.append(.parallelBody) }
        var place = 0
        let body = checkBlock(block, use: .used, boundary: isParallel ? .parallelBody : .pipelineBlock) { checker in
            let it = Name(text: "it", span: block.span)
            place = checker.frame.declare(it, .pipelineItem, type: item, source: checker.source(of: input))
        }
        if isParallel { frame.apart.removeLast() }
        exits = false
        let condition = body.type.orNothing
        if name == "where", !body.exits, condition != .any, condition != .bool,
            condition != .null || !hasGaps
        {
            let last = block.statements.last?.span ?? block.span
            report(.notACondition(condition, of: "where", at: last))
        }
        let type: ValueType =
            switch name {
            case "each": .list(body.type)
            case "group_by": .map(.list(item))
            default: .list(item)
            }
        return CheckedExpression(
            .blockBuiltin(
                name, input: input, arguments: arguments, item: .local(frame[place].slot), body: body.statements),
            type: type, span: span)
    }

    private mutating func resultType(of builtin: Builtin, _ arguments: [CheckedExpression?]) -> ValueType {
        let input = arguments.first.flatMap { $0 }
        let type = input?.type.unwrapped ?? .any
        let item = type.item ?? .any
        let isSecret = type == .secret
        switch builtin.signature.name {
        case "sort", "unique", "reverse", "without", "intersect":
            return .list(item)
        case "first", "last":
            return arguments[1] == nil ? item : .list(item)
        case "min", "max":
            return item
        case "sum":
            return item.isNumber || item == .duration ? item : .any
        case "flatten":
            return .list(item.item ?? item)
        case "append":
            return .list(item.joined(with: arguments[1]?.type ?? .any))
        case "union":
            return .list(item.joined(with: arguments[1]?.type.unwrapped.item ?? .any))
        case "values":
            if case .map(let value) = type { return .list(value) }
        case "select":
            return selected(arguments[1]?.items ?? [], of: type, input?.span)
        case "get":
            return gotten(arguments[1], of: type, input?.span)
        case "reveal":
            return isSecret ? .string : type
        case "trim", "lower", "upper", "replace", "to_string", "to_json", "base64", "join":
            if isSecret { return .secret }
        case "split", "lines":
            if isSecret { return .list(.secret) }
        case "env":
            return isTrue(arguments[2]) ? .secret : .any
        case "input", "read_file":
            if isTrue(arguments[1]) { return .secret }
        case "exec":
            let given = arguments.dropFirst(2).compactMap { $0?.type.unwrapped }
            if given.contains(.secret) { return .secret }
        default:
            break
        }
        return builtin.signature.result
    }

    private func isTrue(_ flag: CheckedExpression?) -> Bool {
        if case .constant(.bool(true))? = flag?.kind { true } else { false }
    }

    /// What `select` gives of a map, or of each map of a list.
    private mutating func selected(_ names: [CheckedExpression], of type: ValueType, _ input: Span?) -> ValueType {
        if type.page != nil, !names.isEmpty, names.allSatisfy({ !isField($0, of: type) }) {
            report(.pageAsList(type, at: input ?? names[0].span))
            return .any
        }
        let item = type.item ?? type
        let fields = names.map { name in Field(name.constantText ?? "", field(name, of: item)) }
        guard item != .any, names.allSatisfy({ $0.constantText != nil }) else {
            return type.item == nil ? .any : .list(.any)
        }
        let result = ValueType.record(RecordType("", fields))
        return type.item == nil ? result : .list(result)
    }

    /// What `get` gives of a map, or of each map of a list.
    private mutating func gotten(_ name: CheckedExpression?, of type: ValueType, _ input: Span?) -> ValueType {
        guard let name else { return .any }
        if type.page != nil, !isField(name, of: type) {
            report(.pageAsList(type, at: input ?? name.span))
            return .any
        }
        guard let item = type.item, type != .any else { return field(name, of: type) }
        return .list(field(name, of: item))
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
}

/// What a built-in takes that takes values of several types.
private struct BuiltinInput: Sendable {
    let place: Int
    let words: String
    let fits: @Sendable (ValueType) -> Bool

    static let known: [String: BuiltinInput] = [
        "count": BuiltinInput(place: 0, words: "a list or a map") { $0.item != nil || $0.isMap },
        "length": BuiltinInput(place: 0, words: "a string, a list, a map or bytes") {
            $0.isText || $0.item != nil || $0.isMap || $0 == .bytes
        },
        "contains": BuiltinInput(place: 0, words: "a string or a list") { $0.isText || $0.item != nil },
        "to_int": BuiltinInput(place: 0, words: "a string, a number or a duration") {
            $0.isShownText || $0.isNumber || $0 == .duration
        },
        "to_float": BuiltinInput(place: 0, words: "a string or a number") { $0.isShownText || $0.isNumber },
        "base64": text(at: 0), "sha256": text(at: 0), "write_file": text(at: 1),
    ]

    private static func text(at place: Int) -> BuiltinInput {
        BuiltinInput(place: place, words: "a string or bytes") { $0.isText || $0 == .bytes }
    }
}

extension ValueType {
    /// A text that may become something that is shown.
    fileprivate var isShownText: Bool { isText && self != .secret }
}
