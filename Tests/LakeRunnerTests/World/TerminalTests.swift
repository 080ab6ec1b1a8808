import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// The terminal's owner, on a virtual clock.
struct TerminalTests {
    private let status = StatusLine(done: 3, current: "move main")
    private let wipe = "\r\u{1B}[K"

    // MARK: The status line

    @Test func theStatusAppearsAfterAMomentAndThenMoves() throws {
        let tty = try PseudoTerminal()
        tty.terminal.status = status
        for moment in [1000, 1100, 1299] { tty.tick(at: moment) }
        #expect(try tty.seen() == "")
        tty.tick(at: 1300)
        #expect(try tty.seen() == "  … 3 done · 10/s   move main")
        tty.tick(at: 1399)
        #expect(try tty.seen() == "")
        #expect(tty.terminal.waits().deadline?.milliseconds == 1400)
        tty.tick(at: 1500)
        #expect(try tty.seen() == wipe + "  … 3 done · 6/s   move main")
        tty.terminal.status = nil
        #expect(try tty.seen() == wipe)
        #expect(tty.terminal.waits().deadline == nil)
    }

    @Test func theStatusMakesRoomForWhatIsPrinted() throws {
        let tty = try PseudoTerminal()
        tty.terminal.status = status
        tty.tick(at: 1000)
        tty.tick(at: 1300)
        tty.terminal.output.write("a line\n")
        tty.terminal.errors.write("another\n")
        #expect(try tty.seen() == "  … 3 done · 10/s   move main\(wipe)a line\nanother\n")
        tty.tick(at: 1400)
        #expect(try tty.seen() == "  … 3 done · 7/s   move main")
    }

    @Test func aStatusThatDoesNotWaitIsPaintedWhenItChanges() throws {
        let tty = try PseudoTerminal()
        tty.terminal.status = StatusLine(done: 0, total: 2, current: "one …", isPatient: false)
        tty.terminal.status = StatusLine(done: 1, total: 2, current: "two …", isPatient: false)
        #expect(try tty.seen() == "  … 0 of 2   one …\(wipe)  … 1 of 2   two …")
    }

    @Test func noStatusIsPaintedWhereALineCannotBePaintedAgain() throws {
        let tty = try PseudoTerminal(hasControls: false)
        tty.terminal.status = status
        for moment in [1000, 2000] { tty.tick(at: moment) }
        tty.terminal.status = StatusLine(done: 0, total: 2, isPatient: false)
        #expect(try tty.seen() == "")
        #expect(tty.terminal.waits().deadline == nil)
    }

    // MARK: Questions

    @Test func aQuestionIsNotPaintedOver() throws {
        let tty = try PseudoTerminal()
        tty.terminal.status = status
        tty.tick(at: 1000)
        tty.tick(at: 1300)
        #expect(try tty.seen() == "  … 3 done · 10/s   move main")
        tty.ask(1, "Go on? [y/N] ")
        tty.tick(at: 1400)
        #expect(try tty.seen() == wipe + "Go on? [y/N] ")
        try tty.type("la")
        for moment in [1500, 2000, 9000] { tty.tick(at: moment) }
        try tty.enter("ke")
        #expect(try tty.seen() == "lake\n")
        #expect(tty.terminal.waits().deadline == nil)
        #expect(tty.tick(at: 11_400, isTyped: true) == ["1: lake"])
        // Ten seconds at a question do not count: three calls took 400 milliseconds.
        #expect(try tty.seen() == "  … 3 done · 7/s   move main")
    }

    @Test func whatIsPrintedWaitsForTheAnswer() throws {
        let tty = try PseudoTerminal()
        tty.ask(1, "Go on? ")
        tty.tick(at: 0)
        tty.terminal.output.write("one\n")
        tty.terminal.errors.write("two\n")
        #expect(try tty.seen() == "Go on? ")
        #expect(tty.terminal.output.isDrained)
        try tty.enter("y")
        #expect(tty.tick(at: 10, isTyped: true) == ["1: y"])
        tty.terminal.output.write("three\n")
        #expect(try tty.seen() == "y\none\ntwo\nthree\n")
    }

