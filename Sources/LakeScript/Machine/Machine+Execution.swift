/// The loop of instructions. What is short and often is here; what stops the fiber or looks up tables is in the files
/// beside.
extension Machine {
    /// Why the loop stopped.
    private enum Stop {
        case fuel
        /// The instruction before the counter is carried out elsewhere.
        case slow(Instruction)
        case failed(Failure)
    }

    /// Runs a fiber until it waits, ends, or the fuel is used up.
    mutating func execute(_ fiber: inout Fiber, fuel: inout Int) {
        while case .ready = fiber.state {
            guard fuel > 0 else { return }
            var registers: [Value] = []
            swap(&registers, &fiber.registers)
            let stop = Machine.loop(program.codes, program.constants, &registers, &fiber.frames, &nextSerial, &fuel)
            swap(&registers, &fiber.registers)
            switch stop {
            case .fuel: return
            case .slow(let instruction):
                do throws(Failure) { try perform(instruction, &fiber) } catch { raise(error, in: &fiber) }
            case .failed(let failure): raise(failure, in: &fiber)
            }
        }
    }

    /// The span of the instruction that was carried out last.
    func span(of fiber: Fiber) -> Span {
        guard let frame = fiber.frames.last else { return program.codes[0].span }
        let code = program.codes[frame.code]
        let place = frame.counter - 1
        return code.spans.indices.contains(place) ? code.spans[place] : code.span
    }

    /// Carries out what computes with integers, jumps, calls and counts, as long as nothing else comes.
    private static func loop(
        _ codes: [Code], _ constants: [Value], _ registers: inout [Value], _ frames: inout [Frame],
        _ serial: inout Int, _ fuel: inout Int
    ) -> Stop {
        var at = Position(frames[frames.count - 1], codes)
        defer { frames[frames.count - 1].counter = at.counter }
        while fuel > 0 {
            fuel -= 1
            let instruction = at.code[at.counter]
            at.counter += 1
            let base = at.base
            switch instruction {
            case .constant(let d, let k): registers[base + Int(d)] = constants[Int(k)]
            case .move(let d, let s): registers[base + Int(d)] = registers[base + Int(s)]
            case .addInt(let d, let a, let immediate):
                guard let x = registers.int(base, a),
                    registers.store(x.addingReportingOverflow(Int(immediate)), base, d)
                else { return .slow(instruction) }
            case .add(let d, let a, let b):
                guard let x = registers.int(base, a), let y = registers.int(base, b),
                    registers.store(x.addingReportingOverflow(y), base, d)
                else { return .slow(instruction) }
            case .subtract(let d, let a, let b):
                guard let x = registers.int(base, a), let y = registers.int(base, b),
                    registers.store(x.subtractingReportingOverflow(y), base, d)
                else { return .slow(instruction) }
            case .multiply(let d, let a, let b):
                guard let x = registers.int(base, a), let y = registers.int(base, b),
                    registers.store(x.multipliedReportingOverflow(by: y), base, d)
                else { return .slow(instruction) }
            case .remainderInt(let d, let a, let immediate):
                guard let x = registers.int(base, a) else { return .slow(instruction) }
                registers[base + Int(d)] = .int(x % Int(immediate))
            case .jump(let target): at.counter = Int(target)
            case .jumpIfFalse(let r, let target):
                guard case .bool(let holds) = registers[base + Int(r)] else { return .slow(instruction) }
                if !holds { at.counter = Int(target) }
            case .jumpIfTrue(let r, let target):
                guard case .bool(let holds) = registers[base + Int(r)] else { return .slow(instruction) }
                if holds { at.counter = Int(target) }
            case .jumpUnless(let sign, let a, let b, let target):
                guard let x = registers.int(base, a), let y = registers.int(base, b), let holds = compare(sign, x, y)
                else { return .slow(instruction) }
                if !holds { at.counter = Int(target) }
            case .jumpUnlessInt(let sign, let a, let immediate, let target):
                guard let x = registers.int(base, a), let holds = compare(sign, x, Int(immediate))
                else { return .slow(instruction) }
                if !holds { at.counter = Int(target) }
            case .jumpIfNull(let r, let target):
                if case .null = registers[base + Int(r)] { at.counter = Int(target) }
            case .jumpIfNotNull(let r, let target):
                if case .null = registers[base + Int(r)] {} else { at.counter = Int(target) }
            case .call(let function, let first, let d):
                guard at.call(Int(function), first, d, codes, &registers, &frames, &serial)
                else { return .slow(instruction) }
            case .returnValue(let r):
                guard frames.count > 1 else { return .slow(instruction) }
                at.leave(with: r, codes, &registers, &frames)
            case .nextInRange(let d, let counter, let target):
                guard let goesOn = registers.nextNumber(base, counter, into: d) else { return .slow(instruction) }
                if !goesOn { at.counter = Int(target) }
            case .nextInList(let d, let counter, let target):
                guard let goesOn = registers.nextItem(base, counter, into: d) else { return .slow(instruction) }
                if !goesOn { at.counter = Int(target) }
            default: return .slow(instruction)
            }
        }
        return .fuel
    }

