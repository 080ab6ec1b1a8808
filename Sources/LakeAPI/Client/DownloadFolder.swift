internal import Glibc
import LakeScript

/// The folder that downloads are written below, each at the path of its object.
///
/// The paths are data of whoever wrote the objects: what does not lie in the folder is refused, and nothing is written
/// through a link in it. The folder itself may be a link.
struct DownloadFolder {
    private let path: String

    /// - Throws: a mistake if the name is empty.
    init(_ path: String) throws(Failure) {
        guard !path.isEmpty else { throw .folderWithoutName }
        self.path = path
    }

    /// Returns the path of the file for an object.
    ///
    /// - Throws: a mistake if that is not a file in the folder.
    func file(of object: String) throws(Failure) -> String {
        // By bytes, as the system reads a path: a `/` with an accent is a `/`.
        let parts = object.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String($0) }
        if let reason = DownloadFolder.refusal(of: object, parts) { throw .outsideFolder(object, path, reason) }
        var place = path.expandingHome
        for part in parts {
            place += "/" + (part ?? "")
            var status = stat()
            guard lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { continue }
            throw .outsideFolder(object, path, "`\(place)` is a link")
        }
        return path + "/" + object
    }

    /// The reason why a path names no file below a folder; nil if it does.
    private static func refusal(of path: String, _ parts: [String?]) -> String? {
        if path.utf8.contains(0) { return "no file's name holds a NUL" }
        if parts.contains("..") { return "`..` leads out of it" }
        if path.utf8.first == UInt8(ascii: "/") { return "a `/` at the beginning leads out of it" }
        if path.utf8.last == UInt8(ascii: "/") { return "a `/` at the end names a folder" }
        return parts.contains("") || parts.contains(".") ? "another path names the same file" : nil
    }
}

extension OperationCall {
    /// True if the content of the answer is written to a file, and is not the call's value.
    var isDownload: Bool { options.text(.to) != nil || options.text(.toFolder) != nil }

    /// The file that the content of the answer is written to; nil if it is the call's value.
    ///
    /// - Throws: a mistake if it is not in the folder that was given.
    func download(_ operation: Operation) throws(Failure) -> String? {
        guard let folder = options.text(.toFolder) else { return options.text(.to) }
        return try DownloadFolder(folder).file(of: operation.objectPath(in: arguments) ?? "")
    }
}
