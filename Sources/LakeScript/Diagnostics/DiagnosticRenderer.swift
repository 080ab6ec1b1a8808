/// Renders diagnostics and failures for people: the message, its place, the line with a caret under the exact words,
/// the reason, and advice.
///
/// ```
/// error[E0301]: unknown command `add_group_member`
///   --> onboard.lfs:17:14
///    |
/// 17 |       ensure add_group_member $group $person.id
///    |              ^^^^^^^^^^^^^^^^ did you mean `add_group_membership`?
/// ```
///
/// All wording comes with the diagnostic, except the few words around it.
package struct DiagnosticRenderer: Sendable {
    let sources: SourceMap
    /// True for a terminal with colours.
    let isStyled: Bool
    /// The columns of the window; nil if lines may have any length.
    let width: Int?

    /// The command that shows the page of a code where this text is read.
    package var helpCommand = "lakesh help"

    package init(sources: SourceMap, isStyled: Bool, width: Int? = nil) {
        self.sources = sources
        self.isStyled = isStyled
        self.width = width
    }

    /// Returns diagnostics with a blank line after each, and the summary; an empty text for none. Of many errors the
    /// first are shown, and their number, and so it is with warnings.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        guard !diagnostics.isEmpty else { return "" }
        let parts = [Diagnostic.Severity.error, .warning].map { severity in
            diagnostics.filter { $0.severity == severity }
        }
        let limit = DiagnosticRenderer.shownDiagnostics
        var left = [Diagnostic.Severity.error: limit, .warning: limit]
        let shown = diagnostics.filter { diagnostic in
            left[diagnostic.severity, default: 0] -= 1
            return left[diagnostic.severity, default: 0] >= 0
        }
        let more = zip(parts, ["error", "warning"]).compactMap { count(max(0, $0.count - limit), "more \($1)") }
        let rest = more.isEmpty ? "" : more.joined(separator: " and ") + "\n\n"
        return shown.map { render($0) + "\n" }.joined() + rest + summary(of: diagnostics) + "\n"
    }

    /// The errors that are shown at once, and the warnings.
    private static let shownDiagnostics = 20

    /// Returns one diagnostic; each line ends with a line feed.
    package func render(_ diagnostic: Diagnostic) -> String {
        let style: Emphasis = diagnostic.severity == .error ? .error : .warning
        var lines = head("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", diagnostic.message, style)
        lines += excerpt(at: diagnostic.span, label: diagnostic.label, style: style, notes: diagnostic.notes)
        return lines.map { $0 + "\n" }.joined()
    }

    /// Returns the line with the counts, and the command that explains the first error. After an error nothing was sent.
    package func summary(of diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.filter { $0.severity == .error }
        let warnings = diagnostics.count - errors.count
        let counts = [count(errors.count, "error"), count(warnings, "warning")].compactMap(\.self)
        let text = counts.joined(separator: ", ") + (errors.isEmpty ? "." : ". Nothing was sent.")
        guard let first = errors.first ?? diagnostics.first else { return text }
        let help = "\(helpCommand) \(first.code)"
        let column = min(DiagnosticRenderer.helpColumn, (width ?? .max) - help.count)
        return text + String(repeating: " ", count: max(2, column - text.count)) + help
    }

    private static let helpColumn = 67

    private func count(_ count: Int, _ noun: String) -> String? {
        count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}