    @Test func whoPrintsMuchHasToWait() throws {
        let tty = try PseudoTerminal()
        tty.ask(1, "Go on? ")
        tty.tick(at: 0)
        tty.terminal.output.write(String(repeating: "much ", count: 20_000))
        #expect(!tty.terminal.output.isDrained)
    }

    @Test func whatWasTypedBeforeAQuestionAppearedIsThrownAway() throws {
        let tty = try PseudoTerminal()
        try tty.enter("yes")
        tty.ask(1, "Go on? ")
        tty.tick(at: 0)
        #expect(tty.tick(at: 10, isTyped: true).isEmpty)
        try tty.enter("no")
        #expect(tty.tick(at: 20, isTyped: true) == ["1: no"])
    }

    @Test func questionsWaitTheirTurn() throws {
        let tty = try PseudoTerminal()
        tty.ask(1, "First? ")
        tty.ask(2, "Second? ")
        tty.tick(at: 0)
        #expect(try tty.seen() == "First? ")
        try tty.enter("a\nmeant for nobody")
        #expect(tty.tick(at: 10, isTyped: true) == ["1: a"])
        #expect(try tty.seen() == "a\nmeant for nobody\nSecond? ")
        #expect(tty.tick(at: 20, isTyped: true).isEmpty)
        try tty.enter("b")
        #expect(tty.tick(at: 30, isTyped: true) == ["2: b"])
        #expect(tty.terminal.questions.isEmpty)
    }

    @Test func aQuestionThatIsTakenBackEndsItsLine() throws {
        let tty = try PseudoTerminal()
        tty.ask(1, "First? ")
        tty.ask(2, "Second? ")
        tty.tick(at: 0)
        tty.terminal.errors.write("a notice\n")
        tty.terminal.withdraw(EffectID(1), now: Instant(milliseconds: 10, epochSeconds: 0))
        tty.tick(at: 10)
        #expect(try tty.seen() == "First? \na notice\nSecond? ")
        tty.terminal.endRun(now: Instant(milliseconds: 20, epochSeconds: 0))
        #expect(tty.terminal.questions.isEmpty)
        #expect(tty.terminal.waits().descriptors.isEmpty)
    }

    @Test func aSecretIsNotShownWhileItIsTyped() throws {
        let tty = try PseudoTerminal()
        tty.ask(1, "Token: ", isSecret: true)
        tty.tick(at: 0)
        #expect(!tty.echoes)
        try tty.enter("hunter2")
        let events = tty.terminal.tick(now: Instant(milliseconds: 10, epochSeconds: 0), ready: [tty.keyboard])
        guard case .answer(_, .value(let value))? = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(value == .secret("hunter2"))
        #expect(tty.echoes)
        #expect(try tty.seen() == "Token: \n")
    }

    @Test(arguments: [true, false]) func aSecretThatIsTakenBackLeavesTheEchoOn(isWithdrawn: Bool) throws {
        let tty = try PseudoTerminal()
        let now = Instant(milliseconds: 10, epochSeconds: 0)
        tty.ask(1, "Token: ", isSecret: true)
        tty.tick(at: 0)
        if isWithdrawn { tty.terminal.withdraw(EffectID(1), now: now) } else { tty.terminal.endRun(now: now) }
        #expect(tty.echoes)
        #expect(tty.terminal.questions.isEmpty)
    }

    // MARK: Questions of a script

    @Test func aCancelledQuestionIsAnsweredOnceAndAnotherNever() throws {
        let tty = try PseudoTerminal()
        let questions = Questions(around: ScriptedPerformer(), consent: Questions.Consent(), terminal: tty.terminal)
        let now = Instant(milliseconds: 0, epochSeconds: 0)
        questions.begin(EffectID(1), Effect(.confirm(message: "Sure?", word: nil), origin: .ofNoScript), now: now)
        #expect(questions.tick(now: now, ready: []).isEmpty)
        #expect(try tty.seen() == "! Sure?\n  [y/N] ")
        for number: UInt64 in [1, 1, 2] { questions.cancel(EffectID(number), now: now) }
        #expect(questions.tick(now: now, ready: []).count == 1)
    }
}
