// The failures that statements and pages of listings raise: R0106, R0120 to R0127. Each factory stands below the code
// that explains it.
extension Failure {
    /// The codes of the language's failures.
    package static let codesOfLakeScript =
        codesOfValues + [r0106, r0120, r0121, r0122, r0123, r0124, r0125, r0126, r0127]

    static let r0106 = Code(
        "R0106",
        """
        A listing of an operation gives one page: a map with the page's items in one of its fields. With `--all` it \
        gives the list of all items.
        """)
    static func page(_ message: String, _ shape: PageShape) -> Failure {
        Failure(r0106, message, notes: [shape.advice])
    }

    static let r0120 = Code(
        "R0120",
        """
        The script raised this error itself, with `fail`. Its message is the author's: the line shows the condition \
        under which it is raised. `fail "…" --status N` sets the exit status of the run.
        """)
    static func failed(_ message: String, kind: Kind = .fail) -> Failure { Failure(r0120, kind, message) }

    static let r0121 = Code(
        "R0121",
        """
        An `assert` found its condition false. For a comparison the two values are shown, and for lists and maps only \
        where they differ. The script counted on this condition, so it stops here.
        """)
    static func assertion(_ message: String?, notes: [String]) -> Failure {
        Failure(r0121, .assertion, message ?? "the assertion does not hold", notes: notes)
    }

    static let r0122 = Code(
        "R0122",
        """
        An `expect_error` block did not end with the error that it names: it ended well, or with another error. Read the \
        message of the error that came; `help errors` lists the kinds.
        """)
    static func otherError(_ expected: Kind, _ caught: Failure) -> Failure {
        Failure(
            r0122, .assertion,
            "expected the error `\(expected.rawValue)`, got `\(caught.kind.rawValue)`: \(caught.message)")
    }

    static func noError(_ expected: Kind) -> Failure {
        Failure(r0122, .assertion, "expected the error `\(expected.rawValue)`, and no error came")
    }

    static let r0123 = Code(
        "R0123",
        """
        The statements of a `timeout` block did not end in time. What was under way was cancelled, and the undos of the \
        block were run. Give the block more time, or find out what it waited for.
        """)
    static func timedOut(after milliseconds: Int) -> Failure {
        Failure(r0123, .timeout, "it took longer than \(Value.durationText(milliseconds))")
    }

    static let r0124 = Code(
        "R0124",
        """
        The run was interrupted, by ^C or because another body of a `parallel` loop failed. `on_failure` and `on_exit` \
        blocks were run. No block catches this error.
        """)
    package static let interrupted = Failure(r0124, .cancelled, "interrupted")

    static let r0125 = Code(
        "R0125",
        """
        Calls of `def`s nest deeper than the limit. In most cases a `def` calls itself and never stops: it needs a \
        condition under which it returns without another call.
        """)
    static func callsTooDeep(_ limit: Int) -> Failure {
        Failure(r0125, "calls nest deeper than \(limit)", notes: ["does a `def` call itself without end?"])
    }

    static let r0126 = Code(
        "R0126",
        """
        `as` takes an identity: a map with the fields of one, such as a login gives. The message names the forms.
        """)
    static func noIdentity(_ found: Value, _ forms: [IdentityForm]) -> Failure {
        Failure(r0126, "`as` takes an identity, and this is \(found.typePhrase)", notes: [forms.phrase])
    }

    static let r0127 = Code(
        "R0127",
        """
        The script asked for something that no part of lakesh carries out. This is a mistake of lakesh, not of the \
        script: please report it, with the command that the message names.
        """)
    /// The error for an effect that its performer does not carry out; without an answer the run would wait for ever.
    package static func notPerformed(_ effect: Effect.Kind) -> Failure {
        let name =
            switch effect {
            case .builtin(let call): "`\(call.name)`"
            case .call(let call): "`\(call.command)`"
            case .show, .confirm, .timer, .enter, .leave, .undo: "a part of the script"
            }
        return Failure(r0127, "internal error: nothing carries out \(name) here")
    }
}
