internal import CSystem
internal import Glibc
internal import LakeAPI
package import LakeScript

/// The one owner of the terminal: asks, shows the status line, prints, lends itself to a program, knows its size.
///
/// A question never shares the screen with other output. While a question is open the status line is not painted, and
/// text for the terminal waits for the answer; so the question and the typed text stay as they are while the rest of
/// the run continues. Questions wait their turn. Text that was typed before a question appeared is discarded.
package final class Terminal: LoopMember {
    /// A question that a person answers with a line.
    package struct Question {
        package let id: EffectID
        /// The scope of the effect that waits for the answer.
        package let scope: ScopePath
        package let text: String
        /// True if the answer is not shown while it is typed.
        package let isSecret: Bool

        package init(id: EffectID, scope: ScopePath = ScopePath(), text: String, isSecret: Bool = false) {
            self.id = id
            self.scope = scope
            self.text = text.withControlsEscaped
            self.isSecret = isSecret
        }
    }

    package let output: OutputStream
    package let errors: OutputStream
    /// The descriptor of the keyboard.
    package let keyboard: Descriptor
    /// The keyboard, opened again so that reads never block.
    private lazy var reading =
        keyboard.number == STDIN_FILENO ? StandardInput.descriptor : StandardInput.own(keyboard.number)
    /// True if the terminal understands control sequences.
    package let hasControls: Bool
    /// True if a line on standard error can be repainted.
    package let isPaintable: Bool

    /// The status line; nil for none.
    package var status: StatusLine? {
        didSet {
            if status == nil { (since, paintedAt) = (nil, Instant.distantPast) }
            if let status, !status.isPatient { paint(status, after: 0) } else if status == nil { lift() }
        }
    }
    /// The moment since which there is a status, moved on by the time of questions.
    private var since: Instant?
    private var paintedAt = Instant.distantPast
    private var isPainted = false

    /// The questions without an answer; the first one is on the screen.
    package private(set) var questions: [Question] = []
    /// The moment at which the first question appeared; nil before that.
    private var askedAt: Instant?
    private var typed: [UInt8] = []
    /// The terminal's modes before a secret was asked for; nil if none is asked for.
    private var modes: termios?
    /// Text that was printed while a question is open.
    private var held: [(stream: OutputStream, text: String)] = []
    private var heldBytes = 0

    /// Milliseconds until a status is first painted, and between repaints.
    private static let patience = 300
    private static let interval = 100
    /// The number of bytes that may wait for an answer before further printing has to wait, too.
    private static let mostHeld = 64 << 10

    /// The terminal of three descriptors, each of which may be something else.
    package init(
        input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO,
        hasControls: Bool = Terminal.understandsControls
    ) {
        keyboard = Descriptor(number: input)
        self.output = OutputStream(descriptor: output)
        self.errors = OutputStream(descriptor: errors)
        self.hasControls = hasControls
        isPaintable = hasControls && self.errors.isTerminal
        self.output.terminal = self
        self.errors.terminal = self
    }

    // MARK: What it is

    /// True if standard input is a terminal.
    package var hasKeyboard: Bool { isatty(keyboard.number) == 1 }
    /// True if a person can be asked: standard input and standard error are a terminal.
    package var canAsk: Bool { hasKeyboard && errors.isTerminal }

    /// The columns and rows of a stream's terminal; nil in a pipe.
    package func size(of stream: OutputStream) -> (columns: Int, rows: Int)? {
        guard stream.isTerminal else { return nil }
        let columns = lakesh_terminal_columns(stream.descriptor)
        let rows = lakesh_terminal_rows(stream.descriptor)
        return (columns > 0 ? Int(columns) : 80, rows > 0 ? Int(rows) : 24)
    }

    /// The styler of a stream: with colours if it is a terminal that has them and NO_COLOR is not set.
    package func styler(of stream: OutputStream) -> Styler {
        let wantsColours = hasControls && Terminal.variable("NO_COLOR", "").isEmpty
        return Styler(isColoured: stream.isTerminal && wantsColours)
    }

    /// True if the terminal understands control sequences, by the environment.
    package static var understandsControls: Bool {
        !["", "dumb", "emacs"].contains(variable("TERM", "dumb")) && getenv("INSIDE_EMACS") == nil
    }

    private static func variable(_ name: String, _ fallback: String) -> String {
        getenv(name).map { String(cString: $0) } ?? fallback
    }

    // MARK: Events

    /// The descriptor of the events: a new window size, and ^Z; nil if it could not be opened.
    package lazy var events: Descriptor? = {
        let number = lakesh_events_open()
        return number < 0 ? nil : Descriptor(number: number)
    }()

    /// The events since the last call.
    package func takeEvents() -> (isResized: Bool, isStopped: Bool) {
        let events = lakesh_events_take()
        return (events.resized, events.stopped)
    }

    /// Makes a new window size an event, and ignores ^\.
    package func noteSizes() {
        if events != nil { lakesh_events_note_sizes() }
    }

    /// Makes ^Z an event and ignores ^\ while the terminal's modes are changed, or restores both.
    package func noteStops(_ isOn: Bool) {
        if events != nil { lakesh_events_note_stops(isOn ? 1 : 0) }
    }

    /// Stops the process like ^Z; returns when it is continued.
    package func stop() {
        noteStops(false)
        lakesh_stop()
    }

    // MARK: Printing

    /// Prints on a stream: at once, or after the answer if a question is on the screen.
    package func print(_ text: String, to stream: OutputStream) {
        guard stream.isTerminal else { return stream.put(text) }
        if askedAt != nil {
            held.append((stream, text))
            heldBytes += text.utf8.count
        } else {
            lift()
            stream.put(text)
        }
    }

    /// True if so much text waits for an answer that printing should wait, too.
    var holdsMuch: Bool { heldBytes > Terminal.mostHeld }

    /// Clears the line of the cursor: the terminal has echoed `^C` there.
    package func clearLine() {
        if isPaintable { errors.put("\r\u{1B}[K") }
    }

    /// Lends the terminal to a program: all printed text is on the screen, and the status line is not.
    package func lend<Result>(to program: () -> Result) -> Result {
        lift()
        output.flush()
        errors.flush()
        return program()
    }

    // MARK: Borrowed by an editor

    /// Reads at most that many bytes from the keyboard: none at its end, nil if nothing is available.
    package func read(_ most: Int) -> [UInt8]? { StandardInput.read(most, of: reading) }

    /// Writes a whole frame to the screen at once.
    package func paint(_ frame: String) {
        output.put(frame)
        output.flush()
    }

    // MARK: Taking part in the loop

    package func waits() -> Waits {
        var waits = output.waits()
        waits.add(errors.waits())
        if askedAt != nil {
            waits.descriptors += [keyboard] + [events].compactMap(\.self)
        } else if !questions.isEmpty {
            waits.add(.immediate)
        } else if let status, status.isPatient, isPaintable {
            waits.add(Waits(deadline: nextPaint))
        }
        return waits
    }

    /// Returns the typed lines as answers to their questions.
    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        output.drain()
        errors.drain()
        if askedAt != nil, takeEvents().isStopped { stopAtQuestion(now) }
        let events = askedAt != nil && ready.contains(keyboard) ? readLine(now) : []
        if askedAt == nil, let question = questions.first { show(question, now) }
        if askedAt == nil, let status, status.isPatient { move(status, now) }
        return events
    }

    /// Removes everything of a run: its status and its open questions.
    func endRun(now: Instant) {
        if let open = questions.first { withdraw(open.id, now: now) }
        questions = []
        status = nil
    }
}

