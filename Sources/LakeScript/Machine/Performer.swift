/// Carries out effects: over HTTP, in the sandbox, on files, by asking the person, or by scripted answers in a test.
///
/// A performer never waits. The loop waits once for all of them, then calls `tick`, in which those whose descriptors are
/// ready or whose deadline has passed continue. Time is an argument, so retries and limits are tested on a virtual clock.
/// Performers wrap one another instead of having modes (`WrappingPerformer`). A performer is a class because callbacks
/// from C need an address that stays.
package protocol Performer: LoopMember {
    /// Begins an effect. The answer comes from a later `tick`.
    func begin(_ id: EffectID, _ effect: Effect, now: Instant)
    /// Cancels an effect. It is still answered once: `notSent`, its result, or `inDoubt`.
    func cancel(_ id: EffectID, now: Instant)
    /// Ends a run: it is over, or effects that are still pending are abandoned. Nothing of it is answered any more.
    func finish(now: Instant)
}

extension Performer {
    package func finish(now: Instant) {}
}

/// A performer around another one: it handles some effects itself and passes the others on.
package protocol WrappingPerformer: Performer {
    var inner: any Performer { get }
}

extension WrappingPerformer {
    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) { inner.begin(id, effect, now: now) }
    package func cancel(_ id: EffectID, now: Instant) { inner.cancel(id, now: now) }
    package func finish(now: Instant) { inner.finish(now: now) }
    package func waits() -> Waits { inner.waits() }
    package func tick(now: Instant, ready: [Descriptor]) -> [Event] { inner.tick(now: now, ready: ready) }
}

/// A member of the loop: a performer, the terminal, or a server.
package protocol LoopMember: AnyObject {
    /// The descriptors and the deadline to wait for; a deadline that has passed if there are events already.
    func waits() -> Waits
    /// Continues with the descriptors that are ready, and returns the events since the last call.
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

    /// A moment before every other.
    package static let distantPast = Instant(milliseconds: 0, epochSeconds: 0)

    package static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment that many milliseconds later; the last possible one if the sum overflows.
    package func advanced(by milliseconds: Int) -> Instant {
        let (sum, overflows) = self.milliseconds.addingReportingOverflow(milliseconds)
        return Instant(milliseconds: overflows ? .max : sum, epochSeconds: epochSeconds)
    }
}

/// A file descriptor, and the direction in which it is waited for.
package struct Descriptor: Hashable, Sendable {
    package let number: Int32
    package let isForWriting: Bool

    package init(number: Int32, isForWriting: Bool = false) {
        self.number = number
        self.isForWriting = isForWriting
    }
}

/// The descriptors and the deadline that a member of the loop waits for.
package struct Waits: Sendable {
    package var descriptors: [Descriptor] = []
    package var deadline: Instant?

    package init(descriptors: [Descriptor] = [], deadline: Instant? = nil) {
        self.descriptors = descriptors
        self.deadline = deadline
    }

    /// No wait: the member has events already.
    package static let immediate = Waits(deadline: .distantPast)

    /// Adds the descriptors of other waits, and takes the nearer deadline.
    package mutating func add(_ other: Waits) {
        descriptors += other.descriptors
        deadline = [deadline, other.deadline].compactMap(\.self).min()
    }
}

/// An event that a performer reports to the loop.
package enum Event: Sendable {
    case answer(EffectID, Answer)
    /// An ensured call changed nothing, because the server was in the wanted state. Comes before the call's answer.
    case unchanged(EffectID)
    /// The progress of a long effect, in bytes.
    case progress(EffectID, done: Int, total: Int)
    /// A message for the person, shown at once: "create_user answered 503, again in 1.3 s (attempt 2 of 5)".
    case notice(EffectID?, String)
    /// A message for the person, shown at once: what is waited for.
    case remark(EffectID, String)

    /// The effect that it is about.
    package var id: EffectID? {
        switch self {
        case .answer(let id, _), .unchanged(let id), .progress(let id, _, _), .remark(let id, _): id
        case .notice(let id, _): id
        }
    }
}

/// The events that a member of the loop has not reported yet.
package struct Outbox<Element: Sendable>: Sendable {
    private var events: [Element] = []

    package init() {}

    package var isEmpty: Bool { events.isEmpty }

    package mutating func append(_ event: Element) { events.append(event) }

    /// A deadline that has passed if there are events, else nothing to wait for.
    package var waits: Waits { events.isEmpty ? Waits() : .immediate }

    /// Removes and returns all events.
    package mutating func take() -> [Element] {
        defer { events = [] }
        return events
    }
}

extension Outbox<Event> {
    /// Adds the answer to an effect.
    package mutating func answer(_ id: EffectID, _ answer: Answer) { append(.answer(id, answer)) }
}
