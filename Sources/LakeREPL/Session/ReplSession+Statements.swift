internal import LakeAPI
internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// A text that runs: what is shown of it, and what became of it so far.
struct RunningText {
    /// The analysis of the typed text, or of the one that `more` continues.
    let typed: SourceAnalysis
    /// The listing that the text continues by a page.
    var page: String?
    /// The text's record in the recording.
    var note: RecordingNote
    /// The values that its statements gave.
    var results: [NamedResult] = []
    /// The slots of the variables that have a value by it.
    var given: Set<Int> = []
}

/// Runs statements of the language. A text is checked whole before its first request; then its statements run one after
/// the other, and each shows its result.
extension ReplSession {
    /// Values for the parameters of a text.
    typealias Arguments = ([ScriptParameter]) throws(Failure) -> [String: Value]

    /// Checks a text and runs it.
    ///
    /// - Parameters:
    ///   - text: the statements.
    ///   - typed: the analysis of the text, or of the one that `more` continues.
    ///   - page: the listing that the text continues.
    ///   - arguments: reads the values of the text's parameters.
    /// - Returns: true if it succeeded.
    @discardableResult
    func execute(
        _ text: SourceText, showing typed: SourceAnalysis, pageOf page: String? = nil,
        arguments: Arguments = ReplSession.noArguments
    ) -> Bool {
        var running = RunningText(typed: typed, page: page, note: note(text))
        let before = session.earlier
        let script = session.load(text)
        if !script.diagnostics.isEmpty { say(renderer.render(script.diagnostics), atLineEnd: false) }
        guard var program = script.program else {
            keep(failure: .notChecked(script.diagnostics))
            running.note.fail(in: &recording)
            return false
        }
        running.note.read(program, script.tree)
        cancelQuestions()
        do throws(Failure) {
            program = program.giving(try arguments(program.parameters))
            try checkFit(program)
            try completeResults(readBy: program)
        } catch {
            running.note.fail(in: &recording)
            fail(error)
            return false
        }
        let isDone = run(program.parts, &running)
        if !isDone { session.takeBack(program.slotsGiven.subtracting(running.given), to: before) }
        keep(running.results)
        return isDone
    }

    /// A statement that is typed has no arguments: its parameters need defaults.
    static func noArguments(_ parameters: [ScriptParameter]) throws(Failure) -> [String: Value] {
        if let missing = parameters.first(where: { $0.defaultValue == nil }) {
            throw .shellCommand(
                "`\(missing.parameter.name)` has no value",
                advice: "write `let`, or keep the statements in a file: source FILE \(missing.parameter.optionName) …")
        }
        return [:]
    }

    /// Runs the statements of a text up to the first that fails.
    private func run(_ parts: [CheckedProgram], _ running: inout RunningText) -> Bool {
        for part in parts {
            var options = RunOptions()
            options.asksBeforeDestroying = true
            options.window = part.onlyReads ? windowSize : nil
            options.observer = RunProgress(report: report, sources: session.sources, console: console)
            let result = session.run(part, isLine: true, options)
            if result.changes > 0 { serverValues.forget() }
            let end = part.main.statements.last?.span.end
            switch result.outcome {
            case .success(let value):
                let sight = Recording.Sight(result.hasMore ? .null : value)
                let place = running.note.succeed(sight, upTo: end, in: &recording)
                running.given.formUnion(part.slotsGiven)
                if let shown = show(value, result, of: part, running, recordedAt: place) {
                    running.results.append(shown)
                }
            case .failure(let failure):
                running.note.fail(changes: result.changes, upTo: end, in: &recording)
                showKeys(of: result)
                fail(failure)
                if isTiming { say(console.errorStyler(.dim, Quantity.duration(result.milliseconds))) }
                return false
            }
        }
        _ = running.note.succeed(.nothing, in: &recording)
        return true
    }

    /// - Throws: the last thing that the program uses and the server lacks; those before it were shown.
    private func checkFit(_ program: CheckedProgram) throws(Failure) {
        var refusals = try session.refusals(of: program).get()
        for index in refusals.indices { refusals[index].notes.append("nothing was sent") }
        for refusal in refusals.dropLast() { fail(refusal) }
        if let last = refusals.last { throw last }
    }

    /// Reads the listings to their ends that were shown in part and that a program reads as `$_`, `$_1`, ….
    private func completeResults(readBy program: CheckedProgram) throws(Failure) {
        for (age, result) in results.enumerated() {
            let name = ReplSession.resultName(age: age)
            guard let listing = result.listing, let rest = listing.rest, session.reads(name, program) else { continue }
            listing.take(session.resume(rest, to: .max))
            session.keep(.list(listing.items), as: name, type: result.type)
            if let failure = listing.failure { throw failure }
        }
    }

    /// Takes back what the shell asks the server by itself, before a statement runs.
    func cancelQuestions() {
        serverValues.cancel()
        facts.cancel()
    }

    /// Shows an error, and keeps it as `$_error`.
    func fail(_ failure: Failure) {
        // The terminal has echoed `^C`.
        if failure.kind == .cancelled { console.terminal.clearLine() }
        keep(failure: failure)
        say(renderer.render(failure), atLineEnd: false)
    }

    /// Keeps an error that was shown as `$_error`.
    private func keep(failure: Failure) {
        lastFailure = failure
        session.keep(failure.value, as: "_error", type: ErrorType.value)
    }
}
