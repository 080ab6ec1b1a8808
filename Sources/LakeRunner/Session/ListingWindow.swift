internal import LakeScript

/// Takes the items that a listing at the prompt hands out, as many as fit into the window. The next one stays unanswered,
/// so the machine waits with it, and the server is not asked for items that nobody looks at.
final class ListingWindow: WrappingPerformer {
    let inner: any Performer
    /// The number of items that are taken at a time.
    private let size: Int
    private(set) var items: [Value] = []
    private var held: (id: EffectID, item: Value)?
    private var outbox = Outbox<Event>()

    init(around inner: any Performer, size: Int) {
        self.inner = inner
        self.size = size
    }

    /// True if there is an item that does not fit.
    var isFull: Bool { held != nil }

    /// Forgets the items that were taken, and lets the machine continue.
    func turnPage() {
        guard let held else { return }
        items = [held.item]
        outbox.answer(held.id, .value(.null))
        self.held = nil
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .show(let item) = effect.kind else {
            return inner.begin(id, effect, now: now)
        }
        guard items.count < size else { return held = (id, item) }
        items.append(item)
        outbox.answer(id, .value(.null))
    }

    func cancel(_ id: EffectID, now: Instant) {
        guard held?.id == id else { return inner.cancel(id, now: now) }
        held = nil
        outbox.answer(id, .notSent)
    }

    func waits() -> Waits {
        var waits = inner.waits()
        waits.add(outbox.waits)
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        outbox.take() + inner.tick(now: now, ready: ready)
    }
}
