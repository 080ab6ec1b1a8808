internal import LakeScript

/// Hands each effect to the performer of its kind, and remembers which one, so that a cancellation finds it.
///
/// Scopes are answered at once: a journal or a report that needs them wraps this performer.
final class Dispatcher: Performer {
    private let world: any Performer
    private let children: any Performer
    private let operations: any Performer
    /// The performers of pending effects.
    private var pending: [EffectID: any Performer] = [:]
    private var timers: [(id: EffectID, at: Instant)] = []
    private var outbox = Outbox<Event>()

    init(
        world: any Performer, children: any Performer, operations: any Performer
    ) {
        self.world = world
        self.children = children
        self.operations = operations
    }

    private var performers: [any Performer] { [world, children, operations] }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .call: forward(id, effect, to: operations, now: now)
        case .builtin(let call):
            switch call.builtin.performer {
            case .network: forward(id, effect, to: operations, now: now)
            case .program: forward(id, effect, to: children, now: now)
            case .world: forward(id, effect, to: world, now: now)
            case .person, nil: outbox.answer(id, .failure(.notPerformed(effect.kind)))
            }
        case .show, .confirm: outbox.answer(id, .failure(.notPerformed(effect.kind)))
        case .timer(let milliseconds): timers.append((id, now.advanced(by: milliseconds)))
        case .enter, .leave, .undo: outbox.answer(id, .value(.null))
        }
    }

    func cancel(_ id: EffectID, now: Instant) {
        if let performer = pending[id] {
            performer.cancel(id, now: now)
        } else if let place = timers.firstIndex(where: { $0.id == id }) {
            timers.remove(at: place)
            outbox.answer(id, .notSent)
        }
    }

    func finish(now: Instant) {
        for performer in performers { performer.finish(now: now) }
    }

    func waits() -> Waits {
        var waits = outbox.waits
        waits.add(Waits(deadline: timers.map(\.at).min()))
        for performer in performers { waits.add(performer.waits()) }
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events = outbox.take()
        for timer in timers where timer.at <= now { events.append(.answer(timer.id, .value(.null))) }
        timers.removeAll { $0.at <= now }
        for performer in performers {
            for event in performer.tick(now: now, ready: ready) {
                // The operations' performer has late events of completion and of abandoned runs, too.
                if let id = event.id, pending[id] == nil { continue }
                if case .answer(let id, _) = event { pending[id] = nil }
                events.append(event)
            }
        }
        return events
    }

    private func forward(_ id: EffectID, _ effect: Effect, to performer: any Performer, now: Instant) {
        pending[id] = performer
        performer.begin(id, effect, now: now)
    }
}
