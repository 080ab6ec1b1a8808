package import LakeScript

// The failures of the command line and of the shell's own commands: R0420 to R0432. They stand below the rooms that
// raise them, since the help knows their pages.
extension Failure {
    static let codesOfCommands = [r0420, r0421, r0422, r0423, r0424, r0425, r0426, r0430, r0431, r0432]

    static let r0420 = Code(
        "R0420",
        """
        The command line is wrong: an unknown option or subcommand, a value that does not fit, or two options that \
        exclude each other. Nothing was done. `lakesh help SUBCOMMAND` lists the options.
        """)
    package static func commandLine(_ message: String, advice: String? = nil) -> Failure {
        Failure(r0420, message, notes: [advice].compactMap(\.self))
    }

    static let r0421 = Code(
        "R0421",
        """
        A `param` of the script has no value, or one that cannot be read. `lakesh run FILE --help` lists the parameters. \
        A secret is never an option's value, because others could see it: `--NAME-from` names a variable of the \
        environment (env:NAME), a file (file:PATH) or standard input (-).
        """)
    package static func scriptParameters(_ message: String, advice: String? = nil) -> Failure {
        Failure(r0421, message, notes: [advice].compactMap(\.self))
    }

    static let r0422 = Code(
        "R0422",
        """
        The script calls operations, and no server is named. `--server` names one by its address or by the name of a \
        profile, LAKECTL_SERVER_ENDPOINT_URL and ~/.lakectl.yaml do so too, and `--sandbox` runs without one.
        """)
    package static let noServer = Failure(
        r0422, "no server is named",
        notes: [
            "--server https://lakefs.example.com, LAKECTL_SERVER_ENDPOINT_URL or ~/.lakectl.yaml names one; --sandbox needs none"
        ])

    static let r0423 = Code(
        "R0423",
        """
        `lakesh test` found no test to run: the scripts have no `test` blocks, or no test has the text of `--filter` in \
        its name.
        """)
    package static func noTest(_ message: String, advice: String) -> Failure {
        Failure(r0423, message, notes: [advice])
    }

    static let r0424 = Code(
        "R0424",
        """
        Standard output could not be written to its end: the disk is full, or the program that reads it has ended. \
        What the script did is done.
        """)
    package static func outputFailed(_ reason: String) -> Failure {
        Failure(r0424, "standard output cannot be written: \(reason)")
    }

    static let r0425 = Code(
        "R0425",
        """
        The script or the statement has errors, which the check has shown. Nothing of it was run.
        """)
    package static let notChecked = Failure(r0425, "a script with errors is not run")

    /// The failure of a text with errors, told by the first of them.
    package static func notChecked(_ diagnostics: [Diagnostic]) -> Failure {
        guard let error = diagnostics.first(where: { $0.severity == .error }) else { return notChecked }
        var failure = notChecked
        (failure.code, failure.message, failure.span) = (error.code, error.message, error.span)
        failure.notes = [error.label].filter { !$0.isEmpty }
        return failure
    }

    static let r0426 = Code(
        "R0426",
        """
        The line's result holds a secret that the server gives only once, and it would go into a pipe or a file as ••••. \
        So nothing was sent. `| reveal` writes the secret there, `| write_json FILE` keeps it in a file with mode 0600.
        """)
    package static let hiddenSecret = Failure(
        r0426, "the result is a new secret, and would be written as ••••",
        notes: [
            "nothing was sent: the server gives a secret only once",
            "`| reveal` writes it to standard output, `| write_json FILE` to a file with mode 0600",
        ])

    static let r0430 = Code(
        "R0430",
        """
        A command of the shell was given the wrong argument, or none. These commands exist at the prompt only: `help \
        shell` lists them with their arguments.
        """)
    package static func shellCommand(_ message: String, advice: String? = nil) -> Failure {
        Failure(r0430, message, notes: [advice].compactMap(\.self))
    }

    static let r0431 = Code(
        "R0431",
        """
        A command of the shell has nothing to work on: no further page of a listing, no recorded change, an editor that \
        failed, or a file of that name that is not a recording and is not overwritten.
        """)
    package static func shellState(_ message: String, advice: String? = nil) -> Failure {
        Failure(r0431, message, notes: [advice].compactMap(\.self))
    }

    static let r0432 = Code(
        "R0432",
        """
        Keys belong to the address that they came with. `use` sends them to another one only if you agree, and never over \
        plain http to another host, where everybody on the way could read them. A profile names an address with keys of its own.
        """)
    package static func keysOfAnother(_ address: String, advice: String) -> Failure {
        Failure(r0432, "the keys are not sent to \(address)", notes: [advice])
    }
}
