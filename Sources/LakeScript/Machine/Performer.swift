/// What carries out effects: over HTTP, in the sandbox, from a journal, in a rehearsal, by scripted answers in a test.
///
/// Performers wrap one another (`Journaling(Retrying(HTTP))`) instead of having modes. None of them waits: the loop
/// waits once, for all of them, then lets those whose descriptors are ready or whose deadline has passed go on. Time is
/// an argument, so that retries and limits are tested on a virtual clock. A class, since callbacks from C need an
/// address that stays.
package protocol Performer: LoopMember {
    /// Begins an effect. Answers come from `tick`, later; never from here.
    func begin(_ id: EffectID, _ effect: Effect, now: Instant)
    /// The effect is no longer wanted. It is still answered, once: `notSent`, what came of it, or `inDoubt`.
    func cancel(_ id: EffectID, now: Instant)
}

/// What takes part in the loop: a performer, or a server.
package protocol LoopMember: AnyObject {
    /// What to wait for. One with something to say already gives a deadline that has passed.
    func waits() -> Waits
    /// Goes on with what is ready and gives what has come.
    func tick(now: Instant, ready: [Descriptor]) -> [Event]
}

/// A moment on the loop's clock.
package struct Instant: Comparable, Hashable, Sendable {
    /// Monotonic, for deadlines.
    package var milliseconds: Int
    /// Seconds since 1970, for `now` and for dates.
    package var epochSeconds: Int

    package init(milliseconds: Int, epochSeconds: Int) {
        self.milliseconds = milliseconds
        self.epochSeconds = epochSeconds
    }

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment so many milliseconds later; the last that there is where the sum is too great.
    package func advanced(by milliseconds: Int) -> Instant {
        let (sum, isTooGreat) = self.milliseconds.addingReportingOverflow(milliseconds)
        return Instant(milliseconds: isTooGreat ? .max : sum, epochSeconds: epochSeconds)
    }
}

/// A file descriptor and what it is waited for.
package struct Descriptor: Hashable, Sendable {
    package let number: Int32
    package let isForWriting: Bool

    package init(number: Int32, isForWriting: Bool = false) {
        self.number = number
        self.isForWriting = isForWriting
    }
}

/// What a performer waits for.
package struct Waits: Sendable {
    package var descriptors: [Descriptor] = []
    package var deadline: Instant?

    package init(descriptors: [Descriptor] = [], deadline: Instant? = nil) {
        self.descriptors = descriptors
        self.deadline = deadline
    }

    /// Waits for both.
    package mutating func add(_ other: Waits) {
        descriptors += other.descriptors
        deadline = [deadline, other.deadline].compactMap { $0 }.min()
    }
}

/// What comes from a performer.
package enum Event: Sendable {
    case answer(EffectID, Answer)
    /// An ensured call found what it wanted: its answer, which comes too, changed nothing. Comes before the answer.
    case unchanged(EffectID)
    /// How far a long effect is: done and total, in bytes.
    case progress(EffectID, done: Int, total: Int)
    /// Something to tell the person at once: "create_user answered 503, again in 1.3 s (attempt 2 of 5)".
    case notice(EffectID?, String)
}
