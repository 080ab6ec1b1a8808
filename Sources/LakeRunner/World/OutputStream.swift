internal import Glibc
internal import LakeAPI
package import LakeScript

/// Standard output or standard error: text goes out at once where it can, else when the reader takes it. What goes to a
/// terminal is printed by its owner.
package final class OutputStream {
    private var queue: OutputQueue
    /// Whether it is a terminal.
    package let isTerminal: Bool
    /// The terminal that it is a part of.
    weak var terminal: Terminal?

    package init(descriptor: Int32) {
        queue = OutputQueue(descriptor: descriptor)
        isTerminal = isatty(descriptor) == 1
    }

    var descriptor: Int32 { queue.descriptor }

    /// Whether more can be written without keeping it for long.
    package var isDrained: Bool { queue.isDrained && terminal?.holdsMuch != true }

    /// Nobody reads any more: what is written is dropped.
    package var isClosed: Bool { queue.isClosed }

    /// Why what was written is lost, where somebody would have read it: a full disk, a descriptor that is not open.
    package var failure: String? {
        queue.error == 0 || queue.error == EPIPE ? nil : String(cString: strerror(queue.error))
    }

    package func write(_ text: String) {
        if let terminal { terminal.print(text, to: self) } else { put(text) }
    }

    /// Writes past the terminal's owner, who alone calls it.
    func put(_ text: String) { queue.write(text.utf8) }

    package func waits() -> Waits { queue.waits() }

    /// Writes what goes out without waiting.
    package func drain() { queue.drain() }

    /// Writes everything, waiting for the reader: at the end of the process.
    package func flush() { queue.flush() }
}
