internal import Glibc
internal import LakeAPI
package import LakeScript

/// Reads and writes whole files by path, for scripts. Errors name the path and the system's reason.
///
/// `OutputFile` writes. The name of a file with a secret is reserved first (`ReservedFile`): the file gets mode 0600
/// before its first byte, and does not replace another file unless that came from a sandbox.
package struct FileStore {
    /// The maximal size of a file that a script may read: 256 MiB.
    static let limit = 256 << 20

    /// The time of the start, in nanoseconds since 1970: files of sandbox keys that are older may be replaced.
    let began: Int

    package init() {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        began = now.nanoseconds
    }

    /// The bytes of a file.
    package func read(_ path: String) throws(Failure) -> [UInt8] {
        let descriptor = open(path.expandingHome, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        defer { close(descriptor) }
        return try read(descriptor, named: path)
    }

    /// Reads a descriptor up to its end; errors name it `path`.
    package func read(_ descriptor: Int32, named path: String) throws(Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            // SAFETY: read writes at most `chunk.count` bytes into the array during this call only.
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= FileStore.limit else {
                throw .fileTooLarge(path)
            }
        }
    }

    /// The name of standard input in messages.
    static let inputName = "standard input"

    /// The bytes of standard input up to its end.
    package func readInput() throws(Failure) -> [UInt8] { try read(STDIN_FILENO, named: FileStore.inputName) }

    /// Writes a file, and creates missing folders.
    package func write(_ bytes: [UInt8], to path: String, isSecret: Bool, mayOverwrite: Bool) throws(Failure) {
        guard isSecret, !mayOverwrite else {
            let file = try OutputFile(path, isPrivate: isSecret)
            if isSecret, !file.isStream { try FolderAccess(of: file.place).check() }
            try file.write(bytes)
            try file.sync()
            return try file.moveToPlace()
        }
        let file = try ReservedFile(path, in: self)
        do throws(Failure) {
            try file.fill(bytes, in: self)
        } catch {
            unlink(file.path)
            throw error
        }
    }

    /// Adds bytes to the end of a file. A file that gets a secret has mode 0600 before.
    func append(_ bytes: [UInt8], to path: String, isSecret: Bool) throws(Failure) {
        let place = path.expandingHome
        try OutputFile.makeFolder(of: place)
        if isSecret { try FolderAccess(of: place).check() }
        let descriptor = open(place, O_WRONLY | O_APPEND | O_CREAT | O_NOCTTY | O_CLOEXEC, isSecret ? 0o600 : 0o666)
        guard descriptor >= 0 else { throw failure("write", path) }
        defer { close(descriptor) }
        if isSecret, FileStatus(descriptor).isRegular, fchmod(descriptor, 0o600) != 0 { throw failure("write", path) }
        guard bytes.withUnsafeBytes({ OutputFile.writeAll($0, to: descriptor) }) else { throw failure("write", path) }
    }

    /// Removes a file or a link.
    func remove(_ path: String) throws(Failure) {
        guard unlink(path.expandingHome) == 0 else { throw failure("delete", path) }
    }

    /// True if the path exists.
    package func exists(_ path: String) -> Bool { access(path.expandingHome, F_OK) == 0 }

    /// The names in a folder, sorted. Those that are not UTF-8 are in `others`, for messages: no text names their files.
    func list(_ path: String) throws(Failure) -> (names: [String], others: [String]) {
        guard let folder = opendir(path.expandingHome) else { throw failure("list", path) }
        defer { closedir(folder) }
        var (names, others): ([String], [String]) = ([], [])
        while let entry = readdir(folder) {
            // SAFETY: d_name is a NUL-terminated array inside the entry, valid until the next readdir.
            let (name, isText) = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    (String(cString: $0), String(validatingCString: $0) != nil)
                }
            }
            if !isText { others.append(name) } else if name != ".", name != ".." { names.append(name) }
        }
        return (names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, others.sorted())
    }

    /// The line that tells of a name that no text has.
    static func leftOut(_ name: String, in folder: String) -> String {
        "lakesh: `\(name)` in \(folder) is left out: its name is not UTF-8\n"
    }

    /// The paths below a folder of all files in it and in its folders, sorted. Links are not followed.
    func listAll(_ path: String) throws(Failure) -> (names: [String], others: [String]) {
        var (names, others): ([String], [String]) = ([], [])
        var folders = [""]
        while let folder = folders.popLast() {
            let found = try list(path + "/" + folder)
            others += found.others.map { folder + $0 }
            for name in found.names {
                let isFolder = FileStatus(link: (path + "/" + folder + name).expandingHome)?.isFolder == true
                if isFolder { folders.append(folder + name + "/") } else { names.append(folder + name) }
            }
        }
        return (names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, others.sorted())
    }

    /// Makes a temporary folder with a unique name, and returns its path.
    /// - Throws: if the system's folder for temporary files does not exist or cannot be written.
    package func makeTemporaryFolder(_ name: String) throws(Failure) -> String {
        let place = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        var path = Array(((place.isEmpty ? "/tmp" : place) + "/\(name)-XXXXXX").utf8CString)
        // SAFETY: mkdtemp changes the last six characters of the NUL-terminated array during this call only.
        let isMade = path.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkdtemp($0) != nil } ?? false }
        let text = String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        guard isMade else { throw failure("make the folder", text) }
        return text
    }

    /// Removes a folder and its contents, as far as possible: names that are not UTF-8 stay.
    package func removeFolder(_ path: String) {
        for name in (try? list(path).names) ?? [] {
            var status = stat()
            let inner = path + "/" + name
            guard lstat(inner, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR { removeFolder(inner) } else { unlink(inner) }
        }
        rmdir(path)
    }

    /// The current folder; `/` if it was removed.
    var currentFolder: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        // SAFETY: getcwd gives a NUL-terminated string that is ours to free.
        defer { free(path) }
        return String(cString: path)
    }

    /// True if a file's bytes contain keys of a sandbox.
    static func isOfSandbox(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes, as: UTF8.self).contains("AKIAJSANDBOX")
    }

    /// Makes a new name durable, if the file system can.
    func syncFolder(of path: String) {
        let descriptor = open(FolderName.of(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    func failure(_ verb: String, _ path: String) -> Failure { .ofSystem(verb, path) }
}

extension String {
    /// The text with a lower-case first letter, as messages begin.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
