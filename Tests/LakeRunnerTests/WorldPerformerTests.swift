import LakeScript
import Testing

@testable import LakeRunner

/// What a cancelled effect on the world is answered.
struct WorldPerformerTests {
    private let now = Instant(milliseconds: 0, epochSeconds: 0)

    /// The answers to an effect that is begun and then cancelled.
    private func cancelled(_ name: String, _ values: [Value]) -> [String] {
        let performer = WorldPerformer(output: Console().output, errors: Console().errors)
        let origin = Effect.Origin(scope: ScopePath(), ordinal: 0, span: Span(file: FileID(index: 0), start: 0, end: 0))
        performer.begin(EffectID(1), Effect(.world(name, values), origin: origin), now: now)
        performer.cancel(EffectID(1), now: now)
        return performer.tick(now: now, ready: []).map { "\($0)" }
    }

    @Test func whatWasDoneAtOnceIsNotCalledUnsent() throws {
        let answers = cancelled("now", [])
        #expect(answers.count == 1)
        #expect(try #require(answers.first).contains("value"))
    }

    @Test func aSleepThatIsCutShortWasNotDone() throws {
        let answers = cancelled("sleep", [.duration(60_000)])
        #expect(answers.count == 1)
        #expect(try #require(answers.first).contains("notSent"))
    }

    @Test func theLongestSleepEndsAtTheLastMoment() {
        #expect(Instant(milliseconds: 100, epochSeconds: 0).advanced(by: .max).milliseconds == .max)
    }
}
