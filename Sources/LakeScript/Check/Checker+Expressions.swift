extension Checker {
    /// Checks an expression: resolves its names and finds its type.
    mutating func check(_ expression: Expression) -> CheckedExpression {
        let checked = checkKind(of: expression)
        if context.asked != nil { answer(checked, endingAt: expression.span) }
        return checked
    }

    private mutating func checkKind(of expression: Expression) -> CheckedExpression {
        let span = expression.span
        switch expression.kind {
        case .null: return CheckedExpression(.constant(.null), type: .null, span: span)
        case .bool(let bool): return CheckedExpression(.constant(.bool(bool)), type: .bool, span: span)
        case .int(let int): return CheckedExpression(.constant(.int(int)), type: .int, span: span)
        case .float(let float): return CheckedExpression(.constant(.float(float)), type: .float, span: span)
        case .duration(let length):
            return CheckedExpression(.constant(.duration(length)), type: .duration, span: span)
        case .string(let parts): return checkString(parts, span)
        case .list(let items): return checkList(items, span)
        case .map(let entries): return checkMap(entries, span)
        case .variable(let name): return checkVariable(name, span)
        case .member(let base, let name, let isOptional):
            return checkMember(base, name, isOptional: isOptional, in: expression)
        case .index(let base, let index): return checkIndex(base, index, span)
        case .unary(let unary, let operand): return checkUnary(unary, operand, span)
        case .binary(let binary, let place, let left, let right):
            return checkBinary(binary, place, left, right, span)
        case .parenthesized(let inner): return check(inner)
        case .pipeline(let stages): return checkPipeline(stages)
        case .call(let call): return checkCall(call, piped: nil, span)
        case .ensure(let call): return checkEnsure(call, piped: nil, span)
        case .ifElse, .tryCatch, .step, .retry, .timeout, .identity, .server: return checkBlockExpression(expression)
        case .missing:
            hasGaps = true
            return .unknown(span)
        }
    }

    mutating func checkString(_ parts: [StringPart], _ span: Span) -> CheckedExpression {
        guard !parts.isEmpty else { return CheckedExpression(.constant(.string("")), type: .string, span: span) }
        if parts.count == 1, case .text(let text) = parts[0] {
            return CheckedExpression(.constant(.string(text)), type: .string, span: span)
        }
        let outer = stringSpan
        stringSpan = span
        defer { stringSpan = outer }
        return CheckedExpression.interpolation(parts.map { checkPart($0, span) }, span)
    }

    private mutating func checkPart(_ part: StringPart, _ span: Span) -> CheckedExpression {
        switch part {
        case .text(let text): CheckedExpression(.constant(.string(text)), type: .string, span: span)
        case .interpolation(let expression): checkInText(expression)
        }
    }

    private mutating func checkInText(_ expression: Expression) -> CheckedExpression {
        let checked = check(expression)
        if checked.type.isOptional, !(checked.type == .null && hasGaps) {
            report(.nullInText(checked, name: path(of: checked)))
        }
        return checked
    }

    private mutating func checkList(_ items: [Expression], _ span: Span) -> CheckedExpression {
        let checked = items.map { check($0) }
        let first = checked.first?.type ?? .any
        let type = checked.dropFirst().reduce(first) { $0.joined(with: $1.type) }
        return CheckedExpression(.list(checked), type: .list(type), span: span)
    }

    private mutating func checkMap(_ entries: [MapEntry], _ span: Span) -> CheckedExpression {
        var seen: Set<String> = []
        var values: [CheckedExpression] = []
        for entry in entries {
            if !seen.insert(entry.key.text).inserted { report(.keyTwice(entry.key)) }
            values.append(check(entry.value))
        }
        let keys = entries.map(\.key)
        let fields = zip(keys, values).map { Field($0.text, $1.type) }
        return CheckedExpression(.map(keys: keys, values: values), type: .record(RecordType("", fields)), span: span)
    }

    private mutating func checkBlockExpression(_ expression: Expression) -> CheckedExpression {
        let span = expression.span
        switch expression.kind {
        case .ifElse(let arms, let otherwise):
            return checkIf(arms, otherwise, span)
        case .tryCatch(let body, let name, let handler):
            return checkTry(body, name, handler, span)
        case .step(let name, let body):
            let checkedName = check(name)
            require(checkedName, is: .string, for: "the name of a `step`")
            let block = checkValueBlock(body)
            return CheckedExpression(.step(name: checkedName, body: block.statements), type: block.type, span: span)
        case .retry(let count, let every, let body):
            return checkRetry(count, every, body, span)
        case .timeout(let limit, let body):
            let checkedLimit = check(limit)
            require(checkedLimit, is: .duration, for: "`timeout`")
            let block = checkValueBlock(body)
            return CheckedExpression(
                .timeout(limit: checkedLimit, body: block.statements), type: block.type, span: span)
        case .identity(let key, let body):
            let checkedKey = check(key)
            requireIdentity(checkedKey)
            let block = checkValueBlock(body)
            return CheckedExpression(.identity(checkedKey, body: block.statements), type: block.type, span: span)
        case .server(let profile, let body):
            let checkedProfile = check(profile)
            require(checkedProfile, is: .string, for: "`on`")
            if let name = knownText(of: checkedProfile), let known = context.surroundings.profiles,
                !known.names.contains(name)
            {
                report(.unknownProfile(Name(text: name, span: profile.span), known))
            }
            let block = checkValueBlock(body)
            return CheckedExpression(.server(checkedProfile, body: block.statements), type: block.type, span: span)
        default:
            return .unknown(span)
        }
    }

    /// Checks a block whose last expression is its value; also returns whether it always leaves.
    private mutating func checkValueBlock(_ block: Block) -> CheckedBlock {
        let checked = checkBlock(block, use: .used)
        exits = checked.exits
        return checked
    }

    private mutating func checkIf(
        _ arms: [(condition: Expression, body: Block)], _ otherwise: Block?, _ span: Span
    ) -> CheckedExpression {
        var checkedArms: [(condition: CheckedExpression, body: [CheckedStatement])] = []
        var blocks: [CheckedBlock] = []
        let outside = frame.notNull.mark
        for (condition, body) in arms {
            let checkedCondition = checkCondition(condition, of: "if")
            let whenTrue = facts(of: condition, whenTrue: true)
            let block = checkBlock(body, use: .used, since: outside) { $0.frame.notNull.add(whenTrue) }
            checkedArms.append((checkedCondition, block.statements))
            blocks.append(block)
            // The following arms run if this one does not.
            frame.notNull.add(facts(of: condition, whenTrue: false))
        }
        let last = otherwise.map { checkBlock($0, use: .used, since: outside) }
        blocks.append(last ?? CheckedBlock(facts: frame.notNull.added(since: outside)))
        frame.notNull.leave(since: outside)
        // What every way out of the `if` knows is known behind it.
        let ways = blocks.filter { !$0.exits }.map(\.facts)
        if let first = ways.first { frame.notNull.add(ways.dropFirst().reduce(first) { $0.intersection($1) }) }
        exits = ways.isEmpty
        return CheckedExpression(
            .ifElse(checkedArms, otherwise: last?.statements),
            type: Checker.valueType(of: blocks), span: span)
    }

    /// Returns the joined type of several blocks; a block that always leaves has no value.
    private static func valueType(of blocks: [CheckedBlock]) -> ValueType {
        var type: ValueType?
        for block in blocks where !block.exits { type = type?.joined(with: block.type) ?? block.type }
        return type ?? .any
    }

    private mutating func checkTry(
        _ body: Block, _ name: Name?, _ handler: Block?, _ span: Span
    ) -> CheckedExpression {
        if let currentFunction { functions[currentFunction].looksAtTypes = true }
        frame.expectations += 1
        let checkedBody = checkBlock(body, use: .used)
        frame.expectations -= 1
        var error: Int?
        let checkedHandler = handler.map {
            checkBlock($0, use: .used) { checker in
                error = name.map { checker.frame.declare($0, .error, type: ErrorType.caught) }
            }
        }
        exits = checkedBody.exits && (checkedHandler?.exits ?? false)
        let blocks = [checkedBody, checkedHandler ?? CheckedBlock()]
        return CheckedExpression(
            .tryCatch(
                body: checkedBody.statements, error: error.map { .local(frame[$0].slot) },
                handler: checkedHandler?.statements ?? []),
            type: Checker.valueType(of: blocks), span: span)
    }

    private mutating func checkRetry(
        _ count: Expression, _ every: Expression?, _ body: Block, _ span: Span
    ) -> CheckedExpression {
        let checkedCount = check(count)
        require(checkedCount, is: .int, for: "`retry`")
        requireOne(checkedCount, for: "retry")
        let checkedEvery = every.map { expression -> CheckedExpression in
            let checked = check(expression)
            require(checked, is: .duration, for: "`every`")
            return checked
        }
        let block = checkValueBlock(body)
        return CheckedExpression(
            .retry(count: checkedCount, every: checkedEvery, body: block.statements), type: block.type, span: span)
    }
}

