internal import Glibc
package import LakeAssist
package import LakeRunner
package import LakeScript

/// The session of a shell: it reads statements, runs them and shows their results, until ^D.
///
/// Like a script, a statement is checked whole before its first request. Its variables stay for the next one. Errors
/// are shown and the prompt comes back: no statement ends the shell. Statements go to the history as they were typed,
/// except those with a secret. `enter` is the whole of it without an editor: a statement in, its output on the
/// console's streams.
package final class ReplSession: LineAssistant {
    /// Makes the session for another server, for `use`.
    package typealias Connect = (_ server: String) throws(Failure) -> Session

    var session: Session
    /// The server's values for completion.
    var serverValues: ServerValues
    let connect: Connect
    let history: History
    /// Names that a runbook's parameters may not have, because they are options of `lakesh run`.
    let reservedNames: Set<String>
    var recording = Recording()
    /// The place that `cd` went to, shown in the prompt, and the place before.
    var location: Location?
    var lastLocation: Location?
    /// The names of the user's servers, for completion.
    private lazy var profileNames = ((try? Profiles.load())?.names ?? []) + ["sandbox"]
    /// True if each result is followed by its time.
    var isTiming = false
    /// True if long results go to a pager: only on a terminal with an editor.
    private(set) var mayPage = false
    /// True if ^D, `exit` or a signal ended the shell.
    var hasEnded = false
    /// The failure of the last statement, which colours the prompt; nil if it succeeded.
    private(set) var lastFailure: Failure?
    /// True if the user was told that the history cannot be written.
    private var hasToldOfHistory = false
    /// The secrets of the last statement: messages do not repeat them.
    private var typedSecrets: [String] = []
    /// The analysis of the typed text, kept until the text changes.
    private var analysed: (text: String, analysis: SourceAnalysis)?
    /// The listing that `more` continues, and the results of earlier statements, the last one first.
    var shown: LastListing?
    var results: [NamedResult] = []

    /// Makes a shell on a session.
    package init(_ session: Session, history: History, reservedNames: Set<String>, connect: @escaping Connect) {
        self.session = session
        self.history = history
        self.reservedNames = reservedNames
        self.connect = connect
        serverValues = ReplSession.serverValues(of: session)
    }

    /// Runs the shell until it ends. Without a terminal it returns the last failure, which decides the exit status.
    package func run() -> Failure? {
        let editor = makeEditor()
        defer { editor.close() }
        say(banner)
        while !hasEnded {
            switch editor.read(self) {
            case .line(let text):
                enter(text)
                if session.isTerminated { end(editor) }
            case .cancelled: break
            case .endOfInput: hasEnded = true
            case .terminated: end(editor)
            }
        }
        return editor is PlainEditor ? lastFailure : nil
    }

    /// Makes the editor: libedit's if the terminal understands control sequences and editing is not turned off.
    private func makeEditor() -> any LineEditor {
        guard console.terminal.hasControls,
            let editor = EditlineEditor(history: history, terminal: console.terminal)
        else { return PlainEditor(terminal: console.terminal) }
        mayPage = true
        return editor
    }

    /// Enters a text: adds it to the history, and runs it as a command of the shell or as a statement.
    func enter(_ text: String) {
        guard !text.allSatisfy(\.isWhitespace) else { return }
        let analysis = analysis(of: text)
        // The next statement sees the variables of this one.
        defer { analysed = nil }
        if let reason = history.add(text, isSecret: analysis.holdsSecret), !hasToldOfHistory {
            hasToldOfHistory = true
            say("\(console.errorStyler(.yellow, "!")) history ends with this shell: \(reason)")
        }
        typedSecrets = secretTexts(in: analysis)
        if let command = analysis.shellCommand {
            runMeta(command.signature, argument: analysis.string(command.rest))
        } else {
            execute(SourceText(name: "<prompt>", text: text), showing: analysis, isRecorded: true)
        }
        console.output.flush()
        console.errors.flush()
    }

    /// Checks a text and runs it; returns true if it succeeded. The result is shown if an analysis is given: that of
    /// the statement, or of the listing that `more` continues.
    @discardableResult
    func execute(_ text: SourceText, showing typed: SourceAnalysis? = nil, isRecorded: Bool = false) -> Bool {
        var note = isRecorded ? note(text) : nil
        let script = session.load(text)
        if !script.diagnostics.isEmpty { say(renderer.render(script.diagnostics), atLineEnd: false) }
        guard let program = script.program else {
            lastFailure = .notChecked
            note?.fail(in: &recording)
            return false
        }
        note?.read(program, script.tree)
        serverValues.cancel()
        guard fits(program) else {
            note?.fail(in: &recording)
            return false
        }
        let progress = RunProgress(report: report, sources: session.sources, console: console)
        var options = RunOptions()
        options.asksBeforeDestroying = true
        options.window = typed == nil ? nil : console.outputHeight.map { max(5, $0 - 4) }
        options.observer = progress
        let result = session.run(script, options)
        if result.changes > 0 { serverValues.forget() }
        switch result.outcome {
        case .success(let value):
            lastFailure = nil
            let place = note?.succeed(Recording.Sight(value), in: &recording)
            if let typed {
                shown = LastListing(typed: typed, type: program.resultType)
                show(value, result, recordedAt: place ?? nil)
            }
            return true
        case .failure(let failure):
            note?.fail(changes: result.changes, in: &recording)
            fail(failure)
            return false
        }
    }

    /// Shows what the program uses and the server lacks; returns true if that is nothing.
    private func fits(_ program: CheckedProgram) -> Bool {
        switch session.refusals(of: program) {
        case .success(let refusals):
            for var refusal in refusals {
                refusal.notes.append("nothing was sent")
                fail(refusal)
            }
            return refusals.isEmpty
        case .failure(let failure):
            fail(failure)
            return false
        }
    }

    /// Shows an error, and keeps it as `$_error`.
    func fail(_ failure: Failure) {
        lastFailure = failure
        // The terminal has echoed `^C`.
        if failure.kind == .cancelled { console.terminal.clearLine() }
        session.keep(failure.value, as: "_error", type: ErrorType.value)
        say(renderer.render(failure), atLineEnd: false)
    }

    /// Ends the process by SIGTERM, as if it had not been handled.
    private func end(_ editor: any LineEditor) {
        editor.close()
        signal(SIGTERM, SIG_DFL)
        raise(SIGTERM)
    }

    var console: Console { session.console }

    var renderer: DiagnosticRenderer {
        var renderer = console.renderer(of: session.sources)
        renderer.helpCommand = "help"
        return renderer
    }

    private var report: RunReport {
        RunReport(
            styler: console.errorStyler, script: "<prompt>", target: session.connection.description,
            isSandbox: session.connection.isSandbox, identity: session.connection.identityName)
    }

    var banner: String {
        let who = session.connection.identityName.map { "as \($0)" }
        let parts = [session.connection.description, who, "help, ^D to leave"].compactMap(\.self)
        let lines = parts.joined(within: console.errorWidth)
        return lines.map { console.errorStyler(.dim, $0) }.joined(separator: "\n")
    }

    /// Prints a line on standard error, without the secrets of the statement.
    func say(_ text: String, atLineEnd: Bool = true) {
        console.errors.write(text.hiding(typedSecrets, keepingWidth: true) + (atLineEnd ? "\n" : ""))
        console.errors.flush()
    }
}

