internal import CSystem
internal import Glibc
package import LakeScript

/// A signal that asks lakesh to stop.
package enum Signal: Sendable {
    /// SIGINT: ^C.
    case interrupt
    /// SIGTERM: end in order.
    case terminate
    /// SIGHUP: likewise.
    case hangUp

    /// The exit status of a process that the signal ended, by which a shell tells it.
    package var exitStatus: Int {
        switch self {
        case .interrupt: 130
        case .terminate: 143
        case .hangUp: 129
        }
    }
}

/// A source of signals that the loop waits for like for everything else.
package protocol SignalSource {
    /// The descriptor that is ready when a signal has come.
    var descriptor: Descriptor? { get }
    /// Removes and returns the oldest signal, if there is one.
    func next() -> Signal?
}

/// The pipe that the process's signals arrive in. Opening it twice is harmless.
package struct SignalPipe: SignalSource {
    /// Nil if the pipe could not be opened.
    package let descriptor: Descriptor?

    package init() {
        let number = lakesh_signals_open()
        descriptor = number < 0 ? nil : Descriptor(number: number)
    }

    /// Lets signals end the process again, once nobody waits for them.
    package static func close() { lakesh_signals_restore() }

    package func next() -> Signal? {
        switch lakesh_signals_next() {
        case 0: nil
        case SIGINT: .interrupt
        case SIGHUP: .hangUp
        default: .terminate
        }
    }
}
