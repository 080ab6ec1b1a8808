import Glibc
package import LakeScript

/// A file that is read, or sent as a body: a regular file, which can be read again from any position, or a *stream* (a
/// pipe, standard input, a device), which gives each byte once.
///
/// Its descriptor is non-blocking, so that a silent pipe blocks nothing: the loop waits for it together with everything
/// else. The open descriptor is examined, not the path: another file may have replaced it in between.
package final class ByteSource {
    /// The result of a read.
    package enum Piece {
        /// The number of bytes read.
        case bytes(Int)
        /// The stream has nothing to read now.
        case nothing
        case end
    }

    package let path: String
    package let descriptor: Int32
    /// The size of a regular file in bytes; nil for a stream.
    package let size: Int?
    /// True once bytes of a stream were read: they cannot be read again.
    package private(set) var isSpent = false
    private let isOwned: Bool

    package var isStream: Bool { size == nil }

    /// Opens a file.
    ///
    /// - Throws: a mistake that names the path and the system's reason.
    package init(file path: String) throws(Failure) {
        let descriptor = open(path.expandingHome, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        var status = stat()
        let isOpen = descriptor >= 0 && fstat(descriptor, &status) == 0
        self.path = path
        self.descriptor = descriptor
        isOwned = true
        let isRegular = status.st_mode & S_IFMT == S_IFREG
        // A file in `/proc` has bytes, though its size is 0.
        var byte: UInt8 = 0
        let isMadeUp = isRegular && status.st_size == 0 && pread(descriptor, &byte, 1, 0) == 1
        size = isRegular && !isMadeUp ? Int(status.st_size) : nil
        guard isOpen else { throw Failure.ofSystem("read", path) }
        if status.st_mode & S_IFMT == S_IFDIR {
            errno = EISDIR
            throw Failure.ofSystem("read", path)
        }
    }

    /// Opens the body that `--from` names: a file, or standard input for `-`.
    package convenience init(body path: String) throws(Failure) {
        if path == "-" { self.init() } else { try self.init(file: path) }
    }

    /// Uses standard input.
    private init() {
        path = "standard input"
        descriptor = StandardInput.descriptor
        isOwned = false
        size = nil
    }

    deinit {
        if isOwned, descriptor >= 0 { close(descriptor) }
    }

    /// Reads without waiting; a regular file from a position on.
    ///
    /// - Throws: a mistake with the system's reason.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) throws(Failure) -> Piece {
        guard let size else { return try readStream(into: buffer) }
        // SAFETY: pread writes at most `buffer.count` bytes into the caller's buffer during this call only.
        let count = pread(descriptor, buffer.baseAddress, min(buffer.count, max(0, size - position)), position)
        guard count >= 0 else { throw Failure.ofSystem("read", path) }
        return count == 0 ? .end : .bytes(count)
    }

    private func readStream(into buffer: UnsafeMutableRawBufferPointer) throws(Failure) -> Piece {
        // A pipe without a writer yet is not at its end, and standard input may be blocking.
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&ready, 1, 0) > 0 else { return .nothing }
        // SAFETY: read writes at most `buffer.count` bytes into the caller's buffer during this call only.
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return .nothing }
        guard count >= 0 else { throw Failure.ofSystem("read", path) }
        isSpent = true
        return count == 0 ? .end : .bytes(count)
    }
}

/// The whole content of a source, gathered as it arrives.
package final class Gathering {
    package let source: ByteSource
    package private(set) var bytes: [UInt8] = []
    /// The largest content that is held in memory: 256 MiB.
    package static let limit = 256 << 20
    /// The number of bytes that are read before the loop turns to other work.
    private static let atOnce = 1 << 20

    package init(_ source: ByteSource) {
        self.source = source
    }

    /// Reads what is there.
    ///
    /// - Returns: true at the end.
    /// - Throws: a mistake if it cannot be read or is too large.
    package func takeMore() throws(Failure) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let start = bytes.count
        while bytes.count - start < Gathering.atOnce {
            switch try Gathering.read(source, into: &buffer, at: bytes.count) {
            case .nothing: return false
            case .end: return true
            case .bytes(let count): bytes += buffer[..<count]
            }
            guard bytes.count <= Gathering.limit else {
                throw .tooLarge(source)
            }
        }
        return false
    }

    package func waits() -> Waits { Waits(descriptors: [Descriptor(number: source.descriptor)]) }

    /// Reads a regular file, or a range of it.
    static func wholeFile(_ source: ByteSource, _ range: Range<Int>?) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let end = range?.upperBound ?? .max
        var position = range?.lowerBound ?? 0
        while position < end, case .bytes(let count) = try read(source, into: &buffer, at: position) {
            bytes += buffer[..<min(count, end - position)]
            position += count
        }
        return bytes
    }

    private static func read(
        _ source: ByteSource, into buffer: inout [UInt8], at position: Int
    ) throws(Failure) -> ByteSource.Piece {
        let piece = buffer.withUnsafeMutableBytes { bytes in
            Result { () throws(Failure) in try source.read(into: bytes, at: position) }
        }
        return try piece.get()
    }
}
