internal import Glibc

/// Lists the names in a folder.
package protocol FileNames {
    /// Returns the names in a folder, folders with a final `/`; empty if the folder cannot be read.
    func names(in folder: String) -> [String]
}

/// Lists folders of the file system.
package struct FolderNames: FileNames {
    package init() {}

    package func names(in folder: String) -> [String] {
        guard let directory = opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // SAFETY: the entry is valid until the next read of the directory; its name is null-terminated.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            names.append(entry.pointee.d_type == UInt8(DT_DIR) ? name + "/" : name)
        }
        return names.sorted()
    }
}
