/// Prints diagnostics and failures as a person reads them: what, where, the line with a caret under the exact words,
/// why, and what to do.
///
/// ```
/// error[E0301]: unknown command `add_group_member`
///   --> onboard.lfs:17:14
///    |
/// 17 |       ensure add_group_member $group $person.id
///    |              ^^^^^^^^^^^^^^^^ did you mean `add_group_membership`?
/// ```
///
/// Text only: all wording comes with the diagnostic, except the few words that frame it.
package struct DiagnosticRenderer: Sendable {
    let sources: SourceMap
    /// Whether colours are wanted: a terminal that has them.
    let isStyled: Bool

    package init(sources: SourceMap, isStyled: Bool) {
        self.sources = sources
        self.isStyled = isStyled
    }

    /// All of them, a blank line behind each, and the line that sums them up; empty for none.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        guard !diagnostics.isEmpty else { return "" }
        return diagnostics.map { render($0) + "\n" }.joined() + summary(of: diagnostics) + "\n"
    }

    /// One diagnostic, each line ended.
    package func render(_ diagnostic: Diagnostic) -> String {
        let style: Style = diagnostic.severity == .error ? .error : .warning
        let head = styled("\(diagnostic.severity.rawValue)[\(diagnostic.code)]", style)
        var lines = [head + styled(": \(diagnostic.message)", .message)]
        lines += excerpt(at: diagnostic.span, label: diagnostic.label, style: style, notes: diagnostic.notes)
        return lines.map { $0 + "\n" }.joined()
    }

    /// How many of each, that nothing was sent where an error is among them, and which page explains the first.
    package func summary(of diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.filter { $0.severity == .error }
        let warnings = diagnostics.count - errors.count
        let counts = [count(errors.count, "error"), count(warnings, "warning")].compactMap(\.self)
        let text = counts.joined(separator: ", ") + (errors.isEmpty ? "." : ". Nothing was sent.")
        guard let first = errors.first ?? diagnostics.first else { return text }
        let gap = String(repeating: " ", count: max(2, DiagnosticRenderer.helpColumn - text.count))
        return text + gap + "lakesh help \(first.code)"
    }

    private static let helpColumn = 67

    private func count(_ count: Int, _ noun: String) -> String? {
        count == 0 ? nil : "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}

// A failure has the same shape.
extension DiagnosticRenderer {
    /// An error of a run, each line ended: its place, its notes, the server's words, the calls that led there.
    package func render(_ failure: Failure) -> String {
        var lines = [styled("error", .error) + styled(": \(failure.message)", .message)]
        let notes = failure.notes + calls(to: failure) + others(beside: failure)
        if let span = failure.span {
            lines += excerpt(at: span, label: "", style: .error, notes: notes)
        } else {
            lines += notes.map { note($0, gutter: 2) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private func calls(to failure: Failure) -> [String] {
        failure.calls.map { "in `\($0.name)`, called at \(sources.location(of: $0.span))" }
    }

    private func others(beside failure: Failure) -> [String] {
        let others = failure.failures.filter { $0.message != failure.message || $0.span != failure.span }
        let more = others.count - DiagnosticRenderer.shownFailures
        return others.prefix(DiagnosticRenderer.shownFailures).map { other in
            let place = other.span.map { " (\(sources.location(of: $0)))" } ?? ""
            return "also: \(other.message)\(place)"
        } + (more > 0 ? ["and \(more) more errors"] : [])
    }

    private static let shownFailures = 5
}

// For programs.
extension DiagnosticRenderer {
    /// A diagnostic as data: `code severity message file line column end_line end_column label notes`. Lines and columns
    /// count from 1, columns in characters; the end lies behind the last one.
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

// The excerpt.
extension DiagnosticRenderer {
    private enum Style: String {
        case error = "1;31"
        case warning = "1;33"
        case message = "1"
        case context = "2"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isStyled ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    private func excerpt(at span: Span, label: String, style: Style, notes: [String]) -> [String] {
        let text = sources[span.file]
        let number = text.position(of: span.start).line
        let gutter = String(number).count
        let blank = styled(String(repeating: " ", count: gutter) + " |", .context)
        let line = ExcerptLine(text: text, number: number, span: span)
        let mark = styled(line.carets + (label.isEmpty ? "" : " " + label), style)
        var lines = [
            String(repeating: " ", count: gutter) + styled("--> ", .context) + sources.location(of: span), blank,
            styled("\(number) | ", .context) + line.shown, blank + " " + line.indentation + mark,
        ]
        if !notes.isEmpty { lines.append(blank) }
        return lines + notes.map { note($0, gutter: gutter) }
    }

    private func note(_ note: String, gutter: Int) -> String {
        let lines = note.split(separator: "\n", omittingEmptySubsequences: false)
        let further = lines.dropFirst().map { "\n" + String(repeating: " ", count: gutter + 3) + $0 }
        let mark = styled(String(repeating: " ", count: gutter) + " = ", .context)
        return mark + (lines.first ?? "") + further.joined()
    }
}

/// A source line as it can be printed: tabs as blanks, control characters as pictures, a long line cut, and which of
/// its columns a span covers.
private struct ExcerptLine {
    private(set) var shown = ""
    private(set) var indentation = ""
    private(set) var carets = ""

    /// More columns than this are cut, so many being kept before the span.
    private static let maximumWidth = 160
    private static let keptBefore = 40

    init(text: SourceText, number: Int, span: Span) {
        let line = text.line(number)
        let origin = max(Int(text.lineStarts[number - 1]), number == 1 ? text.markLength : 0)
        let start = max(0, Int(span.start) - origin)
        let end = max(start, Int(span.end) - origin)
        var offset = 0
        var (first, last) = (0, 0)
        var cells: [(text: String, width: Int)] = []
        for character in line {
            if offset < start { first += 1 }
            if offset < end { last += 1 }
            cells.append(ExcerptLine.cell(character))
            offset += character.utf8.count
        }
        fill(cells, first..<max(first, last))
    }

    private static func cell(_ character: Character) -> (text: String, width: Int) {
        guard let scalar = character.unicodeScalars.first, !character.isNewline else { return ("␤", 1) }
        if scalar == "\t" { return ("    ", 4) }
        if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) { return (String(picture), 1) }
        if (0x7F..<0xA0).contains(scalar.value) { return ("␡", 1) }
        return (String(character), character.displayWidth)
    }

    private mutating func fill(_ cells: [(text: String, width: Int)], _ columns: Range<Int>) {
        var first = 0
        if cells.count > ExcerptLine.maximumWidth { first = max(0, columns.lowerBound - ExcerptLine.keptBefore) }
        let last = min(cells.count, first + ExcerptLine.maximumWidth)
        let covered = columns.clamped(to: first..<last)
        shown = (first > 0 ? "…" : "") + cells[first..<last].map(\.text).joined() + (last < cells.count ? "…" : "")
        let before = cells[first..<covered.lowerBound].reduce(first > 0 ? 1 : 0) { $0 + $1.width }
        indentation = String(repeating: " ", count: before)
        carets = String(repeating: "^", count: max(1, cells[covered].reduce(0) { $0 + $1.width }))
    }
}
