/// An error of a run: `$error` in a `catch`, the error of a report, and the source of the exit status.
package struct Failure: Error, Sendable, Equatable {
    package var kind: Kind
    /// `R0101`; `lakesh help R0101` explains it.
    package var code: String
    /// The sentence without a capital letter and a period, with names as the person wrote them.
    package var message: String
    /// The command that failed, if there is one.
    package var operation: String?
    package var status: Int?
    /// The answer's body.
    package var body: Value = .null
    /// The server's id of the request.
    package var requestID: String?
    /// The number of times that the request was sent.
    package var attempts = 0
    /// Further failures: of the bodies of a `parallel` loop, or of `on_failure` blocks.
    package var failures: [Failure] = []
    /// True if a `parallel … keep_going` loop continued after it: some bodies succeeded.
    package var isKeptGoing = false
    /// Further lines: advice, the server's message.
    package var notes: [String] = []
    /// The place in the script, set by the machine; nil for an error that comes from no line.
    package var span: Span?
    /// The call stack, innermost first.
    package var calls: [CallSite] = []
    /// The origin of the value that could not be read.
    package var valueSource: ValueSource?
    /// True if the call changed something: it was done in part, or its answer could not be read.
    package var hasChanged = false
    /// True if no server answered: the other iterations of a loop would fail alike, so `keep_going` ends there. It is
    /// taken away where the error leaves an `on` block, since the others may have another server.
    package var isUnanswered = false
    /// The exit status of `fail --status N`.
    package var exitStatus: Int?

    /// The command whose result a value is.
    package struct ValueSource: Sendable, Equatable {
        /// The value's source text, with its `$`.
        package let value: String
        package let command: CallSite

        package init(value: String, command: CallSite) {
            self.value = value
            self.command = command
        }
    }

    /// An entry of the call stack.
    package struct CallSite: Sendable, Equatable {
        /// The name of the `def` or command; empty for a script that is run.
        package let name: String
        package let span: Span
        /// The number of equal calls in a row.
        package var count = 1

        package init(name: String, span: Span) {
            self.name = name
            self.span = span
        }
    }

    /// The kind that `expect_error` and `$error.kind` name. Raw values are the language's names.
    package enum Kind: String, Sendable, CaseIterable {
        /// Any other error answer of an operation, or no connection.
        case operation
        /// 404.
        case notFound = "not_found"
        /// 409, 412.
        case conflict
        /// 401 "insufficient permissions", 403.
        case denied
        /// Any other 401.
        case unauthenticated
        /// `assert`.
        case assertion = "assert"
        /// `fail`.
        case fail
        case timeout
        /// A mistake that shows only during the run: a null that is read, an overflow, a wrong type.
        case mistake
        /// A write was sent, and it is unknown if it took effect. Not caught.
        case inDoubt = "in_doubt"
        /// ^C, or a sibling's failure. Not caught.
        case cancelled
        /// A `confirm` was declined, or there was no terminal to ask on. Not caught.
        case declined
    }

    package init(_ code: Code, _ kind: Kind, _ message: String, notes: [String] = []) {
        self.code = code.name
        self.kind = kind
        self.message = message
        self.notes = notes
    }

    /// A mistake of the script, or of what it read.
    package init(_ code: Code, _ message: String, notes: [String] = []) {
        self.init(code, .mistake, message, notes: notes)
    }

    /// The calls in doubt, of the failure and of those attached.
    package var doubts: [Failure] {
        // With `keep_going` the failure is one of the attached itself.
        (kind == .inDoubt && !isKeptGoing ? [self] : []) + failures.flatMap(\.doubts)
    }

    /// True if `try` and `retry` do not handle it.
    package var passesThrough: Bool { kind.passesThrough }

    /// True if a loop ends with it in spite of `keep_going`.
    var endsLoops: Bool { passesThrough || isUnanswered }
}

extension Failure.Kind {
    /// The kinds that a block can catch.
    static let expectable = allCases.filter { !$0.passesThrough }.map(\.rawValue)

    /// True if no block catches an error of this kind: it ends the run.
    package var passesThrough: Bool { [.inDoubt, .cancelled, .declined].contains(self) }
}
