package import LakeScript

/// The result of a run as JSON, for programs: `lakesh run FILE --json`.
package enum RunJSON {
    /// `{status, steps: [{name, status, changes, milliseconds, error}], changes, retries, milliseconds, error}`.
    package static func value(of result: RunResult) -> Value {
        var run = Record([
            ("status", .string(status(result.outcome))),
            ("steps", .list(result.steps.map(step))),
            ("changes", .int(result.changes)), ("retries", .int(result.retries)),
            ("milliseconds", .int(result.milliseconds)),
        ])
        if case .failure(let failure) = result.outcome { run["error"] = value(of: failure) }
        return .map(run)
    }

    /// An error in the form of `$error`.
    package static func value(of failure: Failure) -> Value {
        var error = Record([
            ("kind", .string(failure.kind.rawValue)), ("code", .string(failure.code)),
            ("message", .string(failure.message)),
        ])
        if let operation = failure.operation { error["operation"] = .string(operation) }
        if let status = failure.status { error["status"] = .int(status) }
        if let id = failure.requestID { error["request_id"] = .string(id) }
        if !failure.failures.isEmpty { error["failures"] = .list(failure.failures.map(value(of:))) }
        return .map(error)
    }

    private static func step(_ step: RunResult.Step) -> Value {
        var record = Record([
            ("name", .string(step.name)), ("status", .string(step.failure == nil ? "done" : "failed")),
            ("changes", .int(step.changes)), ("milliseconds", .int(step.milliseconds)),
        ])
        if let failure = step.failure { record["error"] = value(of: failure) }
        return .map(record)
    }

    private static func status(_ outcome: Result<Value, Failure>) -> String {
        if case .success = outcome { "done" } else { "failed" }
    }
}
