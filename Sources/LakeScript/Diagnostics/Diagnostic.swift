/// Something to say about a source text: data, worded by the factories in the files `Diagnostic+….swift` alone, printed by the renderer.
package struct Diagnostic: Sendable, Equatable {
    /// `E0203`, `W0101`; `lakesh help E0203` explains it.
    package let code: String
    package let severity: Severity
    /// Lower case, no final period.
    package let message: String
    /// The words that are wrong; the caret stands under them.
    package let span: Span
    /// What stands right of the caret: "did you mean `creation_date`?".
    package let label: String
    /// Lines after the excerpt, each behind `=`.
    package var notes: [String]

    package enum Severity: String, Sendable {
        /// Blocks the run.
        case error
        case warning
    }

    /// A kind of mistake that has a page: `E0301`, or `W0101` for a warning.
    package typealias Code = Failure.Code

    package init(
        _ code: Code, _ severity: Severity, _ message: String, at span: Span, label: String = "",
        notes: [String] = []
    ) {
        self.code = code.name
        self.severity = severity
        self.message = message
        self.span = span
        self.label = label
        self.notes = notes
    }

    /// An error.
    package init(_ code: Code, _ message: String, at span: Span, label: String = "", notes: [String] = []) {
        self.init(code, .error, message, at: span, label: label, notes: notes)
    }
}
