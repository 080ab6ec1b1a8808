/// The instructions outside of the fast loop: they look up tables, work on values of any type, or begin and end
/// regions.
extension Machine {
    mutating func perform(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        switch instruction {
        case .constant, .move, .jump, .jumpIfNull, .jumpIfNotNull: break
        case .global(let d, let s): fiber[d] = fiber.registers[fiber.top.globals + Int(s)]
        case .nullPart(let k): throw .nullInText(k < 0 ? nil : program.names[Int(k)])
        case .interpolate(let d, let first, let count): fiber[d] = try interpolate(fiber.values(first, count))
        case .list(let d, let first, let count):
            let list = Value.list(fiber.values(first, count))
            try measure(list)
            fiber[d] = list
        case .arguments(let d, let first, let count): fiber[d] = .list(fiber.values(first, count))
        case .map(let d, let k, let first):
            let shape = program.shapes[Int(k)]
            let map = Value.map(shape.with(values: fiber.values(first, Int32(shape.count))))
            try measure(map)
            fiber[d] = map
        case .append(let d, let s): try append(d, s, &fiber)
        case .extend(let d, let s):
            let added = fiber[s]
            try nesting.check(added)
            try Arithmetic.extend(&fiber.registers[fiber.top.base + Int(d)], by: added)
        case .extendPath(let variable, let k, let value): extendPath(variable, program.paths[Int(k)], value, &fiber)
        case .member(let d, let base, let k): fiber[d] = try Access.member(fiber[base], program.names[Int(k)])
        case .optionalMember(let d, let base, let k):
            fiber[d] = try Access.optionalMember(fiber[base], program.names[Int(k)])
        case .index(let d, let base, let index): fiber[d] = try Access.index(fiber[base], fiber[index])
        case .slice(let d, let base, let bounds):
            fiber[d] = try Access.slice(fiber[base], fiber[bounds], fiber[bounds + 1])
        case .setPath(let variable, let k, let value): try setPath(variable, program.paths[Int(k)], value, &fiber)
        case .add, .addInt, .subtract, .multiply, .divide, .remainder, .remainderInt, .negate, .not, .compare, .range:
            try operate(instruction, &fiber)
        case .jumpIfFalse(let r, _), .jumpIfTrue(let r, _):
            throw .wrongType(
                "a condition is true or false", fiber[r], notes: ["compare it: `== …`, `!= null`, `!= []`"])
        case .jumpUnless(let sign, let a, let b, let target):
            if try !Comparison.holds(sign, fiber[a], fiber[b], hosts) { fiber.jump(to: target) }
        case .jumpUnlessInt(let sign, let a, let immediate, let target):
            if try !Comparison.holds(sign, fiber[a], .int(Int(immediate)), hosts) { fiber.jump(to: target) }
        case .nextInRange(_, let counter, _): throw .wrongBounds(fiber[counter], fiber[counter + 1])
        case .nextInList: break
        case .iterate(let d, let s, let wantsPairs):
            fiber[d] = try Access.items(fiber[s], wantsPairs: wantsPairs, program.conventions.page)
        case .call(let function, let first, let d): try call(Int(function), first, d, &fiber)
        case .convert(let r, let k, _):
            let conversion = program.conversions[Int(k)]
            fiber[r] = try argument(fiber[r], conversion.parameter, conversion.command) ?? .null
        case .returnValue(let r): try returnValue(r, &fiber)
        case .builtin(let k, let first, let d): try builtin(program.builtins[Int(k)], first, d, &fiber)
        case .sortBy(let d, let items, let keys):
            let isDescending = fiber[keys + 1] == true
            let keys = try ItemKeys(fiber[keys]).keys(of: fiber[items].items ?? [])
            fiber[d] = .list(try Ordering.sort(fiber[items].items ?? [], by: keys, isDescending: isDescending))
        case .groupBy(let d, let items, let keys):
            let groups = try Grouping.groups(fiber[items].items ?? [], by: ItemKeys(fiber[keys]))
            fiber[d] = try measured(.map(groups))
        case .pageItems, .pageField, .pageCursor: try readPage(instruction, &fiber)
        case .operation, .confirm, .sleep, .show: try request(instruction, &fiber)
        case .enterScope, .leaveScope, .enterTry, .leaveTry, .enterTimeout, .leaveTimeout, .enterIdentity, .enterServer,
            .leaveIdentity, .enterKeepGoing, .keepError, .leaveKeepGoing, .onFailure, .onExit, .endDeferred,
            .captureDeferred:
            try region(instruction, &fiber)
        case .parallel(let k, let items, let limit): try parallel(program.blocks[Int(k)], items, limit, &fiber)
        case .fail, .failAssertion, .retryOrFail, .expectKind, .missingError: try fail(instruction, &fiber)
        }
    }

