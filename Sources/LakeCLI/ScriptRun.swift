internal import LakeRunner
internal import LakeScript

/// One run of a script from the command line: what is prepared first, what is shown meanwhile and afterwards.
struct ScriptRun {
    let path: String
    let script: Script
    let session: Session
    let options: [String: Value]

    private var console: Console { session.console }

    /// - Throws: a mistake where the script that `--prepare` names cannot be run.
    func perform(_ parameters: [String: Value]) throws(Failure) -> ExitStatus {
        if let other = options["prepare"]?.text, let status = try prepare(other) { return status }
        if let status = console.refuse(script, session) { return status }
        let connection = session.connection
        let report = RunReport(
            styler: console.errorStyler, script: path, target: connection.description,
            isSandbox: connection.isSandbox, identity: connection.identityName)
        console.errors.write(report.head + "\n\n")
        let progress = RunProgress(report: report, console: console)
        var how = RunOptions()
        how.parameters = parameters
        how.observer = progress
        let result = session.run(script, how)
        var status = ExitStatus.done
        if case .failure(let failure) = result.outcome {
            console.errors.write("\n")
            status = console.end(failure, script)
        }
        if options["json"] == true {
            let text = JSON.write(RunJSON.value(of: result), layout: .indented)
            console.output.write(String(decoding: text, as: UTF8.self) + "\n")
        }
        console.errors.write((report.closing(result).map { $0 + "\n" }).joined())
        return status
    }

    /// Runs the script that `--prepare` names; a status where that went wrong.
    private func prepare(_ other: String) throws(Failure) -> ExitStatus? {
        guard session.connection.isSandbox else {
            throw .commandLine("--prepare goes with --sandbox: it would change the server")
        }
        let script = ScriptFront.load(try ScriptFront.read(other), as: .file)
        guard console.runnable(script) != nil else { return .usage }
        guard case .failure(let failure) = session.run(script).outcome else { return nil }
        return console.end(failure, script)
    }
}

extension Session {
    /// The session that a command line's options ask for.
    ///
    /// - Throws: a mistake where there is no such server, or none is named and the script needs one.
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
    /// What is to be run of a script, after all that its check found was shown; nil where there is an error among it.
    func runnable(_ script: Script) -> CheckedProgram? {
        show(script.diagnostics, script.sources)
        return script.program
    }

    /// Shows how a run failed; gives the status for it.
    func end(_ failure: Failure, _ script: Script) -> ExitStatus {
        show(failure, script.sources)
        return ExitStatus(of: failure)
    }

    /// Shows what a script uses and the server lacks; the status where there is something, and nothing is to run.
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

    /// Shows what a check found, on standard error, with the line that sums it up.
    func show(_ diagnostics: [Diagnostic], _ sources: SourceMap) {
        guard !diagnostics.isEmpty else { return }
        errors.write(renderer(of: sources).render(diagnostics))
    }
}
