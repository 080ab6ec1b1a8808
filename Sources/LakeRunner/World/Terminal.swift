internal import CSystem
internal import Glibc
internal import LakeAPI
package import LakeScript

/// The one owner of the terminal: asks, shows the status line, prints, lends itself to a program, knows its size.
///
/// A question and anything else never share the screen. While a question is open the status line is not painted, and
/// what is printed on the terminal waits for the answer; so the question and what is typed stay as they are, and the
/// rest of the run goes on. Questions wait their turn. What was typed before a question appeared is thrown away.
package final class Terminal: LoopMember {
    /// Something that a person is asked, and answers with a line.
    package struct Question {
        package let id: EffectID
        /// The scope of the effect that waits for the answer.
        package var scope = ScopePath()
        package let text: String
        /// Whether the answer is not shown while it is typed.
        package var isSecret = false
    }

    package let output: OutputStream
    package let errors: OutputStream
    /// Where a person types.
    package let keyboard: Descriptor
    /// The same keyboard, opened anew so that reading it never waits.
    private lazy var reading =
        keyboard.number == STDIN_FILENO ? StandardInput.descriptor : StandardInput.own(keyboard.number)
    /// Whether a line can be painted again: the terminal understands control sequences, and is no editor's buffer.
    package let isPaintable: Bool

    /// What is under way; nil for nothing.
    package var status: StatusLine? {
        didSet {
            if status == nil { (since, paintedAt) = (nil, Terminal.never) }
            if let status, !status.isPatient { paint(status, after: 0) } else if status == nil { lift() }
        }
    }
    /// Since when there is a status, without the time in which a question was open.
    private var since: Instant?
    private var paintedAt = Terminal.never
    private var isPainted = false

    /// The questions that have no answer; the first of them is on the screen.
    package private(set) var questions: [Question] = []
    /// When the first question appeared; nil until it has.
    private var askedAt: Instant?
    private var typed: [UInt8] = []
    /// The terminal's modes before a secret was asked for; nil where none is.
    private var modes: termios?
    /// The text that was printed while a question is open.
    private var held: [(stream: OutputStream, text: String)] = []
    private var heldBytes = 0

    /// Milliseconds until a status is painted, and how often it is.
    private static let patience = 300
    private static let interval = 100
    private static let never = Instant(milliseconds: 0, epochSeconds: 0)
    /// Bytes that may wait for an answer before printing more has to wait, too.
    private static let mostHeld = 64 << 10

    /// The terminal behind three descriptors, as far as they are one.
    package init(
        input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO,
        isPaintable: Bool = Terminal.understandsControls
    ) {
        keyboard = Descriptor(number: input)
        self.output = OutputStream(descriptor: output)
        self.errors = OutputStream(descriptor: errors)
        self.isPaintable = isPaintable && self.errors.isTerminal
        self.output.terminal = self
        self.errors.terminal = self
    }

    // MARK: What it is

    /// Whether standard input is a terminal.
    package var hasKeyboard: Bool { isatty(keyboard.number) == 1 }
    /// Whether a person can be asked: standard input and standard error are a terminal.
    package var canAsk: Bool { hasKeyboard && errors.isTerminal }

    /// The columns and rows of a stream's terminal; nil in a pipe.
    package func size(of stream: OutputStream) -> (columns: Int, rows: Int)? {
        guard stream.isTerminal else { return nil }
        let columns = lakesh_terminal_columns(stream.descriptor)
        let rows = lakesh_terminal_rows(stream.descriptor)
        return (columns > 0 ? Int(columns) : 80, rows > 0 ? Int(rows) : 24)
    }

    /// The styler of a stream: colours where it is a terminal that has them and nobody has said NO_COLOR.
    package func styler(of stream: OutputStream) -> Styler {
        let wantsColours = Terminal.understandsControls && Terminal.variable("NO_COLOR", "").isEmpty
        return Styler(isColoured: stream.isTerminal && wantsColours)
    }

    /// Whether the environment says that control sequences are understood.
    package static var understandsControls: Bool {
        !["", "dumb", "emacs"].contains(variable("TERM", "dumb")) && getenv("INSIDE_EMACS") == nil
    }

    private static func variable(_ name: String, _ fallback: String) -> String {
        getenv(name).map { String(cString: $0) } ?? fallback
    }

    // MARK: Events

    /// The descriptor that tells of a new size of the window and of ^Z; nil where there is none.
    package lazy var events: Descriptor? = {
        let number = lakesh_events_open()
        return number < 0 ? nil : Descriptor(number: number)
    }()

    /// The events since the last call.
    package func takeEvents() -> (isResized: Bool, isStopped: Bool) {
        let events = lakesh_events_take()
        return (events.resized, events.stopped)
    }

    /// Makes a new size of the window an event, and ^\ do nothing.
    package func noteSizes() {
        if events != nil { lakesh_events_note_sizes() }
    }

    /// Makes ^Z an event, while the terminal's modes are changed, or lets it stop the process.
    package func noteStops(_ isOn: Bool) {
        if events != nil { lakesh_events_note_stops(isOn ? 1 : 0) }
    }

    /// Stops the process as ^Z does; comes back when it is continued.
    package func stop() {
        noteStops(false)
        lakesh_stop()
    }

    // MARK: Printing

    /// Prints on a stream: at once, or after the answer where a question is open on the screen.
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

    /// Whether the text that waits for an answer is so long that printing more should wait, too.
    var holdsMuch: Bool { heldBytes > Terminal.mostHeld }

    /// Clears the line of the cursor: the terminal has echoed `^C` there.
    package func clearLine() {
        if isPaintable { errors.put("\r\u{1B}[K") }
    }

    /// Lends the terminal to a program: all that was printed is on the screen, and the status line is not.
    package func lend<Result>(to program: () -> Result) -> Result {
        lift()
        output.flush()
        errors.flush()
        return program()
    }

    // MARK: Borrowed by an editor

    /// Reads at most so many bytes from the keyboard: none at its end, nil where nothing is there any more.
    package func read(_ most: Int) -> [UInt8]? { StandardInput.read(most, of: reading) }

    /// Puts a frame on the screen, at once and whole.
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
            waits.add(Waits(deadline: Terminal.never))
        } else if let status, status.isPatient, isPaintable {
            waits.add(Waits(deadline: nextPaint))
        }
        return waits
    }

    /// Gives the lines that were typed, as answers to their questions.
    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        output.drain()
        errors.drain()
        if askedAt != nil, takeEvents().isStopped { stopAtQuestion(now) }
        let events = askedAt != nil && ready.contains(keyboard) ? readLine(now) : []
        if askedAt == nil, let question = questions.first { show(question, now) }
        if askedAt == nil, let status, status.isPatient { move(status, now) }
        return events
    }

    /// Ends all that belongs to a run: its status, and questions that nobody waits for any more.
    func endRun(now: Instant) {
        if let open = questions.first { withdraw(open.id, now: now) }
        questions = []
        status = nil
    }
}

