internal import Glibc
package import LakeScript

extension ScriptFront {
    /// The script that comes through standard input.
    package static func readInput() throws(Failure) -> SourceText {
        let name = "standard input"
        return SourceText(name: name, bytes: try FileStore().read(STDIN_FILENO, named: name))
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
