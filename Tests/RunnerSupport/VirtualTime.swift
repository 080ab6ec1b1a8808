package import LakeRunner
package import LakeScript
internal import Synchronization

/// The surroundings of a loop in a test: time passes only while the loop waits, and signals come when a test says so.
package final class VirtualTime: Waiter, SignalSource {
    private let time = Time()
    /// Called by each wait with its descriptors and time limit. It may do something (type, send a signal) and return the
    /// descriptors that are ready; it returns nil to let the time pass.
    package var onWait: ([Descriptor], Int?) -> [Descriptor]? = { _, _ in nil }
    /// Signals that have not been taken.
    package var pending: [Signal] = []
    /// The time limits of all waits.
    package private(set) var limits: [Int?] = []

    package init() {}

    package private(set) var milliseconds: Int {
        get { time.milliseconds.load(ordering: .relaxed) }
        set { time.milliseconds.store(newValue, ordering: .relaxed) }
    }

    package var clock: Clock {
        Clock { [time] in
            Instant(milliseconds: time.milliseconds.load(ordering: .relaxed), epochSeconds: 1_000_000)
        }
    }

    private final class Time: Sendable {
        let milliseconds = Atomic(1000)
    }

    /// A loop in these surroundings.
    package var loop: Loop { Loop(waiter: self, signals: self, clock: clock) }

    /// Lets time pass.
    package func advance(by milliseconds: Int) { self.milliseconds += milliseconds }

    package let descriptor: Descriptor? = nil

    package func next() -> Signal? { pending.isEmpty ? nil : pending.removeFirst() }

    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor] {
        limits.append(milliseconds)
        if let ready = onWait(descriptors, milliseconds) { return ready }
        // A wait that nothing ends would be for ever: two interrupts end the run.
        guard let milliseconds else {
            pending = [.interrupt, .interrupt]
            return []
        }
        self.milliseconds += milliseconds
        return []
    }
}
