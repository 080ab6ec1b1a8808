import Glibc

/// Standard input, read without blocking.
///
/// The loop waits until it is ready. But a ^C may discard the typed text before it is read, and a blocking read would
/// then not notice the next ^C.
package enum StandardInput {
    /// The descriptor to read from. A terminal is reopened: O_NONBLOCK belongs to the open file description, which
    /// other processes share.
    package static let descriptor = own(STDIN_FILENO)

    /// Reopens the terminal behind a descriptor; returns the descriptor itself if it is not a terminal.
    package static func own(_ descriptor: Int32) -> Int32 {
        guard isatty(descriptor) == 1 else { return descriptor }
        let own = open("/proc/self/fd/\(descriptor)", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        return own < 0 ? descriptor : own
    }

    /// Reads a number of bytes at most; empty at the end, nil if there is nothing to read now.
    package static func read(_ most: Int, of descriptor: Int32 = descriptor) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: most)
        // SAFETY: read writes at most `bytes.count` bytes during this call only.
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return nil }
        return Array(bytes.prefix(max(0, count)))
    }
}