    private func readPage(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        switch instruction {
        case .pageItems(let d, let page, let k): fiber[d] = try Access.items(ofPage: fiber[page], program.names[Int(k)])
        case .pageField(let d, let page, let k): fiber[d] = program.pagePaths[Int(k)].reduce(fiber[page]) { $0[$1] }
        case .pageCursor(let d, let page, let k):
            let path = program.pagePaths[Int(k)]
            let next = path.reduce(fiber[page]) { $0[$1] }
            // A cursor that comes again would keep the loop going for ever, and with none the list would be cut.
            guard let text = next.text, !text.isEmpty, next != fiber[d], fiber.isNew(next, behind: d + 1) else {
                throw .stalled(path.last ?? "", next)
            }
            fiber[d] = next
        default: break
        }
    }

    private func operate(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        switch instruction {
        case .add(let d, let a, let b): fiber[d] = try Arithmetic.add(fiber[a], fiber[b])
        case .addInt(let d, let a, let immediate) where immediate < 0:
            fiber[d] = try Arithmetic.subtract(fiber[a], .int(-Int(immediate)))
        case .addInt(let d, let a, let immediate): fiber[d] = try Arithmetic.add(fiber[a], .int(Int(immediate)))
        case .subtract(let d, let a, let b): fiber[d] = try Arithmetic.subtract(fiber[a], fiber[b])
        case .multiply(let d, let a, let b): fiber[d] = try Arithmetic.multiply(fiber[a], fiber[b])
        case .divide(let d, let a, let b): fiber[d] = try Arithmetic.divide(fiber[a], fiber[b])
        case .remainder(let d, let a, let b): fiber[d] = try Arithmetic.remainder(fiber[a], fiber[b])
        case .remainderInt(let d, let a, let immediate):
            fiber[d] = try Arithmetic.remainder(fiber[a], .int(Int(immediate)))
        case .negate(let d, let a): fiber[d] = try Arithmetic.negate(fiber[a])
        case .not(let d, let a):
            guard case .bool(let bool) = fiber[a] else {
                throw .wrongType("`not` takes true or false", fiber[a])
            }
            fiber[d] = .bool(!bool)
        case .compare(let sign, let d, let a, let b):
            fiber[d] = .bool(try Comparison.holds(sign, fiber[a], fiber[b], hosts))
        case .range(let d, let a, let b): fiber[d] = try Access.range(fiber[a], fiber[b])
        default: break
        }
    }

    /// Checks that a new value is neither nested too deeply nor too large, and counts the work of making it.
    private mutating func measure(_ value: Value) throws(Failure) {
        try value.requireSize()
        let cost = value.cost
        if cost > 0 { _ = Work.goesOn(after: cost) }
        try nesting.check(value)
    }

    private mutating func measured(_ value: Value) throws(Failure) -> Value {
        try measure(value)
        return value
    }

    /// Joins the parts of a string; a secret if one of them is.
    private func interpolate(_ parts: [Value]) throws(Failure) -> Value {
        var text = ""
        var isSecret = false
        for part in parts {
            let shown = try part.asText()
            try Value.require(bytes: text.utf8.count + shown.utf8.count)
            guard Work.goesOn(afterBytes: shown.utf8.count) else { break }
            text += shown
            isSecret = isSecret || part.containsSecret
        }
        return isSecret ? .secret(text) : .string(text)
    }

    /// Appends in place: the list is taken out of its register, so that it has no second reference.
    private mutating func append(_ d: Register, _ s: Register, _ fiber: inout Fiber) throws(Failure) {
        let place = fiber.top.base + Int(d)
        let item = fiber[s]
        try nesting.check(item, below: 1)
        guard case .list(var items) = fiber.registers[place] else {
            fiber[d] = try Arithmetic.add(fiber[d], .list([item]))
            return
        }
        try Value.require(items: items.count + 1)
        fiber.registers[place] = .null
        items.append(item)
        fiber.registers[place] = .list(items)
    }

    private mutating func setPath(
        _ variable: Register, _ path: [CompiledStep], _ value: Register, _ fiber: inout Fiber
    ) throws(Failure) {
        let steps = steps(of: path, fiber)
        let new = fiber[value]
        try nesting.check(new, below: path.count)
        let place = fiber.top.base + Int(variable)
        var target = Value.null
        swap(&target, &fiber.registers[place])
        // The variable gets its value back, changed or not.
        defer { fiber.registers[place] = target }
        do throws(Failure) { try Access.set(&target, steps[...], to: new) } catch {
            // Nothing was changed: the written form is looked up for the message only.
            let written = program.codes[fiber.top.code].accesses[span(of: fiber)]?.path
            try Access.set(&target, steps[...], to: new, of: written)
        }
    }

