package import LakeScript

/// Asks the person: `confirm` and `input`. Without a terminal nobody is asked: the answer comes from `--yes` or
/// `--confirm WORD`, or it is an error that names them. Other effects pass.
package final class Questions: WrappingPerformer {
    /// Answers to confirmations that were given in advance.
    package struct Consent: Sendable {
        /// `--yes`: agrees to every confirmation.
        package var all = false
        /// `--confirm WORD`: agrees to confirmations that ask for one of these words.
        package var words: Set<String> = []

        package init() {}
    }

    package let inner: any Performer
    private let consent: Consent
    private let terminal: Terminal
    /// The answer that a typed line stands for, for each open question.
    private var meanings: [EffectID: (Value) -> Answer] = [:]
    private var outbox = Outbox<Event>()

    package init(around inner: any Performer, consent: Consent, terminal: Terminal) {
        self.inner = inner
        self.consent = consent
        self.terminal = terminal
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .confirm(let message, let word): confirm(id, effect.origin.scope, message, word: word)
        case .builtin(let call) where call.builtin.performer == .person: input(id, effect.origin.scope, call)
        case .builtin, .show, .call, .timer, .enter, .leave, .undo: inner.begin(id, effect, now: now)
        }
    }

    package func cancel(_ id: EffectID, now: Instant) {
        guard meanings.removeValue(forKey: id) != nil else { return inner.cancel(id, now: now) }
        terminal.withdraw(id, now: now)
        outbox.answer(id, .notSent)
    }

    package func finish(now: Instant) {
        terminal.endRun(now: now)
        inner.finish(now: now)
    }

    package func waits() -> Waits {
        var waits = terminal.waits()
        waits.add(outbox.waits)
        waits.add(inner.waits())
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        for case .answer(let id, .value(let typed)) in terminal.tick(now: now, ready: ready) {
            if let meaning = meanings.removeValue(forKey: id) { outbox.answer(id, meaning(typed)) }
        }
        return outbox.take() + inner.tick(now: now, ready: ready)
    }

    /// True if `--confirm` gave the word.
    func consents(to word: String) -> Bool { consent.words.contains(word) }

    /// Asks even with `--yes`.
    func insist(_ id: EffectID, _ scope: ScopePath, _ message: String, word: String?) {
        confirm(id, scope, message, word: word, isStrict: true)
    }

    private func confirm(
        _ id: EffectID, _ scope: ScopePath, _ message: String, word: String?, isStrict: Bool = false
    ) {
        if consent.all && !isStrict || (word.map(consents) ?? false) {
            return outbox.answer(id, .value(true))
        }
        guard terminal.canAsk else {
            let option = word.map { "--confirm \($0)" } ?? "--yes"
            return outbox.answer(id, .failure(.nobodyToConfirm(message, option)))
        }
        let how = word.map { "  Type \($0) to go on: " } ?? "  [y/N] "
        ask(Terminal.Question(id: id, scope: scope, text: "! \(message)\n\(how)")) { typed in
            let line = typed.text ?? ""
            let agreed = word.map { line == $0 } ?? ["y", "yes"].contains(line.lowercased())
            return agreed ? .value(true) : .failure(.declined(message))
        }
    }

    private func input(_ id: EffectID, _ scope: ScopePath, _ call: BuiltinCall) {
        let prompt = call["prompt"].told
        guard terminal.canAsk else {
            return outbox.answer(id, .failure(.nobodyToAnswer(prompt)))
        }
        ask(Terminal.Question(id: id, scope: scope, text: prompt + " ", isSecret: call.flag("secret"))) { .value($0) }
    }

    private func ask(_ question: Terminal.Question, meaning: @escaping (Value) -> Answer) {
        meanings[question.id] = meaning
        terminal.ask(question)
    }
}
