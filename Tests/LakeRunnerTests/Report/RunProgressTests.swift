import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// The progress of a run, as given to the terminal.
struct RunProgressTests {
    private let tty: PseudoTerminal
    private let progress: RunProgress

    init() throws {
        tty = try PseudoTerminal()
        let report = RunReport(
            styler: Styler(isColoured: false), script: "a.lfs", target: "https://lakefs.example.com", isSandbox: false,
            identity: nil)
        progress = RunProgress(report: report, console: Console(tty.terminal))
    }

    @Test func theStatusIsOfWhatIsUnderWay() throws {
        progress.observe(.callBegan("list_users"))
        #expect(tty.terminal.status == StatusLine(current: "list_users"))
        progress.observe(.callEnded("list_users"))
        #expect(tty.terminal.status == StatusLine())
        progress.observe(.stepBegan("onboard ana"))
        progress.observe(.callBegan("create_user"))
        #expect(tty.terminal.status == StatusLine(done: 0, current: "onboard ana  create_user …"))
        progress.observe(.progress(done: 1 << 20, total: 3 << 20))
        #expect(tty.terminal.status?.current == "onboard ana  1.0 MiB of 3.0 MiB …")
        progress.observe(.notice("create_user answered 503, again in 1 s"))
        #expect(tty.terminal.status?.retries == 1)
        progress.observe(.callEnded("create_user"))
        #expect(tty.terminal.status?.current == "onboard ana …")
        progress.observe(.stepEnded(RunResult.Step(name: "onboard ana", changes: 1, milliseconds: 2)))
        #expect(tty.terminal.status?.done == 1)
        #expect(
            try tty.seen() == "  ! create_user answered 503, again in 1 s\n  ✓ onboard ana      1 change    2 ms\n")
    }

    @Test func theCallThatGoesOnIsNamedWhereAnotherHasEnded() {
        progress.observe(.callBegan("upload_object"))
        progress.observe(.callBegan("get_user"))
        progress.observe(.callEnded("get_user"))
        #expect(tty.terminal.status == StatusLine(current: "upload_object"))
    }

    @Test func theStatusCountsInOneLine() {
        var line = StatusLine(done: 412, current: "onboard mwangi  create_credentials …")
        line.retries = 2
        #expect(line.text(after: 0) == "  … 412 done · 2 retries   onboard mwangi  create_credentials …")
        #expect(line.text(after: 2000) == "  … 412 done · 206/s · 2 retries   onboard mwangi  create_credentials …")
        #expect(StatusLine(current: "list_users").text(after: 2000) == "  … list_users  waiting 2 s · ^C cancels")
        #expect(StatusLine(done: 3).text(after: 2000) == nil)
        #expect(StatusLine(done: 1, total: 3, current: "a …").text(after: 2000) == "  … 1 of 3   a …")
    }
}
