package import LakeScript

/// The outcome of a test: a value, sent from the test's process to the reporting one.
package struct TestOutcome: Sendable, Equatable {
    package let test: TestCase
    package var state: State
    package var milliseconds = 0
    /// The output of the test on standard output and standard error; only the end of it if it is long.
    package var printed = ""

    /// The result of a test.
    package enum State: Sendable, Equatable {
        case passed
        case failed(Problem)
        /// The run was interrupted before the test had ended.
        case notRun
    }

    /// The failure of a test.
    package struct Problem: Sendable, Equatable {
        /// The error's kind, as `expect_error` names it.
        package var kind: String
        package var code: String
        package var message: String
        /// The place, `onboarding.lfs:41:10`; empty for a failure without a source line.
        package var place = ""
        /// The whole message, with the source line and its caret.
        package var text: String
        /// The message with colours, if they are wanted.
        package var shown: String

        package init(
            kind: String, code: String, message: String, place: String = "", text: String, shown: String
        ) {
            self.kind = kind
            self.code = code
            self.message = message
            self.place = place
            self.text = text
            self.shown = shown
        }
    }

    package init(test: TestCase, state: State, milliseconds: Int = 0, printed: String = "") {
        self.test = test
        self.state = state
        self.milliseconds = milliseconds
        self.printed = printed
    }

    /// The failure of a failed test.
    package var problem: Problem? {
        if case .failed(let problem) = state { problem } else { nil }
    }
}

extension TestOutcome.Problem {
    /// The problem of an error that has no line of the script.
    fileprivate init(_ failure: Failure, place: String = "") {
        let text = DiagnosticRenderer(sources: SourceMap(), isStyled: false).render(failure)
        self.init(
            kind: failure.kind.rawValue, code: failure.code, message: failure.message, place: place, text: text,
            shown: text)
    }
}

// The encoding of outcomes between processes.
extension TestOutcome {
    /// The outcome as a test's process sends it.
    package var value: Value {
        var record = Record([("milliseconds", .int(milliseconds)), ("printed", .string(printed))])
        switch state {
        case .passed: record["status"] = "passed"
        case .notRun: record["status"] = "not_run"
        case .failed(let problem):
            record["status"] = "failed"
            record["error"] = [
                "kind": .string(problem.kind), "code": .string(problem.code),
                "message": .string(problem.message), "place": .string(problem.place), "text": .string(problem.text),
                "shown": .string(problem.shown),
            ]
        }
        return .map(record)
    }

    /// Decodes a test's outcome; nil if it is malformed.
    package init?(of test: TestCase, _ value: Value) {
        let error = value["error"]
        switch value["status"].text {
        case "passed": state = .passed
        case "not_run": state = .notRun
        case "failed":
            state = .failed(
                Problem(
                    kind: error["kind"].text ?? "", code: error["code"].text ?? "",
                    message: error["message"].text ?? "",
                    place: error["place"].text ?? "", text: error["text"].text ?? "",
                    shown: error["shown"].text ?? ""))
        default: return nil
        }
        self.test = test
        milliseconds = value["milliseconds"].integer ?? 0
        printed = value["printed"].text ?? ""
    }

    /// Makes the outcome of a test that exceeded its time limit, in milliseconds.
    init(of test: TestCase, overdue limit: Int) {
        self.init(
            test: test, state: .failed(Problem(.testOverdue(limit), place: "\(test.file):\(test.line)")),
            milliseconds: limit)
    }

    /// Makes the outcome of a test whose process sent none: it crashed or could not be started.
    init(of test: TestCase, lost failure: Failure) {
        var lost = Failure.testNotRun("the test's process gave no result")
        lost.notes = [failure.message] + failure.notes
        self.init(test: test, state: .failed(Problem(lost)))
    }
}
