internal import LakeScript

/// Hands each effect to the performer for its kind, and remembers where it went so that a cancel finds it.
///
/// Scopes are answered at once: where a journal or a report wants them, it wraps this performer.
final class Dispatcher: Performer {
    private let world: any Performer
    private let questions: any Performer
    private let children: any Performer
    private let operations: any Performer
    private var begun: [EffectID: any Performer] = [:]
    private var timers: [(id: EffectID, at: Instant)] = []
    private var answers: [Event] = []

    init(
        world: any Performer, questions: any Performer, children: any Performer, operations: any Performer
    ) {
        self.world = world
        self.questions = questions
        self.children = children
        self.operations = operations
    }

    private var performers: [any Performer] { [world, questions, children, operations] }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .call: forward(id, effect, to: operations, now: now)
        case .builtin(let call):
            switch call.builtin.performer {
            case .network: forward(id, effect, to: operations, now: now)
            case .person: forward(id, effect, to: questions, now: now)
            case .program: forward(id, effect, to: children, now: now)
            case .world: forward(id, effect, to: world, now: now)
            case nil: answers.append(.answer(id, .failure(.notPerformed(effect.kind))))
            }
        case .show: answers.append(.answer(id, .failure(.notPerformed(effect.kind))))
        case .confirm:
            forward(id, effect, to: questions, now: now)
        case .timer(let milliseconds):
            timers.append((id, now.advanced(by: milliseconds)))
        case .enter, .leave:
            answers.append(.answer(id, .value(.null)))
        }
    }

    func cancel(_ id: EffectID, now: Instant) {
        if let performer = begun[id] {
            performer.cancel(id, now: now)
        } else if let place = timers.firstIndex(where: { $0.id == id }) {
            timers.remove(at: place)
            answers.append(.answer(id, .notSent))
        }
    }

    func waits() -> Waits {
        var waits = Waits(deadline: timers.map(\.at).min())
        if !answers.isEmpty { waits.deadline = Instant(milliseconds: 0, epochSeconds: 0) }
        for performer in performers { waits.add(performer.waits()) }
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events = answers
        answers = []
        for timer in timers where timer.at <= now { events.append(.answer(timer.id, .value(.null))) }
        timers.removeAll { $0.at <= now }
        for performer in performers { events += performer.tick(now: now, ready: ready) }
        for case .answer(let id, _) in events { begun[id] = nil }
        return events
    }

    private func forward(_ id: EffectID, _ effect: Effect, to performer: any Performer, now: Instant) {
        begun[id] = performer
        performer.begin(id, effect, now: now)
    }
}
