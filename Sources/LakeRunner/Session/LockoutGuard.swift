internal import LakeAPI
internal import LakeScript

/// Refuses calls that would lock the user out.
///
/// Its questions to the server go through the inner performer like the call itself, under ids of their own. Calls whose
/// effect depends on others wait in a line: each is judged when the one before it has been answered, because two calls
/// that are harmless alone may lock the user out together.
final class LockoutGuard: WrappingPerformer {
    let inner: any Performer
    private let servers: (String?) -> Result<Connection.Server, Failure>
    /// The calls in line; the first is being judged or in flight.
    private var line: [Entry] = []
    /// The open question for the first in line.
    private var question: (id: EffectID, asked: LockoutQuestion)?
    private var effectIDs: EffectIDs
    /// The users of the identities, as far as they are known.
    private var users: [LockoutIdentity: Value] = [:]
    /// The callers of the run beside its own identity.
    private var callers: [Effect.Caller] = []
    private var outbox = Outbox<Event>()

    private struct Entry {
        let id: EffectID
        let effect: Effect
        let call: OperationCall
        let server: Connection.Server
        /// Nil until it is the call's turn.
        var check: LockoutCheck?
        var isSent = false
    }

    init(
        around inner: any Performer, servers: @escaping (String?) -> Result<Connection.Server, Failure>,
        effectIDs: EffectIDs
    ) {
        self.inner = inner
        self.servers = servers
        self.effectIDs = effectIDs
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        callers = effect.origin.callers
        guard case .call(let call) = effect.kind, Catalogue[call.command]?.mayLockOut == true,
            case .success(let server) = servers(effect.origin.server)
        else { return inner.begin(id, effect, now: now) }
        let entry = Entry(id: id, effect: effect, call: call, server: server)
        if !call.options.isOn(.lockMeOut), case .pass = check(of: entry).judgement() {
            return inner.begin(id, effect, now: now)
        }
        line.append(entry)
        if line.count == 1 { lookAtFirst(now: now) }
    }

    func cancel(_ id: EffectID, now: Instant) {
        guard let place = line.firstIndex(where: { $0.id == id }), !line[place].isSent else {
            return inner.cancel(id, now: now)
        }
        outbox.answer(id, .notSent)
        line.remove(at: place)
        guard place == 0 else { return }
        if let question { inner.cancel(question.id, now: now) }
        question = nil
        lookAtFirst(now: now)
    }

    func waits() -> Waits {
        var waits = inner.waits()
        waits.add(outbox.waits)
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events: [Event] = []
        for event in inner.tick(now: now, ready: ready) {
            guard case .answer(let id, let answer) = event else {
                events.append(event)
                continue
            }
            if effectIDs.contains(id) {
                learn(answer, to: id, now: now)
                continue
            }
            events.append(event)
            guard let first = line.first, first.isSent, first.id == id else { continue }
            line.removeFirst()
            lookAtFirst(now: now)
        }
        return outbox.take() + events
    }

    // MARK: The first in line

    /// Judges the calls in line, up to one that needs an answer or that is sent.
    private func lookAtFirst(now: Instant) {
        while let first = line.first, question == nil, !first.isSent {
            guard !first.call.options.isOn(.lockMeOut) else { return send(now: now) }
            let check = check(of: first)
            line[0].check = check
            switch check.judgement() {
            case .pass where check.isOfOthers:
                line.removeFirst()
                inner.begin(first.id, first.effect, now: now)
            case .pass: send(now: now)
            case .refuse(let failure):
                line.removeFirst()
                outbox.answer(first.id, .failure(failure))
            case .ask(let asked): ask(asked, as: check.identities[asked.place], for: first, now: now)
            }
        }
    }

    private func send(now: Instant) {
        line[0].isSent = true
        inner.begin(line[0].id, line[0].effect, now: now)
    }

    private func ask(_ asked: LockoutQuestion, as identity: LockoutIdentity, for entry: Entry, now: Instant) {
        let id = effectIDs.next()
        question = (id, asked)
        let place = entry.effect.origin
        let origin = Effect.Origin(
            scope: place.scope, ordinal: place.ordinal, identity: identity.value, server: place.server,
            span: place.span)
        inner.begin(id, Effect(.call(asked.call(for: entry.call)), origin: origin), now: now)
    }

    /// Continues with the server's answer; the answer for a call that was cancelled meanwhile is dropped.
    private func learn(_ answer: Answer, to id: EffectID, now: Instant) {
        guard let (_, asked) = question, question?.id == id else { return }
        question = nil
        let fact: Result<Value, Failure> =
            switch answer {
            case .value(let value), .finished(let value): .success(value)
            case .failure(let failure), .inDoubt(let failure): .failure(failure)
            case .notSent: .failure(.interrupted)
            }
        line[0].check?.facts[asked] = fact
        if asked.command == LockoutQuestion.who, case .success(let user) = fact,
            let identity = line[0].check?.identities[asked.place]
        {
            users[identity] = user
        }
        lookAtFirst(now: now)
    }

    /// The check of a call with all present identities of the run, also those that were added since the call began.
    private func check(of entry: Entry) -> LockoutCheck {
        var check = entry.check ?? LockoutCheck(call: entry.call)
        for identity in identities(of: entry) where !check.identities.contains(identity) {
            let question = LockoutQuestion(place: check.identities.count, command: LockoutQuestion.who)
            if let user = users[identity] { check.facts[question] = .success(user) }
            check.identities.append(identity)
        }
        return check
    }

    /// The identities of the run on the server of a call: the caller, the run's own identity there, then that of each
    /// `as`.
    private func identities(of entry: Entry) -> [LockoutIdentity] {
        let caller = Effect.Caller(server: entry.effect.origin.server, identity: entry.effect.origin.identity)
        let own = Effect.Caller(server: nil, identity: nil)
        var found: [LockoutIdentity] = []
        for role in [caller, own, Effect.Caller(server: caller.server, identity: nil)] + callers {
            guard case .success(let server) = servers(role.server), server.name == entry.server.name else { continue }
            let identity = LockoutIdentity(server: server.name, value: role.identity ?? server.identity)
            guard !found.contains(identity), identity.value != nil || found.isEmpty else { continue }
            found.append(identity)
        }
        return found
    }
}
