import Glibc
package import LakeScript

/// A file that is being written: the one writer of all commands. Links are followed and missing folders are made.
///
/// A regular file is written as a *draft* beside its place, and renamed once it is whole: a crash leaves either the old
/// file or the new one. The draft is a new file with an unpredictable name, so that a link or a pipe which somebody
/// else prepared in the folder gets no bytes. It gets owner and mode of the file that it replaces before its first
/// byte. A file is written *in place* if its folder cannot be changed, or if its owner could not be kept. Anything
/// else is a *stream*, which is opened and written: a device, a pipe, `/dev/stdout`.
package struct OutputFile: ~Copyable {
    /// The open descriptor of the draft, the file or the stream.
    package let descriptor: Int32
    /// True if written bytes cannot be taken back.
    package let isStream: Bool
    /// The path that the user gave, for messages.
    private let path: String
    private let target: OutputTarget
    /// The path of the finished file, with links followed.
    package var place: String { target.path }
    /// The path of the draft; nil without one.
    private var draft: String?

    /// Opens a file for writing.
    ///
    /// - Parameters:
    ///   - path: the path of the finished file; `~/` is the home, `-` is standard output.
    ///   - isPrivate: true for a secret: the file belongs to the user and has mode 0600, and is never written in place.
    /// - Throws: a mistake that names the path and the system's reason.
    package init(_ path: String, isPrivate: Bool = false) throws(Failure) {
        let target = OutputTarget(path.expandingHome)
        let folder = Result { () throws(Failure) in try OutputFile.makeFolder(of: target.path) }
        let opened = OutputFile.open(target, isPrivate)
        self.path = path
        self.target = target
        isStream = target.isStream
        descriptor = opened.descriptor
        draft = opened.draft
        guard descriptor >= 0 else {
            let failure = Failure.ofSystem("write", path)
            try folder.get()
            throw failure
        }
    }

    /// Opens the stream, a draft, or the file in place. The descriptor is -1 if nothing can be opened.
    private static func open(_ target: OutputTarget, _ isPrivate: Bool) -> (descriptor: Int32, draft: String?) {
        guard !target.isCircle else {
            errno = ELOOP
            return (-1, nil)
        }
        if target.isStream { return (target.openStream(), nil) }
        if isPrivate || target.mayBeReplaced {
            let draft = FolderName.of(target.path) + "/.lakesh-" + randomName()
            let descriptor = open(draft: draft, for: target, isPrivate)
            if descriptor >= 0 { return (descriptor, draft) }
        }
        return (target.isRegular && !isPrivate ? target.openInPlace() : -1, nil)
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if let draft { unlink(draft) }
    }

    /// Creates a draft with the mode and the owner of the finished file; -1 if it cannot.
    private static func open(draft: String, for target: OutputTarget, _ isPrivate: Bool) -> Int32 {
        let isNew = !target.isRegular && !isPrivate
        let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = Glibc.open(draft, flags, isNew ? 0o666 : 0o600)
        guard descriptor >= 0, !isNew else { return descriptor }
        // The owner comes first: its change takes bits of the mode away.
        let isOwned = isPrivate || target.giveOwner(to: descriptor)
        guard isOwned, fchmod(descriptor, isPrivate ? 0o600 : target.permissions) == 0 else {
            let reason = errno
            close(descriptor)
            unlink(draft)
            errno = reason
            return -1
        }
        return descriptor
    }

    /// Appends bytes.
    ///
    /// - Throws: a mistake with the system's reason: a full disk.
    package func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
        guard OutputFile.writeAll(bytes, to: descriptor) else { throw Failure.ofSystem("write", path) }
    }

    /// Appends bytes.
    ///
    /// - Throws: a mistake with the system's reason: a full disk.
    package func write(_ bytes: [UInt8]) throws(Failure) {
        let descriptor = descriptor
        let isWritten = bytes.withUnsafeBytes { OutputFile.writeAll($0, to: descriptor) }
        guard isWritten else { throw Failure.ofSystem("write", path) }
    }

    /// Writes all bytes to a descriptor. Returns false if the system refuses; `errno` then has the reason.
    package static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            // SAFETY: write reads `rest.count` bytes of the caller's buffer during this call only.
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN {
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&room, 1, 1000)
                continue
            }
            guard count > 0 else { return false }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
        }
        return true
    }

    /// Empties the file, to begin again.
    ///
    /// - Throws: a mistake with the system's reason.
    package func empty() throws(Failure) {
        guard isStream || ftruncate(descriptor, 0) == 0 && lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw Failure.ofSystem("write", path)
        }
    }

    /// Waits until the bytes are on the disk.
    ///
    /// - Throws: a mistake with the system's reason.
    package func sync() throws(Failure) {
        guard isStream || fsync(descriptor) == 0 else { throw Failure.ofSystem("write", path) }
    }

    /// Moves a draft to its place. A file that is a mount point cannot be replaced: its content is.
    ///
    /// - Throws: a mistake with the system's reason; the draft is removed.
    package consuming func moveToPlace() throws(Failure) {
        guard let draft else { return }
        guard rename(draft, target.path) != 0 else {
            self.draft = nil
            return
        }
        guard errno == EBUSY || errno == EXDEV, copy(to: target.openInPlace()) else {
            throw Failure.ofSystem("write", path)
        }
    }

    /// Copies the draft to the file that it could not replace. Returns false if it cannot; `errno` has the reason.
    private func copy(to place: Int32) -> Bool {
        guard place >= 0 else { return false }
        defer { close(place) }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var position: off_t = 0
        while true {
            // SAFETY: pread writes at most `chunk.count` bytes into the array during this call only.
            let count = pread(descriptor, &chunk, chunk.count, position)
            guard count > 0 else { return count == 0 && fsync(place) == 0 }
            let isWritten = chunk.withUnsafeBytes {
                OutputFile.writeAll(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: place)
            }
            guard isWritten else { return false }
            position += off_t(count)
        }
    }

    /// Makes the missing folders of a path, for the user alone.
    ///
    /// - Throws: a mistake that names the folder and the system's reason.
    package static func makeFolder(of path: String) throws(Failure) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.utf8.split(separator: UInt8(ascii: "/")).dropLast() {
            made += String(Substring(part)) + "/"
            var status = stat()
            guard stat(made, &status) != 0, errno == ENOENT else { continue }
            guard mkdir(made, 0o700) == 0 || errno == EEXIST else { throw Failure.ofSystem("make the folder", made) }
        }
    }

    /// 80 random bits as letters and digits.
    private static func randomName() -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567")
        var random = SystemRandomNumberGenerator()
        return String((0..<16).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
    }
}

/// The folder of a path.
package enum FolderName {
    package static func of(_ path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}

extension String {
    /// The path with the user's home for a `~/` at its beginning.
    package var expandingHome: String {
        guard hasPrefix("~/"), let home = getenv("HOME"), home.pointee != 0 else { return self }
        // SAFETY: getenv gives a NUL-terminated string, which is copied at once.
        return String(cString: home) + dropFirst()
    }
}
