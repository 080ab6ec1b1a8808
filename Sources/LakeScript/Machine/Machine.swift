/// The machine runs a program until it needs something from outside, returns that as effects, and continues with the
/// answers in any order.
///
/// It is a value. It never waits, reads a clock or touches a file, and nothing in it is asynchronous. So the same
/// machine runs against a server, against a sandbox, from a journal or by a test's scripted answers, and it can be
/// stopped at every effect.
///
/// It has fibers: one for the script, one for each running body of a `parallel` loop. A fiber's frames are data:
/// registers in one array, a frame for each call. An infinite loop uses up fuel instead of the process; infinite
/// recursion is an error.
///
/// Everything that begins and must end (a scope, a `try`, a `timeout`, an identity) is a region on the fiber's stack of
/// regions. An error unwinds it: scopes run their undos and `on_exit` blocks and report their end, timers are
/// cancelled, the nearest `try` takes the error. An interrupt (a timeout, ^C) unwinds in the same way, but past every
/// `try` inside of what it ends, and only after all effects in flight are answered. A timeout reaches the bodies of a
/// parallel loop inside of it: each runs its undos before the timeout's error continues. A running undo is not
/// interrupted by a timeout around it.
package struct Machine: ~Copyable {
    let program: Program
    let hosts: HostFunctions
    /// The fibers by id, without those that have ended.
    var fibers: [Int: Fiber] = [:]
    /// The fibers that can run, in order.
    var ready: [Int] = []
    var parallelLoops: [Int: ParallelLoop] = [:]
    /// The fiber that waits for each effect, and the timers of `timeout` blocks.
    var waiting: [EffectID: Int] = [:]
    var timers: [EffectID: Int] = [:]
    /// The callers of the running `as` and `on` blocks, of all fibers.
    var callers: [Effect.Caller] = []
    var turn = Turn()
    var outcome: Result<Value, Failure>?
    /// Checks the depth of new values.
    var nesting = Nesting()
    private var effectIDs: EffectIDs
    private var nextFiber = 0
    var nextSerial = 0
    /// The effects in flight that changed nothing.
    var unchanged: Set<EffectID> = []

    static let maximumCalls = 10_000

    /// Makes a machine. `parameters` are the script's, by name; the others have their defaults. `globals` are the values
    /// of the variables of earlier lines at the prompt.
    package init(
        program: Program, parameters: [String: Value] = [:], globals: [Value] = [],
        hosts: HostFunctions, effectIDs: EffectIDs = EffectIDs()
    ) {
        self.program = program
        self.effectIDs = effectIDs
        self.hosts = hosts
        guard let main = program.codes.first else {
            outcome = .success(.null)
            return
        }
        var registers = [Value](repeating: .null, count: max(main.registers, program.globalCount))
        for (slot, value) in globals.enumerated() where slot < registers.count { registers[slot] = value }
        for (slot, name) in program.parameters.enumerated() {
            if let value = parameters[name] { registers[slot] = value }
        }
        let frame = CallFrame(code: 0, counter: 0, base: 0, globals: 0, result: 0, serial: 0)
        start(Fiber(id: newFiber(), registers: registers, frame: frame, scopeAround: ScopePath()))
    }

    private var finalGlobals: [Value] = []

    /// The current values of the main frame's variables.
    package var globals: [Value] {
        guard outcome == nil, let main = fibers[0] else { return finalGlobals }
        return Array(main.registers.prefix(program.globalCount))
    }

    /// True if the effects of the program are the items of a listing, which wait until the next item is wanted.
    package var showsItems: Bool { program.showsItems }

    /// Runs until all fibers wait, the script has ended, or the fuel is used up.
    ///
    /// - Parameters:
    ///   - fuel: the number of instructions, and of parts of their work, for this turn.
    ///   - most: the number at which a single instruction stops, if it needs more than the turn's.
    ///   - isWanted: true if the turn is to end soon; work that takes long looks at it.
    /// - Returns: the new effects, and why it stopped.
    package mutating func run(
        fuel: Int, most: Int = .max, isWanted: @escaping @Sendable () -> Bool = { false }
    ) -> Turn {
        var left = fuel
        let work = Work(most: most, isWanted: isWanted)
        Work.$current.withValue(work) {
            while !ready.isEmpty, left > 0 {
                let id = ready.removeFirst()
                guard var fiber = fibers.removeValue(forKey: id) else { continue }
                execute(&fiber, fuel: &left, work)
                store(fiber)
            }
        }
        defer { turn = Turn() }
        turn.spent = fuel - left
        if let outcome, ready.isEmpty, waiting.isEmpty {
            turn.state = .done(outcome)
        } else if !ready.isEmpty {
            turn.state = .outOfFuel
        }
        return turn
    }

    /// Takes the answer to an effect. An answer that no fiber waits for is dropped.
    package mutating func answer(_ id: EffectID, _ answer: Answer) {
        if let holder = timers.removeValue(forKey: id) { return timerPassed(id, holder, answer) }
        guard let holder = waiting.removeValue(forKey: id), var fiber = fibers[holder],
            case .waiting(id, let awaiting) = fiber.state
        else { return }
        fiber.state = .ready
        take(answer, awaiting, &fiber)
        unchanged.remove(id)
        fibers[holder] = fiber
        if case .ready = fiber.state { ready.append(holder) }
        if case .ended = fiber.state { store(fiber) }
    }

    /// Notes that an effect in flight changes nothing; its answer is still to come.
    package mutating func noteUnchanged(_ id: EffectID) { unchanged.insert(id) }

    /// The effects in flight.
    package var pending: [EffectID] { waiting.keys.sorted() }

    /// Ends the script with an error that no `try` catches. `on_exit` blocks still run.
    ///
    /// - Returns: the effects in flight; each of them must still be answered.
    package mutating func cancel(_ failure: Failure) -> [EffectID] {
        var cancelled: [EffectID] = []
        for id in fibers.keys.sorted() { cancelled += interrupt(id, Fiber.Interrupt(failure: failure, floor: 0)) }
        return cancelled
    }

    // Parts that the other files share.

    mutating func newFiber() -> Int {
        defer { nextFiber += 1 }
        return nextFiber
    }

    mutating func newEffect() -> EffectID { effectIDs.next() }

    mutating func start(_ fiber: Fiber) {
        fibers[fiber.id] = fiber
        ready.append(fiber.id)
    }

    /// Stores a fiber after it ran.
    private mutating func store(_ fiber: Fiber) {
        switch fiber.state {
        case .ready:
            fibers[fiber.id] = fiber
            if !ready.contains(fiber.id) { ready.append(fiber.id) }
        case .waiting, .joining: fibers[fiber.id] = fiber
        case .ended: fibers[fiber.id] = nil
        }
    }

    mutating func end(_ fiber: inout Fiber, _ result: Result<Value, Failure>) {
        fiber.state = .ended
        if let loop = fiber.loop { return bodyEnded(fiber, loop, result) }
        outcome = result
        finalGlobals = Array(fiber.registers.prefix(program.globalCount))
    }
}
