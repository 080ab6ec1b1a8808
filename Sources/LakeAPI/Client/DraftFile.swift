package import Glibc
package import LakeScript

/// A file that is written under another name, and renamed to its place once it is whole. A crash leaves either the old
/// file or the new one.
///
/// The draft is a new file with an unpredictable name, so that a link or a pipe which somebody else prepared in the
/// folder gets no bytes. It closes its descriptor, and removes itself unless it was moved to its place.
package struct DraftFile: ~Copyable {
    /// The descriptor of the draft.
    package let descriptor: Int32
    private let place: String
    private let draft: String
    private var isPlaced = false

    /// Creates an empty draft.
    ///
    /// - Parameters:
    ///   - place: the path of the finished file.
    ///   - mode: its mode, before the process's umask is applied.
    /// - Throws: a mistake that names the path and the system's reason; also if the place holds something other than a
    ///   regular file, which a rename would remove.
    package init(of place: String, mode: mode_t = 0o666) throws(Failure) {
        let folder = place.lastIndex(of: "/").map { place[...$0] } ?? ""
        let draft = folder + ".lakesh-" + DraftFile.randomName()
        self.place = place
        self.draft = draft
        let isAllowed = DraftFile.mayReplace(place)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        descriptor = isAllowed ? open(draft, flags, mode) : -1
        guard isAllowed else { throw .notRegular(place) }
        guard descriptor >= 0 else { throw Failure.ofSystem("write", place) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isPlaced { unlink(draft) }
    }

    /// Appends bytes.
    ///
    /// - Throws: a mistake with the system's reason: a full disk.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        guard DraftFile.writeAll(bytes, to: descriptor) else { throw Failure.ofSystem("write", place) }
    }

    /// Appends bytes.
    ///
    /// - Throws: a mistake with the system's reason: a full disk.
    package func write(_ bytes: [UInt8]) throws(Failure) {
        let descriptor = descriptor
        let isWritten = bytes.withUnsafeBytes { DraftFile.writeAll($0, to: descriptor) }
        guard isWritten else { throw Failure.ofSystem("write", place) }
    }

    /// Writes all bytes to a descriptor. Returns false if the system refuses; `errno` then has the reason.
    package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            // SAFETY: write reads `rest.count` bytes of the caller's buffer during this call only.
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return true
    }

    /// Empties the draft, to begin again.
    ///
    /// - Throws: a mistake with the system's reason.
    package func empty() throws(Failure) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Failure.ofSystem("write", place)
        }
    }

    /// Moves the file to its place and replaces what is there. A symbolic link is replaced itself, not its target.
    ///
    /// - Throws: a mistake with the system's reason; the draft is removed.
    package consuming func moveToPlace() throws(Failure) {
        guard rename(draft, place) == 0 else { throw Failure.ofSystem("write", place) }
        isPlaced = true
    }

    /// Returns true if a place is empty or holds a regular file.
    private static func mayReplace(_ place: String) -> Bool {
        // A link there leads to an open descriptor: `/dev/stdout`.
        guard !place.hasPrefix("/dev/"), !place.hasPrefix("/proc/") else { return false }
        var status = stat()
        return stat(place, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
    }

    /// 80 random bits as letters and digits.
    private static func randomName() -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        var random = SystemRandomNumberGenerator()
        return String((0..<16).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
    }
}
