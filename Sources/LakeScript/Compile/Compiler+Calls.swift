extension Compiler {
    /// Compiles an operation: one answer or page, or with `--all` the list of all items.
    mutating func operation(_ call: CheckedCall, into d: Register, _ span: Span) {
        if call.options[.all] != nil, let paging = call.command.paging {
            let items = frame.temporary()
            frame.emit(.list(d: items, first: 0, count: 0), span)
            let end = frame.label()
            pages(of: call, paging, span, end: end) { compiler, item, _ in
                compiler.frame.emit(.append(d: items, s: item), span)
            }
            frame.place(end)
            frame.emit(.move(d: d, s: items), span)
            return
        }
        perform(self.call(call), otherwise: call.options[.or], into: d, span)
    }

    /// Compiles the call, and returns its number in the program; after a 404 the value of `--or` is used.
    @discardableResult
    private mutating func perform(
        _ compiled: CompiledCall, otherwise: CheckedExpression?, into d: Register, _ span: Span
    ) -> Int32 {
        program.calls.append(compiled)
        let k = Int32(program.calls.count - 1)
        guard let otherwise else {
            frame.emit(.operation(k: k, d: d, -1), span)
            return k
        }
        let (missing, end) = (frame.label(), frame.label())
        frame.emit(.operation(k: k, d: d, missing.id), span)
        frame.emit(.jump(end.id), span)
        frame.place(missing)
        expression(otherwise, into: d)
        frame.place(end)
        return k
    }

    private mutating func call(_ call: CheckedCall) -> CompiledCall {
        var call = call
        call.options[.or] = nil
        return call.map { operand($0) }
    }

    /// Compiles a walk through all pages of a listing, which keeps one page in memory.
    mutating func pages(
        of call: CheckedCall, _ paging: PageShape, _ span: Span, end: Label,
        _ consume: (inout Compiler, _ item: Register, _ next: Label) -> Void
    ) {
        let parameters = call.command.signature.parameters
        guard let place = parameters.firstIndex(where: { $0.name == paging.parameter }) else { return }
        // The register after the cursor holds what finds a cursor that comes again.
        let (cursor, page, more) = (frame.temporaries(2), frame.temporary(), frame.temporary())
        emitConstant(.null, into: cursor + 1, span)
        if let after = call.arguments[place] {
            expression(after, into: cursor)
        } else {
            emitConstant(.null, into: cursor, span)
        }
        var first = call
        first.arguments[place] = nil
        var compiled = self.call(first)
        compiled.arguments[place] = cursor
        let k = perform(compiled, otherwise: call.options[.or], into: page, span)
        let again = frame.label()
        frame.place(again)
        // The value of `--or` is the whole list.
        let items = frame.temporary()
        frame.emit(.pageItems(d: items, page: page, k: name(paging.items)), span)
        eachItem(of: items, into: frame.temporary(), span, end: nil) { compiler, item, following in
            consume(&compiler, item, following)
        }
        frame.emit(.pageField(d: more, page: page, k: pagePath(paging.more)), span)
        frame.emit(.jumpIfNull(more, end.id), span)
        frame.emit(.jumpIfFalse(more, end.id), span)
        frame.emit(.pageCursor(d: cursor, page: page, k: pagePath(paging.cursor)), span)
        // A page that is missing after the first is an error also with `--or`.
        frame.emit(.operation(k: k, d: page, -1), span)
        frame.emit(.jump(again.id), span)
    }

    private mutating func pagePath(_ path: [String]) -> Int32 {
        program.pagePaths.append(path)
        return Int32(program.pagePaths.count - 1)
    }

    /// Compiles a loop over a list that is in a register.
    mutating func eachItem(
        of list: Register, into item: Register, _ span: Span, end: Label?,
        _ consume: (inout Compiler, _ item: Register, _ next: Label) -> Void
    ) {
        let counter = frame.temporaries(2)
        let (next, done) = (frame.label(), end ?? frame.label())
        emitConstant(.int(0), into: counter, span)
        frame.emit(.move(d: counter + 1, s: list), span)
        frame.place(next)
        frame.emit(.nextInList(d: item, counter: counter, done.id), span)
        let start = frame.code.instructions.count
        consume(&self, item, next)
        frame.closeLoop(from: start, item: item)
        frame.emit(.jump(next.id), span)
        if end == nil { frame.place(done) }
    }

    /// Compiles the arguments of a `def` or of a script that is run, as values of the types of its parameters.
    mutating func arguments(
        _ given: [CheckedExpression?], for parameters: [Parameter], of command: String, _ span: Span
    ) -> Register {
        let first = row(given, span)
        for (offset, parameter) in parameters.enumerated() {
            guard let argument = given[offset] else { continue }
            convert(first + Register(offset), argument, to: parameter, of: command)
        }
        return first
    }

    /// Gives a parameter that was left out its default.
    mutating func fill(
        _ slot: Register, with value: CheckedExpression?, _ parameter: Parameter, of command: String, _ span: Span
    ) {
        guard let value else { return }
        let given = frame.label()
        frame.emit(.jumpIfNotNull(slot, given.id), span)
        expression(value, into: slot)
        convert(slot, value, to: parameter, of: command)
        frame.place(given)
    }

    /// Compiles the conversion of a value in a register to the type of its parameter.
    private mutating func convert(
        _ r: Register, _ value: CheckedExpression, to parameter: Parameter, of command: String
    ) {
        guard parameter.type != .any else { return }
        program.conversions.append(CompiledConversion(parameter: parameter, command: command))
        noteValue(value)
        let k = Int32(program.conversions.count - 1)
        frame.emit(.convert(r, k: k, isInt: parameter.type.unwrapped == .int), value.span)
    }

    /// Compiles a built-in without a block: pure, supplied by a library, or an effect.
    mutating func builtin(
        _ builtin: Builtin, _ arguments: [CheckedExpression?], _ expression: CheckedExpression, into d: Register
    ) {
        if isStreamed(expression) { return collect(expression, into: d) }
        let span = expression.span
        if let input = arguments.first ?? nil {
            if builtin.traits.stage == .count, isStreamed(input) { return count(input, span, into: d) }
            if case .block(let form) = builtin.kind { return byField(form, input, arguments, span, into: d) }
            if builtin === WorldBuiltins.sleep {
                frame.note(access(to: input), at: span)
                frame.emit(.sleep(operand(input)), span)
                return emitConstant(.null, into: d, span)
            }
        }
        let first = row(arguments, span, of: builtin.signature)
        frame.note(access(among: arguments), at: span)
        for (offset, parameter) in builtin.signature.parameters.enumerated() {
            guard let value = parameter.defaultValue, arguments[offset] == nil else { continue }
            emitConstant(value, into: first + Register(offset), span)
        }
        frame.emit(.builtin(k: self.builtin(builtin), first: first, d: d), span)
    }

    /// Compiles `sort_by id`, `group_by id`: the name of a field in place of a block.
    private mutating func byField(
        _ form: Builtin.BlockForm, _ input: CheckedExpression, _ arguments: [CheckedExpression?], _ span: Span,
        into d: Register
    ) {
        let (list, items) = (operand(input), frame.temporary())
        frame.emit(.iterate(d: items, s: list, wantsPairs: false), input.span)
        let keys = frame.temporaries(2)
        if arguments.count > 1, let field = arguments[1] { expression(field, into: keys) }
        arrange(form, items, by: keys, arguments, span, into: d)
    }

    /// Sorts or groups items by their keys; the register after the keys holds whether the order is descending.
    private mutating func arrange(
        _ form: Builtin.BlockForm, _ items: Register, by keys: Register, _ arguments: [CheckedExpression?],
        _ span: Span,
        into d: Register
    ) {
        emitDescending(arguments, into: keys + 1, span)
        let isSorted = form == .sortBy
        frame.emit(isSorted ? .sortBy(d: d, items: items, keys: keys) : .groupBy(d: d, items: items, keys: keys), span)
    }

    private mutating func emitDescending(_ arguments: [CheckedExpression?], into d: Register, _ span: Span) {
        if arguments.count > 2, let flag = arguments[2] {
            expression(flag, into: d)
        } else {
            emitConstant(false, into: d, span)
        }
    }

    /// Compiles a built-in with a block.
    mutating func blockBuiltin(
        _ form: Builtin.BlockForm, _ input: CheckedExpression, _ arguments: [CheckedExpression?], _ item: Register,
        _ body: [CheckedStatement], _ expression: CheckedExpression, into d: Register
    ) {
        let span = expression.span
        if form == .each, arguments.count > 1, let limit = arguments[1] {
            return parallelEach(input, limit, item, body, span, into: d)
        }
        if form == .some || form == .every { return quantify(form, input, item, body, span, into: d) }
        guard form.takesField else { return collect(expression, into: d) }
        let (items, list) = (frame.temporary(), frame.temporary())
        let keys = frame.temporaries(2)
        self.expression(input, into: list)
        frame.emit(.iterate(d: items, s: list, wantsPairs: false), input.span)
        frame.emit(.list(d: keys, first: 0, count: 0), span)
        eachItem(of: items, into: item, span, end: nil) { compiler, _, _ in
            let key = compiler.frame.temporary()
            compiler.turn(span) { $0.block(body, into: key, span) }
            compiler.frame.emit(.append(d: keys, s: key), span)
        }
        arrange(form, items, by: keys, arguments, span, into: d)
    }

    private mutating func parallelEach(
        _ input: CheckedExpression, _ limit: CheckedExpression, _ item: Register, _ body: [CheckedStatement],
        _ span: Span, into d: Register
    ) {
        let items = frame.temporary()
        frame.emit(.iterate(d: items, s: operand(input), wantsPairs: false), input.span)
        var block = CompiledBlock(code: parallelBody(body, item: item, span))
        block.item = item
        block.d = d
        program.blocks.append(block)
        frame.emit(.parallel(k: Int32(program.blocks.count - 1), items: items, limit: operand(limit)), span)
    }
}
