internal import CSystem
internal import Glibc
package import LakeScript

/// The signals that ask lakesh to stop: bytes in a pipe, waited for like everything else.
package enum Signal: Sendable {
    /// ^C.
    case interrupt
    /// SIGTERM or SIGHUP: end in order.
    case terminate
}

/// The pipe that signals arrive in. Opening it twice is harmless.
package struct SignalPipe: Sendable {
    /// What the loop waits for; nil where no pipe could be had.
    package let descriptor: Descriptor?

    package init() {
        let number = lakesh_signals_open()
        descriptor = number < 0 ? nil : Descriptor(number: number)
    }

    /// Lets signals end the process again: once nobody waits for them.
    package static func close() { lakesh_signals_restore() }

    /// The next signal that came, or nil.
    package func next() -> Signal? {
        switch lakesh_signals_next() {
        case 0: nil
        case SIGINT: .interrupt
        default: .terminate
        }
    }
}
