import Glibc

/// Standard input, read without ever waiting.
///
/// The loop waits until it is ready; but before it is read a ^C may have thrown away what was typed, and a read that
/// waits would not hear the next one.
package enum StandardInput {
    /// Of a terminal a description of our own: whether reads wait is a flag that whoever shares one has in common.
    package static let descriptor = own(STDIN_FILENO)

    /// A description of our own of the terminal behind a descriptor; the descriptor itself where there is none.
    package static func own(_ descriptor: Int32) -> Int32 {
        guard isatty(descriptor) == 1 else { return descriptor }
        let own = open("/proc/self/fd/\(descriptor)", O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        return own < 0 ? descriptor : own
    }

    /// What is there, at most so many bytes: none at the end, nil where nothing is there any more.
    package static func read(_ most: Int, of descriptor: Int32 = descriptor) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: most)
        // SAFETY: read writes at most `bytes.count` bytes during this call only.
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return nil }
        return Array(bytes.prefix(max(0, count)))
    }
}
