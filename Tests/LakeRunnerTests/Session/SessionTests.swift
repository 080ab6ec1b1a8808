import LakeSandbox
import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// Runs on a sandbox, with a person at a pseudo-terminal and a virtual clock.
struct SessionTests {
    private let time = VirtualTime()
    private let tty: PseudoTerminal

    init() throws {
        tty = try PseudoTerminal(columns: 120)
    }

    /// Lets the person type lines, one for each question, after five seconds.
    private func answer(_ lines: String...) {
        var rest = lines[...]
        time.onWait = { [time, tty] descriptors, _ in
            guard descriptors.contains(tty.keyboard), let line = rest.popFirst() else { return nil }
            time.advance(by: 5000)
            try? tty.enter(line)
            return [tty.keyboard]
        }
    }

    private func run(
        _ text: String, on connection: Connection = .sandbox(.init()), asks: Bool = false
    ) throws -> RunResult {
        let console = Console(tty.terminal)
        let session = Session(connection: connection, console: console, loop: time.loop)
        let script = ScriptFront.load(SourceText(name: "a.lfs", text: text), as: .file)
        try #require(script.program != nil)
        let report = RunReport(
            styler: Styler(isColoured: false), script: "a.lfs", target: "", isSandbox: true, identity: nil)
        var options = RunOptions()
        options.asksBeforeDestroying = asks
        options.observer = RunProgress(report: report, console: console)
        return session.run(script, options)
    }

    private func failure(_ result: RunResult) -> Failure? {
        if case .failure(let failure) = result.outcome { failure } else { nil }
    }

    private let step = "step \"onboard\" {\n  create_user ana\n  confirm \"delete everything?\"\n  create_user bo\n}\n"

    @Test("a question in a step stays on the screen; the time of thinking is not the step's")
    func questionInStep() throws {
        answer("y")
        let result = try run(step)
        #expect(failure(result) == nil && result.changes == 2)
        #expect(result.steps.map(\.name) == ["onboard"] && result.steps.allSatisfy { $0.milliseconds < 1000 })
        #expect(result.thinking == 5000)
        let seen = try tty.seen()
        #expect(seen.hasPrefix("! delete everything?\n  [y/N] y\n"), "\(seen)")
        #expect(tty.terminal.status == nil && tty.terminal.questions.isEmpty)
    }

    @Test("whoever declines ends the run, and is told what was declined")
    func declined() throws {
        answer("no")
        let result = try run(step)
        #expect(failure(result)?.kind == .declined && failure(result)?.message == "declined: delete everything?")
        #expect(result.changes == 1 && result.failedSteps.count == 1)
    }

    @Test("a second ^C at a question takes it back, and the terminal is free again")
    func abandonedQuestion() throws {
        time.onWait = { [time, tty] descriptors, _ in
            guard descriptors.contains(tty.keyboard) else { return nil }
            time.pending = [.interrupt, .interrupt]
            return []
        }
        #expect(failure(try run(step))?.message.hasPrefix("interrupted twice") == true)
        #expect(tty.terminal.questions.isEmpty && tty.terminal.status == nil && tty.echoes)
    }

    @Test("each destructive call asks for itself, and a refusal ends the run")
    func asksEach() throws {
        let text = "create_user ana\ncreate_user bo\nfor u in [\"ana\", \"bo\"] parallel 2 { delete_user $u }\n"
        answer("y", "y")
        #expect(try run(text, asks: true).changes == 4)
        #expect(try tty.seen().components(of: "cannot be taken back") == 2)
        answer("n")
        let refused = try run("create_user ana\ncreate_user bo\ndelete_user ana\ndelete_user bo\n", asks: true)
        #expect(failure(refused)?.kind == .declined, "\(refused.outcome)")
        #expect(refused.changes == 2)
    }

    @Test("effects of several statements on one connection have different ids")
    func ids() {
        let connection = Connection.sandbox(.init())
        var (first, second) = (connection.makeEffectIDs(), connection.makeEffectIDs())
        #expect(first.next() != second.next())
    }

    @Test("a call where no server is named is told so")
    func noServer() throws {
        let connection = Connection.none(profiles: Profiles(path: "profiles.yaml", all: []))
        #expect(failure(try run("get_user ana", on: connection))?.message == "no server is named")
    }
}

extension String {
    /// The number of times that a text occurs in it.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
