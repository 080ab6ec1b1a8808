package import LakeScript

/// The one loop, on one thread: everything that lakesh does concurrently happens here.
///
/// A machine runs until it waits. Its effects are begun by a performer, and answers go back to the machine in the order
/// in which they arrive. In between there is a single place where the process blocks: it waits for the performers'
/// descriptors (libcurl's sockets, the terminal, children) and for signals, until the nearest deadline. So ^C is always
/// heard, progress always moves, and a slow server delays only those who wait for its answer.
///
/// The loop knows neither lakeFS nor the terminal. The performer decides whether effects go to a server, to the sandbox
/// or to a test; the waiter, the clock and the source of signals are arguments, too.
///
/// The first ^C cancels the machine: reads are cut, writes that were sent are waited for, `on_exit` blocks run, and the
/// run ends as cancelled. A second ^C cuts what is still pending, and the calls in doubt are named. However a run ends,
/// its performers are told (`finish`).
///
/// Around it, in folders of their own: `Session` (the target of a run's effects, its identity, questions before a
/// destructive operation), `World` (files, children, the terminal), `Host` (functions that the language takes from
/// libraries), `Report` and `Present` (output for people and programs), `Testing` (`lakesh test`, one process a test)
/// and `Help` (articles and operations, for a person, for `--json` and for the built-in `help`).
package final class Loop {
    package let clock: Clock
    private let waiter: any Waiter
    private let signals: any SignalSource
    /// True if a signal to terminate ended a machine: it was cancelled as by ^C, and no other machine should run.
    package private(set) var isTerminated = false

    /// Instructions between two looks at descriptors and signals: about 2 ms of work.
    private static let fuelPerTurn = 200_000

    package init(waiter: any Waiter, signals: any SignalSource = SignalPipe(), clock: Clock = .system) {
        self.waiter = waiter
        self.signals = signals
        self.clock = clock
    }

    /// Runs a machine to its end.
    ///
    /// - Parameters:
    ///   - machine: the machine.
    ///   - performer: the performer of its effects.
    ///   - fuel: the number of instructions that the machine may execute; nil for no limit.
    ///   - isPaused: true if the answer that the machine waits for will not come for now.
    /// - Returns: the outcome; nil if the run was paused.
    package func run(
        _ machine: inout Machine, performer: any Performer, fuel: Int? = nil, isPaused: () -> Bool = { false }
    ) -> Result<Value, Failure>? {
        let outcome = drive(&machine, performer, fuel: fuel, isPaused: isPaused)
        if outcome != nil { performer.finish(now: clock.now()) }
        return outcome
    }

    private func drive(
        _ machine: inout Machine, _ performer: any Performer, fuel: Int?, isPaused: () -> Bool
    ) -> Result<Value, Failure>? {
        var left = fuel ?? .max
        var interrupts = 0
        var timers = Timers()
        while true {
            let turn = machine.run(fuel: min(Loop.fuelPerTurn, left), most: left, isWanted: isWanted(timers.next))
            let now = clock.now()
            timers.take(turn, now: now)
            for id in turn.cancel { performer.cancel(id, now: now) }
            Work.metered(isWanted: isWanted(timers.next)) {
                for (id, effect) in turn.requests { performer.begin(id, effect, now: now) }
            }
            switch turn.state {
            case .done(let result):
                return result
            case .waiting:
                if isPaused() { return nil }
                step(performer, machine: &machine, &timers, mayWait: true)
            case .outOfFuel:
                if fuel != nil { left -= turn.spent }
                guard left > 0 else { return .failure(.outOfFuel) }
                step(performer, machine: &machine, &timers, mayWait: false)
            }
            while let signal = signals.next() {
                interrupts += 1
                if signal != .interrupt { isTerminated = true }
                guard interrupts == 1 else { return abandon(&machine, performer, signal) }
                for id in machine.cancel(.interrupted(by: signal)) { performer.cancel(id, now: clock.now()) }
            }
        }
    }

    /// Cuts all that is in flight. The outcome is the machine's if everybody answers at once, as a performer of requests
    /// does: it names the calls in doubt.
    private func abandon(
        _ machine: inout Machine, _ performer: any Performer, _ signal: Signal
    ) -> Result<Value, Failure> {
        var timers = Timers()
        var told: Set<EffectID> = []
        for _ in 0..<Loop.turnsOfAbandoning {
            let inFlight = machine.cancel(.interrupted(by: signal)) + machine.pending
            for id in inFlight where told.insert(id).inserted { performer.cancel(id, now: clock.now()) }
            step(performer, machine: &machine, &timers, mayWait: false)
            let turn = machine.run(fuel: Loop.fuelPerTurn)
            for (id, effect) in turn.requests { performer.begin(id, effect, now: clock.now()) }
            guard case .done(let outcome) = turn.state else { continue }
            if case .failure(let failure) = outcome, failure.doubts.isEmpty { break }
            return outcome
        }
        return .failure(.abandoned(by: signal))
    }

    private static let turnsOfAbandoning = 4

    /// Runs a member of the loop without a machine: a server, the processes of tests, completion at the prompt.
    ///
    /// - Parameters:
    ///   - member: the member.
    ///   - descriptors: further descriptors to wait for.
    ///   - milliseconds: the time after which it ends; nil for no limit.
    ///   - isDone: receives ready descriptors and events after each wait; returns true to end.
    /// - Returns: the signal that ended it, or nil.
    package func turn(
        _ member: any LoopMember, descriptors: [Descriptor] = [], milliseconds: Int? = nil,
        until isDone: (Set<Descriptor>, [Event]) -> Bool
    ) -> Signal? {
        let end = milliseconds.map { clock.now().advanced(by: $0) }
        while true {
            if let signal = signals.next() { return signal }
            var waits = member.waits()
            waits.add(Waits(descriptors: descriptors, deadline: end))
            let ready = wait(for: waits)
            let now = clock.now()
            let events = member.tick(now: now, ready: ready)
            if isDone(Set(ready), events) { return nil }
            if let end, end <= now { return nil }
        }
    }

    /// Waits once and hands the answers to the machine.
    private func step(
        _ performer: any Performer, machine: inout Machine, _ timers: inout Timers, mayWait: Bool
    ) {
        var waits = performer.waits()
        if !mayWait { waits.deadline = clock.now() }
        let ready = wait(for: waits)
        let events = Work.metered(isWanted: isWanted(timers.next)) {
            performer.tick(now: clock.now(), ready: ready)
        }
        for event in events {
            switch event {
            case .answer(let id, let answer):
                timers.remove(id)
                machine.answer(id, answer)
            case .unchanged(let id): machine.noteUnchanged(id)
            case .progress, .notice, .remark: break
            }
        }
    }

    /// Returns a function that tells whether a signal has come or the time of a `timeout` has passed.
    private func isWanted(_ deadline: Instant?) -> @Sendable () -> Bool {
        let (clock, signals) = (clock, signals.descriptor)
        return { signals?.isReadable == true || deadline.map { $0 <= clock.now() } ?? false }
    }

    private func wait(for waits: Waits) -> [Descriptor] {
        let limit = waits.deadline.map { max(0, $0.milliseconds - clock.now().milliseconds) }
        return waiter.wait(for: waits.descriptors + [signals.descriptor].compactMap(\.self), milliseconds: limit)
    }
}

extension Failure {
    /// The error of a run that a signal ended.
    static func interrupted(by signal: Signal) -> Failure {
        var failure = Failure.interrupted
        failure.exitStatus = signal.exitStatus
        return failure
    }

    fileprivate static func abandoned(by signal: Signal) -> Failure {
        var failure = Failure.abandoned
        failure.exitStatus = signal.exitStatus
        return failure
    }
}

/// The pending limits of a machine's `timeout` blocks.
private struct Timers {
    private var ends: [EffectID: Instant] = [:]

    /// The moment at which the next one passes.
    var next: Instant? { ends.values.min() }

    mutating func take(_ turn: Turn, now: Instant) {
        for id in turn.cancel { remove(id) }
        for case (let id, let effect) in turn.requests {
            if case .timer(let milliseconds) = effect.kind { ends[id] = now.advanced(by: milliseconds) }
        }
    }

    mutating func remove(_ id: EffectID) { ends[id] = nil }
}
