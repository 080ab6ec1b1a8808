import LakeAPI
import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// Keeps what is begun, and answers when it is told to.
private final class Inner: Performer {
    /// The calls that were begun and not cancelled: the command and the user that it is about.
    var begun: [(id: EffectID, words: String)] = []
    var cancelled: [EffectID] = []
    private var answers: [Event] = []

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .call(let call) = effect.kind else { return }
        let subjects = ["group_id", "user_id"].compactMap { call.arguments[$0]?.text }
        begun.append((id, ([call.command] + subjects).joined(separator: " ")))
    }

    func answer(_ answer: Answer) {
        answers.append(.answer(begun.removeFirst().id, answer))
    }

    func cancel(_ id: EffectID, now: Instant) {
        cancelled.append(id)
        begun.removeAll { $0.id == id }
        answers.append(.answer(id, .notSent))
    }

    func waits() -> Waits { Waits() }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        defer { answers = [] }
        return answers
    }
}

/// Calls whose effect hangs on what others leave stand in line.
struct LockoutGuardTests {
    private let inner = Inner()
    private let lockoutGuard: LockoutGuard
    private let now = Instant(milliseconds: 0, epochSeconds: 0)

    init() {
        let server = Connection.Server(name: "s", identity: ["access_key_id": "K"])
        lockoutGuard = LockoutGuard(
            around: inner, servers: { _ in .success(server) }, effectIDs: EffectIDs(source: 1))
    }

    private func begin(
        _ number: UInt64, _ command: String, _ arguments: Record, lockMeOut: Bool = false, as identities: [Value] = []
    ) {
        var call = OperationCall(command: command, arguments: arguments)
        call.options[.lockMeOut] = .bool(lockMeOut)
        var origin = Effect.Origin.ofNoScript
        origin.callers = identities.map { Effect.Caller(server: nil, identity: $0) }
        lockoutGuard.begin(EffectID(number), Effect(.call(call), origin: origin), now: now)
    }

    /// Has the inner performer answer what was begun first; gives the ids that are answered thereby.
    private func answer(_ answer: Answer) -> [UInt64] {
        inner.answer(answer)
        return tick()
    }

    private func tick() -> [UInt64] {
        lockoutGuard.tick(now: now, ready: []).compactMap { event in
            if case .answer(let id, _) = event { id.number } else { nil }
        }
    }

    private var begun: [String] { inner.begun.map(\.words) }
    private let me: Answer = .value(["user": ["id": "me"]])
    private let none: Answer = .value(["results": []])

    @Test("the next call is looked at when the one before it was answered, and what is about others goes on")
    func line() {
        begin(1, "delete_group_membership", ["group_id": "g", "user_id": "me"])
        begin(2, "delete_group", ["group_id": "h"], lockMeOut: true)
        begin(3, "delete_group", ["group_id": "i"])
        #expect(begun == ["get_current_user"])
        #expect(answer(me).isEmpty)
        begin(4, "attach_policy_to_user", ["user_id": "bo", "policy_id": "p"])
        #expect(begun == ["list_user_policies me", "attach_policy_to_user bo"])
        #expect(answer(none).isEmpty)
        #expect(answer(.value(.null)) == [4])
        #expect(begun == ["list_user_groups me"])
        #expect(answer(none).isEmpty)
        #expect(begun == ["delete_group_membership g me"])
        #expect(answer(.failure(Failure(.operation, "no"))) == [1])
        #expect(begun == ["delete_group h"], "it is meant: nothing is asked")
        #expect(answer(.value(.null)) == [2])
        #expect(begun == ["list_user_policies me"])
    }

    @Test("whoever begins to act while a call is looked at is looked at, too")
    func newcomers() {
        begin(1, "delete_user", ["user_id": "bo"])
        #expect(begun == ["get_current_user"])
        begin(2, "get_user", ["user_id": "x"], as: [["access_key_id": "B"]])
        #expect(answer(me).isEmpty && begun == ["get_user x", "get_current_user"])
        _ = answer(.value(.null))
        #expect(answer(.value(["user": ["id": "bo"]])) == [1])
        #expect(begun.isEmpty, "it is refused")
    }

    @Test("a call that is cancelled in line, or while it is looked at, is not sent, and the next one is looked at")
    func cancelled() {
        for number in 1...3 as ClosedRange<UInt64> { begin(number, "delete_group", ["group_id": "g"]) }
        lockoutGuard.cancel(EffectID(2), now: now)
        #expect(tick() == [2])
        #expect(begun == ["get_current_user"])
        lockoutGuard.cancel(EffectID(1), now: now)
        #expect(tick() == [1])
        #expect(begun == ["get_current_user"])
        #expect(answer(me).isEmpty && begun == ["list_user_policies me"])
        _ = answer(none)
        _ = answer(none)
        #expect(begun == ["delete_group g"])
        lockoutGuard.cancel(EffectID(3), now: now)
        #expect(inner.cancelled.last == EffectID(3) && tick() == [3])
    }

    @Test("what the server does not say is the call's own error, and nothing is sent")
    func unanswered() {
        begin(1, "delete_group", ["group_id": "g"])
        inner.answer(.failure(Failure(.timeout, "too late")))
        let events = lockoutGuard.tick(now: now, ready: []) + lockoutGuard.tick(now: now, ready: [])
        guard case .answer(EffectID(1), .failure(let failure))? = events.first else {
            Issue.record("not answered")
            return
        }
        #expect(failure.kind == .timeout && failure.message == "too late" && failure.operation == "delete_group")
        #expect(failure.notes == ["nothing was changed: whether it would lock you out is looked at first"])
        #expect(begun.isEmpty)
    }

    @Test("a listing is read to its end, and one without an end is none that can be read")
    func pages() {
        begin(1, "delete_group", ["group_id": "g"])
        _ = answer(me)
        let more: Answer = .value(["results": [], "pagination": ["has_more": true, "next_offset": "x"]])
        #expect(answer(more).isEmpty && begun == ["list_user_policies me"])
        #expect(answer(none).isEmpty && begun == ["list_user_groups me"])
        // The second page is the third, and so on: each is asked for once.
        #expect(answer(more).isEmpty && begun == ["list_user_groups me"])
        inner.answer(more)
        let events = lockoutGuard.tick(now: now, ready: []) + lockoutGuard.tick(now: now, ready: [])
        guard case .answer(EffectID(1), .failure(let failure))? = events.first else {
            Issue.record("not answered: \(begun)")
            return
        }
        #expect(failure.kind == .declined && failure.notes[0].contains("pages"))
    }
}
