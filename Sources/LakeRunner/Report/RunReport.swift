internal import LakeScript

/// The report of a run for a person, on standard error: the head, a line for each step, the sum, and the next command.
package struct RunReport: Sendable {
    package let styler: Styler
    /// The script's path as the person typed it.
    package let script: String
    /// `sandbox (in this process, like lakeFS 1.84 with access control)` or the server's address.
    package let target: String
    /// True if no request reaches a server.
    package let isSandbox: Bool
    /// The name of the run's identity; nil if anonymous.
    package let identity: String?
    /// The width that steps' names are padded to.
    private static let nameWidth = 16

    package init(styler: Styler, script: String, target: String, isSandbox: Bool, identity: String?) {
        self.styler = styler
        self.script = script
        self.target = target
        self.isSandbox = isSandbox
        self.identity = identity
    }

    /// `onboarding.lfs · sandbox (…) · as admin`.
    package var head: String {
        let name = script.split(separator: "/").last.map(String.init) ?? script
        return [styler(.bold, name), target, identity.map { "as \($0)" }].compactMap(\.self).joined(separator: " · ")
    }

    /// `  ✓ onboard ana     3 changes   2 ms`; nil for a step that found everything as it was.
    package func line(of step: RunResult.Step) -> String? {
        if let failure = step.failure {
            let reason = failure.message.split(separator: "\n").first.map(String.init) ?? ""
            return "  \(styler(.red, "✗")) \(styler(.bold, step.name.padded(to: RunReport.nameWidth))) \(reason)"
        }
        guard step.changes > 0 else { return nil }
        let changes = Quantity.of(step.changes, "change").padded(to: 10)
        let time = Quantity.duration(step.milliseconds)
        return "  \(styler(.green, "✓")) \(step.name.padded(to: RunReport.nameWidth)) \(changes)  \(styler(.dim, time))"
    }

    /// The lines after the steps: the sum, the folders with secrets, the next command.
    package func closing(_ result: RunResult) -> [String] {
        var lines: [String] = []
        let unchanged = result.steps.count { $0.failure == nil && $0.changes == 0 }
        if unchanged > 0 { lines.append("    \(unchanged) as \(unchanged == 1 ? "it was" : "they were")") }
        if !result.steps.isEmpty { lines.append("") }
        lines.append(sum(result))
        if isSandbox, case .success = result.outcome {
            lines.append(
                styler(.dim, "Nothing was sent to a server. With one:  ")
                    + "lakesh run \(script) --server https://lakefs.example.com")
        }
        return lines
    }

    private func sum(_ result: RunResult) -> String {
        let time = Quantity.duration(result.milliseconds)
        let changes = Quantity.of(result.changes, "change")
        if case .failure(let failure) = result.outcome {
            let doubts = failure.doubts.count
            let doubt = doubts == 0 ? "" : doubts == 1 ? " One change is in doubt." : " \(doubts) changes are in doubt."
            return failed(result, changes, isInDoubt: doubts > 0) + doubt
        }
        let steps = result.steps.isEmpty ? "" : Quantity.of(result.steps.count, "step") + ", "
        // A `try` took their errors.
        let failed = result.failedSteps.isEmpty ? "" : "\(result.failedSteps.count) failed, "
        return "\(steps)\(failed)\(changes) in \(time).\(secrets(result))"
    }

    private func failed(_ result: RunResult, _ changes: String, isInDoubt: Bool) -> String {
        guard !result.steps.isEmpty else {
            guard result.changes == 0 else { return "Done before that: \(changes)." }
            return isInDoubt ? "Nothing was changed before that." : "Nothing was changed."
        }
        let bad = result.failedSteps.count
        return "Done: \(result.steps.count - bad) of \(Quantity.of(result.steps.count, "step")), \(changes)."
            + (bad > 0 ? "  Failed: \(bad)." : "") + secrets(result)
    }

    private func secrets(_ result: RunResult) -> String {
        let folders = Set(result.secretFiles.map { $0.split(separator: "/").dropLast().joined(separator: "/") })
        guard !folders.isEmpty else { return "" }
        let places = folders.sorted().map { $0.isEmpty ? "this folder" : $0 + "/" }
        return " Keys are in \(places.joined(separator: ", ")) (mode 0600)."
    }
}
