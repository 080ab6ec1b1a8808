import LakeAPI
import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// The durations of steps and runs without the time of questions, on a virtual clock.
final class RunRecorderTests {
    private let tty: PseudoTerminal
    private let recorder: RunRecorder
    private var number: UInt64 = 0

    init() throws {
        tty = try PseudoTerminal()
        let questions = Questions(
            around: ScriptedPerformer(), consent: Questions.Consent(), terminal: tty.terminal)
        recorder = RunRecorder(around: questions, observer: SilentObserver(), terminal: tty.terminal)
    }

    private func now(_ milliseconds: Int) -> Instant { Instant(milliseconds: milliseconds, epochSeconds: 0) }

    private func begin(_ kind: Effect.Kind, in path: [String], at milliseconds: Int) {
        number += 1
        let span = Effect.Origin.ofNoScript.span
        let origin = Effect.Origin(scope: ScopePath(path), ordinal: 0, span: span)
        recorder.begin(EffectID(number), Effect(kind, origin: origin), now: now(milliseconds))
    }

    private func scope(_ path: [String]) -> Scope {
        Scope(path: ScopePath(path), kind: .step, name: path.last ?? "", span: Effect.Origin.ofNoScript.span)
    }

    private func enter(_ path: [String], at milliseconds: Int) {
        begin(.enter(scope(path)), in: path.dropLast(), at: milliseconds)
    }

    private func leave(_ path: [String], at milliseconds: Int) {
        begin(.leave(scope(path), .success(.null)), in: path.dropLast(), at: milliseconds)
    }

    private func confirm(in path: [String], at milliseconds: Int) {
        begin(.confirm(message: "Sure?", word: nil), in: path, at: milliseconds)
    }

    private func tick(at milliseconds: Int, isTyped: Bool = false) {
        _ = recorder.tick(now: now(milliseconds), ready: isTyped ? [tty.keyboard] : [])
    }

    private var times: [String: Int] {
        Dictionary(uniqueKeysWithValues: recorder.result.steps.map { ($0.name, $0.milliseconds) })
    }

    @Test func theTimeThatAPersonThinksIsNeitherTheStepsNorTheRuns() throws {
        enter(["outer"], at: 1000)
        enter(["outer", "inner"], at: 1005)
        confirm(in: ["outer", "inner", "if"], at: 1010)
        tick(at: 1010)
        tick(at: 3000)
        try tty.enter("y")
        tick(at: 6010, isTyped: true)
        leave(["outer", "inner"], at: 6030)
        leave(["outer"], at: 6035)
        #expect(times == ["inner": 25, "outer": 35])
        #expect(recorder.result.thinking == 5000)
    }

    @Test func aStepThatIsNotAskedAboutWorksOn() throws {
        enter(["asks"], at: 0)
        enter(["works"], at: 0)
        confirm(in: ["asks"], at: 0)
        tick(at: 0)
        leave(["works"], at: 700)
        try tty.enter("y")
        tick(at: 900, isTyped: true)
        leave(["asks"], at: 950)
        #expect(times == ["works": 700, "asks": 50])
        #expect(recorder.result.thinking == 900)
    }

    @Test func aQuestionThatWaitsItsTurnIsThoughtAboutToo() throws {
        enter(["first"], at: 0)
        enter(["second"], at: 0)
        confirm(in: ["first"], at: 0)
        confirm(in: ["second"], at: 0)
        tick(at: 0)
        try tty.enter("y")
        tick(at: 1000, isTyped: true)
        leave(["first"], at: 1001)
        try tty.enter("y")
        tick(at: 3000, isTyped: true)
        leave(["second"], at: 3002)
        #expect(times == ["first": 1, "second": 2])
        #expect(recorder.result.thinking == 3000)
    }
}
