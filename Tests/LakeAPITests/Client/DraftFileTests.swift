import Glibc
import LakeScript
import Testing

@testable import LakeAPI

/// Files that are written under a temporary name: prepared links in the folder have no effect, and nothing is left
/// behind.
struct DraftFileTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        var template = Array("/tmp/lakesh-draft-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for name in names(folder) { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        try body(folder)
    }

    private func names(_ folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func text(_ path: String) -> String? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var buffer = [UInt8](repeating: 0, count: 1 << 12)
        let count = fread(&buffer, 1, buffer.count, file)
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    private func write(_ text: String, to path: String) throws {
        let draft = try DraftFile(of: path)
        try draft.write(Array(text.utf8))
        try draft.moveToPlace()
    }

    @Test("what is whole comes to its place, instead of what was there")
    func whole() throws {
        try inFolder { folder in
            try write("one", to: folder + "/a")
            try write("two", to: folder + "/a")
            #expect(text(folder + "/a") == "two")
            #expect(names(folder) == ["a"])
        }
    }

    @Test("what is not put in its place is gone, and its name was not to be foreseen")
    func dropped() throws {
        try inFolder { folder in
            var seen: Set<String> = []
            for _ in 0..<3 {
                let draft = try DraftFile(of: folder + "/a")
                try draft.empty()
                seen.formUnion(names(folder))
                _ = consume draft
            }
            #expect(seen.count == 3)
            #expect(names(folder).isEmpty)
        }
    }

    @Test("a link in the place of the file is replaced, and what it leads to stays")
    func link() throws {
        try inFolder { folder in
            try write("kept", to: folder + "/other")
            #expect(symlink(folder + "/other", folder + "/a") == 0)
            try write("new", to: folder + "/a")
            #expect(text(folder + "/other") == "kept" && text(folder + "/a") == "new")
        }
    }

    @Test(
        "only regular files are replaced", arguments: ["pipe", "folder", "link to a pipe", "/dev/null", "/dev/stdout"])
    func irregular(_ kind: String) throws {
        try inFolder { folder in
            let path = kind.hasPrefix("/") ? kind : folder + "/a"
            switch kind {
            case "pipe": #expect(mkfifo(path, 0o600) == 0)
            case "folder": #expect(mkdir(path, 0o700) == 0)
            case "link to a pipe":
                #expect(mkfifo(folder + "/p", 0o600) == 0)
                #expect(symlink(folder + "/p", path) == 0)
            default: break
            }
            let failure = #expect(throws: Failure.self) { try write("x", to: path) }
            #expect(failure?.message.hasPrefix("cannot write `\(path)`: it is ") == true)
            rmdir(folder + "/a")
        }
    }

    @Test("where there is no folder, the failure names the path and the reason")
    func noFolder() throws {
        let failure = #expect(throws: Failure.self) { try write("x", to: "/no/such/a") }
        #expect(failure?.message == "cannot write `/no/such/a`: no such file or directory")
    }
}
