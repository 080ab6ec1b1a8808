internal import LakeScript

/// Shows outcomes on standard error while tests run, in the order of the scripts; on a terminal, also a status line for
/// the running tests.
package final class TestProgress: TestObserver {
    private let report: TestReport
    private let terminal: Terminal
    private let total: Int
    private var running: [TestCase] = []
    private var done = 0
    /// Outcomes of tests that ended before one that is listed above them.
    private var waiting: [Int: TestOutcome] = [:]
    private var shown = 0
    private var file = ""

    package init(report: TestReport, total: Int, console: Console) {
        self.report = report
        self.total = total
        terminal = console.terminal
    }

    package func began(_ test: TestCase) {
        running.append(test)
        showStatus()
    }

    package func ended(_ number: Int, _ outcome: TestOutcome) {
        running.removeAll { $0 == outcome.test }
        done += 1
        waiting[number] = outcome
        while let next = waiting.removeValue(forKey: shown) { show(next) }
        showStatus()
    }

    /// Shows the tests that were not run.
    package func end(_ outcomes: [TestOutcome]) {
        terminal.status = nil
        for outcome in outcomes.dropFirst(shown) { show(outcome) }
    }

    private func show(_ outcome: TestOutcome) {
        var lines = report.lines(of: outcome)
        if outcome.test.file != file {
            lines = (shown == 0 ? [] : [""]) + [report.styler(.bold, outcome.test.file)] + lines
            file = outcome.test.file
        }
        terminal.errors.write(lines.map { $0 + "\n" }.joined())
        shown += 1
    }

    private func showStatus() {
        terminal.status = running.first.map { test in
            StatusLine(done: done, total: total, current: "\(test.name) …", isPatient: false)
        }
    }
}
