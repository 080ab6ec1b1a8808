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

    private static func loop(
        _ codes: [Code], _ constants: [Value], _ registers: inout [Value], _ frames: inout [Frame],
        _ serial: inout Int, _ fuel: inout Int
    ) -> Stop {
        var frame = frames[frames.count - 1]
        var code = codes[frame.code].instructions
        var base = frame.base
        var place = frame.counter
        defer { frames[frames.count - 1].counter = place }
        while fuel > 0 {
            fuel -= 1
            let instruction = code[place]
            place += 1
            switch instruction {
            case .constant(let d, let k): registers[base + Int(d)] = constants[Int(k)]
            case .move(let d, let s): registers[base + Int(d)] = registers[base + Int(s)]
            case .addInt(let d, let a, let immediate):
                guard case .int(let x) = registers[base + Int(a)] else { return .slow(instruction) }
                let (sum, overflows) = x.addingReportingOverflow(Int(immediate))
                if overflows { return .slow(instruction) }
                registers[base + Int(d)] = .int(sum)
            case .add(let d, let a, let b):
                guard case .int(let x) = registers[base + Int(a)], case .int(let y) = registers[base + Int(b)] else {
                    return .slow(instruction)
                }
                let (sum, overflows) = x.addingReportingOverflow(y)
                if overflows { return .slow(instruction) }
                registers[base + Int(d)] = .int(sum)
            case .subtract(let d, let a, let b):
                guard case .int(let x) = registers[base + Int(a)], case .int(let y) = registers[base + Int(b)] else {
                    return .slow(instruction)
                }
                let (rest, overflows) = x.subtractingReportingOverflow(y)
                if overflows { return .slow(instruction) }
                registers[base + Int(d)] = .int(rest)
            case .remainderInt(let d, let a, let immediate):
                guard case .int(let x) = registers[base + Int(a)] else { return .slow(instruction) }
                registers[base + Int(d)] = .int(x % Int(immediate))
            case .jump(let target): place = Int(target)
            case .jumpIfFalse(let r, let target):
                guard case .bool(let holds) = registers[base + Int(r)] else { return .slow(instruction) }
                if !holds { place = Int(target) }
            case .jumpIfTrue(let r, let target):
                guard case .bool(let holds) = registers[base + Int(r)] else { return .slow(instruction) }
                if holds { place = Int(target) }
            case .jumpUnless(let sign, let a, let b, let target):
                guard case .int(let x) = registers[base + Int(a)], case .int(let y) = registers[base + Int(b)],
                    let holds = compare(sign, x, y)
                else { return .slow(instruction) }
                if !holds { place = Int(target) }
            case .jumpUnlessInt(let sign, let a, let immediate, let target):
                guard case .int(let x) = registers[base + Int(a)], let holds = compare(sign, x, Int(immediate)) else {
                    return .slow(instruction)
                }
                if !holds { place = Int(target) }
            case .call(let function, let first, let d):
                let function = Int(function)
                let above = base + codes[frame.code].registers
                guard frames.count < maximumCalls, above + codes[function].registers <= registers.count,
                    !codes[function].ownsGlobals
                else { return .slow(instruction) }
                let given = codes[function].argumentCount
                for offset in 0..<codes[function].registers {
                    registers[above + offset] = offset < given ? registers[base + Int(first) + offset] : .null
                }
                serial += 1
                frames[frames.count - 1].counter = place
                frame = Frame(
                    code: function, counter: 0, base: above, globals: frame.globals, result: d, serial: serial)
                frames.append(frame)
                code = codes[function].instructions
                base = above
                place = 0
            case .returnValue(let r):
                guard frames.count > 1 else { return .slow(instruction) }
                let d = Int(frame.result)
                let value = registers[base + Int(r)]
                frames.removeLast()
                frame = frames[frames.count - 1]
                code = codes[frame.code].instructions
                base = frame.base
                place = frame.counter
                registers[base + d] = value
            case .nextInRange(let d, let c, let target):
                guard case .int(let x) = registers[base + Int(c)], case .int(let end) = registers[base + Int(c) + 1]
                else { return .slow(instruction) }
                if x > end {
                    place = Int(target)
                } else {
                    registers[base + Int(d)] = .int(x)
                    // The largest integer cannot be counted beyond: the end is made smaller instead.
                    if x == .max {
                        registers[base + Int(c) + 1] = .int(x - 1)
                    } else {
                        registers[base + Int(c)] = .int(x + 1)
                    }
                }
            case .nextInList(let d, let c, let target):
                guard case .int(let x) = registers[base + Int(c)], case .list(let items) = registers[base + Int(c) + 1]
                else { return .slow(instruction) }
                if x >= items.count {
                    place = Int(target)
                } else {
                    registers[base + Int(d)] = items[x]
                    registers[base + Int(c)] = .int(x + 1)
                }
            case .jumpIfNull(let r, let target):
                if case .null = registers[base + Int(r)] { place = Int(target) }
            case .jumpIfNotNull(let r, let target):
                if case .null = registers[base + Int(r)] {} else { place = Int(target) }
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