    /// Adds to a part in place and skips the next instruction; leaves it to that one to tell why this cannot be.
    private mutating func extendPath(
        _ variable: Register, _ path: [CompiledStep], _ value: Register, _ fiber: inout Fiber
    ) {
        let added = fiber[value]
        let place = fiber.top.base + Int(variable)
        var target = Value.null
        swap(&target, &fiber.registers[place])
        defer { fiber.registers[place] = target }
        do throws(Failure) {
            try nesting.check(added, below: path.count)
            try Access.change(&target, steps(of: path, fiber)[...]) { (part) throws(Failure) in
                try Arithmetic.extend(&part, by: added)
            }
            fiber.frames[fiber.frames.count - 1].counter += 1
        } catch {}
    }

    private func steps(of path: [CompiledStep], _ fiber: Fiber) -> [Value] {
        path.map { step in
            switch step {
            case .field(let name): .string(name)
            case .index(let register): fiber[register]
            }
        }
    }

    private mutating func call(
        _ function: Int, _ first: Register, _ d: Register, _ fiber: inout Fiber
    ) throws(Failure) {
        guard fiber.frames.count < Machine.maximumCalls else {
            throw .callsTooDeep(Machine.maximumCalls)
        }
        let code = program.codes[function]
        let caller = fiber.top
        let base = caller.base + program.codes[caller.code].registers
        fiber.reserve(base + code.registers)
        let from = caller.base + Int(first)
        for offset in 0..<code.registers {
            fiber.registers[base + offset] = offset < code.argumentCount ? fiber.registers[from + offset] : .null
        }
        nextSerial += 1
        fiber.frames.append(
            CallFrame(
                code: function, counter: 0, base: base, globals: code.ownsGlobals ? base : caller.globals, result: d,
                serial: nextSerial))
    }

    private mutating func returnValue(_ r: Register, _ fiber: inout Fiber) throws(Failure) {
        let value = fiber[r]
        guard fiber.frames.count > 1 else {
            // The value of a script is shown.
            if fiber.loop == nil { try value.requireWritable() }
            return end(&fiber, .success(value))
        }
        let frame = fiber.frames.removeLast()
        fiber[frame.result] = value
    }

    private mutating func builtin(
        _ builtin: Builtin, _ first: Register, _ d: Register, _ fiber: inout Fiber
    ) throws(Failure) {
        let arguments = fiber.values(first, Int32(builtin.signature.parameters.count))
        let name = builtin.signature.name
        if builtin.refusesPages, let page = page(in: arguments) {
            throw .page("`\(name)` takes a list, and this is a page", page)
        }
        _ = Work.goesOn(after: arguments.reduce(0) { $0 + $1.cost })
        do throws(Failure) {
            if case .pure(let function) = builtin.kind {
                fiber[d] = try measured(try function(arguments))
            } else if builtin.performer != nil {
                try Value.list(arguments).requireWritable()
                let call = BuiltinCall(builtin, values: arguments)
                ask(.builtin(call), &fiber, .register(d, orJump: -1))
                if builtin.effect(isGiven: { !arguments[$0].isNull }) != .read {
                    noteWriting(builtin.signature.line { call[$0.name] }, &fiber)
                }
            } else if let function = hosts[name] {
                try Value.list(arguments).requireWritable()
                fiber[d] = try measured(try function(arguments))
            } else {
                throw .unavailable(name)
            }
        } catch {
            guard error.kind == .mistake, let page = page(in: arguments) else { throw error }
            throw .page(error.message, page)
        }
    }

    /// The shape of a page among the arguments of a built-in; nil if none is a page.
    func page(in arguments: [Value]) -> PageShape? {
        program.conventions.page.flatMap { page in arguments.contains { page.items(of: $0) != nil } ? page : nil }
    }
}

extension Fiber {
    var top: CallFrame { frames[frames.count - 1] }

    subscript(register: Register) -> Value {
        get { registers[top.base + Int(register)] }
        set { registers[top.base + Int(register)] = newValue }
    }

    /// Returns true if a cursor has not come before in its listing; remembers one earlier cursor, a later one at each
    /// power of two (Brent's algorithm), so that each circle is found.
    mutating func isNew(_ cursor: Value, behind register: Register) -> Bool {
        let marks = self[register].items ?? [.null, 0, 1]
        guard cursor != marks[0], let steps = marks[1].integer, let limit = marks[2].integer else { return false }
        self[register] = .list(
            steps + 1 == limit ? [cursor, 0, .int(limit * 2)] : [marks[0], .int(steps + 1), .int(limit)])
        return true
    }

    func values(_ first: Register, _ count: Int32) -> [Value] {
        let start = top.base + Int(first)
        return Array(capacity: Int(count)) { values in
            for place in start..<start + Int(count) { values.append(registers[place]) }
        }
    }

    mutating func jump(to target: Int32) { frames[frames.count - 1].counter = Int(target) }

    mutating func reserve(_ count: Int) {
        if registers.count < count { registers += repeatElement(.null, count: max(count - registers.count, 64)) }
    }
}
