/// An error or a warning of the check: data, made by the factories in the files `Diagnostic+….swift`, printed by the
/// renderer.
package struct Diagnostic: Sendable, Equatable {
    /// The code, `E0203` or `W0101`; `lakesh help E0203` explains it.
    package let code: String
    package let severity: Severity
    /// The sentence without a capital letter and a period.
    package let message: String
    /// The wrong words; the caret stands under them.
    package let span: Span
    /// The text right of the caret: "did you mean `creation_date`?".
    package let label: String
    /// Lines after the excerpt, each after a `=`.
    package var notes: [String]

    package enum Severity: String, Sendable {
        /// It prevents the run.
        case error
        case warning
    }

    /// The name and the page of a kind of mistake, as failures have them: `E0301`, `W0101`.
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

    /// Makes an error of a failure that is known before the run.
    package init(_ failure: Failure, at span: Span) {
        code = failure.code
        severity = .error
        message = failure.message
        self.span = span
        label = ""
        notes = failure.notes
    }

    /// Makes an error.
    package init(_ code: Code, _ message: String, at span: Span, label: String = "", notes: [String] = []) {
        self.init(code, .error, message, at: span, label: label, notes: notes)
    }
}