// MARK: Questions

extension Terminal {
    /// Queues a question.
    package func ask(_ question: Question) { questions.append(question) }

    /// Withdraws a question, which gets no answer.
    package func withdraw(_ id: EffectID, now: Instant) {
        if askedAt != nil, questions.first?.id == id {
            // The typed text is discarded, and its line ends.
            tcflush(keyboard.number, TCIFLUSH)
            close(now, endsLine: true)
        }
        questions.removeAll { $0.id == id }
    }

    private func show(_ question: Question, _ now: Instant) {
        lift()
        tcflush(keyboard.number, TCIFLUSH)
        noteStops(true)
        if question.isSecret { hideTyping() }
        errors.put(question.text)
        (askedAt, typed) = (askedAt ?? now, [])
    }

    /// Restores the terminal's modes before the process stops, and repeats the question when it continues.
    private func stopAtQuestion(_ now: Instant) {
        guard let question = questions.first else { return }
        showTyping()
        errors.flush()
        stop()
        show(question, now)
    }

    /// Reads from the keyboard; a line ends the question, and so does the end of input.
    private func readLine(_ now: Instant) -> [Event] {
        guard let question = questions.first, let chunk = read(1024) else {
            return []
        }
        typed += chunk
        guard chunk.isEmpty || typed.last == UInt8(ascii: "\n") else { return [] }
        let line = String(
            decoding: typed.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        close(now, endsLine: question.isSecret)
        questions.removeFirst()
        return [.answer(question.id, .value(question.isSecret ? .secret(line) : .string(line)))]
    }

    /// Closes the question on the screen, and prints the text that was held back.
    private func close(_ now: Instant, endsLine: Bool) {
        showTyping()
        noteStops(false)
        if endsLine { errors.put("\n") }
        if let askedAt { since = since?.advanced(by: now.milliseconds - askedAt.milliseconds) }
        askedAt = nil
        for (stream, text) in held { stream.put(text) }
        (held, heldBytes) = ([], 0)
    }

    private func hideTyping() {
        var settings = termios()
        guard tcgetattr(keyboard.number, &settings) == 0 else { return }
        modes = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(keyboard.number, TCSANOW, &settings)
    }

    private func showTyping() {
        guard var modes else { return }
        tcsetattr(keyboard.number, TCSANOW, &modes)
        self.modes = nil
    }
}

// MARK: The status line

extension Terminal {
    private var nextPaint: Instant {
        guard let since else { return Instant.distantPast }
        return max(since.advanced(by: Terminal.patience), paintedAt.advanced(by: Terminal.interval))
    }

