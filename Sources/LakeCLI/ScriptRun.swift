internal import LakeRunner
internal import LakeScript

/// A run of a script from the command line: its preparation, progress and report.
struct ScriptRun {
    let path: String
    let script: Script
    let session: Session
    let options: [String: Value]

    private var console: Console { session.console }

    /// - Throws: a failure if the script that `--prepare` names cannot be run.
    func perform(_ parameters: [String: Value]) throws(Failure) -> ExitStatus {
        if let other = options["prepare"]?.text, let status = try prepare(other) { return status }
        if let status = console.refuse(script, session) { return status }
        let connection = session.connection
        let report = RunReport(
            styler: console.errorStyler, script: path, target: connection.description,
            isSandbox: connection.isSandbox, identity: connection.identityName)
        console.errors.write(report.head + "\n\n")
        let progress = RunProgress(report: report, sources: script.sources, console: console)
        var how = RunOptions()
        how.parameters = parameters
        how.observer = progress
        how.keepsPrinted = options["json"] == true
        let result = session.run(script, how)
        var status = ExitStatus.done
        if case .failure(let failure) = result.outcome {
            console.errors.write("\n")
            status = console.end(failure, script)
        }
        if options["json"] == true {
            console.write(RunJSON(script.sources).value(of: result))
        }
        console.errors.write((report.closing(result).map { $0 + "\n" }).joined())
        return status
    }

    /// Runs the script that `--prepare` names; returns a status if it failed.
    private func prepare(_ other: String) throws(Failure) -> ExitStatus? {
        guard session.connection.isSandbox else {
            throw .commandLine("--prepare goes with --sandbox: it would change the server")
        }
        let script = ScriptFront.load(try ScriptFront.read(other), as: .file, reserved: RunCommand.reservedNames)
        guard console.runnable(script) != nil else { return .usage }
        guard case .failure(let failure) = session.run(script).outcome else { return nil }
        return console.end(failure, script)
    }
}

extension Session {
    /// Makes the session for the options of a command line.
    ///
    /// - Throws: a failure if there is no such server, or if the script needs a server and none is given.
    convenience init(
        _ options: [String: Value], _ script: Script, _ profiles: Profiles?, _ console: Console
    ) throws(Failure) {
        var consent = Questions.Consent()
        consent.all = options["yes"] == true
        consent.words = Set(options["confirm"]?.items?.compactMap(\.text) ?? [])
        let connection = try TargetOptions.connect(options, profiles, needsServer: script.needsServer)
        self.init(connection: connection, console: console, consent: consent, fuel: options["fuel"]?.integer)
    }
}

extension Console {
    /// Writes the one document of `--json` to standard output.
    func write(_ document: Value) {
        output.write(String(decoding: JSON.write(document, layout: .indented), as: UTF8.self) + "\n")
    }

    /// Shows the diagnostics of a script; returns its program if there is no error among them.
    func runnable(_ script: Script) -> CheckedProgram? {
        show(script.diagnostics, script.sources)
        return script.program
    }

    /// Shows a failed run; returns its exit status.
    func end(_ failure: Failure, _ script: Script) -> ExitStatus {
        show(failure, script.sources)
        return ExitStatus(of: failure)
    }

    /// Reports what a script uses and the server lacks; returns the exit status if there is anything.
    func refuse(_ script: Script, _ session: Session) -> ExitStatus? {
        guard let program = script.program else { return .usage }
        switch session.refusals(of: program) {
        case .failure(let failure):
            return ExitStatus(of: failure)
        case .success(let refusals):
            guard !refusals.isEmpty else { return nil }
            let renderer = renderer(of: script.sources)
            errors.write(refusals.map { renderer.render($0) + "\n" }.joined())
            let uses = refusals.count == 1 ? "1 thing" : "\(refusals.count) things"
            errors.write(
                "The script uses \(uses) that this server lacks. Nothing was changed. "
                    + "Where it is to go on without, put the call in a `try`.\n")
            return .usage
        }
    }

    /// Shows diagnostics on standard error, followed by a summary line.
    func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
        guard !diagnostics.isEmpty else { return }
        errors.write(renderer(of: sources).render(diagnostics))
    }
}
