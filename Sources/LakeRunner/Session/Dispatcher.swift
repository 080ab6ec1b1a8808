internal import LakeScript

/// Hands each effect to the performer for its kind, and remembers where it went so that a cancel finds it.
///
/// Scopes are answered at once: where a journal or a report wants them, it wraps this performer.
final class Dispatcher: Performer {
    /// The servers by profile; nil is the run's own.
    private let servers: (String?) -> Result<Connection.Server, Failure>
    private let world: any Performer
    private let questions: any Performer
    private let children: any Performer
    private var begun: [EffectID: any Performer] = [:]
    /// All performers that were ever asked, in that order: so that runs are alike.
    private var known: [any Performer]
    private var timers: [(id: EffectID, at: Instant)] = []
    private var answers: [Event] = []

    init(
        servers: @escaping (String?) -> Result<Connection.Server, Failure>, world: any Performer,
        questions: any Performer, children: any Performer
    ) {
        self.servers = servers
        self.world = world
        self.questions = questions
        self.children = children
        known = [world, questions, children]
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .call: forwardToServer(id, effect, now: now)
        case .builtin(let call):
            switch call.builtin.performer {
            case .network: forwardToServer(id, effect, now: now)
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
        for performer in known { waits.add(performer.waits()) }
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events = answers
        answers = []
        for timer in timers where timer.at <= now { events.append(.answer(timer.id, .value(.null))) }
        timers.removeAll { $0.at <= now }
        for performer in known { events += performer.tick(now: now, ready: ready) }
        for case .answer(let id, _) in events { begun[id] = nil }
        return events
    }

    private func forwardToServer(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch servers(effect.origin.server) {
        case .success(let server):
            if !known.contains(where: { $0 === server.operations }) { known.append(server.operations) }
            forward(id, effect, to: server.operations, now: now)
        case .failure(let failure): answers.append(.answer(id, .failure(failure)))
        }
    }

    private func forward(_ id: EffectID, _ effect: Effect, to performer: any Performer, now: Instant) {
        begun[id] = performer
        performer.begin(id, effect, now: now)
    }
}
