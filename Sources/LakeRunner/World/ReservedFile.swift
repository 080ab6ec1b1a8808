internal import CSystem
internal import Glibc
internal import LakeAPI
internal import LakeScript

/// A file whose name is reserved before its content is known: empty, of mode 0600, open and locked, with allocated
/// space.
///
/// A server gives a new pair of keys only once. They are requested when the file that will hold them is open, so
/// everything that could fail (the folder, the disk, another run) has failed before. The lock goes with the descriptor.
/// So an empty locked file belongs to a running script; an empty unlocked one was left by an interrupted run and can be
/// reserved again.
final class ReservedFile {
    let path: String
    private let descriptor: Int32
    /// The allocated space in bytes: a pair of keys is a tenth of it.
    private static let room: off_t = 4096

    /// Reserves the name.
    ///
    /// - Throws: a conflict if another run holds the name or a file exists; a mistake if the file cannot be created.
    init(_ path: String, in files: FileStore) throws(Failure) {
        let path = path.expandingHome
        self.path = path
        try OutputFile.makeFolder(of: path)
        try FolderAccess(of: path).check()
        let made = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        descriptor =
            made < 0 && errno == EEXIST ? open(path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : made
        guard descriptor >= 0 else {
            throw errno == ELOOP ? ReservedFile.conflict(path, "is a link") : files.failure("write", path)
        }
        try take(isNew: made >= 0, files)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    private func take(isNew: Bool, _ files: FileStore) throws(Failure) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw ReservedFile.conflict(path, "is being written by another run", "wait until that has ended")
        }
        if !isNew { try checkWhatIsThere(files) }
        guard isAt(path) else { throw ReservedFile.conflict(path, "is being written by another run") }
        // The mode depends neither on the umask nor on an older file.
        guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else { throw files.failure("write", path) }
        guard lakesh_keep_room(descriptor, ReservedFile.room) == 0 else {
            let full = files.failure("write", path)
            if isNew { unlink(path) }
            throw full
        }
    }

    /// Only the user's own file is reserved that is empty, or has keys that a sandbox gave before this run.
    private func checkWhatIsThere(_ files: FileStore) throws(Failure) {
        let status = FileStatus(descriptor)
        guard status.isRegular else { throw ReservedFile.conflict(path, "is not a regular file") }
        guard status.owner == geteuid(), status.links == 1 else {
            throw ReservedFile.conflict(path, "belongs to somebody else or has a second name")
        }
        guard status.size > 0 else { return }
        guard status.modified < files.began, FileStore.isOfSandbox(try files.read(descriptor, named: path)) else {
            throw ReservedFile.conflict(
                path, "exists already, and a file that holds a secret is not replaced",
                "move it away, or write with --overwrite")
        }
    }

    /// True if a path leads to this file.
    func isAt(_ path: String) -> Bool { FileStatus(link: path).map { $0.isSame(as: FileStatus(descriptor)) } ?? false }

    /// Writes the whole content durably, or leaves the file empty.
    func fill(_ bytes: [UInt8], in files: FileStore) throws(Failure) {
        let isWritten =
            lseek(descriptor, 0, SEEK_SET) == 0 && bytes.withUnsafeBytes { OutputFile.writeAll($0, to: descriptor) }
        guard isWritten, fsync(descriptor) == 0 else {
            let failed = files.failure("write", path)
            ftruncate(descriptor, 0)
            throw failed
        }
        files.syncFolder(of: path)
    }

    private static func conflict(_ path: String, _ what: String, _ advice: String = "move it away") -> Failure {
        .nameTaken(path, what, advice)
    }
}
