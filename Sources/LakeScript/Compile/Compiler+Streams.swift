/// Pipelines as loops. A stage that needs one item at a time (`where each select get first`) becomes a part of the loop
/// over its source, and the last stage consumes each item at once. So a pipeline over a listing of a million items
/// keeps one page in memory.
extension Compiler {
    /// Returns true if an expression makes its items one by one, so that there is no need to collect them into a list.
    func isStreamed(_ expression: CheckedExpression) -> Bool {
        switch expression.kind {
        case .operation(let call): return call.options[.all] != nil && call.command.paging != nil
        case .blockBuiltin(.filter, let input, _, _, _), .blockBuiltin(.each, let input, _, _, _):
            return isStreamed(input)
        case .builtin(let builtin, let arguments):
            guard let stage = builtin.traits.stage, let input = arguments.first ?? nil else { return false }
            switch stage {
            case .apply, .skip: return isStreamed(input)
            case .prefix: return arguments[1] != nil && isStreamed(input)
            case .count: return false
            }
        default: return false
        }
    }

    /// Collects the items of an expression into a list in d.
    mutating func collect(_ expression: CheckedExpression, into d: Register) {
        let items = frame.temporary()
        frame.emit(.list(d: items, first: 0, count: 0), expression.span)
        let end = frame.label()
        stream(expression, item: nil, end: end) { compiler, item, _ in
            compiler.frame.emit(.append(d: items, s: item), expression.span)
        }
        frame.place(end)
        frame.emit(.move(d: d, s: items), expression.span)
    }

    /// Hands out the items of an expression one by one, for the prompt.
    mutating func show(_ listing: CheckedExpression) {
        let end = frame.label()
        stream(listing, item: nil, end: end) { compiler, item, _ in compiler.frame.emit(.show(item), listing.span) }
        frame.place(end)
    }

    /// Counts the items of an expression.
    mutating func count(_ input: CheckedExpression, _ span: Span, into d: Register) {
        let counter = frame.temporary()
        emitConstant(.int(0), into: counter, span)
        let end = frame.label()
        stream(input, item: nil, end: end) { compiler, _, _ in
            compiler.frame.emit(.addInt(d: counter, a: counter, immediate: 1), span)
        }
        frame.place(end)
        frame.emit(.move(d: d, s: counter), span)
    }

    /// Compiles `any` and `all`, which look at no further item once they know.
    mutating func quantify(
        _ form: Builtin.BlockForm, _ input: CheckedExpression, _ item: Register, _ body: [CheckedStatement],
        _ span: Span, into d: Register
    ) {
        let (result, end) = (frame.temporary(), frame.label())
        emitConstant(.bool(form == .every), into: result, span)
        stream(input, item: item, end: end) { compiler, made, next in
            if made != item { compiler.frame.emit(.move(d: item, s: made), span) }
            let holds = compiler.frame.temporary()
            compiler.turn(span) { $0.block(body, into: holds, span) }
            compiler.frame.emit(form == .every ? .jumpIfTrue(holds, next.id) : .jumpIfFalse(holds, next.id), span)
            compiler.emitConstant(.bool(form == .some), into: result, span)
            compiler.frame.emit(.jump(end.id), span)
        }
        frame.place(end)
        frame.emit(.move(d: d, s: result), span)
    }

    /// Compiles the loop of a `for` over a range, a stream, a list or a map.
    mutating func forEach(
        _ subject: CheckedExpression, item: Register, value: Register?, next: Label, end: Label,
        _ make: (inout Compiler) -> Void
    ) {
        let span = subject.span
        if case .binary(.range, _, let low, let high) = subject.kind {
            noteOperands(.range, low, high, at: span)
            let counter = frame.temporaries(2)
            expression(low, into: counter)
            expression(high, into: counter + 1)
            frame.place(next)
            frame.emit(.nextInRange(d: item, counter: counter, end.id), span)
            make(&self)
            frame.emit(.jump(next.id), span)
        } else if value == nil, isStreamed(subject) {
            stream(subject, item: item, end: end) { compiler, made, following in
                if made != item { compiler.frame.emit(.move(d: item, s: made), span) }
                make(&compiler)
                compiler.frame.place(next)
            }
        } else {
            let list = frame.temporary()
            frame.note(access(to: subject), at: span)
            frame.emit(.iterate(d: list, s: operand(subject), wantsPairs: value != nil), span)
            let pair = value == nil ? item : frame.temporary()
            eachItem(of: list, into: pair, span, end: end) { compiler, pair, _ in
                if let value { compiler.split(pair, into: item, value, span) }
                make(&compiler)
                compiler.frame.place(next)
            }
        }
        frame.place(end)
    }