// The questions of the editor.
extension ReplSession {
    /// The assistant for the present variables and `def`s.
    var engine: Assistant {
        var engine = Assistant(
            vocabulary: session.vocabulary, earlier: session.earlier, metaCommands: MetaCommand.signatures,
            live: serverValues)
        engine.location = location
        engine.articles = Assistant.helpArticles
        engine.profiles = profileNames
        return engine
    }

    package var prompt: StyledText {
        let location = location.map { [Piece($0.text + " ", .bold)] } ?? []
        return location + [Piece("❯ ", lastFailure == nil ? .green : .red)]
    }

    package var rightPrompt: StyledText {
        let connection = session.connection
        let server = connection.isSandbox ? "sandbox" : connection.profile?.name ?? connection.description
        let isProtected = connection.profile?.isProtected == true
        let who = connection.identityName.map { [Piece($0 + " · ", .dim)] } ?? []
        return who + [Piece(server, isProtected ? .red : .dim)]
    }

    /// The analysis of the typed text.
    func analysis(of text: String) -> SourceAnalysis {
        if let analysed, analysed.text == text { return analysed.analysis }
        let analysis = engine.analysis(of: text)
        analysed = (text, analysis)
        return analysis
    }

    package func highlights(of text: String) -> [Highlight] { engine.highlights(of: analysis(of: text)) }
    package func secrets(in text: String) -> [Range<Int>] { analysis(of: text).secretRanges }
    package func isIncomplete(_ text: String) -> Bool { engine.isIncomplete(analysis(of: text)) }
    package func complete(_ text: String, cursor: Int) -> Completion {
        engine.complete(analysis(of: text), cursor: cursor)
    }

    static func serverValues(of session: Session) -> ServerValues {
        let connection = session.connection
        return ServerValues(
            vocabulary: session.vocabulary, performer: connection.operations, effectIDs: connection.makeEffectIDs(),
            now: session.loop.clock.now)
    }

    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> Wakeup {
        serverValues.begin()
        var wakeup = Wakeup()
        let signal = session.loop.turn(
            session.connection.operations, descriptors: descriptors, milliseconds: milliseconds
        ) { ready, events in
            wakeup.ready = descriptors.filter(ready.contains)
            wakeup.hasNews = serverValues.receive(events)
            for case .notice(_, let text) in events { wakeup.notices.append("! " + text) }
            return true
        }
        // ^C is a key here: an interrupt from elsewhere finds nothing to interrupt.
        wakeup.isTerminated = signal.map { $0 != .interrupt } ?? false
        return wakeup
    }

    /// The secrets of a text, and the pieces between quotes and brackets of each, because a message may quote them
    /// alone.
    private func secretTexts(in analysis: SourceAnalysis) -> [String] {
        analysis.secretRanges.map(analysis.string).flatMap { secret in
            [secret] + secret.split { "\"'(){}[]|; ".contains($0) }.filter { $0.count > 3 }.map(String.init)
        }
    }

    /// The error at the cursor, unless the cursor is at the end, where the text is not finished.
    package func remark(on text: String, cursor: Int) -> String? {
        let analysis = analysis(of: text)
        guard cursor < text.utf8.count, analysis.shellCommand == nil else { return nil }
        let script = ScriptFront.load(
            SourceText(name: "<prompt>", text: text), as: .typedLine(after: session.earlier),
            profiles: session.connection.profiles, wantsProgram: false)
        let found = script.diagnostics.first {
            $0.span.file == script.tree.file && $0.severity == .error && Int($0.span.start) <= cursor
                && cursor <= Int($0.span.end)
        }
        let remark = found.map { $0.label.isEmpty ? $0.message : "\($0.message): \($0.label)" }
        return remark?.hiding(secretTexts(in: analysis), keepingWidth: true)
    }
}
