import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// Every effect has a performer, and one that reaches none is answered at once.
struct EffectPerformerTests {
    private static let effects = Builtins.all.filter { $0.performer != nil }
    private let now = Instant(milliseconds: 0, epochSeconds: 0)

    private func performer(_ kind: Builtin.PerformerKind) -> any Performer {
        let console = Console()
        return switch kind {
        case .world: WorldPerformer(output: console.output, errors: console.errors)
        case .person:
            Questions(around: ChildPerformer(), consent: Questions.Consent(), terminal: console.terminal)
        case .program: ChildPerformer()
        case .network: Connection.sandbox(.init()).operations
        }
    }

    /// Returns the immediate answer of a performer to an effect.
    private func failure(_ performer: any Performer, _ kind: Effect.Kind) -> Failure? {
        performer.begin(EffectID(1), Effect(kind, origin: .ofNoScript), now: now)
        for case .answer(_, .failure(let failure)) in performer.tick(now: now, ready: []) { return failure }
        return nil
    }

    @Test("the performer that a built-in names carries it out", arguments: effects)
    func carriesOut(builtin: Builtin) throws {
        let kind = try #require(builtin.performer)
        let answer = failure(performer(kind), .builtin(BuiltinCall(builtin, [:])))
        #expect(answer?.message.contains("internal error") != true)
    }

    @Test("any other performer answers at once that nothing carries it out", arguments: effects)
    func isAnswered(builtin: Builtin) throws {
        for kind in [Builtin.PerformerKind.world, .program, .network] where kind != builtin.performer {
            let answer = failure(performer(kind), .builtin(BuiltinCall(builtin, [:])))
            #expect(answer?.message == "internal error: nothing carries out `\(builtin.name)` here")
        }
    }

    @Test func anEffectWithoutAPerformerFailsAtOnce() {
        let dispatcher = Dispatcher(
            world: performer(.world), children: performer(.program), operations: performer(.network))
        #expect(
            failure(dispatcher, .show(1))?.message == "internal error: nothing carries out a part of the script here")
        #expect(failure(performer(.world), .confirm(message: "?", word: nil)) != nil)
        #expect(failure(performer(.person), .show(1)) != nil)
    }
}
