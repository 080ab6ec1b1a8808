package import LakeScript

/// Asks the person: `confirm` and `input`. Without a terminal nothing is asked: the answer comes from `--yes` and
/// `--confirm WORD`, or it is an error that names them.
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
    private let terminal: Terminal
    /// What the typed line means, for each question that is out.
    private var meanings: [EffectID: (Value) -> Answer] = [:]
    private var answers: [Event] = []

    package init(consent: Consent, terminal: Terminal) {
        self.consent = consent
        self.terminal = terminal
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .confirm(let message, let word): confirm(id, effect.origin.scope, message, word: word)
        case .builtin(let call) where call.builtin.performer == .person: input(id, effect.origin.scope, call)
        case .builtin, .show, .call, .timer, .enter, .leave:
            answers.append(.answer(id, .failure(.notPerformed(effect.kind))))
        }
    }

    package func cancel(_ id: EffectID, now: Instant) {
        guard meanings.removeValue(forKey: id) != nil else { return }
        terminal.withdraw(id, now: now)
        answers.append(.answer(id, .notSent))
    }

    package func waits() -> Waits {
        var waits = terminal.waits()
        if !answers.isEmpty { waits.deadline = Instant(milliseconds: 0, epochSeconds: 0) }
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        var events = answers
        answers = []
        for case .answer(let id, .value(let typed)) in terminal.tick(now: now, ready: ready) {
            if let meaning = meanings.removeValue(forKey: id) { events.append(.answer(id, meaning(typed))) }
        }
        return events
    }

    /// Whether `--confirm` gave a word.
    func consents(to word: String) -> Bool { consent.words.contains(word) }

    /// Asks for a word, whatever `--yes` says.
    func insist(_ id: EffectID, _ scope: ScopePath, _ message: String, word: String?) {
        confirm(id, scope, message, word: word, isStrict: true)
    }

    private func confirm(
        _ id: EffectID, _ scope: ScopePath, _ message: String, word: String?, isStrict: Bool = false
    ) {
        if consent.all && !isStrict || (word.map { consent.words.contains($0) } ?? false) {
            answers.append(.answer(id, .value(true)))
            return
        }
        guard terminal.canAsk else {
            let option = word.map { "--confirm \($0)" } ?? "--yes"
            let failure = Failure(
                .declined, "nobody can be asked: \(message)", notes: ["there is no terminal: confirm with \(option)"])
            answers.append(.answer(id, .failure(failure)))
            return
        }
        let how = word.map { "  Type \($0) to go on: " } ?? "  [y/N] "
        ask(Terminal.Question(id: id, scope: scope, text: "! \(message)\n\(how)")) { typed in
            let line = typed.text ?? ""
            let agreed = word.map { line == $0 } ?? ["y", "yes"].contains(line.lowercased())
            return agreed ? .value(true) : .failure(Failure(.declined, "declined: \(message)"))
        }
    }

    private func input(_ id: EffectID, _ scope: ScopePath, _ call: BuiltinCall) {
        let prompt = call["prompt"].told
        guard terminal.canAsk else {
            let failure = Failure(.mistake, "nobody can be asked `\(prompt)`: there is no terminal")
            answers.append(.answer(id, .failure(failure)))
            return
        }
        ask(Terminal.Question(id: id, scope: scope, text: prompt + " ", isSecret: call.flag("secret"))) { .value($0) }
    }

    private func ask(_ question: Terminal.Question, meaning: @escaping (Value) -> Answer) {
        meanings[question.id] = meaning
        terminal.ask(question)
    }
}
