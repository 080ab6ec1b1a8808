internal import Glibc
internal import LakeScript

/// What the system tells about a file.
struct FileStatus {
    private let status: stat

    init(_ descriptor: Int32) {
        var status = stat()
        fstat(descriptor, &status)
        self.status = status
    }

    /// The status of a path, of a link itself; nil where nothing is there.
    init?(link path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.status = status
    }

    /// The status of what a path leads to; nil where nothing is there.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.status = status
    }

    var isRegular: Bool { status.st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { status.st_mode & S_IFMT == S_IFDIR }
    var size: off_t { status.st_size }
    var owner: uid_t { status.st_uid }
    var links: Int { Int(status.st_nlink) }
    /// Whether others than the owner and a group may add and remove names, without the bit that keeps each to their own.
    func isOpenToOthers(than group: gid_t) -> Bool {
        let isOpenToGroup = status.st_mode & S_IWGRP != 0 && status.st_gid != group
        return (isOpenToGroup || status.st_mode & S_IWOTH != 0) && status.st_mode & S_ISVTX == 0
    }
    var permissions: mode_t { status.st_mode & 0o7777 }
    /// When it was written last, in nanoseconds since 1970.
    var modified: Int { status.st_mtim.nanoseconds }

    func isSame(as other: FileStatus) -> Bool {
        status.st_dev == other.status.st_dev && status.st_ino == other.status.st_ino
    }
}

/// The folder that a secret is written to: whoever may change its names can put a file of theirs in the place of ours.
struct FolderAccess {
    private let folder: String

    init(of path: String) {
        folder = FileStore.folder(of: path)
    }

    /// - Parameter group: the group that may change the folder's names: the caller's own, which mostly has no other member.
    /// - Throws: where others may change them, or the folder belongs to another user than the caller or root.
    func check(group: gid_t = getegid()) throws(Failure) {
        guard let status = FileStatus(folder) else { return }
        let isForeign = status.owner != geteuid() && status.owner != 0
        guard isForeign || status.isOpenToOthers(than: group) else { return }
        let reason = isForeign ? "belongs to another user" : "may be changed by others"
        throw Failure(
            .mistake, "the folder `\(folder)` \(reason), and a secret is to be written there",
            notes: ["take a folder of your own, of mode 0700"])
    }
}
