internal import LakeScript

/// Shows tests while they run, on standard error: each in its place, in the order of the scripts, as soon as those above
/// it have ended; on a terminal, below them, one line for what runs.
package final class TestProgress: TestObserver {
    private let report: TestReport
    private let errors: OutputStream
    /// The columns of a terminal; nil where nothing is redrawn.
    private let width: Int?
    private let total: Int
    private var running: [TestCase] = []
    private var done = 0
    private var isPainted = false
    /// Those that ended before one that stands above them.
    private var waiting: [Int: TestOutcome] = [:]
    private var shown = 0
    private var file = ""

    package init(report: TestReport, total: Int, console: Console) {
        self.report = report
        self.total = total
        errors = console.errors
        width = console.errorWidth
    }

    package func began(_ test: TestCase) {
        running.append(test)
        paint()
    }

    package func ended(_ number: Int, _ outcome: TestOutcome) {
        running.removeAll { $0 == outcome.test }
        done += 1
        waiting[number] = outcome
        while let next = waiting.removeValue(forKey: shown) { show(next) }
        paint()
    }

    /// Shows those that were not run.
    package func end(_ outcomes: [TestOutcome]) {
        for outcome in outcomes.dropFirst(shown) { show(outcome) }
        lift()
    }

    private func show(_ outcome: TestOutcome) {
        lift()
        var lines = report.lines(of: outcome)
        if outcome.test.file != file {
            lines = (shown == 0 ? [] : [""]) + [report.styler(.bold, outcome.test.file)] + lines
            file = outcome.test.file
        }
        errors.write(lines.map { $0 + "\n" }.joined())
        shown += 1
    }

    private func paint() {
        guard let width, done < total, let test = running.first else { return }
        lift()
        errors.write("  … \(done) of \(total)   \(test.name) …".truncated(to: width - 1))
        isPainted = true
    }

    private func lift() {
        guard isPainted else { return }
        errors.write("\r\u{1B}[K")
        isPainted = false
    }
}
