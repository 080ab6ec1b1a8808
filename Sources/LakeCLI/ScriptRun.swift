internal import LakeRunner
internal import LakeScript

/// One run of a script from the command line: what is prepared first, what is shown meanwhile and afterwards.
struct ScriptRun {
    let path: String
    let console: Console
    let connection: Connection
    let options: [String: Value]

    func perform(_ text: SourceText, parameters: [String: Value]) -> ExitStatus {
        let session = Session(
            connection: connection, console: console, consent: consent, fuel: options["fuel"]?.integer)
        if let other = options["prepare"]?.text, let status = prepare(other, session) { return status }
        let (program, diagnostics) = session.check(text)
        guard let program else {
            console.show(diagnostics, session.sources)
            return .usage
        }
        if let status = console.refuse(program, session) { return status }
        let report = RunReport(
            styler: console.errorStyler, script: path, target: connection.description,
            isSandbox: connection.isSandbox, identity: connection.identityName)
        console.errors.write(report.head + "\n\n")
        let progress = RunProgress(report: report, console: console)
        let result = session.run(program, parameters: parameters, observer: progress)
        showOutcome(result, report, session)
        if case .failure(let failure) = result.outcome { return ExitStatus(of: failure) }
        return .done
    }

    private func showOutcome(_ result: RunResult, _ report: RunReport, _ session: Session) {
        if case .failure(let failure) = result.outcome {
            let renderer = console.renderer(of: session.sources)
            console.errors.write("\n" + renderer.render(failure))
        }
        if options["json"] == true {
            let text = JSON.write(RunJSON.value(of: result), layout: .indented)
            console.output.write(String(decoding: text, as: UTF8.self) + "\n")
        }
        console.errors.write((report.closing(result).map { $0 + "\n" }).joined())
    }

    private var consent: Questions.Consent {
        var consent = Questions.Consent()
        consent.all = options["yes"] == true
        consent.words = Set(options["confirm"]?.items?.compactMap(\.text) ?? [])
        return consent
    }

    /// Runs the script that `--prepare` names; a status where that went wrong.
    private func prepare(_ other: String, _ session: Session) -> ExitStatus? {
        guard connection.isSandbox else {
            return console.usage("--prepare goes with --sandbox: it would change the server")
        }
        let text: SourceText
        do throws(Failure) { text = try ScriptFront.read(other) } catch { return console.usage(error.message) }
        let (program, diagnostics) = session.check(text)
        console.show(diagnostics, session.sources)
        guard let program else { return .usage }
        // Its own consent: what it prepares, it prepares in a sandbox.
        let result = session.run(program, observer: SilentObserver())
        guard case .failure(let failure) = result.outcome else { return nil }
        return fail(failure, session)
    }

    private func fail(_ failure: Failure, _ session: Session) -> ExitStatus {
        let renderer = console.renderer(of: session.sources)
        console.errors.write(renderer.render(failure))
        return ExitStatus(of: failure)
    }
}

extension Console {
    /// Shows what a checked script uses and the server lacks; the status where there is something, and nothing is to run.
    func refuse(_ program: CheckedProgram, _ session: Session) -> ExitStatus? {
        switch session.refusals(of: program) {
        case .failure(let failure):
            return ExitStatus(of: failure)
        case .success(let refusals):
            guard !refusals.isEmpty else { return nil }
            let renderer = renderer(of: session.sources)
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
