/// Where tests keep what they read: `Tests/Fixtures`, shared by all rooms.
package enum Fixtures {
    /// The absolute path of a file or folder below `Tests/Fixtures`.
    package static func path(_ name: String, from file: String = #filePath) -> String {
        let folder = file.split(separator: "/").dropLast(2).joined(separator: "/")
        return "/" + folder + "/Fixtures/" + name
    }
}