    /// Splits a pair of a key and a value into two registers.
    private mutating func split(_ pair: Register, into key: Register, _ value: Register, _ span: Span) {
        for (offset, d) in [key, value].enumerated() {
            let index = frame.temporary()
            emitConstant(.int(offset), into: index, span)
            frame.emit(.index(d: d, base: pair, index: index), span)
        }
    }

    /// Makes the items of an expression one by one. The items of a source go to `item`, or to a temporary if that is
    /// nil. The loop jumps to `end` when it has made enough (`first 5`); the caller places that label after the loop.
    mutating func stream(
        _ expression: CheckedExpression, item: Register?, end: Label,
        _ consume: (inout Compiler, _ item: Register, _ next: Label) -> Void
    ) {
        let span = expression.span
        switch expression.kind {
        case .operation(let call) where isStreamed(expression):
            guard let paging = call.command.paging else { return }
            pages(of: call, paging, span, end: end, consume)
        case .blockBuiltin(let form, let input, _, let variable, let body) where form == .filter || form == .each:
            let it = register(variable)
            note(variable, comesFrom: input)
            stream(input, item: it, end: end) { compiler, made, next in
                if made != it { compiler.frame.emit(.move(d: it, s: made), span) }
                let result = compiler.frame.temporary()
                compiler.turn(span) { $0.block(body, into: result, span) }
                guard form == .filter else { return consume(&compiler, result, next) }
                compiler.frame.emit(.jumpIfFalse(result, next.id), span)
                consume(&compiler, it, next)
            }
        case .builtin(let builtin, let arguments) where isStreamed(expression):
            streamStage(builtin, arguments, span, end: end, consume)
        default:
            let list = frame.temporary()
            frame.emit(.iterate(d: list, s: operand(expression), wantsPairs: false), span)
            eachItem(of: list, into: item ?? frame.temporary(), span, end: nil, consume)
        }
    }

    /// Compiles `select`, `get`, `first N` and `skip N` as a part of the loop.
    private mutating func streamStage(
        _ builtin: Builtin, _ arguments: [CheckedExpression?], _ span: Span, end: Label,
        _ consume: (inout Compiler, _ item: Register, _ next: Label) -> Void
    ) {
        guard let input = arguments.first ?? nil, arguments.count > 1, let argument = arguments[1] else { return }
        if builtin.traits.stage == .prefix {
            let (left, zero) = (frame.temporary(), frame.temporary())
            expression(argument, into: left)
            emitConstant(.int(0), into: zero, span)
            frame.emit(.jumpUnless(.greater, a: left, b: zero, end.id), span)
            return stream(input, item: nil, end: end) { compiler, made, next in
                consume(&compiler, made, next)
                compiler.frame.emit(.addInt(d: left, a: left, immediate: -1), span)
                compiler.frame.emit(.jumpUnless(.greater, a: left, b: zero, end.id), span)
            }
        }
        if builtin.traits.stage == .skip {
            let (left, zero) = (frame.temporary(), frame.temporary())
            expression(argument, into: left)
            emitConstant(.int(0), into: zero, span)
            return stream(input, item: nil, end: end) { compiler, made, next in
                let taken = compiler.frame.label()
                compiler.frame.emit(.jumpUnless(.greater, a: left, b: zero, taken.id), span)
                compiler.frame.emit(.addInt(d: left, a: left, immediate: -1), span)
                compiler.frame.emit(.jump(next.id), span)
                compiler.frame.place(taken)
                consume(&compiler, made, next)
            }
        }
        let first = frame.temporaries(2)
        expression(argument, into: first + 1)
        let k = self.builtin(builtin)
        stream(input, item: first, end: end) { compiler, made, next in
            if made != first { compiler.frame.emit(.move(d: first, s: made), span) }
            let result = compiler.frame.temporary()
            compiler.frame.emit(.builtin(k: k, first: first, d: result), span)
            consume(&compiler, result, next)
        }
    }
}
