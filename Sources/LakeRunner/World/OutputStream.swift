internal import Glibc
package import LakeScript

/// Standard output or standard error: text goes out at once where it can, else when the reader takes it.
///
/// At most 4,096 bytes are written when `poll` says that there is room, so that a slow reader of a pipe never blocks the
/// loop. (The descriptors are shared with other processes, so they are never made non-blocking.)
package final class OutputStream {
    private let descriptor: Int32
    private var pending: [UInt8] = []
    /// How many of them are out already.
    private var written = 0
    /// Nobody reads any more (EPIPE): what is written is dropped.
    package private(set) var isClosed = false
    /// Why what was written is lost, where somebody would have read it: a full disk, a descriptor that is not open.
    package private(set) var failure: String?
    private static let atOnce = 4096

    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Whether it is a terminal.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    package var isDrained: Bool { pending.isEmpty }

    package func write(_ text: String) {
        pending += Array(text.utf8)
        drain()
    }

    package func waits() -> Waits {
        pending.isEmpty ? Waits() : Waits(descriptors: [Descriptor(number: descriptor, isForWriting: true)])
    }

    /// Writes what goes out without waiting.
    package func drain() {
        while !pending.isEmpty, hasRoom(milliseconds: 0) { writeSome() }
    }

    /// Writes everything, waiting for the reader: at the end of the process.
    package func flush() {
        while !pending.isEmpty {
            if hasRoom(milliseconds: 1000) { writeSome() }
        }
    }

    private func hasRoom(milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&polled, 1, milliseconds) > 0
    }

    private func writeSome() {
        let count = min(pending.count - written, OutputStream.atOnce)
        // SAFETY: write reads `count` bytes of the array, from one that it has on, during this call only.
        let taken = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), count) }
        if taken > 0 {
            written += taken
        } else if errno != EINTR, errno != EAGAIN {
            if errno != EPIPE, failure == nil { failure = String(cString: strerror(errno)) }
            isClosed = true
            written = pending.count
        }
        // What is out is let go of where it is more than what waits, so that a byte is moved once at most.
        guard written > pending.count / 2 else { return }
        pending.removeFirst(written)
        written = 0
    }
}
