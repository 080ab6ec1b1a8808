internal import LakeScript

/// The processes of tests, with a time limit. A process that exceeds it is asked to end, then killed.
final class TimedChildren: LoopMember {
    private let children = ChildPerformer()
    private let limit: Int
    private var due: [EffectID: Instant] = [:]
    /// The processes that exceeded the limit.
    private(set) var overdue: Set<EffectID> = []

    /// - Parameter limit: the time limit in milliseconds.
    init(limit: Int) {
        self.limit = limit
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        due[id] = now.advanced(by: limit)
        children.begin(id, effect, now: now)
    }

    func cancel(_ id: EffectID, now: Instant) {
        due[id] = nil
        children.cancel(id, now: now)
    }

    func finish(now: Instant) { children.finish(now: now) }

    func waits() -> Waits {
        var waits = children.waits()
        waits.add(Waits(deadline: due.values.min()))
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        for (id, moment) in due.sorted(by: { $0.key < $1.key }) where moment <= now {
            overdue.insert(id)
            cancel(id, now: now)
        }
        let events = children.tick(now: now, ready: ready)
        for case .answer(let id, _) in events { due[id] = nil }
        return events
    }
}
