package import LakeScript

extension Console {
    /// Asks for a secret on the terminal, outside of a run: what is typed is not shown. Null where nothing was typed.
    ///
    /// - Throws: that it was interrupted, by ^C or a signal.
    package func askForSecret(_ prompt: String) throws(Failure) -> Value {
        let questions = Questions(consent: Questions.Consent(), prompt: errors, isInteractive: isInteractive)
        let (id, clock) = (EffectID(1), Clock())
        let origin = Effect.Origin(
            scope: ScopePath(), ordinal: 0, span: Span(file: FileID(index: 0), start: 0, end: 0))
        questions.begin(id, Effect(.world("input", [.string(prompt), true]), origin: origin), now: clock.now())
        var answer = Answer.notSent
        let signal = Loop(waiter: PollWaiter(), signals: SignalPipe()).turn(questions) { _, events in
            for case .answer(_, let given) in events { answer = given }
            return !events.isEmpty
        }
        guard signal == nil, case .value(let secret) = answer else {
            // The terminal shows again what is typed.
            questions.cancel(id, now: clock.now())
            throw Failure(.cancelled, "interrupted")
        }
        return secret.text == "" ? .null : secret
    }
}
