package import LakeRunner
package import LakeScript

/// The surroundings of a loop in a test: time passes only while the loop waits, and signals come when a test says so.
package final class VirtualTime: Waiter, SignalSource {
    package private(set) var milliseconds = 1000
    /// Called by each wait with its descriptors and time limit. It may do something (type, send a signal) and return the
    /// descriptors that are ready; it returns nil to let the time pass.
    package var onWait: ([Descriptor], Int?) -> [Descriptor]? = { _, _ in nil }
    /// Signals that have not been taken.
    package var pending: [Signal] = []
    /// The time limits of all waits.
    package private(set) var limits: [Int?] = []

    package init() {}

    package var clock: Clock { Clock { Instant(milliseconds: self.milliseconds, epochSeconds: 1_000_000) } }

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
