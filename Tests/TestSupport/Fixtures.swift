internal import Glibc

/// The files that tests read: `Tests/Fixtures`, shared by all rooms.
package enum Fixtures {
    /// Returns the absolute path of a file or folder below `Tests/Fixtures`.
    package static func path(_ name: String) -> String { folder + name }

    private static let folder = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/") + "/Fixtures/"

    /// Returns the names in a folder below `Tests/Fixtures`, sorted.
    package static func names(in folder: String) -> [String] {
        guard let directory = opendir(path(folder)) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            // SAFETY: `d_name` is a C string within the entry, which lives until the next `readdir`.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    /// Returns the bytes of a file below `Tests/Fixtures`.
    ///
    /// - Throws: `Missing` if there is no such file.
    package static func bytes(of name: String) throws -> [UInt8] {
        guard let file = fopen(path(name), "rb") else { throw Missing(name: name) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return bytes
    }

    /// A fixture that does not exist.
    package struct Missing: Error {
        package let name: String
    }
}