    @inline(__always)
    private static func compare(_ sign: BinaryOperator, _ x: Int, _ y: Int) -> Bool? {
        switch sign {
        case .less: x < y
        case .lessOrEqual: x <= y
        case .greater: x > y
        case .greaterOrEqual: x >= y
        case .equal: x == y
        case .notEqual: x != y
        default: nil
        }
    }
}

/// Where the loop is: the running frame, its code, its first register and the next instruction.
private struct Position {
    var frame: Frame
    var code: [Instruction]
    var base: Int
    var counter: Int

    @inline(__always)
    init(_ frame: Frame, _ codes: [Code]) {
        self.frame = frame
        code = codes[frame.code].instructions
        base = frame.base
        counter = frame.counter
    }

    /// Calls a `def`; false where there is no room yet, or it is no call like others.
    @inline(__always)
    mutating func call(
        _ function: Int, _ first: Register, _ d: Register, _ codes: [Code], _ registers: inout [Value],
        _ frames: inout [Frame], _ serial: inout Int
    ) -> Bool {
        let above = base + codes[frame.code].registers
        guard frames.count < Machine.maximumCalls, above + codes[function].registers <= registers.count,
            !codes[function].ownsGlobals
        else { return false }
        let given = codes[function].argumentCount
        for offset in 0..<codes[function].registers {
            registers[above + offset] = offset < given ? registers[base + Int(first) + offset] : .null
        }
        serial += 1
        frames[frames.count - 1].counter = counter
        let callee = Frame(code: function, counter: 0, base: above, globals: frame.globals, result: d, serial: serial)
        frames.append(callee)
        self = Position(callee, codes)
        return true
    }

    /// Goes back to the frame below with the value.
    @inline(__always)
    mutating func leave(
        with r: Register, _ codes: [Code], _ registers: inout [Value], _ frames: inout [Frame]
    ) {
        let d = Int(frame.result)
        let value = registers[base + Int(r)]
        frames.removeLast()
        self = Position(frames[frames.count - 1], codes)
        registers[base + d] = value
    }
}

/// The registers of the running frame, which begins at `base`.
extension [Value] {
    /// The register's integer; nil where it holds something else.
    @inline(__always)
    fileprivate func int(_ base: Int, _ register: Register) -> Int? {
        guard case .int(let integer) = self[base + Int(register)] else { return nil }
        return integer
    }

    /// Puts a result there; false where it overflowed.
    @inline(__always)
    fileprivate mutating func store(_ result: (partialValue: Int, overflow: Bool), _ base: Int, _ d: Register) -> Bool {
        if result.overflow { return false }
        self[base + Int(d)] = .int(result.partialValue)
        return true
    }

    /// The counter's number to d, and the counter counts on; false where it is beyond the end, which follows it. Nil
    /// where these are no integers.
    @inline(__always)
    fileprivate mutating func nextNumber(_ base: Int, _ counter: Register, into d: Register) -> Bool? {
        guard let number = int(base, counter), let end = int(base, counter + 1) else { return nil }
        guard number <= end else { return false }
        self[base + Int(d)] = .int(number)
        // The largest integer cannot be counted beyond: the end is made smaller instead.
        if number == .max {
            self[base + Int(counter) + 1] = .int(number - 1)
        } else {
            self[base + Int(counter)] = .int(number + 1)
        }
        return true
    }

    /// The next item of the list that follows the counter to d, and the counter counts on; false where there is none.
    @inline(__always)
    fileprivate mutating func nextItem(_ base: Int, _ counter: Register, into d: Register) -> Bool? {
        guard let place = int(base, counter), case .list(let items) = self[base + Int(counter) + 1] else { return nil }
        guard place < items.count else { return false }
        self[base + Int(d)] = items[place]
        self[base + Int(counter)] = .int(place + 1)
        return true
    }
}
