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

    /// The first line of standard input; the rest is left to the next reader.
    package func readInputLine() throws(Failure) -> [UInt8] {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while line.last != UInt8(ascii: "\n"), line.count < FileStore.limit {
            // SAFETY: read writes at most one byte into `byte` during this call only.
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", FileStore.inputName) }
            if count == 0 { break }
            line.append(byte)
        }
        return line
    }

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

    /// Removes a file or a link.
    func remove(_ path: String) throws(Failure) {
        guard unlink(path.expandingHome) == 0 else { throw failure("delete", path) }
    }

    /// True if the path exists.
    package func exists(_ path: String) -> Bool { access(path.expandingHome, F_OK) == 0 }

    /// The names in a folder, sorted.
    func list(_ path: String) throws(Failure) -> [String] {
        guard let folder = opendir(path.expandingHome) else { throw failure("list", path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            // SAFETY: d_name is a NUL-terminated array inside the entry, valid until the next readdir.
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
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

    /// Removes a folder and its contents, as far as possible.
    package func removeFolder(_ path: String) {
        for name in (try? list(path)) ?? [] {
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
