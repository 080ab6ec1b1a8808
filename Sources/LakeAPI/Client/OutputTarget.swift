internal import Glibc

/// The place that a path leads to, when it is opened for writing.
struct OutputTarget {
    /// The path without the links of its last part. A link may lead to a file that does not exist yet.
    private(set) var path: String
    /// The descriptor of this process that the path names: `-` and `/dev/stdout` are 1.
    private let ownDescriptor: Int32?
    /// True if its links lead nowhere: in a circle, or one after the other too often.
    let isCircle: Bool
    /// Its status; nil if it does not exist.
    private let status: stat?
    /// The number of links in a row that are followed, as the kernel does.
    private static let mostLinks = 40

    init(_ path: String) {
        self.path = path
        var own = path == "-" ? STDOUT_FILENO : OutputTarget.descriptor(in: path)
        for _ in 0..<OutputTarget.mostLinks where own == nil {
            guard let next = OutputTarget.link(self.path) else { break }
            self.path = next.hasPrefix("/") ? next : FolderName.of(self.path) + "/" + next
            own = OutputTarget.descriptor(in: self.path)
        }
        ownDescriptor = own
        isCircle = own == nil && OutputTarget.link(self.path) != nil
        var status = stat()
        self.status = stat(self.path, &status) == 0 ? status : nil
    }

    /// True if it is a regular file, which is not open as a descriptor of this process.
    var isRegular: Bool { ownDescriptor == nil && status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

    /// True if it is there and holds no bytes that could be replaced.
    var isStream: Bool { ownDescriptor != nil || status != nil && !isRegular }

    /// True if nothing is there, or a file whose owner the draft can have.
    var mayBeReplaced: Bool { status.map { $0.st_uid == geteuid() || geteuid() == 0 } ?? true }

    var permissions: mode_t { (status?.st_mode ?? 0) & 0o7777 }

    /// Gives a file the owner and the group of what is there. Returns false if the system refuses.
    func giveOwner(to descriptor: Int32) -> Bool {
        guard let status else { return true }
        return fchown(descriptor, status.st_uid, status.st_gid) == 0
    }

    /// Opens a device or a pipe; a descriptor of this process is duplicated. -1 if it cannot be opened.
    func openStream() -> Int32 {
        // A file behind the descriptor goes on where it is, and a socket cannot be opened by its path.
        if let ownDescriptor { return fcntl(ownDescriptor, F_DUPFD_CLOEXEC, 3) }
        var opened = openNow()
        // A pipe whose reader has been started just now.
        for _ in 0..<100 where opened < 0 && errno == ENXIO {
            poll(nil, 0, 10)
            opened = openNow()
        }
        guard opened >= 0 else { return -1 }
        _ = fcntl(opened, F_SETFL, fcntl(opened, F_GETFL) & ~O_NONBLOCK)
        return opened
    }

    private func openNow() -> Int32 { open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) }

    /// Opens a regular file and empties it. -1 if it cannot be opened.
    func openInPlace() -> Int32 { open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC) }

    /// The number in `/dev/fd/1` and `/proc/self/fd/1`.
    private static func descriptor(in path: String) -> Int32? {
        let folder = ["/dev/fd/", "/proc/self/fd/"].first { path.hasPrefix($0) }
        return folder.flatMap { Int32(path.dropFirst($0.count)) }
    }

    /// The target of a link; nil if the path is not a link.
    private static func link(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
        // SAFETY: readlink writes at most `bytes.count` bytes into the array during this call only.
        let count = readlink(path, &bytes, bytes.count)
        return count < 0 ? nil : String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