/// The types of errors as values.
package enum ErrorType {
    /// The error in `catch error`.
    static let caught = value(of: Failure.Kind.expectable)
    /// `$_error` at the prompt, where those are kept that no `catch` handles.
    package static let value = value(of: Failure.Kind.allCases.map(\.rawValue))

    private static func value(of kinds: [String]) -> ValueType {
        .record(
            RecordType(
                "error",
                [
                    Field("kind", .enumeration(kinds)), Field("code", .string), Field("message", .string),
                    Field("operation", .optional(.string)), Field("status", .optional(.int)), Field("body", .any),
                    Field("request_id", .optional(.string)), Field("attempts", .int), Field("failures", .list(.any)),
                ]))
    }
}

extension CheckedExpression {
    /// A placeholder for an expression with an error; suppresses further reports about it.
    static func unknown(_ span: Span) -> CheckedExpression {
        CheckedExpression(.constant(.null), type: .any, span: span)
    }

    /// Checks a string with values in it: a secret if one of them is, a constant if all are.
    static func interpolation(_ parts: [CheckedExpression], _ span: Span) -> CheckedExpression {
        let isSecret = parts.contains { $0.type.unwrapped == .secret }
        let texts = parts.compactMap(\.constantText)
        if texts.count == parts.count {
            return CheckedExpression(.constant(.string(texts.joined())), type: .string, span: span)
        }
        return CheckedExpression(.interpolated(parts), type: isSecret ? .secret : .string, span: span)
    }

    /// The text of a string, if it is known before the run.
    var constantText: String? {
        if case .constant(.string(let text)) = kind { text } else { nil }
    }
}