    private func move(_ status: StatusLine, _ now: Instant) {
        let began = since ?? now
        since = began
        guard now >= nextPaint else { return }
        paintedAt = now
        paint(status, after: now.milliseconds - began.milliseconds)
    }

    private func paint(_ status: StatusLine, after milliseconds: Int) {
        guard isPaintable, askedAt == nil, let columns = size(of: errors)?.columns else { return }
        lift()
        guard let text = status.text(after: milliseconds) else { return }
        // Room for the `^C` that the terminal echoes: what it breaks could not be removed.
        errors.put(text.truncated(to: columns - 2))
        isPainted = true
    }

    /// Removes the status line from the screen until it is painted again.
    private func lift() {
        guard isPainted else { return }
        errors.put("\r\u{1B}[K")
        isPainted = false
    }
}

// MARK: Outside of a run

extension Terminal {
    /// Asks for a secret before a run. Null if nothing was typed.
    ///
    /// - Throws: a cancellation if a signal interrupted it.
    package func askForSecret(_ prompt: String) throws(Failure) -> Value {
        let secret = try answer(to: Question(id: EffectID(1), text: prompt + " ", isSecret: true))
        return secret.text == "" ? .null : secret
    }

    /// Asks for yes or no outside of a run; no where nobody can be asked.
    ///
    /// - Throws: a cancellation if a signal interrupted it.
    package func agrees(to message: String) throws(Failure) -> Bool {
        guard canAsk else { return false }
        let typed = try answer(to: Question(id: EffectID(1), text: "! \(message)\n  [y/N] "))
        return ["y", "yes"].contains(typed.text?.lowercased())
    }

    private func answer(to question: Question) throws(Failure) -> Value {
        let loop = Loop(waiter: PollWaiter())
        var answer = Value.null
        ask(question)
        let signal = loop.turn(self) { _, events in
            for case .answer(_, .value(let given)) in events { answer = given }
            return questions.isEmpty
        }
        guard signal == nil else {
            withdraw(question.id, now: loop.clock.now())
            throw .interrupted
        }
        return answer
    }
}
