import Glibc
package import LakeScript

/// Where the bytes of an answer go: to a file, which comes to its place when it is whole, or out through standard
/// output, from which nothing is taken back.
package final class ByteSink {
    /// How many bytes it has taken.
    package private(set) var count = 0
    /// Why it cannot be written.
    package private(set) var failure: Failure?
    private var draft: DraftFile?
    private var output: OutputQueue?

    /// - Parameters:
    ///   - path: the file; `-` is standard output.
    ///   - descriptor: standard output.
    /// - Throws: a mistake where the file cannot be made.
    package init(_ path: String, output descriptor: Int32 = STDOUT_FILENO) throws(Failure) {
        if path == "-" { output = OutputQueue(descriptor: descriptor) } else { draft = try DraftFile(of: path) }
    }

    /// Whether what it has taken is out for good.
    package var isStream: Bool { output != nil }

    /// Whether a reader must take something first.
    package var isFull: Bool { output?.isDrained == false }

    /// Takes bytes; where it cannot, `failure` says why.
    ///
    /// - Returns: whether it took them.
    package func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
        do throws(Failure) {
            if draft != nil { try draft?.write(bytes) }
        } catch {
            failure = error
        }
        if output != nil { output?.write(bytes) }
        noteLoss()
        guard failure == nil else { return false }
        count += bytes.count
        return true
    }

    /// Writes what goes out without waiting.
    package func drain() {
        guard output != nil else { return }
        output?.drain()
        noteLoss()
    }

    private func noteLoss() {
        guard failure == nil, let output, output.isClosed else { return }
        errno = output.error
        failure = Failure.ofSystem("write", "standard output")
        if output.error == EPIPE { failure?.notes = ["who read it has gone"] }
    }

    package func waits() -> Waits { output?.waits() ?? Waits() }

    /// Drops what a file has, to begin again.
    package func empty() throws(Failure) {
        if draft != nil { try draft?.empty() }
        count = 0
    }

    /// Puts a file in its place.
    package func moveToPlace() throws(Failure) {
        if let draft = draft.take() { try draft.moveToPlace() }
    }
}
