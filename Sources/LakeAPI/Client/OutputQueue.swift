import Glibc
package import LakeScript

/// Bytes on their way out through a descriptor that is shared with other processes, so that it may not be made
/// non-blocking: at most 4,096 are written when `poll` says that there is room. So a slow reader never blocks the loop.
package struct OutputQueue {
    package let descriptor: Int32
    private var pending: [UInt8] = []
    /// How many of them are out already.
    private var written = 0
    /// Nobody reads any more (EPIPE), or it cannot be written: what is written is dropped.
    package private(set) var isClosed = false
    /// Why what was written is lost, as `errno` has it; 0 where nothing is.
    package private(set) var error: Int32 = 0
    private static let atOnce = 4096

    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    package var isDrained: Bool { pending.isEmpty }

    /// Takes bytes, and writes what goes out without waiting.
    package mutating func write(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        drain()
    }

    package func waits() -> Waits {
        pending.isEmpty ? Waits() : Waits(descriptors: [Descriptor(number: descriptor, isForWriting: true)])
    }

    /// Writes what goes out without waiting.
    package mutating func drain() {
        while !pending.isEmpty, hasRoom(milliseconds: 0) { writeSome() }
    }

    /// Writes everything, waiting for the reader: at the end of the process.
    package mutating func flush() {
        while !pending.isEmpty {
            if hasRoom(milliseconds: 1000) { writeSome() }
        }
    }

    private func hasRoom(milliseconds: Int32) -> Bool {
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&polled, 1, milliseconds) > 0
    }

    private mutating func writeSome() {
        let count = min(pending.count - written, OutputQueue.atOnce)
        // SAFETY: write reads `count` bytes of the array, from one that it has on, during this call only.
        let taken = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), count) }
        if taken > 0 {
            written += taken
        } else if errno != EINTR, errno != EAGAIN {
            error = errno
            isClosed = true
            written = pending.count
        }
        // What is out is let go of where it is more than what waits, so that a byte is moved once at most.
        guard written > pending.count / 2 else { return }
        pending.removeFirst(written)
        written = 0
    }
}
