/// Operations on paths as texts: the paths of `include` and `run` are relative to the file that contains them.
enum Path {
    /// Returns the folder of a file: `runbooks` of `runbooks/onboard.lfs`, `.` of `onboard.lfs`.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Resolves a path that is relative to the folder of another file.
    static func joined(_ path: String, relativeTo file: String) -> String {
        joined(path, in: folder(of: file))
    }

    /// Resolves a path that is relative to a folder.
    static func joined(_ path: String, in folder: String) -> String {
        normalized(path.hasPrefix("/") || folder == "." ? path : folder + "/" + path)
    }

    /// Removes `.` and, where the text alone tells it, `..`.
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

    /// Returns true if a path is in a folder; both are normalised.
    static func isPath(_ path: String, inside folder: String) -> Bool {
        if folder == "." { return !path.hasPrefix("/") && path != ".." && !path.hasPrefix("../") }
        return path.hasPrefix(folder == "/" ? folder : normalized(folder) + "/")
    }
}