// MARK: Questions

extension Terminal {
    /// Puts a question in the queue.
    package func ask(_ question: Question) { questions.append(question) }

    /// Takes a question back, which gets no answer.
    package func withdraw(_ id: EffectID, now: Instant) {
        if askedAt != nil, questions.first?.id == id {
            // What was typed so far is for nobody, and the line that it is in ends.
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

    /// Gives the terminal back as it was before the process stops, and repeats the question when it goes on.
    private func stopAtQuestion(_ now: Instant) {
        guard let question = questions.first else { return }
        showTyping()
        errors.flush()
        stop()
        show(question, now)
    }

    /// Reads what the keyboard has; a line ends the question, and so does the end of input.
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

    /// The open question leaves the screen to others, who print what they held back.
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
        guard let since else { return Terminal.never }
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
        errors.put(text.truncated(to: columns - 1))
        isPainted = true
    }

    /// Takes the status line off the screen; it comes back by itself.
    private func lift() {
        guard isPainted else { return }
        errors.put("\r\u{1B}[K")
        isPainted = false
    }
}

// MARK: Outside of a run

extension Terminal {
    /// Asks for a secret before a run. Null where nothing was typed.
    ///
    /// - Throws: that it was interrupted, by ^C or a signal.
    package func askForSecret(_ prompt: String) throws(Failure) -> Value {
        let question = Question(id: EffectID(1), text: prompt + " ", isSecret: true)
        var secret = Value.null
        ask(question)
        let signal = Loop(waiter: PollWaiter(), signals: SignalPipe()).turn(self) { _, events in
            for case .answer(_, .value(let given)) in events { secret = given }
            return questions.isEmpty
        }
        guard signal == nil else {
            withdraw(question.id, now: Clock().now())
            throw .interrupted
        }
        return secret.text == "" ? .null : secret
    }
}
