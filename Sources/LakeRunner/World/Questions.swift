internal import Glibc
internal import LakeAPI
package import LakeScript

/// Asks the person: `confirm` and `input`. One question at a time; others wait their turn while the rest of the run
/// goes on. Without a terminal nothing is asked: the answer comes from `--yes` and `--confirm WORD`, or it is an error
/// that names them.
package final class Questions: Performer {
    /// How confirmations are answered without asking.
    package struct Consent: Sendable {
        /// `--yes`: every confirmation.
        package var all = false
        /// `--confirm WORD`: those that ask for one of these words.
        package var words: Set<String> = []

        package init() {}
    }

    private let consent: Consent
    private let prompt: OutputStream
    private let isInteractive: Bool
    private var queue: [Question] = []
    private var isShown = false
    private var typed: [UInt8] = []
    private var answers: [Event] = []
    /// Called before a question appears, so that a progress line can be lifted.
    package var willAsk: () -> Void = {}

    private struct Question {
        let id: EffectID
        let text: String
        /// What an answer means.
        let read: (String) -> Answer
        let isSecret: Bool
    }

    package init(consent: Consent, prompt: OutputStream, isInteractive: Bool) {
        self.consent = consent
        self.prompt = prompt
        self.isInteractive = isInteractive
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .confirm(let message, let word): confirm(id, message, word: word)
        case .world("input", let values): input(id, values)
        case .world, .call, .timer, .enter, .leave: break
        }
    }

    package func cancel(_ id: EffectID, now: Instant) {
        if queue.first?.id == id, isShown { endQuestion() }
        queue.removeAll { $0.id == id }
        answers.append(.answer(id, .notSent))
    }

    package func waits() -> Waits {
        if !answers.isEmpty || (!queue.isEmpty && !isShown) {
            return Waits(deadline: Instant(milliseconds: 0, epochSeconds: 0))
        }
        return queue.isEmpty ? Waits() : Waits(descriptors: [Descriptor(number: STDIN_FILENO)])
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        if isShown, ready.contains(Descriptor(number: STDIN_FILENO)) { readLine() }
        if !isShown, let question = queue.first { show(question) }
        defer { answers = [] }
        return answers
    }

    /// Whether `--confirm` gave a word.
    func consents(to word: String) -> Bool { consent.words.contains(word) }

    /// Asks for a word, whatever `--yes` says.
    func insist(_ id: EffectID, _ message: String, word: String?) {
        confirm(id, message, word: word, isStrict: true)
    }

    private func confirm(_ id: EffectID, _ message: String, word: String?, isStrict: Bool = false) {
        if consent.all && !isStrict || (word.map { consent.words.contains($0) } ?? false) {
            answers.append(.answer(id, .value(true)))
            return
        }
        guard isInteractive else {
            let option = word.map { "--confirm \($0)" } ?? "--yes"
            let failure = Failure(
                .declined, "nobody can be asked: \(message)", notes: ["there is no terminal: confirm with \(option)"])
            answers.append(.answer(id, .failure(failure)))
            return
        }
        let how = word.map { "  Type \($0) to go on: " } ?? "  [y/N] "
        let question = Question(
            id: id, text: "! \(message)\n\(how)",
            read: { typed in
                let agreed = word.map { typed == $0 } ?? ["y", "yes"].contains(typed.lowercased())
                return agreed ? .value(true) : .failure(Failure(.declined, "declined: \(message)"))
            }, isSecret: false)
        queue.append(question)
    }

    private func input(_ id: EffectID, _ values: [Value]) {
        guard let builtin = Builtins["input"] else { return }
        let call = WorldCall(signature: builtin.signature, values: values)
        let isSecret = call.flag("secret")
        let prompt = call["prompt"].told
        guard isInteractive else {
            let failure = Failure(.mistake, "nobody can be asked `\(prompt)`: there is no terminal")
            answers.append(.answer(id, .failure(failure)))
            return
        }
        let read: (String) -> Answer = { .value(isSecret ? .secret($0) : .string($0)) }
        queue.append(Question(id: id, text: prompt + " ", read: read, isSecret: isSecret))
    }

    private func show(_ question: Question) {
        willAsk()
        // What was typed before the question appeared was not meant for it.
        tcflush(STDIN_FILENO, TCIFLUSH)
        if question.isSecret { setEcho(false) }
        prompt.write(question.text)
        isShown = true
        typed = []
    }

    /// Reads what the terminal has; a line ends the question, the end of input declines it.
    private func readLine() {
        guard let chunk = StandardInput.read(1024) else { return }
        typed += chunk
        guard chunk.isEmpty || typed.last == UInt8(ascii: "\n"), let question = queue.first else { return }
        let line = String(
            decoding: typed.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        endQuestion()
        queue.removeFirst()
        answers.append(.answer(question.id, question.read(line)))
    }

    private func endQuestion() {
        if queue.first?.isSecret == true {
            setEcho(true)
            prompt.write("\n")
        }
        isShown = false
    }

    private func setEcho(_ isOn: Bool) {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
        if isOn { settings.c_lflag |= tcflag_t(ECHO) } else { settings.c_lflag &= ~tcflag_t(ECHO) }
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
}
