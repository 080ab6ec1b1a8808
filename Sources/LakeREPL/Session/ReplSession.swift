internal import Glibc
package import LakeAssist
package import LakeRunner
package import LakeScript

/// The shell's loop: a prompt, a statement, its result, until ^D.
///
/// A statement is checked whole before anything of it is sent, as a script is. Its variables stay for the next one.
/// What goes wrong is told and the prompt comes back: nothing that a statement does ends the shell. Statements go to
/// the history as they were typed, those that hold a secret excepted.
package final class ReplSession: LineAssistant {
    /// Makes the session for another server: what `use` calls.
    package typealias Connect = (_ server: String) throws(Failure) -> Session

    var session: Session
    var background: PromptWait
    let connect: Connect
    let history: History
    /// Names that a runbook's parameters may not have: `lakesh run` has them.
    let reservedNames: Set<String>
    var recording = Recording()
    /// Where `cd` went: put into the prompt. And where it was before.
    var location: Location?
    var lastLocation: Location?
    /// Names of servers that a person has, for completion.
    private lazy var profileNames = ((try? Profiles.load())?.names ?? []) + ["sandbox"]
    /// Whether each result says how long it took.
    var isTiming = false
    /// Whether results may be given to a pager: not where the terminal cannot be painted on.
    private(set) var mayPage = false
    /// Whether ^D, `exit` or a signal ended it.
    var hasEnded = false
    /// How the last statement failed: colours the prompt.
    private(set) var lastFailure: Failure?
    /// Whether it was said that the file of the history cannot be written.
    private var hasToldOfHistory = false
    /// The secrets in the statement that was typed last: nothing that is said repeats them.
    private var typedSecrets: [String] = []
    /// The analysis of what is typed, kept until the text is another one.
    private var analysed: (text: String, analysis: SourceAnalysis)?
    /// What `more` goes on with, and the results of the statements before, last first.
    var shown: LastListing?
    var results: [NamedResult] = []

    /// A shell on a session.
    package init(_ session: Session, history: History, reservedNames: Set<String>, connect: @escaping Connect) {
        self.session = session
        self.history = history
        self.reservedNames = reservedNames
        self.connect = connect
        background = PromptWait(session.connection, vocabulary: session.vocabulary)
    }

    /// Runs the shell on this process's terminal, or on its input where that is none; gives the last failure, which
    /// decides the exit status where nobody is there to see it.
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

    /// Editing needs a terminal that can be painted on, and a person who wants it.
    private func makeEditor() -> any LineEditor {
        guard Terminal.understandsControls,
            let editor = EditlineEditor(history: history, terminal: console.terminal)
        else { return PlainEditor(terminal: console.terminal) }
        mayPage = true
        return editor
    }

    /// What was typed: remembered, then a command of the shell or a statement.
    func enter(_ text: String) {
        guard !text.allSatisfy(\.isWhitespace) else { return }
        let analysis = analysis(of: text)
        // What the statement gives is known to the next one.
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

    /// Checks a text and runs it; gives whether all went well. Its result is shown where the analysis of what was typed
    /// is given: of the statement itself, or of the one that `more` goes on with.
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
        background.drain()
        guard fits(program) else {
            note?.fail(in: &recording)
            return false
        }
        let progress = RunProgress(report: report, console: console)
        var options = RunOptions()
        options.asksBeforeDestroying = true
        options.window = typed == nil ? nil : console.outputHeight.map { max(5, $0 - 4) }
        options.observer = progress
        let result = session.run(script, options)
        if result.changes > 0 { background.values.forget() }
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

    /// Tells what the server lacks of what a text uses; gives whether there is nothing.
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

    /// Tells an error, and keeps it as `$_error`.
    func fail(_ failure: Failure) {
        lastFailure = failure
        // The terminal has echoed `^C`, and what was typed ahead is gone.
        if failure.kind == .cancelled { console.terminal.clearLine() }
        session.keep(failure.value, as: "_error", type: ErrorType.value)
        say(renderer.render(failure), atLineEnd: false)
    }

    /// SIGTERM and SIGHUP end the process as they would have without us.
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

    /// A line about the run, on standard error, without what was secret in the statement.
    func say(_ text: String, atLineEnd: Bool = true) {
        console.errors.write(text.hiding(typedSecrets, keepingWidth: true) + (atLineEnd ? "\n" : ""))
        console.errors.flush()
    }
}

// What the editor asks.
extension ReplSession {
    /// The engine for the variables and `def`s that there are now.
    var engine: Assistant {
        var engine = Assistant(
            vocabulary: session.vocabulary, earlier: session.earlier, metaCommands: MetaCommand.signatures,
            live: background.values)
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

    /// The analysis of a text that is typed.
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

    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> Wakeup {
        background.wait(for: descriptors, milliseconds: milliseconds)
    }

    /// The secrets of a text, each also in the pieces that quotes and brackets cut it into: a message may join them anew.
    private func secretTexts(in analysis: SourceAnalysis) -> [String] {
        analysis.secretRanges.map(analysis.string).flatMap { secret in
            [secret] + secret.split { "\"'(){}[]|; ".contains($0) }.filter { $0.count > 3 }.map(String.init)
        }
    }

    /// The error that the cursor stands on, unless it stands at the end, where the text is not finished.
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
