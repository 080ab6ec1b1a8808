internal import LakeScript

/// Stands before what dispatches: a call that would lock the person out is refused, one that destroys is asked about
/// where a protected profile or the prompt wants it. All else passes.
///
/// What must be asked of the server for that goes the way of the call itself, under an id of its own.
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
    /// What may lock the person out, by the id of the question to the server that is under way.
    private var checked: [EffectID: CheckedCall] = [:]
    private var lastQuestion = Safeguard.firstQuestion
    /// What was found out about those whom calls are made as, by server and key.
    private var callers: [[String]: LockoutCheck.Caller] = [:]
    private var answers: [Event] = []

    /// Ids above this one are those of questions.
    private static let firstQuestion: UInt64 = 1 << 61

    private struct Call {
        let id: EffectID
        let effect: Effect
        let operation: OperationCall
        let server: Connection.Server
    }

    /// A call that waits for what the server says about its caller.
    private struct CheckedCall {
        let call: Call
        /// The server and the key.
        let who: [String]
        var check: LockoutCheck
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
        let call = Call(id: id, effect: effect, operation: operation, server: server)
        guard var check = LockoutCheck(operation) else { return ask(call, now: now) }
        let identity = effect.origin.identity ?? server.identity
        let who = [effect.origin.server ?? "", identity?["access_key_id"].text ?? ""] + (identity?.secretTexts ?? [])
        let step = check.begin(as: identity, caller: callers[who])
        goOn(CheckedCall(call: call, who: who, check: check), step, now: now)
    }

    func cancel(_ id: EffectID, now: Instant) {
        if let question = checked.first(where: { $0.value.call.id == id })?.key {
            checked[question] = nil
            inner.cancel(question, now: now)
            answers.append(.answer(id, .notSent))
        } else if let place = held.firstIndex(where: { $0.id == id }) {
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
        events.removeAll { goesOn($0, now: now) || isOfQuestion($0, now: now) }
        return events
    }

    // MARK: What would lock the person out

    private func goOn(_ checking: CheckedCall, _ step: LockoutCheck.Step, now: Instant) {
        switch step {
        case .pass: ask(checking.call, now: now)
        case .refuse(let failure): answers.append(.answer(checking.call.id, .failure(failure)))
        case .ask(let question):
            lastQuestion += 1
            checked[EffectID(lastQuestion)] = checking
            let effect = Effect(.call(question), origin: checking.call.effect.origin)
            inner.begin(EffectID(lastQuestion), effect, now: now)
        }
    }

    /// Whether an event belongs to a question of ours, which goes on with it.
    private func isOfQuestion(_ event: Event, now: Instant) -> Bool {
        guard case .answer(let question, let answer) = event, question.number > Safeguard.firstQuestion,
            question.number <= lastQuestion
        else { return false }
        // The call was cancelled meanwhile.
        guard var checking = checked.removeValue(forKey: question) else { return true }
        var value: Value?
        if case .value(let known) = answer { value = known }
        let step = checking.check.next(value)
        callers[checking.who] = checking.check.caller
        goOn(checking, step, now: now)
        return true
    }

    // MARK: What destroys

    /// Asks the person where what is destroyed wants it, else begins.
    private func ask(_ call: Call, now: Instant) {
        guard let question = Protection(call.operation, call.server, isPrompt: asksBeforeDestroying),
            !(question.profile.map { questions.consents(to: $0) } ?? false)
        else { return inner.begin(call.id, call.effect, now: now) }
        if question.profile == nil, !asked.isEmpty { return held.append(call) }
        asked[call.id] = call
        questions.insist(call.id, question.message, word: question.word)
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
