package import LakeScript

/// Shows what a person must know of a run at once: what is waited for, and each undo.
package final class RunRemarks: RunObserver {
    private let styler: Styler
    private let sources: SourceMap
    private let terminal: Terminal

    package init(sources: SourceMap, console: Console) {
        styler = console.errorStyler
        self.sources = sources
        terminal = console.terminal
    }

    package func observe(_ event: RunEvent) {
        switch event {
        case .remark(let text): terminal.errors.write("  \(styler(.yellow, "!")) \(text)\n")
        case .undone(let undo): terminal.errors.write("  \(line(of: undo))\n")
        case .stepBegan, .stepEnded, .callBegan, .callEnded, .notice, .progress: break
        }
    }

    private func line(of undo: Undo) -> String {
        let place = sources.location(of: undo.call?.span ?? undo.span)
        let subject = undo.call.map { "\($0.line) (\(place))" } ?? "by the `on_failure` at \(place)"
        switch undo.outcome {
        case .done: return "\(styler(.green, "↺")) undone: \(subject)"
        case .failed(let failure): return "\(styler(.red, "✗")) not undone: \(subject): \(failure.message)"
        case .notDone: return "\(styler(.yellow, "!")) not undone: \(subject)"
        }
    }
}
