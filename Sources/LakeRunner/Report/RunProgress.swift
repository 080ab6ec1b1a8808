internal import LakeScript

/// Follows a run while it runs: a line a step, notices above, and the status of what is under way. In a log the lines are
/// the same, and nothing is redrawn.
package final class RunProgress: RunObserver {
    private let report: RunReport
    private let terminal: Terminal
    private var running: [String] = []
    private var done = 0
    private var retries = 0
    private var lastCall = ""

    package init(report: RunReport, console: Console) {
        self.report = report
        terminal = console.terminal
    }

    package func observe(_ event: RunEvent) {
        switch event {
        case .stepBegan(let name): running.append(name)
        case .stepEnded(let step): end(step)
        case .callBegan(let command): lastCall = command
        case .notice(let text):
            retries += 1
            terminal.errors.write("  \(report.styler(.yellow, "!")) \(text)\n")
        case .progress(let done, let total):
            guard total > 0 else { return }
            lastCall = "\(Quantity.size(done)) of \(Quantity.size(total))"
        }
        terminal.status = status
    }

    private func end(_ step: RunResult.Step) {
        if let place = running.firstIndex(of: step.name) { running.remove(at: place) }
        done += 1
        if let line = report.line(of: step) { terminal.errors.write(line + "\n") }
    }

    private var status: StatusLine {
        // A statement without steps is one thing: nothing to count.
        let count = done > 0 || !running.isEmpty ? done : nil
        var line = StatusLine(done: count, current: running.last.map { "\($0)  \(lastCall) …" } ?? lastCall)
        line.retries = retries
        return line
    }
}
