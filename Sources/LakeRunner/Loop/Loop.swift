package import LakeScript

/// The one loop, on one thread: everything that lakesh does at the same time, it does here.
///
/// A machine runs until it waits. What it asks for is begun by a performer; what comes back is answered to it, in
/// whatever order it comes. In between there is a single place where the process waits: for the performers'
/// descriptors (libcurl's sockets, the terminal, children), for the signal pipe, until the nearest deadline. Nothing
/// else in lakesh blocks, so ^C is always heard, progress always moves and a slow server holds up nothing but what
/// asked it.
///
/// The loop knows no lakeFS and no terminal. Whether effects go to a server, to the sandbox, or to a test's list of
/// answers is a matter of the performer that it is handed; how it waits, of the waiter.
///
/// ^C once cancels the machine: requests are settled by their class, `on_exit` blocks run, and the run ends as
/// cancelled. ^C again within that gives up waiting: what is still under way is reported as abandoned.
///
/// Around it, in folders of their own: `Session` (where a run's effects go, who one is there, what is asked before
/// something is destroyed), `World` (files, children, the terminal), `Host` (functions that the language takes
/// from libraries), `Report` and `Present` (what a person and a program see), `Testing` (`lakesh test`, a process a
/// test) and `Help` (articles and operations, told to a person, to `--json` and to the built-in `help`).
package final class Loop {
    private let clock = Clock()
    private let waiter: any Waiter
    private let signals: SignalPipe
    /// Whether the process was asked to end while a machine ran: it was cancelled as by ^C, but no other is to follow.
    package private(set) var isTerminated = false

    /// Instructions between two looks at descriptors and signals: about 2 ms of work.
    private static let fuelPerTurn = 200_000

    package init(waiter: any Waiter, signals: SignalPipe) {
        self.waiter = waiter
        self.signals = signals
    }

    /// Runs a machine to its end, or until `isPaused` says that what it waits for is not to come now: then nil. `fuel` is
    /// how many instructions it may take in all; nil for no limit.
    package func run(
        _ machine: inout Machine, performer: any Performer, fuel: Int? = nil, isPaused: () -> Bool = { false }
    ) -> Result<Value, Failure>? {
        var left = fuel ?? .max
        var interrupts = 0
        while true {
            let turn = machine.run(fuel: min(Loop.fuelPerTurn, left))
            let now = clock.now()
            for id in turn.cancel { performer.cancel(id, now: now) }
            for (id, effect) in turn.requests { performer.begin(id, effect, now: now) }
            switch turn.state {
            case .done(let result):
                return result
            case .waiting:
                if isPaused() { return nil }
                step(performer, machine: &machine, mayWait: true)
            case .outOfFuel:
                if fuel != nil { left -= Loop.fuelPerTurn }
                guard left > 0 else { return .failure(Loop.outOfFuel) }
                step(performer, machine: &machine, mayWait: false)
            }
            while let signal = signals.next() {
                interrupts += 1
                if signal == .terminate { isTerminated = true }
                guard interrupts == 1 else { return .failure(Loop.abandoned) }
                for id in machine.cancel(.interrupted) { performer.cancel(id, now: clock.now()) }
            }
        }
    }

    /// Lets performers go on without a machine until `isDone` holds or a signal comes: for the prompt's background work
    /// and for a server. Gives the signal that ended it.
    package func turn(
        _ performer: any LoopMember, descriptors: [Descriptor] = [], until isDone: (Set<Descriptor>, [Event]) -> Bool
    ) -> Signal? {
        while true {
            if let signal = signals.next() { return signal }
            var waits = performer.waits()
            waits.descriptors += descriptors
            let ready = wait(for: waits)
            let events = performer.tick(now: clock.now(), ready: ready)
            if isDone(Set(ready), events) { return nil }
        }
    }

    /// One wait and what it brought.
    private func step(_ performer: any Performer, machine: inout Machine, mayWait: Bool) {
        var waits = performer.waits()
        if !mayWait { waits.deadline = clock.now() }
        let ready = wait(for: waits)
        for case .answer(let id, let answer) in performer.tick(now: clock.now(), ready: ready) {
            machine.answer(id, answer)
        }
    }

    private func wait(for waits: Waits) -> [Descriptor] {
        let limit = waits.deadline.map { max(0, $0.milliseconds - clock.now().milliseconds) }
        return waiter.wait(for: waits.descriptors + [signals.descriptor].compactMap(\.self), milliseconds: limit)
    }

    private static let abandoned = Failure(
        .cancelled, "interrupted twice: what was under way is abandoned",
        notes: ["a request that was sent may still have been carried out"])
    private static let outOfFuel = Failure(
        .mistake, "the script took more steps than --fuel allows", notes: ["is there a loop without an end?"])
}
