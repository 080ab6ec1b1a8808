package import LakeScript

/// The result of a run as JSON, for programs: `lakesh run FILE --json`. It is the only document on standard output.
package struct RunJSON {
    private let sources: SourceMap

    package init(_ sources: SourceMap) {
        self.sources = sources
    }

    /// `{status, steps: [{name, status, changes, milliseconds, error}], changes, retries, milliseconds, printed, undos,
    /// error}`.
    package func value(of result: RunResult) -> Value {
        var run = Record([
            ("status", .string(status(result.outcome))),
            ("steps", .list(result.steps.map(step))),
            ("changes", .int(result.changes)), ("retries", .int(result.retries)),
            ("milliseconds", .int(result.milliseconds)),
        ])
        if !result.printed.isEmpty { run["printed"] = .list(result.printed.map { .string($0) }) }
        if !result.undos.isEmpty { run["undos"] = .list(result.undos.map(undo)) }
        if case .failure(let failure) = result.outcome { run["error"] = value(of: failure) }
        return .map(run)
    }

    /// The findings of the check in a script that is not run.
    package func value(of diagnostics: [Diagnostic]) -> Value {
        let renderer = DiagnosticRenderer(sources: sources, isStyled: false)
        return ["status": "refused", "diagnostics": .list(diagnostics.map(renderer.json))]
    }

    /// A run that did not begin.
    package func value(ofRefused failure: Failure) -> Value { ["status": "refused", "error": value(of: failure)] }

    /// An error in the form of `$error`, with its place.
    package func value(of failure: Failure) -> Value {
        var error = Record([
            ("kind", .string(failure.kind.rawValue)), ("code", .string(failure.code)),
            ("message", .string(failure.message)),
        ])
        if let operation = failure.operation { error["operation"] = .string(operation) }
        if let status = failure.ownStatus { error["status"] = .int(status) }
        if let id = failure.requestID { error["request_id"] = .string(id) }
        if let span = failure.span { add(place(of: span), to: &error) }
        if !failure.notes.isEmpty { error["notes"] = .list(failure.notes.map { .string($0) }) }
        if !failure.failures.isEmpty { error["failures"] = .list(failure.failures.map(value(of:))) }
        return .map(error)
    }

    private func step(_ step: RunResult.Step) -> Value {
        var record = Record([
            ("name", .string(step.name)), ("status", .string(step.failure == nil ? "done" : "failed")),
            ("changes", .int(step.changes)), ("milliseconds", .int(step.milliseconds)),
        ])
        if let failure = step.failure { record["error"] = value(of: failure) }
        return .map(record)
    }

    private func undo(_ undo: Undo) -> Value {
        var record = Record()
        if let call = undo.call { record["call"] = .string(call.line) }
        switch undo.outcome {
        case .done: record["status"] = "undone"
        case .notDone: record["status"] = "not_undone"
        case .failed(let failure):
            record["status"] = "failed"
            record["error"] = value(of: failure)
        }
        add(place(of: undo.call?.span ?? undo.span), to: &record)
        return .map(record)
    }

    private func place(of span: Span) -> Record {
        let text = sources[span.file]
        let (line, column) = text.position(of: span.start)
        return ["file": .string(text.name), "line": .int(line), "column": .int(column)]
    }

    private func add(_ fields: Record, to record: inout Record) {
        for (key, value) in fields { record[key] = value }
    }

    private func status(_ outcome: Result<Value, Failure>) -> String {
        if case .success = outcome { "done" } else { "failed" }
    }
}
