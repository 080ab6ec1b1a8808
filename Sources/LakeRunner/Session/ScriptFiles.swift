internal import Glibc
internal import LakeAPI
package import LakeScript

extension ScriptFront {
    /// The script that comes through standard input.
    package static func readInput() throws(Failure) -> SourceText {
        SourceText(name: FileStore.inputName, bytes: try FileStore().readInput())
    }

    /// Whether a file that a person named is a script by its name, wherever links lead, or by its first line. What comes
    /// through a descriptor is one: no link leads there.
    static func isScript(_ path: String, _ bytes: [UInt8]) -> Bool {
        if path == "/dev/stdin" || path.hasPrefix("/dev/fd/") { return true }
        if realPath(path)?.hasSuffix(".lfs") == true { return true }
        let first = String(decoding: bytes.prefix(256).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return first.hasPrefix("#!") && first.contains("lakesh")
    }

    /// A script that another one names. Wherever links lead, it is a script by its name, and lies in a folder.
    ///
    /// - Throws: a mistake that names the path and the reason.
    static func read(_ path: String, inside folder: String) throws(Failure) -> SourceText {
        guard let real = realPath(path) else { throw Failure.ofSystem("read", path) }
        guard leads(path, into: folder) else {
            throw Failure(.mistake, "cannot read `\(path)`: a link leads out of the script's folder")
        }
        guard real.hasSuffix(".lfs") else {
            throw Failure(.mistake, "cannot read `\(path)`: a link leads to what is no .lfs script")
        }
        let source = try ByteSource(file: real)
        guard !source.isStream else { throw Failure(.mistake, "cannot read `\(path)`: it is no regular file") }
        return SourceText(name: path, bytes: try FileStore().read(source.descriptor, named: path))
    }

    /// Whether a path leads to a folder or into it.
    static func leads(_ path: String, into folder: String) -> Bool {
        guard let real = realPath(path), let fence = realPath(folder) else { return false }
        return real == fence || real.hasPrefix(fence == "/" ? fence : fence + "/")
    }

    /// Where a path leads; nil, and `errno`, where it leads nowhere.
    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        // SAFETY: realpath gives a NUL-terminated string that is ours to free.
        defer { free(real) }
        return String(cString: real)
    }

    /// The scripts that a path names: a file itself, a folder's `.lfs` files and those of the folders in it, hidden ones
    /// left out.
    package static func scripts(at path: String) throws(Failure) -> [String] {
        guard isFolder(path, followsLinks: true) else { return [path] }
        var found: [String] = []
        for name in try FileStore().list(path) where !name.hasPrefix(".") {
            let inner = path.hasSuffix("/") ? path + name : path + "/" + name
            if isFolder(inner, followsLinks: false) {
                found += try scripts(at: inner)
            } else if name.hasSuffix(".lfs") {
                found.append(inner)
            }
        }
        return found
    }

    private static func isFolder(_ path: String, followsLinks: Bool) -> Bool {
        var status = stat()
        let result = followsLinks ? stat(path, &status) : lstat(path, &status)
        return result == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
