import LakeAPI
import LakeScript
import TestSupport
import Testing

@testable import LakeAssist

/// Keeps what is begun.
private final class Calls: Performer {
    var begun: [(id: EffectID, call: OperationCall)] = []
    var cancelled: [EffectID] = []

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        if case .call(let call) = effect.kind { begun.append((id, call)) }
    }
    func cancel(_ id: EffectID, now: Instant) { cancelled.append(id) }
    func waits() -> Waits { Waits() }
    func tick(now: Instant, ready: [Descriptor]) -> [Event] { [] }
}

private final class Time {
    var milliseconds = 0
}

struct ServerValuesTests {
    private let calls = Calls()
    private let time = Time()
    private let values: ServerValues

    init() {
        let time = time
        values = ServerValues(vocabulary: Toy.vocabulary, performer: calls) {
            Instant(milliseconds: time.milliseconds, epochSeconds: 0)
        }
    }

    private func users(_ ids: [String], hasMore: Bool = false) -> Answer {
        let results = ids.map { Value.map(Record([("id", .string($0))])) }
        return .value(
            .map(
                Record([
                    ("pagination", .map(Record([("has_more", .bool(hasMore))]))), ("results", .list(results)),
                ])))
    }

    private func ask(_ typed: String) -> LiveAnswer {
        values.values(of: .user, for: "get_user", typed: typed, arguments: [:])
    }

    private func answer(_ answer: Answer) -> Bool {
        guard let last = calls.begun.last else { return false }
        return values.receive([.answer(last.id, answer)])
    }

    @Test("asks by what was typed, then knows")
    func asks() {
        #expect(ask("a") == .loading([]))
        values.begin()
        #expect(calls.begun.map(\.call.command) == ["list_users"])
        #expect(calls.begun[0].call.arguments["prefix"] == "a")
        #expect(answer(users(["ana"])))
        #expect(ask("a") == .candidates([Candidate("ana", "", .server)]))
    }

    @Test("at most one question is under way, and the newest wish is next")
    func oneAtATime() {
        for typed in ["a", "an", "b"] {
            _ = ask(typed)
            values.begin()
        }
        #expect(calls.begun.count == 1)
        #expect(answer(users([])))
        values.begin()
        #expect(calls.begun.last?.call.arguments["prefix"] == "b")
    }

    @Test("a whole list answers for longer prefixes, a page does not", arguments: [(false, 1), (true, 2)])
    func reuse(hasMore: Bool, questions: Int) {
        _ = ask("a")
        values.begin()
        #expect(answer(users(["ana", "abe"], hasMore: hasMore)))
        _ = ask("an")
        values.begin()
        #expect(calls.begun.count == questions)
    }

    @Test("an error is said, and asked again after a while")
    func errors() {
        _ = ask("a")
        values.begin()
        #expect(answer(.failure(Failure(.operation, "no route"))))
        #expect(ask("a") == .failed("no route"))
        time.milliseconds = 5000
        #expect(ask("a") == .loading([]))
    }

    @Test("branches need their repository")
    func needs() {
        #expect(values.values(of: .branch, for: "get_branch", typed: "", arguments: [:]) == .unknown)
        #expect(
            values.values(of: .branch, for: "get_branch", typed: "", arguments: ["repository": "lake"]) == .loading([]))
        values.begin()
        #expect(calls.begun[0].call.arguments["repository"] == "lake")
    }

    @Test("cancelling asks the performer to, and keeps nothing")
    func cancels() {
        _ = ask("a")
        values.begin()
        values.cancel()
        #expect(calls.cancelled == calls.begun.map(\.id))
        #expect(!answer(.notSent))
        #expect(ask("a") == .loading([]))
        values.begin()
        #expect(answer(users(["ana"])))
    }
}