// Failures have the same shape.
extension DiagnosticRenderer {
    /// Returns an error of a run with its place, its notes, the calls that led there and the other failures. No other
    /// code tells of these.
    package func render(_ failure: Failure) -> String {
        var lines = head("error[\(failure.code)]", failure.message, .error)
        let notes =
            failure.notes + source(of: failure) + calls(to: failure) + others(beside: failure) + doubts(of: failure)
        if let span = failure.span {
            lines += excerpt(at: span, label: "", style: .error, notes: notes)
        } else {
            lines += notes.map { note($0, gutter: 2) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func doubts(of failure: Failure) -> [String] {
        let count = failure.doubts.count
        return count > 1 ? ["\(count) changes are in doubt: look at each before you go on"] : []
    }

    private func source(of failure: Failure) -> [String] {
        failure.valueSource.map {
            ["`\($0.value)` came from `\($0.command.name)`, at \(sources.location(of: $0.command.span))"]
        } ?? []
    }

    private func calls(to failure: Failure) -> [String] {
        failure.calls.map { call in
            let place = sources.location(of: call.span) + (call.count > 1 ? ", \(call.count) times" : "")
            return call.name.isEmpty ? "in a script that is run at \(place)" : "in `\(call.name)`, called at \(place)"
        }
    }

    private func others(beside failure: Failure) -> [String] {
        var others: [OtherFailure] = []
        for other in failure.failures {
            if let known = others.firstIndex(where: { $0.message == other.message && $0.span == other.span }) {
                others[known].count += 1
            } else {
                others.append(OtherFailure(message: other.message, span: other.span))
            }
        }
        var lines: [String] = []
        if let same = others.firstIndex(where: { $0.message == failure.message && $0.span == failure.span }) {
            // With `keep_going` the failure is one of the others itself.
            let count = others.remove(at: same).count - (failure.isKeptGoing ? 1 : 0)
            if count > 0 { lines.append("also: the same, \(times(count + 1)) in all") }
        }
        // With `keep_going` the failure itself is the first of them.
        let most = DiagnosticRenderer.shownFailures - (failure.isKeptGoing ? 1 : 0)
        lines += others.prefix(most).map { other in
            let place = other.span.map { " (\(sources.location(of: $0)))" } ?? ""
            return "also: \(other.message)\(place)" + (other.count > 1 ? ", \(times(other.count))" : "")
        }
        let more = others.dropFirst(most).reduce(0) { $0 + $1.count }
        return lines + (more > 0 ? ["and \(more) more error\(more == 1 ? "" : "s")"] : [])
    }

    /// An error beside the one that is rendered, and its number of occurrences.
    private struct OtherFailure {
        let message: String
        let span: Span?
        var count = 1
    }

    private func times(_ count: Int) -> String { count == 2 ? "twice" : "\(count) times" }

    private static let shownFailures = 20
}

// JSON for programs.
extension DiagnosticRenderer {
    /// Returns a diagnostic as data: `code severity message file line column end_line end_column label notes`. Lines and columns
    /// count from 1, columns in characters; the end is after the last one.
    package func json(_ diagnostic: Diagnostic) -> Value {
        let text = sources[diagnostic.span.file]
        let start = text.position(of: diagnostic.span.start)
        let end = text.position(of: diagnostic.span.end)
        return [
            "code": .string(diagnostic.code), "severity": .string(diagnostic.severity.rawValue),
            "message": .string(diagnostic.message), "file": .string(text.name), "line": .int(start.line),
            "column": .int(start.column), "end_line": .int(end.line), "end_column": .int(end.column),
            "label": .string(diagnostic.label), "notes": .list(diagnostic.notes.map { .string($0) }),
        ]
    }
}

// Excerpts.
extension DiagnosticRenderer {
    private enum Emphasis: String {
        case error = "1;31"
        case warning = "1;33"
        case message = "1"
        case context = "2"
    }

    private func styled(_ text: String, _ style: Emphasis) -> String {
        isStyled ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Returns the kind and the message, wrapped to the window.
    private func head(_ kind: String, _ message: String, _ style: Emphasis) -> [String] {
        var lines = "\(kind): \(message)".split(separator: "\n", omittingEmptySubsequences: false).flatMap {
            $0.wrapped(to: width ?? .max)
        }
        let first = lines.removeFirst().dropFirst(kind.count)
        return [styled(kind, style) + styled(String(first), .message)] + lines.map { styled($0, .message) }
    }

    private func excerpt(at span: Span, label: String, style: Emphasis, notes: [String]) -> [String] {
        let text = sources[span.file]
        let number = text.position(of: span.start).line
        let gutter = String(number).count
        guard text.isScript else {
            return ["  " + styled("--> ", .context) + sources.location(of: span)] + notes.map { note($0, gutter: 2) }
        }
        let blank = styled(String(repeating: " ", count: gutter) + " |", .context)
        let room = width.map { max(DiagnosticRenderer.narrowest, $0 - gutter - 3) }
        let line = ExcerptLine(
            text: text, number: number, span: span, width: room.map { $0 - 2 } ?? DiagnosticRenderer.widest)
        // A label that does not fit beside the carets becomes the first note.
        let marked = (line.indentation + line.carets + " " + label).displayWidth
        let isBeside = !label.isEmpty && room.map { marked <= $0 } ?? true
        let mark = styled(line.carets + (isBeside ? " " + label : ""), style)
        let notes = (isBeside || label.isEmpty ? [] : [label]) + notes
        var lines = [
            String(repeating: " ", count: gutter) + styled("--> ", .context) + sources.location(of: span), blank,
            styled("\(number) | ", .context) + line.shown, blank + " " + line.indentation + mark,
        ]
        if !notes.isEmpty { lines.append(blank) }
        return lines + notes.map { note($0, gutter: gutter) }
    }

    /// The shown columns of a source line: the maximum without a window, and the minimum with one.
    private static let widest = 160
    private static let narrowest = 20

    private func note(_ note: String, gutter: Int) -> String {
        let room = width.map { max(DiagnosticRenderer.narrowest, $0 - gutter - 3) } ?? .max
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false).flatMap { $0.wrapped(to: room) }
        let further = lines.dropFirst().map { "\n" + String(repeating: " ", count: gutter + 3) + $0 }
        let mark = styled(String(repeating: " ", count: gutter) + " = ", .context)
        return mark + (lines.first ?? "") + further.joined()
    }
}
