package import LakeScript

/// Shows the progress of a run: a line for each step, notices, and the status line. In a log the lines are the same,
/// without the status line.
package final class RunProgress: RunObserver {
    private let report: RunReport
    private let terminal: Terminal
    private let remarks: RunRemarks
    /// The running steps and pending calls.
    private var steps: [String] = []
    private var calls: [String] = []
    /// The progress of the last call; empty if unknown.
    private var transferred = ""
    private var done = 0
    private var retries = 0

    package init(report: RunReport, sources: SourceMap = SourceMap(), console: Console) {
        self.report = report
        remarks = RunRemarks(sources: sources, console: console)
        terminal = console.terminal
    }

    package func observe(_ event: RunEvent) {
        switch event {
        case .stepBegan(let name): steps.append(name)
        case .stepEnded(let step): end(step)
        case .callBegan(let command):
            calls.append(command)
            transferred = ""
        case .callEnded(let command):
            if let place = calls.firstIndex(of: command) { calls.remove(at: place) }
            transferred = ""
        case .notice(let text):
            retries += 1
            terminal.errors.write("  \(report.styler(.yellow, "!")) \(text)\n")
        case .remark, .undone: remarks.observe(event)
        case .progress(let done, let total):
            guard total > 0 else { return }
            transferred = "\(Quantity.size(done)) of \(Quantity.size(total))"
        }
        terminal.status = status
    }

    private func end(_ step: RunResult.Step) {
        if let place = steps.firstIndex(of: step.name) { steps.remove(at: place) }
        done += 1
        if let line = report.line(of: step) { terminal.errors.write(line + "\n") }
    }

    private var status: StatusLine {
        let call = transferred.isEmpty ? calls.last : transferred
        let parts = [steps.last, call].compactMap(\.self)
        // Without steps there is nothing to count.
        let isCounted = done > 0 || !steps.isEmpty
        var line = StatusLine(
            done: isCounted ? done : nil, current: parts.joined(separator: "  ") + (steps.isEmpty ? "" : " …"))
        line.retries = retries
        return line
    }
}
