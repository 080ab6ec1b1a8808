/// The loop of instructions. Short and frequent instructions are here; those that stop the fiber or look up tables are
/// in the other files.
extension Machine {
    /// The reason why the fast loop stops.
    private enum LoopExit {
        case outOfFuel
        /// The instruction before the counter is not one of the fast loop.
        case slowPath
        case call(function: Int, first: Int, d: Register)
        case leave(Int)
    }

    /// Runs a fiber until it waits, ends, or the fuel is used up.
    mutating func execute(_ fiber: inout Fiber, fuel: inout Int, _ work: Work) {
        while case .ready = fiber.state {
            if fiber.interrupt != nil {
                if registersUndo(&fiber) { continue }
                raiseInterrupt(&fiber)
                guard case .ready = fiber.state else { return }
            }
            guard fuel > 0 else { return }
            fiber.isStopped = false
            var registers: [Value] = []
            swap(&registers, &fiber.registers)
            let isToGoOn = Machine.loop(
                program.codes, program.constants, &registers, &fiber.frames, &nextSerial, &fuel)
            swap(&registers, &fiber.registers)
            guard isToGoOn else { return }
            let instruction = program.codes[fiber.top.code].instructions[fiber.top.counter - 1]
            perform(instruction, &fiber, fuel: &fuel, work)
        }
    }

    /// Carries out an instruction at the cost of its work.
    private mutating func perform(_ instruction: Instruction, _ fiber: inout Fiber, fuel: inout Int, _ work: Work) {
        let before = work.parts
        let (isRepeatable, d) = repetition(of: instruction)
        if isRepeatable {
            performStoppable(instruction, into: d, &fiber, work)
        } else {
            do throws(Failure) { try perform(instruction, &fiber) } catch { raise(error, in: &fiber) }
        }
        fuel -= work.parts - before
        if fiber.isStopped { fuel = min(fuel, 0) }
    }

    /// Carries out an instruction that may stop. One that was stopped is carried out again, unless an interrupt ends
    /// it.
    private mutating func performStoppable(
        _ instruction: Instruction, into d: Register?, _ fiber: inout Fiber, _ work: Work
    ) {
        let place = fiber.top.counter - 1
        let kept = d.map { fiber[$0] }
        // The time of a `timeout` that begins in this turn runs from its end.
        work.arm(true, isUrgent: turn.beginsTimer)
        do throws(Failure) { try perform(instruction, &fiber) } catch {
            if !work.isStopped {
                work.arm(false)
                return raise(error, in: &fiber)
            }
        }
        if work.isStopped {
            fiber.isStopped = true
            fiber.jump(to: Int32(place))
            if let d, let kept { fiber[d] = kept }
        }
        work.arm(false)
    }

    /// Returns true for an instruction that changes nothing but the counter and the register of its result, and that
    /// register.
    private func repetition(of instruction: Instruction) -> (isRepeatable: Bool, d: Register?) {
        switch instruction {
        case .builtin(let k, _, let d): (program.builtins[Int(k)].performer == nil, d)
        case .interpolate(let d, _, _), .compare(_, let d, _, _), .sortBy(let d, _, _), .groupBy(let d, _, _): (true, d)
        case .jumpUnless, .jumpUnlessInt, .fail, .failAssertion: (true, nil)
        default: (false, nil)
        }
    }

    /// Returns the span of the last instruction.
    func span(of fiber: Fiber) -> Span {
        guard let frame = fiber.frames.last else { return program.codes[0].span }
        let code = program.codes[frame.code]
        let place = fiber.isStopped ? frame.counter : frame.counter - 1
        return code.spans.indices.contains(place) ? code.spans[place] : code.span
    }

