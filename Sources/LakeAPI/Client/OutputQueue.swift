import Glibc
package import LakeScript

/// Bytes that wait to be written to a descriptor. The descriptor is shared with other processes and so cannot be made
/// non-blocking: at most 4,096 bytes are written when `poll` reports room, so that a slow reader never blocks the loop.
package struct OutputQueue {
    package let descriptor: Int32
    private var pending: [UInt8] = []
    /// The number of them that are written.
    private var written = 0
    /// True if nobody reads any more (EPIPE), or writing failed: further bytes are dropped.
    package private(set) var isClosed = false
    /// The `errno` of the failure; 0 if there was none.
    package private(set) var error: Int32 = 0
    private static let atOnce = 4096

    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    package var isDrained: Bool { pending.isEmpty }

    /// Adds bytes, and writes as much as possible without waiting.
    package mutating func write(_ bytes: some Sequence<UInt8>) {
        pending += bytes
        drain()
    }

    package func waits() -> Waits {
        pending.isEmpty ? Waits() : Waits(descriptors: [Descriptor(number: descriptor, isForWriting: true)])
    }

    /// Writes as much as possible without waiting.
    package mutating func drain() {
        while !pending.isEmpty, hasRoom(milliseconds: 0) { writeSome() }
    }

    /// Writes everything and waits for the reader, at the end of the process.
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
        // SAFETY: write reads `count` bytes of the array from an index within it, during this call only.
        let taken = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), count) }
        if taken > 0 {
            written += taken
        } else if errno != EINTR, errno != EAGAIN {
            error = errno
            isClosed = true
            written = pending.count
        }
        // Written bytes are removed once they are the larger part, so that a byte is moved at most once.
        guard written > pending.count / 2 else { return }
        pending.removeFirst(written)
        written = 0
    }
}
