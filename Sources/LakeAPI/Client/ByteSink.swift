import Glibc
package import LakeScript

/// The destination of the bytes of a response: a file, which is moved to its place when it is whole, or a stream
/// (standard output, a pipe, a device), from which nothing can be taken back.
package final class ByteSink {
    /// The number of bytes that were written.
    package private(set) var count = 0
    /// The reason why it cannot be written.
    package private(set) var failure: Failure?
    private var file: OutputFile?
    private var output: OutputQueue?
    /// The name of the destination in messages.
    private let name: String

    /// - Parameters:
    ///   - path: the file; `-` is standard output.
    ///   - descriptor: standard output.
    /// - Throws: a mistake if the file cannot be created.
    package init(_ path: String, output descriptor: Int32 = STDOUT_FILENO) throws(Failure) {
        name = path == "-" ? "standard output" : path
        guard path != "-" else {
            output = OutputQueue(descriptor: descriptor)
            return
        }
        let file = try OutputFile(path)
        if file.isStream { output = OutputQueue(descriptor: file.descriptor) }
        self.file = consume file
    }

    /// True if written bytes cannot be taken back.
    package var isStream: Bool { output != nil }

    /// True if the reader must take something before more can be written.
    package var isFull: Bool { output?.isDrained == false }

    /// Writes bytes.
    ///
    /// - Returns: false if they cannot be written; `failure` has the reason.
    package func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        do throws(Failure) {
            if output == nil { try file?.write(bytes) }
        } catch {
            failure = error
        }
        if output != nil { output?.write(bytes) }
        noteLoss()
        guard failure == nil else { return false }
        count += bytes.count
        return true
    }

    /// Writes as much as possible without waiting.
    package func drain() {
        guard output != nil else { return }
        output?.drain()
        noteLoss()
    }

    private func noteLoss() {
        guard failure == nil, let output, output.isClosed else { return }
        errno = output.error
        failure = Failure.ofSystem("write", name)
        if output.error == EPIPE { failure?.notes = ["who read it has gone"] }
    }

    package func waits() -> Waits { output?.waits() ?? Waits() }

    /// Empties the file, to begin again.
    package func empty() throws(Failure) {
        try file?.empty()
        count = 0
    }

    /// Moves the file to its place. A stream stays open until its reader has everything.
    package func moveToPlace() throws(Failure) {
        if output == nil, let file = file.take() { try file.moveToPlace() }
    }
}
