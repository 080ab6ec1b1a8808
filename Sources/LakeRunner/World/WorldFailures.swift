internal import LakeScript

// The failures of files, programs and questions: R0320 to R0336. Each factory stands below the code that explains it.
extension Failure {
    /// The codes of the failures of files, programs and questions.
    static let codesOfWorld = [
        r0320, r0321, r0322, r0323, r0324, r0325, r0326, r0327, r0330, r0331, r0332, r0333, r0334, r0335, r0336,
    ]

    static let r0320 = Code(
        "R0320",
        """
        The file is too large to be read whole: scripts hold at most 256 MiB of a file in memory. Uploads and downloads \
        by `--from` and `--to` have no limit.
        """)

    static func fileTooLarge(_ path: String) -> Failure {
        Failure(r0320, "`\(path)` is larger than 256 MiB, too large to read whole")
    }

    static let r0321 = Code(
        "R0321",
        """
        A secret is to be written to standard output, where terminals and logs show it. Write it to a file, or make a \
        plain string of it by `reveal` where it is meant to be shown.
        """)

    static func secretOnOutput(_ name: String) -> Failure {
        Failure(
            r0321, "`\(name)` does not write a secret to standard output",
            notes: ["write it to a file, or use `reveal` where it is meant to be shown"])
    }

    static let r0322 = Code(
        "R0322",
        """
        The file's bytes are not what the built-in reads: UTF-8 text, or JSON. `read_file` gives other bytes as `bytes`. \
        The message has the place of the mistake.
        """)

    /// `problem` is the sentence's end: "is UTF-16, not UTF-8".
    static func noText(_ path: String, _ problem: String) -> Failure {
        Failure(
            r0322, "`\(path)` \(problem)",
            notes: ["`iconv -f ENCODING -t UTF-8` makes UTF-8 of it, `read_file` gives its bytes"])
    }

    static func noJSON(_ path: String, _ place: String, _ reason: String) -> Failure {
        Failure(r0322, "`\(path)` \(place) is not JSON: \(reason)")
    }

    static let r0323 = Code(
        "R0323",
        """
        The file is not the CSV table that `read_csv` expects. The first line names the columns, each other line has \
        one cell for each of them, and a cell with separators or quotes stands in double quotes. `--require` and \
        `--unique` name columns that must be there, be filled, or differ. The message has the line.
        """)

    /// A mistake in a CSV file; the message begins behind the file's name.
    static func csv(_ file: String, _ mistake: String, notes: [String] = []) -> Failure {
        Failure(r0323, "`\(file)`\(mistake)", notes: notes)
    }

    static let r0324 = Code(
        "R0324",
        """
        A secret is to be written into a folder that other users can change: they could replace the file. Take a folder \
        of your own, of mode 0700.
        """)

    static func foreignFolder(_ folder: String, _ reason: String) -> Failure {
        Failure(
            r0324, "the folder `\(folder)` \(reason), and a secret is to be written there",
            notes: ["take a folder of your own, of mode 0700"])
    }

    static let r0325 = Code(
        "R0325",
        """
        The name of a file for a secret is taken: by another file, by a link, or by a run that has reserved it. A file \
        with a secret never replaces another one, unless `--overwrite` says so.
        """)

    static func nameTaken(_ path: String, _ reason: String, _ advice: String) -> Failure {
        Failure(r0325, .conflict, "`\(path)` \(reason)", notes: [advice])
    }

    static let r0326 = Code(
        "R0326",
        """
        The value has no form in such a file: `write_file` takes a text or bytes, `write_csv` a list of maps. \
        `write_json` takes any value.
        """)

    static func cannotWrite(_ name: String, _ value: Value) -> Failure {
        Failure(r0326, "`\(name)` cannot write \(value.typePhrase)")
    }

    static let r0327 = Code(
        "R0327",
        """
        The environment variable is not set, or is not UTF-8 text. Set it where lakesh is started, or give `env` a \
        `--default`.
        """)

    static func noVariable(_ name: String) -> Failure {
        Failure(r0327, "the environment has no `\(name)`", notes: ["set it, or give --default"])
    }

    static func variableNoText(_ name: String) -> Failure {
        Failure(r0327, "the variable `\(name)` of the environment is not UTF-8")
    }

    static let r0330 = Code(
        "R0330",
        """
        The program could not be started: there is none of this name in PATH, it is not executable, or the system has \
        no room for it. The message has the system's reason.
        """)

    static func cannotRun(_ program: String, _ reason: String, notes: [String] = []) -> Failure {
        Failure(r0330, "`\(program)` cannot be run: \(reason)", notes: notes)
    }

    static func noPipe(_ reason: String) -> Failure { Failure(r0330, "there is no pipe to a program: \(reason)") }

    static let r0331 = Code(
        "R0331",
        """
        The program ended with a status other than 0, or by a signal. Its last lines on standard error are shown below, \
        unless it was given a secret. `try` catches the error; `$error.status` is the status.
        """)

    static func programFailed(_ program: String, status: Int) -> Failure {
        let how = status < 0 ? "was ended by signal \(-status)" : "ended with status \(status)"
        var failure = Failure(r0331, .operation, "`\(program)` \(how)")
        failure.status = status
        return failure
    }

    static let r0332 = Code(
        "R0332",
        """
        The program's output cannot be a value: it is not UTF-8 text, or longer than 16 MiB. Let the program write a \
        file, and read that.
        """)

    static func outputNoText(_ program: String) -> Failure {
        Failure(r0332, "what `\(program)` printed is not UTF-8 text")
    }

    static func outputTooLong(_ program: String) -> Failure {
        Failure(r0332, "`\(program)` printed more than 16 MiB, and was ended")
    }

    static let r0333 = Code(
        "R0333",
        """
        The program was stopped, because the run was interrupted or a `timeout` had passed. It may have done a part of \
        its work.
        """)

    static func programStopped(_ program: String) -> Failure {
        Failure(
            r0333, .cancelled, "`\(program)` was ended", notes: ["it had begun: how far it came, only it knows"])
    }

    static let r0334 = Code(
        "R0334",
        """
        `exec` cannot pass these arguments to a program. All users of the machine can see the arguments of a program, \
        so secrets go in by `--input` or `--env`. A program needs a name, and no text with a NUL can be passed.
        """)

    static func secretArgument(of program: String) -> Failure {
        Failure(
            r0334, "a secret in an argument of `\(program)` would be seen by everybody on this machine",
            notes: ["give it by --input or --env"])
    }

    static let noProgram = Failure(r0334, "`exec` needs the name of a program")

    static func argumentWithNUL(of program: String) -> Failure {
        Failure(r0334, "an argument or a variable of `\(program)` holds a NUL, which no program can be given")
    }

    static let r0335 = Code(
        "R0335",
        """
        The script asks a question, and there is no terminal on which a person could answer. Confirmations can be given \
        in advance: `--yes` for all of them, `--confirm WORD` for those that ask for a word. An `input` needs a person: \
        use a `param` instead.
        """)

    static func nobodyToConfirm(_ message: String, _ option: String) -> Failure {
        Failure(
            r0335, .declined, "nobody can be asked: \(message)", notes: ["there is no terminal: confirm with \(option)"]
        )
    }

    static func nobodyToAnswer(_ prompt: String) -> Failure {
        Failure(r0335, "nobody can be asked `\(prompt)`: there is no terminal")
    }

    static let r0336 = Code(
        "R0336", "The person did not agree to the question. What it asked about was not done, and the run ended there.")

    static func declined(_ message: String) -> Failure { Failure(r0336, .declined, "declined: \(message)") }
}
