package import LakeScript

extension Console {
    /// Asks for a secret on the terminal, outside of a run: what is typed is not shown. Null where nothing was typed.
    ///
    /// - Throws: that it was interrupted, by ^C or a signal.
    package func askForSecret(_ prompt: String) throws(Failure) -> Value {
        let questions = Questions(consent: Questions.Consent(), prompt: errors, isInteractive: isInteractive)
        let (id, clock) = (EffectID(1), Clock())
        let question = Effect(.world("input", [.string(prompt), true]), origin: .ofNoScript)
        questions.begin(id, question, now: clock.now())
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
