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
    /// The facts that the server tells of itself.
    var facts: ServerFacts
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
    /// True if the records of a list are shown field by field.
    var isVertical = false
    /// True if long results go to a pager: only on a terminal with an editor.
    private(set) var mayPage = false
    /// True if ^D, `exit` or a signal ended the shell.
    var hasEnded = false
    /// The failure of the last statement, which colours the prompt; nil if it succeeded.
    var lastFailure: Failure?
    /// True if the user was told that the history cannot be written.
    private var hasToldOfHistory = false
    /// The secrets of the last statement: messages do not repeat them.
    var typedSecrets: [String] = []
    /// The analysis of the typed text, kept until the text changes.
    private var analysed: (text: String, analysis: SourceAnalysis)?
    /// The addresses that the keys of the environment may be sent to.
    var keyAddresses: Set<String> = []
    /// The text of each file as `record save` wrote it.
    var saved: [String: [UInt8]] = [:]
    /// The file of `def`s that every session has; nil for none.
    package var startFile: String?
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
        facts = ReplSession.facts(of: session)
        noteKeys()
    }

    /// Runs the shell until it ends. Without a terminal it returns the last failure, which decides the exit status.
    package func run() -> Failure? {
        let editor = makeEditor()
        defer { editor.close() }
        say(banner)
        start()
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
        guard console.terminal.hasControls, console.output.isTerminal,
            let editor = EditlineEditor(history: history, terminal: console.terminal)
        else { return PlainEditor(terminal: console.terminal) }
        mayPage = true
        return editor
    }

    /// Enters a text: adds it to the history, and runs its statements and the shell's own commands among them, up to the
    /// first that fails.
    func enter(_ text: String) {
        guard !text.allSatisfy(\.isWhitespace) else { return }
        let typed = text
        let text = meaning(of: typed)
        // Help is read beside the line that follows.
        let mayPage = mayPage
        self.mayPage = mayPage && text == typed
        defer { self.mayPage = mayPage }
        let analysis = analysis(of: text)
        // The next statement sees the variables of this one.
        defer { analysed = nil }
        if let reason = history.add(typed, isSecret: analysis.holdsSecret), !hasToldOfHistory {
            hasToldOfHistory = true
            say("\(console.errorStyler(.yellow, "!")) history ends with this shell: \(reason)")
        }
        typedSecrets = secretTexts(in: analysis)
        if let mistake = ReplSession.mistake(in: text.trimmed) { return fail(mistake) }
        for piece in analysis.pieces where !hasEnded {
            lastFailure = nil
            switch piece {
            case .shell(let command): runMeta(command.signature, argument: analysis.string(command.rest))
            case .statements(let range):
                let before = Array(text.utf8.prefix(range.upperBound)).blanking([0..<range.lowerBound])
                execute(SourceText(name: "<prompt>", bytes: before), showing: analysis)
            }
            guard lastFailure == nil else { break }
        }
        console.output.flush()
        console.errors.flush()
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

    var report: RunReport {
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

    package var serverPrompt: StyledText {
        let connection = session.connection
        guard !connection.isSandbox else { return [] }
        let name = connection.profile?.name ?? connection.description.split(separator: "/").last.map(String.init) ?? ""
        return [Piece(name, connection.profile?.isProtected == true ? .red : .dim)]
    }

    package var prompt: StyledText {
        let location = location.map { [Piece($0.text + " ", .bold)] } ?? []
        return location + [Piece("❯ ", lastFailure == nil ? .green : .red)]
    }

    package var rightPrompt: StyledText {
        let connection = session.connection
        let parts = [facts.user ?? connection.identityName, connection.isSandbox ? "sandbox" : nil]
        return [Piece(parts.compactMap(\.self).joined(separator: " · "), .dim)]
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

    static func facts(of session: Session) -> ServerFacts {
        ServerFacts(session.connection, now: session.loop.clock.now)
    }

    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> Wakeup {
        serverValues.begin()
        if mayPage { facts.begin() }
        var wakeup = Wakeup()
        let signal = session.loop.turn(
            session.connection.operations, descriptors: descriptors, milliseconds: milliseconds
        ) { ready, events in
            wakeup.ready = descriptors.filter(ready.contains)
            wakeup.hasNews = serverValues.receive(events)
            if let told = facts.receive(events) { wakeup.notices.append(console.errorStyler(.dim, told)) }
            for case .notice(_, let text) in events { wakeup.notices.append("! " + text) }
            return true
        }
        // ^C is a key of the line editor, for which an interrupt from elsewhere finds nothing to interrupt.
        wakeup.isTerminated = signal.map { $0 != .interrupt } ?? false
        wakeup.isInterrupted = signal == .interrupt
        return wakeup
    }

    /// The secrets of a text, and the pieces between quotes and brackets of each, because a message may quote them
    /// alone.
    func secretTexts(in analysis: SourceAnalysis) -> [String] {
        analysis.secretRanges.map(analysis.string).flatMap { secret in
            [secret] + secret.split { "\"'(){}[]|; ".contains($0) }.filter { $0.count > 3 }.map(String.init)
        }
    }

    /// The error at the cursor, unless the cursor is at the end, where the text is not finished.
    package func remark(on text: String, cursor: Int) -> String? {
        let analysis = analysis(of: text)
        guard cursor < text.utf8.count, analysis.pieces.allSatisfy({ $0.shellCommand == nil }) else { return nil }
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
