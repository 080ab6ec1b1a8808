internal import LakeScript

/// Asks before each destructive call, if a protected profile or the prompt requires it. Everything else passes.
final class Safeguard: WrappingPerformer {
    private let questions: Questions
    var inner: any Performer { questions }
    private let servers: (String?) -> Result<Connection.Server, Failure>
    /// True if a person at the prompt is asked before a destructive call.
    private let asksBeforeDestroying: Bool
    /// True if the person has agreed to the rest of the statement.
    private var agreesToRest = false
    /// The number of the prompt's questions that were answered.
    private var answered = 0
    /// Calls with an open question.
    private var asked: [EffectID: Call] = [:]
    /// Calls that wait until the prompt's question about another one is answered.
    private var held: [Call] = []
    private var outbox = Outbox<Event>()

    private struct Call {
        let id: EffectID
        let effect: Effect
        let operation: OperationCall
        let server: Connection.Server
    }

    init(
        around questions: Questions, servers: @escaping (String?) -> Result<Connection.Server, Failure>,
        asksBeforeDestroying: Bool
    ) {
        self.questions = questions
        self.servers = servers
        self.asksBeforeDestroying = asksBeforeDestroying
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .call(let operation) = effect.kind, case .success(let server) = servers(effect.origin.server) else {
            return questions.begin(id, effect, now: now)
        }
        ask(Call(id: id, effect: effect, operation: operation, server: server), now: now)
    }

    func cancel(_ id: EffectID, now: Instant) {
        guard let place = held.firstIndex(where: { $0.id == id }) else { return questions.cancel(id, now: now) }
        held.remove(at: place)
        outbox.answer(id, .notSent)
    }

    func waits() -> Waits {
        var waits = questions.waits()
        waits.add(outbox.waits)
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        for event in questions.tick(now: now, ready: ready) {
            if case .answer(let id, let answer) = event, let call = asked.removeValue(forKey: id) {
                conclude(call, answer, now: now)
            } else {
                outbox.append(event)
            }
        }
        return outbox.take()
    }

    /// Asks the person if the call requires it, else begins the call.
    private func ask(_ call: Call, now: Instant) {
        guard let question = Protection(call.operation, call.server, isPrompt: asksBeforeDestroying),
            !(question.profile.map { questions.consents(to: $0) } ?? false),
            !(agreesToRest && question.profile == nil && question.word == nil)
        else { return questions.begin(call.id, call.effect, now: now) }
        if question.profile == nil, !asked.isEmpty { return held.append(call) }
        asked[call.id] = call
        questions.insist(
            call.id, call.effect.origin.scope, question.message, word: question.word,
            after: question.profile == nil ? answered : nil)
    }

    /// Begins a call that the person agreed to, or answers it with the refusal.
    private func conclude(_ call: Call, _ answer: Answer, now: Instant) {
        let waiting = held
        held = []
        switch answer {
        case .value(let agreed):
            answered += 1
            agreesToRest = agreesToRest || agreed == Questions.agreementToRest
            questions.begin(call.id, call.effect, now: now)
            for other in waiting { ask(other, now: now) }
        case .notSent:
            outbox.answer(call.id, answer)
            for other in waiting { ask(other, now: now) }
        case .failure, .inDoubt, .finished:
            for refused in [call] + waiting { outbox.answer(refused.id, answer) }
        }
    }
}
