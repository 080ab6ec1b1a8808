internal import Glibc
internal import LakeAPI
package import LakeScript

/// Standard output or standard error. Text is written at once if possible, else when the reader takes it. The
/// terminal's owner prints text that goes to a terminal.
package final class OutputStream {
    private var queue: OutputQueue
    /// True if it is a terminal.
    package let isTerminal: Bool
    /// The terminal whose stream it is.
    weak var terminal: Terminal?

    package init(descriptor: Int32) {
        queue = OutputQueue(descriptor: descriptor)
        isTerminal = isatty(descriptor) == 1
    }

    var descriptor: Int32 { queue.descriptor }

    /// True if everything was written, so that more may be printed.
    package var isDrained: Bool { queue.isDrained && terminal?.holdsMuch != true }

    /// True if nobody reads any more: further text is dropped.
    package var isClosed: Bool { queue.isClosed }

    /// The reason why output was lost, unless the reader has gone: a full disk, a closed descriptor.
    package var failure: String? {
        queue.error == 0 || queue.error == EPIPE ? nil : String(cString: strerror(queue.error))
    }

    /// Writes bytes as they are; on a terminal they are text.
    package func write(_ bytes: [UInt8]) {
        if isTerminal { write(String(decoding: bytes, as: UTF8.self)) } else { queue.write(bytes) }
    }

    package func write(_ text: String) {
        if let terminal { terminal.print(text, to: self) } else { put(text) }
    }

    /// Writes without asking the terminal's owner, who alone calls it.
    func put(_ text: String) { queue.write(text.utf8) }

    package func waits() -> Waits { queue.waits() }

    /// Writes as much as possible without waiting.
    package func drain() { queue.drain() }

    /// Writes everything and waits for the reader, at the end of the process.
    package func flush() { queue.flush() }
}