    /// Executes integer arithmetic, jumps and calls in a fast loop. Returns false if the fuel is used up, true if the
    /// instruction before the counter is another one.
    private static func loop(
        _ codes: [CompiledCode], _ constants: [Value], _ registers: inout [Value], _ frames: inout [CallFrame],
        _ serial: inout Int, _ fuel: inout Int
    ) -> Bool {
        // The span gives exclusive access once, since nothing here needs more registers.
        var registers = registers.mutableSpan
        var frame = frames[frames.count - 1]
        // A local copy can be kept in a processor register.
        var left = fuel
        defer {
            frames[frames.count - 1].counter = frame.counter
            fuel = left
        }
        while true {
            let code = codes[frame.code].instructions
            switch steps(code.span, constants, &registers, frame.base, &frame.counter, &left) {
            case .outOfFuel: return false
            case .slowPath: return true
            case .call(let function, let first, let d):
                let above = frame.base + codes[frame.code].registers
                guard frames.count < maximumCalls, above + codes[function].registers <= registers.count,
                    !codes[function].ownsGlobals
                else { return true }
                registers.pass(codes[function].argumentCount, from: frame.base + first, to: above)
                registers.clear(above + codes[function].argumentCount..<above + codes[function].registers)
                serial += 1
                frames[frames.count - 1].counter = frame.counter
                frame = CallFrame(
                    code: function, counter: 0, base: above, globals: frame.globals, result: d, serial: serial)
                frames.append(frame)
            case .leave(let r):
                guard frames.count > 1 else { return true }
                let (value, d) = (frame.base + r, Int(frame.result))
                frames.removeLast()
                frame = frames[frames.count - 1]
                registers.copy(value, to: frame.base + d)
            }
        }
    }

    /// Executes the instructions of one frame until one calls, returns or is not of the fast loop.
    @inline(__always)
    private static func steps(
        _ code: Swift.Span<Instruction>, _ constants: [Value], _ registers: inout MutableSpan<Value>, _ base: Int,
        _ counter: inout Int, _ fuel: inout Int
    ) -> LoopExit {
        while true {
            fuel &-= 1
            guard fuel >= 0 else { return .outOfFuel }
            let instruction = code[counter]
            counter &+= 1
            switch instruction {
            case .constant(let d, let k): registers[base &+ Int(d)] = constants[Int(k)]
            case .move(let d, let s): registers.copy(base &+ Int(s), to: base &+ Int(d))
            case .addInt(let d, let a, let immediate):
                guard let x = registers.int(base, a),
                    registers.store(x.addingReportingOverflow(Int(immediate)), base, d)
                else { return .slowPath }
            case .add(let d, let a, let b):
                guard let x = registers.int(base, a), let y = registers.int(base, b),
                    registers.store(x.addingReportingOverflow(y), base, d)
                else { return .slowPath }
            case .subtract(let d, let a, let b):
                guard let x = registers.int(base, a), let y = registers.int(base, b),
                    registers.store(x.subtractingReportingOverflow(y), base, d)
                else { return .slowPath }
            case .multiply(let d, let a, let b):
                guard let x = registers.int(base, a), let y = registers.int(base, b),
                    registers.store(x.multipliedReportingOverflow(by: y), base, d)
                else { return .slowPath }
            case .remainderInt(let d, let a, let immediate):
                guard let x = registers.int(base, a), immediate > 0 else { return .slowPath }
                registers[base &+ Int(d)].become(x % Int(immediate))
            case .jump(let target): counter = Int(target)
            case .jumpIfFalse(let r, let target):
                guard case .bool(let holds) = registers[base &+ Int(r)] else { return .slowPath }
                if !holds { counter = Int(target) }
            case .jumpIfTrue(let r, let target):
                guard case .bool(let holds) = registers[base &+ Int(r)] else { return .slowPath }
                if holds { counter = Int(target) }
            case .jumpUnless(let sign, let a, let b, let target):
                guard let x = registers.int(base, a), let y = registers.int(base, b), let holds = compare(sign, x, y)
                else { return .slowPath }
                if !holds { counter = Int(target) }
            case .jumpUnlessInt(let sign, let a, let immediate, let target):
                guard let x = registers.int(base, a), let holds = compare(sign, x, Int(immediate))
                else { return .slowPath }
                if !holds { counter = Int(target) }
            case .jumpIfNull(let r, let target):
                if case .null = registers[base &+ Int(r)] { counter = Int(target) }
            case .jumpIfNotNull(let r, let target):
                if case .null = registers[base &+ Int(r)] {} else { counter = Int(target) }
            case .convert(let r, _, let isInt):
                guard isInt, registers.int(base, r) != nil else { return .slowPath }
            case .call(let function, let first, let d): return .call(function: Int(function), first: Int(first), d: d)
            case .returnValue(let r): return .leave(Int(r))
            case .nextInRange(let d, let number, let target):
                guard let goesOn = registers.nextNumber(base, number, into: d) else { return .slowPath }
                if !goesOn { counter = Int(target) }
            case .nextInList(let d, let place, let target):
                guard let goesOn = registers.nextItem(base, place, into: d) else { return .slowPath }
                if !goesOn { counter = Int(target) }
            default: return .slowPath
            }
        }
    }

