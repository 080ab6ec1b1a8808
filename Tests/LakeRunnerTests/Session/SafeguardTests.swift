import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// Questions before destructive calls, with a person at a pseudo-terminal.
struct SafeguardTests {
    private let tty: PseudoTerminal
    private let inner = ScriptedPerformer()
    private let now = Instant(milliseconds: 0, epochSeconds: 0)

    init() throws {
        tty = try PseudoTerminal(columns: 200)
    }

    private func safeguard(
        protected: Profile? = nil, asks: Bool = false, consent: Questions.Consent = Questions.Consent()
    ) -> Safeguard {
        let server = Connection.Server(name: "s", identity: nil, protected: protected)
        let questions = Questions(around: inner, consent: consent, terminal: tty.terminal)
        return Safeguard(around: questions, servers: { _ in .success(server) }, asksBeforeDestroying: asks)
    }

    private func delete(_ user: String, _ number: UInt64, on safeguard: Safeguard) {
        let call = OperationCall(command: "delete_user", arguments: ["user_id": .string(user)])
        safeguard.begin(EffectID(number), Effect(.call(call), origin: .ofNoScript), now: now)
    }

    /// Lets everything continue; returns the answers as `1 value`.
    private func tick(_ safeguard: Safeguard, isTyped: Bool = false) -> [String] {
        safeguard.tick(now: now, ready: isTyped ? [tty.keyboard] : []).compactMap { event in
            guard case .answer(let id, let answer) = event else { return nil }
            switch answer {
            case .value, .finished: return "\(id.number) value"
            case .failure(let failure), .inDoubt(let failure): return "\(id.number) \(failure.kind)"
            case .notSent: return "\(id.number) not sent"
            }
        }
    }

    private func type(_ line: String, to safeguard: Safeguard) throws -> [String] {
        try tty.enter(line)
        return tick(safeguard, isTyped: true)
    }

    private var begun: [UInt64] { inner.pending.map(\.id.number) }

    private func production() throws -> Profile {
        let folder = try FileStore().makeTemporaryFolder("lakesh-profile")
        defer { FileStore().removeFolder(folder) }
        let text = "production: {server: 'https://p.example.com', protected: true}\n"
        try FileStore().write(
            Array(text.utf8), to: folder + "/lakesh/profiles.yaml", isSecret: false, mayOverwrite: false)
        let profiles = try Profiles.load { $0 == "XDG_CONFIG_HOME" ? folder : nil }
        return try #require(profiles["production"])
    }

    @Test("the prompt asks for each call, the next one after the answer; `a` is the answer to the rest")
    func each() throws {
        let safeguard = safeguard(asks: true)
        for (number, user) in ["ana", "bo"].enumerated() { delete(user, UInt64(number) + 1, on: safeguard) }
        #expect(tick(safeguard).isEmpty && begun.isEmpty)
        #expect(try tty.seen().hasPrefix("! `delete_user ana` on s cannot be taken back"))
        #expect(try type("y", to: safeguard).isEmpty)
        #expect(begun == [1])
        _ = tick(safeguard)
        let second = try tty.seen()
        #expect(
            second.contains("`delete_user bo`")
                && second.contains("1 asked so far; a is yes to the rest of this statement. [y/N]"), "\(second)")
        #expect(try type("a", to: safeguard).isEmpty)
        delete("chidi", 3, on: safeguard)
        #expect(begun == [1, 2, 3])
        let call = OperationCall(command: "delete_repository", arguments: ["repository": "lake"])
        safeguard.begin(EffectID(4), Effect(.call(call), origin: .ofNoScript), now: now)
        _ = tick(safeguard)
        #expect(try begun == [1, 2, 3] && tty.seen().contains("Type lake to go on: "))
    }

    @Test("a refusal is the answer to all calls that wait")
    func refused() throws {
        let safeguard = safeguard(asks: true)
        for number in 1...3 as ClosedRange<UInt64> { delete("ana", number, on: safeguard) }
        safeguard.cancel(EffectID(3), now: now)
        #expect(tick(safeguard) == ["3 not sent"])
        #expect(try type("n", to: safeguard) == ["1 declined", "2 declined"])
        #expect(begun.isEmpty)
    }

    @Test("if the call that is asked about is cancelled, the next one is asked about")
    func cancelled() throws {
        let safeguard = safeguard(asks: true)
        delete("ana", 1, on: safeguard)
        delete("bo", 2, on: safeguard)
        _ = tick(safeguard)
        safeguard.cancel(EffectID(1), now: now)
        #expect(tick(safeguard) == ["1 not sent"])
        _ = tick(safeguard)
        #expect(try tty.seen().contains("`delete_user bo`"))
        #expect(try type("y", to: safeguard).isEmpty)
        #expect(begun == [2])
    }

    @Test("a protected profile asks for the name for each call, even with --yes")
    func protected() throws {
        var consent = Questions.Consent()
        consent.all = true
        let safeguard = safeguard(protected: try production(), consent: consent)
        delete("ana", 1, on: safeguard)
        delete("bo", 2, on: safeguard)
        _ = tick(safeguard)
        #expect(try tty.seen().contains("(protected profile production).\n  Type ana to go on: "))
        #expect(try type("ana", to: safeguard).isEmpty && begun == [1])
        #expect(try type("yes", to: safeguard) == ["2 declined"])
    }

    @Test("--confirm with the profile's name or the target's is the answer", arguments: ["production", "ana"])
    func confirmed(_ word: String) throws {
        var consent = Questions.Consent()
        consent.words = [word]
        let safeguard = safeguard(protected: try production(), consent: consent)
        delete("ana", 1, on: safeguard)
        _ = tick(safeguard)
        #expect(begun == [1])
    }

    @Test("other effects pass, and so does the end of the run")
    func others() {
        let safeguard = safeguard(asks: true)
        let call = OperationCall(command: "get_user", arguments: ["user_id": "ana"])
        safeguard.begin(EffectID(1), Effect(.call(call), origin: .ofNoScript), now: now)
        safeguard.begin(EffectID(2), Effect(.timer(milliseconds: 5), origin: .ofNoScript), now: now)
        #expect(begun == [1, 2])
        safeguard.cancel(EffectID(2), now: now)
        safeguard.finish(now: now)
        #expect(inner.cancelled == [EffectID(2)] && inner.finishes == 1)
    }
}
