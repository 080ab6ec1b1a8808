package import LakeScript

/// Records the effects that are begun, and answers when a test says so.
package final class ScriptedPerformer: Performer {
    /// The effects that are pending.
    package private(set) var pending: [(id: EffectID, effect: Effect)] = []
    package private(set) var cancelled: [EffectID] = []
    /// The moment at which the run was finished; nil before that.
    package private(set) var finishedAt: Int?
    /// The number of times that it was finished.
    package private(set) var finishes = 0
    /// The deadline of its waits.
    package var deadline: Instant?
    /// Answers an effect as soon as it is begun; nil leaves it pending.
    package var answersAtOnce: (Effect) -> Answer? = { _ in nil }
    private var outbox = Outbox<Event>()

    package init() {}

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        if let answer = answersAtOnce(effect) { return outbox.answer(id, answer) }
        pending.append((id, effect))
    }

    /// Answers the oldest pending effect.
    package func answer(_ answer: Answer) {
        if !pending.isEmpty { outbox.answer(pending.removeFirst().id, answer) }
    }

    package func cancel(_ id: EffectID, now: Instant) { cancelled.append(id) }

    package func finish(now: Instant) {
        finishedAt = now.milliseconds
        finishes += 1
    }

    package func waits() -> Waits {
        var waits = outbox.waits
        waits.add(Waits(deadline: deadline))
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        if let moment = deadline, moment <= now { deadline = nil }
        return outbox.take()
    }
}
