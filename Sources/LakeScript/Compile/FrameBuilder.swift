/// The target of a jump in code that is being made; replaced by the number of an instruction at the end.
struct Label {
    let id: Int32
}

/// Builds one body of code: its instructions, temporaries, labels and open regions.
struct FrameBuilder {
    private(set) var code: CompiledCode
    /// Number of registers for variables; temporaries are above them.
    let slots: Int
    /// The next free temporary.
    private(set) var top: Register
    /// The open regions that a `break`, `continue` or `return` leaves, innermost last.
    var regions: [OpenRegion] = []
    /// The labels of the open loops, and the number of regions that were open around each.
    var loops: [(continueLabel: Label, breakLabel: Label, regions: Int)] = []
    /// Number of open loop iterations, and number of deferred blocks made so far.
    var turns: Int32 = 0
    var deferred = 0
    private var places: [Int32] = []

    /// The kind of an open region, which decides how it is left.
    enum OpenRegion {
        case scope, attempt, timeout, identity, keepGoing
    }

    init(name: String, slots: Int, span: Span) {
        code = CompiledCode(name: name, registers: slots, span: span)
        self.slots = slots
        top = Register(slots)
    }

    mutating func emit(_ instruction: Instruction, _ span: Span) {
        code.instructions.append(instruction)
        code.spans.append(span)
    }

    /// Records what the instruction of a span works on.
    mutating func note(_ access: CompiledAccess?, at span: Span) {
        if let access { code.accesses[span] = access }
    }

    /// Records that the instructions from that number on work on an item.
    mutating func closeLoop(from start: Int, item: Register) {
        code.loops.append((start..<code.instructions.count, item))
    }

    mutating func temporary() -> Register {
        defer {
            top += 1
            code.registers = max(code.registers, Int(top))
        }
        return top
    }

    /// Allocates consecutive temporaries; returns the first.
    mutating func temporaries(_ count: Int) -> Register {
        let first = top
        top += Register(count)
        code.registers = max(code.registers, Int(top))
        return first
    }

    /// Frees the temporaries from that one on.
    mutating func release(to mark: Register) { top = mark }

    mutating func label() -> Label {
        places.append(-1)
        return Label(id: Int32(places.count - 1))
    }

    /// Makes the label name the next instruction.
    mutating func place(_ label: Label) { places[Int(label.id)] = Int32(code.instructions.count) }

    /// Returns the code with its jumps resolved.
    func finished() -> CompiledCode {
        var code = code
        code.instructions = code.instructions.map { $0.patched { $0 < 0 ? $0 : places[Int($0)] } }
        return code
    }
}

extension Instruction {
    /// Returns the instruction with its jump target mapped.
    fileprivate func patched(_ place: (Int32) -> Int32) -> Instruction {
        switch self {
        case .jump(let target): .jump(place(target))
        case .jumpIfFalse(let r, let target): .jumpIfFalse(r, place(target))
        case .jumpIfTrue(let r, let target): .jumpIfTrue(r, place(target))
        case .jumpIfNull(let r, let target): .jumpIfNull(r, place(target))
        case .jumpIfNotNull(let r, let target): .jumpIfNotNull(r, place(target))
        case .jumpUnless(let sign, let a, let b, let target): .jumpUnless(sign, a: a, b: b, place(target))
        case .jumpUnlessInt(let sign, let a, let immediate, let target):
            .jumpUnlessInt(sign, a: a, immediate: immediate, place(target))
        case .nextInRange(let d, let counter, let target): .nextInRange(d: d, counter: counter, place(target))
        case .nextInList(let d, let counter, let target): .nextInList(d: d, counter: counter, place(target))
        case .operation(let k, let d, let target): .operation(k: k, d: d, place(target))
        case .enterScope(let k, let s, let target): .enterScope(k: k, s: s, place(target))
        case .enterTry(let d, let target): .enterTry(d: d, place(target))
        default: self
        }
    }
}
