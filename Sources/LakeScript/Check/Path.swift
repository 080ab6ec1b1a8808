/// Paths as texts: what `include` and `run` name, relative to the file they stand in.
enum Path {
    /// The folder of a file: `runbooks` of `runbooks/onboard.lfs`, `.` of `onboard.lfs`.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A path seen from the folder of another file.
    static func joined(_ path: String, relativeTo file: String) -> String {
        joined(path, in: folder(of: file))
    }

    /// A path seen from a folder.
    static func joined(_ path: String, in folder: String) -> String {
        normalized(path.hasPrefix("/") || folder == "." ? path : folder + "/" + path)
    }

    /// Without `.` and, where that can be told from the text, without `..`.
    static func normalized(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// Whether a path lies in a folder, both normalised.
    static func isPath(_ path: String, inside folder: String) -> Bool {
        if folder == "." { return !path.hasPrefix("/") && path != ".." && !path.hasPrefix("../") }
        return path.hasPrefix(folder == "/" ? folder : normalized(folder) + "/")
    }
}
