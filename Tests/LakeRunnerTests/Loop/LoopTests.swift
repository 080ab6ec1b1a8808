import LakeScript
import RunnerSupport
import TestSupport
import Testing

@testable import LakeRunner

/// The loop on a virtual clock, with signals of the test's.
struct LoopTests {
    private let time = VirtualTime()
    private let performer = ScriptedPerformer()

    private func machine(_ text: String) throws -> Machine {
        Machine(program: Compiler.compile(try ScriptRun.check(text)), hosts: .forTests)
    }

    /// Runs a text; `print` is answered at once, everything else stays pending.
    private func run(_ text: String, fuel: Int? = nil, on loop: Loop? = nil) throws -> Result<Value, Failure>? {
        var machine = try machine(text)
        performer.answersAtOnce = { effect in
            switch effect.kind {
            case .builtin(let call) where call.name == "print": .value(.null)
            case .enter, .leave, .undo: .value(.null)
            default: nil
            }
        }
        return (loop ?? time.loop).run(&machine, performer: performer, fuel: fuel)
    }

    private func failure(_ outcome: Result<Value, Failure>?) -> Failure? {
        if case .failure(let failure)? = outcome { failure } else { nil }
    }

    /// Reacts to the waits that take time, one reaction for each.
    private func onWaits(_ reactions: (() -> Void)...) {
        var rest = reactions[...]
        time.onWait = { _, milliseconds in
            guard milliseconds != 0, let reaction = rest.popFirst() else { return nil }
            reaction()
            return []
        }
    }

    @Test("answers come while the loop waits, and the performers are told of the end once")
    func end() throws {
        onWaits({ performer.answer(.value(["id": "ana"])) })
        let outcome = try run("let u = create_user ana\n$u.id")
        #expect(try outcome?.get() == "ana")
        #expect(performer.finishes == 1 && performer.pending.isEmpty)
    }

    @Test("the loop waits until the nearest deadline, and no longer")
    func deadline() throws {
        performer.deadline = Instant(milliseconds: 1250, epochSeconds: 0)
        time.onWait = { _, milliseconds in
            guard milliseconds == nil else { return nil }
            performer.answer(.value(.null))
            return []
        }
        #expect(try run("create_user ana") != nil)
        #expect(time.limits.filter { $0 != 0 } == [250, nil])
        #expect(time.milliseconds == 1250)
    }

    @Test("the first ^C cancels: what is pending is settled, `on_exit` runs")
    func interrupt() throws {
        onWaits(
            { time.pending = [.interrupt] },
            { performer.answer(.notSent) })
        let loop = time.loop
        let outcome = try run("on_exit { print bye }\ncreate_user ana\nprint never", on: loop)
        #expect(failure(outcome)?.kind == .cancelled && failure(outcome)?.message == "interrupted")
        #expect(performer.cancelled.count == 1 && performer.finishes == 1)
        #expect(!loop.isTerminated)
    }

    @Test("the second ^C abandons what is pending, and the performers are told")
    func abandon() throws {
        onWaits({ time.pending = [.interrupt] }, { time.pending = [.interrupt] })
        let outcome = try run("create_user ana")
        #expect(failure(outcome)?.message.hasPrefix("interrupted twice") == true)
        #expect(performer.cancelled.count == 2)
        #expect(performer.pending.count == 1 && performer.finishes == 1)
    }

    @Test("SIGTERM cancels like ^C, and the loop says that nothing else should run")
    func terminate() throws {
        onWaits({ time.pending = [.terminate] }, { performer.answer(.notSent) })
        let loop = time.loop
        #expect(failure(try run("create_user ana", on: loop))?.kind == .cancelled)
        #expect(loop.isTerminated)
    }

    @Test("a loop without an end hears ^C, and ends when its fuel is used up")
    func endless() throws {
        time.onWait = { _, _ in
            if time.pending.isEmpty, time.limits.count == 3 { time.pending = [.interrupt] }
            return nil
        }
        #expect(failure(try run("while true { }"))?.message == "interrupted")
        #expect(time.limits.allSatisfy { $0 == 0 })
        #expect(failure(try run("while true { }", fuel: 1000))?.message.contains("--fuel") == true)
        #expect(performer.finishes == 2)
    }

    @Test("a paused run has no outcome, and is not over")
    func pause() throws {
        var machine = try machine("create_user ana")
        #expect(time.loop.run(&machine, performer: performer, isPaused: { true }) == nil)
        #expect(performer.finishes == 0 && time.limits.isEmpty)
        performer.answersAtOnce = { if case .call = $0.kind { .value(7) } else { .value(.null) } }
        performer.answer(.value(7))
        #expect(try time.loop.run(&machine, performer: performer)?.get() == 7)
        #expect(performer.finishes == 1)
    }

    @Test("without a machine the loop turns until it is told, its time has passed, or a signal comes")
    func turn() {
        var rounds = 0
        let loop = time.loop
        time.onWait = { _, _ in [] }
        #expect(loop.turn(performer) { _, _ in (rounds += 1, rounds == 3).1 } == nil)
        #expect(rounds == 3)
        time.onWait = { _, _ in nil }
        #expect(loop.turn(performer, milliseconds: 500) { _, _ in false } == nil)
        #expect(time.milliseconds == 1500)
        onWaits({ time.pending = [.terminate] })
        #expect(loop.turn(performer) { _, _ in false } == .terminate)
    }

    @Test("ids of different sources are different, and a source knows its own")
    func effectIDs() {
        var sources = [EffectIDs(), EffectIDs(source: 1), EffectIDs(source: 7)]
        let ids = sources.indices.flatMap { index in (0..<3).map { _ in sources[index].next() } }
        #expect(Set(ids).count == 9)
        #expect(ids.map(sources[1].contains) == [false, false, false, true, true, true, false, false, false])
    }
}
