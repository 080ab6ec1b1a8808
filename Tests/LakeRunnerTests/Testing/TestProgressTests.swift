import LakeScript
import RunnerSupport
import Testing

@testable import LakeRunner

/// The display of running tests.
struct TestProgressTests {
    private let wipe = "\r\u{1B}[K"
    private let tests = [
        TestCase(file: "a.lfs", number: 0, name: "one", line: 1),
        TestCase(file: "a.lfs", number: 1, name: "two", line: 5),
    ]

    private func outcome(_ place: Int) -> TestOutcome {
        TestOutcome(test: tests[place], state: .passed, milliseconds: 12)
    }

    @Test(arguments: [true, false]) func testsAppearInTheirOrderAboveTheStatus(isPaintable: Bool) throws {
        let tty = try PseudoTerminal(hasControls: isPaintable)
        let report = TestReport(tests, styler: Styler(isColoured: false))
        let progress = TestProgress(report: report, total: 2, console: Console(tty.terminal))
        progress.began(tests[0])
        progress.began(tests[1])
        progress.ended(1, outcome(1))
        #expect(
            try tty.seen()
                == (isPaintable
                    ? "  … 0 of 2   one …\(wipe)  … 0 of 2   one …\(wipe)  … 1 of 2   one …" : ""))
        progress.ended(0, outcome(0))
        progress.end([outcome(0), outcome(1)])
        #expect(try tty.seen() == (isPaintable ? wipe : "") + "a.lfs\n  ✓ one  12 ms\n  ✓ two  12 ms\n")
    }
}
