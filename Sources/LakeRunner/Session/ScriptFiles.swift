internal import Glibc
internal import LakeAPI
package import LakeScript

extension ScriptFront {
    /// Reads the script from standard input.
    package static func readInput() throws(Failure) -> SourceText {
        SourceText(name: FileStore.inputName, bytes: try FileStore().readInput())
    }

    /// Reads the script that an argument of the command line names; `-` is standard input.
    package static func read(argument path: String) throws(Failure) -> SourceText {
        path == "-" ? try readInput() : try read(path)
    }

    /// True if a file that the user named is a script: by the name that its links lead to, or by its first line. A text
    /// from a descriptor is a script, because no link leads there.
    static func isScript(_ path: String, _ bytes: [UInt8]) -> Bool {
        if path == "/dev/stdin" || path.hasPrefix("/dev/fd/") { return true }
        if realPath(path)?.hasSuffix(".lfs") == true { return true }
        let first = String(decoding: bytes.prefix(256).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return first.hasPrefix("#!") && first.contains("lakesh")
    }

    /// Reads a script that another script names. The path that its links lead to must have a script's name and lie in
    /// the folder.
    ///
    /// - Throws: a mistake that names the path and the reason.
    static func read(_ path: String, inside folder: String) throws(Failure) -> SourceText {
        guard let real = realPath(path) else { throw Failure.ofSystem("read", path) }
        guard leads(path, into: folder) else {
            throw .unreadable(script: path, "a link leads out of the script's folder")
        }
        guard real.hasSuffix(".lfs") else {
            throw .unreadable(script: path, "a link leads to what is no .lfs script")
        }
        let source = try ByteSource(file: real)
        guard !source.isStream else { throw .unreadable(script: path, "it is not a regular file") }
        return SourceText(name: path, bytes: try FileStore().read(source.descriptor, named: path))
    }

    /// True if a path leads to a folder or into it.
    static func leads(_ path: String, into folder: String) -> Bool {
        guard let real = realPath(path), let fence = realPath(folder) else { return false }
        return real == fence || real.hasPrefix(fence == "/" ? fence : fence + "/")
    }

    /// The path without links; nil, and `errno` is set, if it does not exist.
    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        // SAFETY: realpath gives a NUL-terminated string that is ours to free.
        defer { free(real) }
        return String(cString: real)
    }

    /// The scripts at a path: the file itself, or all `.lfs` files below a folder, without hidden ones. Files whose names are not
    /// UTF-8 are left out, and told.
    package static func scripts(at path: String, tell: (String) -> Void) throws(Failure) -> [String] {
        guard isFolder(path, followsLinks: true) else { return [path] }
        var found: [String] = []
        let (names, others) = try FileStore().list(path)
        for name in others { tell(FileStore.leftOut(name, in: path)) }
        for name in names where !name.hasPrefix(".") {
            let inner = path.hasSuffix("/") ? path + name : path + "/" + name
            if isFolder(inner, followsLinks: false) {
                found += try scripts(at: inner, tell: tell)
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
