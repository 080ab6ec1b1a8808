internal import Glibc
internal import LakeAPI
package import LakeScript

/// Standard output or standard error: text goes out at once where it can, else when the reader takes it.
package final class OutputStream {
    private var queue: OutputQueue

    package init(descriptor: Int32) {
        queue = OutputQueue(descriptor: descriptor)
    }

    /// Whether it is a terminal.
    package var isTerminal: Bool { isatty(queue.descriptor) == 1 }

    package var isDrained: Bool { queue.isDrained }

    /// Nobody reads any more: what is written is dropped.
    package var isClosed: Bool { queue.isClosed }

    /// Why what was written is lost, where somebody would have read it: a full disk, a descriptor that is not open.
    package var failure: String? {
        queue.error == 0 || queue.error == EPIPE ? nil : String(cString: strerror(queue.error))
    }

    package func write(_ text: String) { queue.write(text.utf8) }

    package func waits() -> Waits { queue.waits() }

    /// Writes what goes out without waiting.
    package func drain() { queue.drain() }

    /// Writes everything, waiting for the reader: at the end of the process.
    package func flush() { queue.flush() }
}
