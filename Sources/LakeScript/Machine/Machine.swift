/// The machine: runs a program until it needs something from outside, hands that out as effects, and goes on with the
/// answers in whatever order they come.
///
/// It is a value. It never waits, reads a clock or touches a file; nothing in it is asynchronous. So the same machine
/// runs live, against a sandbox, from a journal, or by the scripted answers of a test, can be stopped at every effect,
/// and is fast.
///
/// It has fibers: one for the script, one for each body of a `parallel` loop that is under way. A fiber's frames are
/// data, not stack: registers in one array, a frame for each call. A loop without an end uses up fuel instead of the
/// process; a recursion without an end is an error.
///
/// What begins and must end (a scope, a `try`, a `timeout`, an identity) is a region on the fiber's stack of them. An
/// error unwinds it: scopes run their undos and `on_exit` blocks and are reported as left, timers are cancelled, the
/// nearest `try` takes it. An interrupt (a timeout, ^C) unwinds in the same way, but past every `try` inside what it
/// ends, and only once all effects that are under way have been answered: what was sent is settled first. A timeout
/// reaches the bodies of a parallel loop inside it: each runs its undos, and only then does the timeout's own error go
/// on. An undo that is under way is not cut short by a timeout around it.
package struct Machine: ~Copyable {
    let program: Program
    let hosts: HostFunctions
    /// By id; ended ones are taken out.
    var fibers: [Int: Fiber] = [:]
    /// Those that can go on, in order.
    var ready: [Int] = []
    var groups: [Int: Group] = [:]
    /// The fiber that waits for each effect, and the timers of `timeout` blocks.
    var waiting: [EffectID: Int] = [:]
    var timers: [EffectID: Int] = [:]
    /// The `as` and `on` blocks that are under way, of all fibers.
    var roles: [Effect.Role] = []
    var turn = Turn()
    var outcome: Result<Value, Failure>?
    /// Measures the values that are made.
    var nesting = Nesting()
    private var effectIDs: EffectIDs
    private var nextFiber = 0
    var nextSerial = 0

    /// Calls nested deeper are an error.
    static let maximumCalls = 10_000

    /// `parameters` are the script's, by name: those left out have their default. `globals` are the values of the lines
    /// before, at the prompt.
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
        let frame = Frame(code: 0, counter: 0, base: 0, globals: 0, result: 0, serial: 0)
        start(Fiber(id: newFiber(), registers: registers, frame: frame, scopeAround: ScopePath()))
    }

    private var finalGlobals: [Value] = []

    /// The values of the main frame's variables, as they are now.
    package var globals: [Value] {
        guard outcome == nil, let main = fibers[0] else { return finalGlobals }
        return Array(main.registers.prefix(program.globalCount))
    }

    /// Whether what it waits for is that somebody wants the next item of a listing.
    package var showsItems: Bool { program.showsItems }

    /// Runs until everything waits, the script has ended, or the fuel is used up.
    package mutating func run(fuel: Int) -> Turn {
        var fuel = fuel
        while !ready.isEmpty, fuel > 0 {
            let id = ready.removeFirst()
            guard var fiber = fibers.removeValue(forKey: id) else { continue }
            execute(&fiber, fuel: &fuel)
            settle(fiber)
        }
        defer { turn = Turn() }
        if let outcome, ready.isEmpty, waiting.isEmpty {
            turn.state = .done(outcome)
        } else if !ready.isEmpty {
            turn.state = .outOfFuel
        }
        return turn
    }

    /// Takes the answer to an effect. One that nobody waits for any more is dropped.
    package mutating func answer(_ id: EffectID, _ answer: Answer) {
        if let holder = timers.removeValue(forKey: id) { return timerPassed(id, holder, answer) }
        guard let holder = waiting.removeValue(forKey: id), var fiber = fibers[holder],
            case .waiting(id, let awaiting) = fiber.state
        else { return }
        fiber.state = .ready
        take(answer, awaiting, &fiber)
        fibers[holder] = fiber
        if case .ready = fiber.state { ready.append(holder) }
        if case .ended = fiber.state { settle(fiber) }
    }

    /// Ends everything with an error that no `try` catches. `on_exit` blocks still run.
    ///
    /// - Returns: the effects that are under way; each is still to be answered.
    package mutating func cancel(_ failure: Failure) -> [EffectID] {
        var cancelled: [EffectID] = []
        for id in fibers.keys.sorted() { cancelled += interrupt(id, Fiber.Interrupt(failure: failure, floor: 0)) }
        return cancelled
    }

    // Pieces that the other files share.

    mutating func newFiber() -> Int {
        defer { nextFiber += 1 }
        return nextFiber
    }

    mutating func newEffect() -> EffectID { effectIDs.next() }

    mutating func start(_ fiber: Fiber) {
        fibers[fiber.id] = fiber
        ready.append(fiber.id)
    }

    /// Puts a fiber back after it ran.
    private mutating func settle(_ fiber: Fiber) {
        switch fiber.state {
        case .ready:
            fibers[fiber.id] = fiber
            if !ready.contains(fiber.id) { ready.append(fiber.id) }
        case .waiting, .joining: fibers[fiber.id] = fiber
        case .ended: fibers[fiber.id] = nil
        }
    }

    /// A fiber has come to its end.
    mutating func end(_ fiber: inout Fiber, _ result: Result<Value, Failure>) {
        fiber.state = .ended
        if let group = fiber.group { return bodyEnded(fiber, group, result) }
        outcome = result
        finalGlobals = Array(fiber.registers.prefix(program.globalCount))
    }
}
