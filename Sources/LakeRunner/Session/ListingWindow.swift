internal import LakeScript

/// Takes the items that a listing at the prompt hands out, as many as the window has room for. The one after those stays
/// unanswered, so the machine waits with it, and nobody asks the server for what nobody looks at.
final class ListingWindow: Performer {
    private let inner: any Performer
    /// How many items are taken at a time.
    private let size: Int
    private(set) var items: [Value] = []
    private var held: (id: EffectID, item: Value)?
    private var answers: [Event] = []

    init(around inner: any Performer, size: Int) {
        self.inner = inner
        self.size = size
    }

    /// Whether there is an item that does not fit any more.
    var isFull: Bool { held != nil }

    /// Makes room: what was taken is forgotten, and the machine goes on.
    func turnPage() {
        guard let held else { return }
        items = [held.item]
        answers.append(.answer(held.id, .value(.null)))
        self.held = nil
    }

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        guard case .show(let item) = effect.kind else {
            return inner.begin(id, effect, now: now)
        }
        guard items.count < size else { return held = (id, item) }
        items.append(item)
        answers.append(.answer(id, .value(.null)))
    }

    func cancel(_ id: EffectID, now: Instant) {
        guard held?.id == id else { return inner.cancel(id, now: now) }
        held = nil
        answers.append(.answer(id, .notSent))
    }

    func waits() -> Waits {
        var waits = inner.waits()
        if !answers.isEmpty { waits.deadline = Instant(milliseconds: 0, epochSeconds: 0) }
        return waits
    }

    func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        defer { answers = [] }
        return answers + inner.tick(now: now, ready: ready)
    }
}
