internal import LakeScript

/// Stands before what dispatches: a call that destroys is asked about where a protected profile or the prompt wants it.
/// All else passes.
final class Safeguard: Performer {
    private let inner: any Performer
    private let servers: (String?) -> Result<Connection.Server, Failure>
    private let questions: Questions
    /// Whether a person at the prompt is asked before something is destroyed; not again once they have agreed.
    private var asksBeforeDestroying: Bool
    /// What destroys something, until the person has agreed.
    private var asked: [EffectID: Call] = [:]
    /// What waits for the answer to the prompt's question, which is asked once.
    private var held: [Call] = []
    private var answers: [Event] = []

    private struct Call {
        let id: EffectID
        let effect: Effect
        let operation: OperationCall
        let server: Connection.Server
    }

    /// `questions` is the one that `inner` lets go on: its answers come from there.
    init(
        around inner: any Performer, servers: @escaping (String?) -> Result<Connection.Server, Failure>,
        questions: Questions, asksBeforeDestroying: Bool
    ) {
        self.inner = inner
        self.servers = servers
        self.questions = questions
        self.asksBeforeDestroying = asksBeforeDestroying
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .call(let operation) = effect.kind, case .success(let server) = servers(effect.origin.server) else {
            return inner.begin(id, effect, now: now)
        }
        ask(Call(id: id, effect: effect, operation: operation, server: server), now: now)
    }

    func cancel(_ id: EffectID, now: Instant) {
        if let place = held.firstIndex(where: { $0.id == id }) {
            held.remove(at: place)
            answers.append(.answer(id, .notSent))
        } else if asked[id] != nil {
            questions.cancel(id, now: now)
        } else {
            inner.cancel(id, now: now)
        }
    }

    func waits() -> Waits {
        var waits = inner.waits()
        if !answers.isEmpty { waits.deadline = Instant(milliseconds: 0, epochSeconds: 0) }
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events = answers
        answers = []
        events += inner.tick(now: now, ready: ready)
        events.removeAll { goesOn($0, now: now) }
        return events
    }

    /// Asks the person where what is destroyed wants it, else begins.
    private func ask(_ call: Call, now: Instant) {
        guard let question = Protection(call.operation, call.server, isPrompt: asksBeforeDestroying),
            !(question.profile.map { questions.consents(to: $0) } ?? false)
        else { return inner.begin(call.id, call.effect, now: now) }
        if question.profile == nil, !asked.isEmpty { return held.append(call) }
        asked[call.id] = call
        questions.insist(call.id, call.effect.origin.scope, question.message, word: question.word)
    }

    /// Whether an event says that the person agreed to what was asked above: then that begins now.
    private func goesOn(_ event: Event, now: Instant) -> Bool {
        guard case .answer(let id, let answer) = event, let call = asked.removeValue(forKey: id) else { return false }
        let waiting = held
        held = []
        guard case .value = answer else {
            for other in waiting { answers.append(.answer(other.id, answer)) }
            return false
        }
        // A prompt's statement is asked for once; a protected profile asks each time.
        asksBeforeDestroying = false
        inner.begin(call.id, call.effect, now: now)
        for other in waiting { ask(other, now: now) }
        return true
    }
}
