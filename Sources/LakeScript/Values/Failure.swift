/// An error while a script runs: what `catch` gives as `$error`, what a report shows, what decides the exit status.
package struct Failure: Error, Sendable, Equatable {
    package var kind: Kind
    /// For people: lower case, no final period, names as the person wrote them.
    package var message: String
    /// The command that failed, if one did.
    package var operation: String?
    package var status: Int?
    /// The answer's body.
    package var body: Value = .null
    /// The server's id of the request.
    package var requestID: String?
    /// How often it was sent.
    package var attempts = 0
    /// The errors of the bodies of a `parallel` loop, or of undos, beside the first.
    package var failures: [Failure] = []
    /// Whether a `parallel … keep_going` loop went on after it: some bodies succeeded.
    package var isKeptGoing = false
    /// What else to say: advice, the server's words.
    package var notes: [String] = []
    /// Where in the script; nil for what comes from no line of it.
    package var span: Span?
    /// The calls that led there, innermost first.
    package var calls: [CallSite] = []
    /// Where the value came from that could not be read.
    package var valueSource: ValueSource?
    /// Whether the call changed something all the same: it was done in part, or its answer could not be read.
    package var hasChanged = false
    /// The exit status that `fail --status N` asks for.
    package var exitStatus: Int?

    /// The command that gave a value.
    package struct ValueSource: Sendable, Equatable {
        /// As it is written, with its `$`.
        package let value: String
        package let command: CallSite

        package init(value: String, command: CallSite) {
            self.value = value
            self.command = command
        }
    }

    /// A call on the way to an error.
    package struct CallSite: Sendable, Equatable {
        /// The `def`'s or command's; empty for a script that is run.
        package let name: String
        package let span: Span
        /// How many such calls follow one another.
        package var count = 1

        package init(name: String, span: Span) {
            self.name = name
            self.span = span
        }
    }

    /// What `expect_error` and `$error.kind` speak of. Raw values are the language's names.
    package enum Kind: String, Sendable, CaseIterable {
        /// An operation's answer that is none of the following; no connection.
        case operation
        /// 404.
        case notFound = "not_found"
        /// 409, 412.
        case conflict
        /// 401 "insufficient permissions", 403.
        case denied
        /// 401 otherwise.
        case unauthenticated
        /// `assert`.
        case assertion = "assert"
        /// `fail`.
        case fail
        case timeout
        /// A mistake of the script that showed only while it ran: a null read, an overflow, a wrong type.
        case mistake
        /// A write was sent and no answer tells whether it happened. Not caught.
        case inDoubt = "in_doubt"
        /// ^C, or a sibling's failure. Not caught.
        case cancelled
        /// A `confirm` was declined or could not be asked. Not caught.
        case declined
    }

    package init(_ kind: Kind, _ message: String, span: Span? = nil, notes: [String] = []) {
        self.kind = kind
        self.message = message
        self.span = span
        self.notes = notes
    }

    /// Whether `try` and `retry` leave it alone.
    package var passesThrough: Bool { kind.passesThrough }
}

extension Failure.Kind {
    /// Those that a block can take.
    static let expectable = allCases.filter { !$0.passesThrough }.map(\.rawValue)

    /// Whether no block takes an error of this kind: it ends the run.
    package var passesThrough: Bool { [.inDoubt, .cancelled, .declined].contains(self) }
}
