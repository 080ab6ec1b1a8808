internal import Glibc
internal import LakeAPI
internal import LakeScript

/// The status of a file.
struct FileStatus {
    private let status: stat

    init(_ descriptor: Int32) {
        var status = stat()
        fstat(descriptor, &status)
        self.status = status
    }

    /// The status of a path, without following a link; nil if it does not exist.
    init?(link path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.status = status
    }

    /// The status of the target of a path; nil if it does not exist.
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
    /// True if users other than the owner and a group may add and remove names, and the sticky bit is not set.
    func isOpenToOthers(than group: gid_t) -> Bool {
        let isOpenToGroup = status.st_mode & S_IWGRP != 0 && status.st_gid != group
        return (isOpenToGroup || status.st_mode & S_IWOTH != 0) && status.st_mode & S_ISVTX == 0
    }
    var permissions: mode_t { status.st_mode & 0o7777 }
    /// The time of its last modification, in nanoseconds since 1970.
    var modified: Int { status.st_mtim.nanoseconds }

    func isSame(as other: FileStatus) -> Bool {
        status.st_dev == other.status.st_dev && status.st_ino == other.status.st_ino
    }
}

/// A folder that a secret is written to. Users who may change its names could replace our file by theirs.
struct FolderAccess {
    private let folder: String

    init(of path: String) {
        folder = FolderName.of(path.expandingHome)
    }

    /// - Parameter group: the group that may change the folder's names: the caller's own, which usually has no other
    /// member.
    /// - Throws: if others may change them, or if the folder's owner is neither the caller nor root.
    func check(group: gid_t = getegid()) throws(Failure) {
        guard let status = FileStatus(folder) else { return }
        let isForeign = status.owner != geteuid() && status.owner != 0
        guard isForeign || status.isOpenToOthers(than: group) else { return }
        let reason = isForeign ? "belongs to another user" : "may be changed by others"
        throw .foreignFolder(folder, reason)
    }
}
