package import LakeScript

/// Shows a run while it runs. On a terminal: a line a step, notices above, one moving line for what is under way. In a
/// log: the same lines, nothing redrawn.
package final class RunProgress: RunObserver {
    private let report: RunReport
    private let errors: OutputStream
    private let width: Int?
    private let styler: Styler
    private var running: [String] = []
    private var done = 0
    private var retries = 0
    private var lastCall = ""
    private var since: Instant?
    private var paintedAt = Instant(milliseconds: 0, epochSeconds: 0)
    private var isPainted = false
    /// Milliseconds: a run shorter than that shows no moving line; and how often it is painted.
    private static let patience = 300
    private static let interval = 100

    package init(report: RunReport, console: Console) {
        self.report = report
        errors = console.errors
        width = Console.isPaintable ? console.errorWidth : nil
        styler = console.errorStyler
    }

    package func stepBegan(_ name: String) { running.append(name) }

    package func stepEnded(_ step: RunResult.Step) {
        if let place = running.firstIndex(of: step.name) { running.remove(at: place) }
        done += 1
        if let line = report.line(of: step) { say(line) }
    }

    package func callBegan(_ command: String) { lastCall = command }

    package func notice(_ text: String) {
        retries += 1
        say("  \(styler(.yellow, "!")) \(text)")
    }

    package func progress(done: Int, total: Int) {
        guard total > 0 else { return }
        lastCall = "\(Quantity.size(done)) of \(Quantity.size(total))"
    }

    package func tick(_ now: Instant) {
        guard let width else { return }
        let begin = since ?? now
        since = begin
        guard now.milliseconds - begin.milliseconds >= RunProgress.patience,
            now.milliseconds - paintedAt.milliseconds >= RunProgress.interval
        else { return }
        paintedAt = now
        lift()
        errors.write(movingLine(now.milliseconds - begin.milliseconds).truncated(to: width - 1))
        isPainted = true
    }

    package func waits() -> Waits {
        width == nil || running.isEmpty
            ? Waits() : Waits(deadline: paintedAt.advanced(by: RunProgress.interval))
    }

    /// Takes the moving line away: before a question or what a script prints, at the end.
    package func lift() {
        guard isPainted else { return }
        errors.write("\r\u{1B}[K")
        isPainted = false
    }

    package func end() { lift() }

    private func say(_ line: String) {
        lift()
        errors.write(line + "\n")
    }

    private func movingLine(_ elapsed: Int) -> String {
        // A statement without steps is one thing: nothing to count.
        var parts = done > 0 || !running.isEmpty ? ["\(done) done"] : []
        if elapsed > 0, done > 0 { parts.append("\(done * 1000 / elapsed)/s") }
        if retries > 0 { parts.append(Quantity.of(retries, "retry", plural: "retries")) }
        let current = running.last.map { "\($0)  \(lastCall) …" } ?? lastCall
        return "  … " + (parts.isEmpty ? "" : parts.joined(separator: " · ") + "   ") + current
    }
}

/// Tells nobody.
package final class SilentObserver: RunObserver {
    package init() {}
    package func stepBegan(_ name: String) {}
    package func stepEnded(_ step: RunResult.Step) {}
    package func callBegan(_ command: String) {}
    package func notice(_ text: String) {}
    package func progress(done: Int, total: Int) {}
    package func lift() {}
    package func tick(_ now: Instant) {}
    package func waits() -> Waits { Waits() }
}
