package import LakeScript

/// Hands each effect to the performer for its kind, and remembers where it went so that a cancel finds it.
///
/// Scopes are answered at once: where a journal or a report wants them, it wraps this performer.
package final class Dispatcher: Performer {
    /// The servers by profile; nil is the run's own.
    private let servers: (String?) -> Result<Connection.Server, Failure>
    private let world: any Performer
    private let questions: Questions
    private let children: any Performer
    private var begun: [EffectID: any Performer] = [:]
    /// All performers that were ever asked, in that order: so that runs are alike.
    private var known: [any Performer]
    /// Whether a person at the prompt is asked before something is destroyed; not again once they have agreed.
    private var asksBeforeDestroying: Bool
    /// What destroys something, until the person has agreed.
    private var asked: [EffectID: (effect: Effect, server: Connection.Server)] = [:]
    /// What waits for the answer to the prompt's question, which is asked once.
    private var held: [(id: EffectID, effect: Effect, server: Connection.Server)] = []
    /// What may lock the person out, by the id of the question to the server that is under way.
    private var checked: [EffectID: CheckedCall] = [:]
    private var lastQuestion: UInt64 = 1 << 61
    /// What was found out about those whom calls are made as, by server and key.
    private var callers: [[String]: LockoutCheck.Caller] = [:]
    private var timers: [(id: EffectID, at: Instant)] = []
    private var answers: [Event] = []

    init(
        servers: @escaping (String?) -> Result<Connection.Server, Failure>, world: any Performer,
        questions: Questions, children: any Performer, asksBeforeDestroying: Bool = false
    ) {
        self.asksBeforeDestroying = asksBeforeDestroying
        self.servers = servers
        self.world = world
        self.questions = questions
        self.children = children
        known = [world, questions, children]
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .call, .world("put_url", _), .world("get_url", _):
            switch servers(effect.origin.server) {
            case .success(let server): check(id, effect, on: server, now: now)
            case .failure(let failure): answers.append(.answer(id, .failure(failure)))
            }
        case .world(let name, _) where name == "input":
            forward(id, effect, to: questions, now: now)
        case .world("exec", _):
            forward(id, effect, to: children, now: now)
        case .world:
            forward(id, effect, to: world, now: now)
        case .confirm:
            forward(id, effect, to: questions, now: now)
        case .timer(let milliseconds):
            timers.append((id, now.advanced(by: milliseconds)))
        case .enter, .leave:
            answers.append(.answer(id, .value(.null)))
        }
    }

    package func cancel(_ id: EffectID, now: Instant) {
        if let question = checked.first(where: { $0.value.id == id }) {
            checked[question.key] = nil
            question.value.server.operations.cancel(question.key, now: now)
            answers.append(.answer(id, .notSent))
        } else if let place = held.firstIndex(where: { $0.id == id }) {
            held.remove(at: place)
            answers.append(.answer(id, .notSent))
        } else if let performer = begun[id] {
            performer.cancel(id, now: now)
        } else if let place = timers.firstIndex(where: { $0.id == id }) {
            timers.remove(at: place)
            answers.append(.answer(id, .notSent))
        }
    }

    package func waits() -> Waits {
        var waits = Waits(deadline: timers.map(\.at).min())
        if !answers.isEmpty { waits.deadline = Instant(milliseconds: 0, epochSeconds: 0) }
        for performer in known { waits.add(performer.waits()) }
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events = answers
        answers = []
        for timer in timers where timer.at <= now { events.append(.answer(timer.id, .value(.null))) }
        timers.removeAll { $0.at <= now }
        for performer in known { events += performer.tick(now: now, ready: ready) }
        events.removeAll { goesOn($0, now: now) || isOfQuestion($0, now: now) }
        for case .answer(let id, _) in events { begun[id] = nil }
        return events
    }

    private func forward(_ id: EffectID, _ effect: Effect, to performer: any Performer, now: Instant) {
        begun[id] = performer
        performer.begin(id, effect, now: now)
    }

    // MARK: Before something is destroyed

    /// A call that waits for what the server says about its caller.
    private struct CheckedCall {
        let id: EffectID
        let effect: Effect
        let server: Connection.Server
        /// The server and the key.
        let who: [String]
        var check: LockoutCheck
    }

    /// Begins a call unless it would lock the person out.
    private func check(_ id: EffectID, _ effect: Effect, on server: Connection.Server, now: Instant) {
        if !known.contains(where: { $0 === server.operations }) { known.append(server.operations) }
        guard case .call(let call) = effect.kind, var check = LockoutCheck(call) else {
            return ask(id, effect, on: server, now: now)
        }
        let identity = effect.origin.identity ?? server.identity
        let who = [effect.origin.server ?? "", identity?["access_key_id"].text ?? ""] + (identity?.secretTexts ?? [])
        let step = check.begin(as: identity, caller: callers[who])
        goOn(CheckedCall(id: id, effect: effect, server: server, who: who, check: check), step, now: now)
    }

    private func goOn(_ checking: CheckedCall, _ step: LockoutCheck.Step, now: Instant) {
        switch step {
        case .pass: ask(checking.id, checking.effect, on: checking.server, now: now)
        case .refuse(let failure): answers.append(.answer(checking.id, .failure(failure)))
        case .ask(let question):
            lastQuestion += 1
            checked[EffectID(lastQuestion)] = checking
            checking.server.operations.begin(
                EffectID(lastQuestion), Effect(.call(question), origin: checking.effect.origin), now: now)
        }
    }

    /// Whether an event belongs to a question of ours, which goes on with it.
    private func isOfQuestion(_ event: Event, now: Instant) -> Bool {
        guard case .answer(let question, let answer) = event, question.number > 1 << 61,
            question.number <= lastQuestion
        else { return false }
        guard var checking = checked.removeValue(forKey: question) else { return true }
        var value: Value?
        if case .value(let known) = answer { value = known }
        let step = checking.check.next(value)
        callers[checking.who] = checking.check.caller
        goOn(checking, step, now: now)
        return true
    }

    /// Asks the person where what is destroyed wants it, else begins.
    private func ask(_ id: EffectID, _ effect: Effect, on server: Connection.Server, now: Instant) {
        guard case .call(let call) = effect.kind,
            let question = Protection(call, server, isPrompt: asksBeforeDestroying),
            !(question.profile.map { questions.consents(to: $0) } ?? false)
        else { return forward(id, effect, to: server.operations, now: now) }
        if question.profile == nil, !asked.isEmpty { return held.append((id, effect, server)) }
        asked[id] = (effect, server)
        begun[id] = questions
        questions.insist(id, question.message, word: question.word)
    }

    /// Whether an event says that the person agreed to what was asked above: then that begins now.
    private func goesOn(_ event: Event, now: Instant) -> Bool {
        guard case .answer(let id, let answer) = event, let waiting = asked.removeValue(forKey: id) else {
            return false
        }
        defer { held = [] }
        guard case .value = answer else {
            for other in held { answers.append(.answer(other.id, answer)) }
            return false
        }
        // A prompt's statement is asked for once; a protected profile asks each time.
        asksBeforeDestroying = false
        forward(id, waiting.effect, to: waiting.server.operations, now: now)
        for other in held { ask(other.id, other.effect, on: other.server, now: now) }
        return true
    }
}