    /// Compares two integers; nil for other values. The sign becomes a bit mask of the orders in which it holds, which
    /// is faster than a switch over six comparisons.
    @inline(__always)
    private static func compare(_ sign: BinaryOperator, _ x: Int, _ y: Int) -> Bool? {
        let order: UInt8 = x < y ? 0b001 : x == y ? 0b010 : 0b100
        let orders: UInt8 =
            switch sign {
            case .less: 0b001
            case .lessOrEqual: 0b011
            case .greater: 0b100
            case .greaterOrEqual: 0b110
            case .equal: 0b010
            case .notEqual: 0b101
            default: 0
            }
        return orders == 0 ? nil : orders & order != 0
    }
}

/// The registers of all frames; those of the running one begin at `base`. The span checks bounds, so sums need no check
/// of their own.
extension MutableSpan<Value> {
    /// Returns the register's integer; nil for other values.
    @inline(__always)
    fileprivate func int(_ base: Int, _ register: Register) -> Int? {
        guard case .int(let integer) = self[base &+ Int(register)] else { return nil }
        return integer
    }

    /// Stores a result; false if it overflowed.
    @inline(__always)
    fileprivate mutating func store(_ result: (partialValue: Int, overflow: Bool), _ base: Int, _ d: Register) -> Bool {
        if result.overflow { return false }
        self[base &+ Int(d)].become(result.partialValue)
        return true
    }

    /// Copies a register.
    @inline(__always)
    fileprivate mutating func copy(_ source: Int, to place: Int) {
        if case .int(let integer) = self[source] { self[place].become(integer) } else { self[place] = self[source] }
    }

    /// Copies a call's arguments to the frame above.
    @inline(__always)
    fileprivate mutating func pass(_ count: Int, from source: Int, to place: Int) {
        for offset in 0..<count { copy(source + offset, to: place + offset) }
    }

    /// Clears registers that an earlier call used.
    @inline(__always)
    fileprivate mutating func clear(_ places: Range<Int>) {
        for place in places { self[place].clear() }
    }

    /// Stores the counter's number in d and increments the counter; false if it is beyond the end, which is in the next
    /// register. Nil if these are not integers.
    @inline(__always)
    fileprivate mutating func nextNumber(_ base: Int, _ counter: Register, into d: Register) -> Bool? {
        guard let number = int(base, counter), let end = int(base, counter + 1) else { return nil }
        guard number <= end else { return false }
        self[base &+ Int(d)].become(number)
        // The largest integer cannot be incremented: the end is decremented instead.
        if number == .max {
            self[base &+ Int(counter) + 1].become(number - 1)
        } else {
            self[base &+ Int(counter)].become(number + 1)
        }
        return true
    }

    /// Stores the next item of the list behind the counter in d and increments the counter; false at the end.
    @inline(__always)
    fileprivate mutating func nextItem(_ base: Int, _ counter: Register, into d: Register) -> Bool? {
        guard let place = int(base, counter), case .list(let items) = self[base &+ Int(counter) + 1] else { return nil }
        guard place < items.count else { return false }
        self[base &+ Int(d)] = items[place]
        self[base &+ Int(counter)].become(place + 1)
        return true
    }
}

/// Registers most often hold integers. Both cases of these switches do the same, but in the first one the compiler
/// knows that the old value needs no release, which would be a call.
extension Value {
    @inline(__always)
    fileprivate mutating func become(_ integer: Int) {
        switch consume self {
        case .int: self = .int(integer)
        default: self = .int(integer)
        }
    }

    @inline(__always)
    fileprivate mutating func clear() {
        switch consume self {
        case .int, .null: self = .null
        default: self = .null
        }
    }
}
