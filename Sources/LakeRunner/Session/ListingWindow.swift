internal import LakeScript

/// Takes the items that a listing at the prompt hands out. When there are as many as a window shows, requests begin no
/// more: the machine waits with the next page, and the server is not asked for items that nobody looks at.
final class ListingWindow: WrappingPerformer {
    let inner: any Performer
    /// The number of items with which requests wait.
    private var limit: Int
    private(set) var items: [Value] = []
    private var held: [(id: EffectID, effect: Effect)] = []
    private var underWay: Set<EffectID> = []
    private var outbox = Outbox<Event>()

    init(around inner: any Performer, limit: Int) {
        self.inner = inner
        self.limit = limit
    }

    /// True if a request waits, and everything that began before has ended.
    var isFull: Bool { !held.isEmpty && underWay.isEmpty }

    /// Begins the requests that wait, and lets the listing grow to another number of items.
    func widen(to limit: Int, now: Instant) {
        self.limit = limit
        let waiting = held
        held = []
        for (id, effect) in waiting { begin(id, effect, now: now) }
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        switch effect.kind {
        case .show(let item):
            items.append(item)
            outbox.answer(id, .value(.null))
        case .call where items.count >= limit: held.append((id, effect))
        case .call, .builtin, .confirm, .timer, .enter, .leave, .undo:
            underWay.insert(id)
            inner.begin(id, effect, now: now)
        }
    }

    func cancel(_ id: EffectID, now: Instant) {
        guard let place = held.firstIndex(where: { $0.id == id }) else { return inner.cancel(id, now: now) }
        held.remove(at: place)
        outbox.answer(id, .notSent)
    }

    func waits() -> Waits {
        var waits = inner.waits()
        waits.add(outbox.waits)
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        let events = outbox.take() + inner.tick(now: now, ready: ready)
        for case .answer(let id, _) in events { underWay.remove(id) }
        return events
    }
}
