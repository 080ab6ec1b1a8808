import Glibc
import LakeScript
import Testing

@testable import LakeAPI

/// The one writer: regular files are replaced with their owner and mode, links are followed, streams are written to,
/// and nothing is left behind.
struct OutputFileTests {
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
        let file = try OutputFile(path)
        try file.write(Array(text.utf8))
        try file.sync()
        try file.moveToPlace()
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
                let file = try OutputFile(folder + "/a")
                try file.empty()
                seen.formUnion(names(folder))
                _ = consume file
            }
            #expect(seen.count == 3)
            #expect(names(folder).isEmpty)
        }
    }

    private func status(_ path: String) -> stat {
        var status = stat()
        #expect(lstat(path, &status) == 0)
        return status
    }

    @Test("links are followed, also to a file that does not exist yet", arguments: [true, false])
    func links(_ isThere: Bool) throws {
        try inFolder { folder in
            if isThere { try write("old", to: folder + "/real") }
            #expect(symlink("real", folder + "/one") == 0 && symlink(folder + "/one", folder + "/two") == 0)
            try write("new", to: folder + "/two")
            #expect(text(folder + "/real") == "new")
            #expect(names(folder) == ["one", "real", "two"])
            #expect(status(folder + "/one").st_mode & S_IFMT == S_IFLNK)
        }
    }

    @Test("links that lead in a circle are an error")
    func circle() throws {
        try inFolder { folder in
            #expect(symlink("a", folder + "/a") == 0)
            #expect(throws: Failure.self) { try write("new", to: folder + "/a") }
            #expect(names(folder) == ["a"])
        }
    }

    @Test("a replaced file keeps its mode and its owner", arguments: [0o600, 0o755, 0o444] as [mode_t])
    func kept(_ mode: mode_t) throws {
        try inFolder { folder in
            let path = folder + "/a"
            try write("old", to: path)
            let owner: uid_t = geteuid() == 0 ? 12_345 : geteuid()
            #expect(chown(path, owner, .max) == 0 && chmod(path, mode) == 0)
            let before = status(path)
            try write("new", to: path)
            let after = status(path)
            #expect(text(path) == "new")
            #expect(after.st_mode & 0o7777 == mode && after.st_uid == owner && after.st_ino != before.st_ino)
        }
    }

    @Test("the draft of a private file is nobody else's before its first byte")
    func draftMode() throws {
        try inFolder { folder in
            try write("old", to: folder + "/a")
            #expect(chmod(folder + "/a", 0o666) == 0)
            let file = try OutputFile(folder + "/a", isPrivate: true)
            let draft = try #require(names(folder).first { $0 != "a" })
            #expect(status(folder + "/" + draft).st_mode & 0o7777 == 0o600)
            try file.moveToPlace()
            #expect(status(folder + "/a").st_mode & 0o7777 == 0o600)
        }
    }

    @Test("a pipe gets the bytes and stays a pipe, also behind a link", arguments: ["p", "link"])
    func pipe(_ name: String) throws {
        try inFolder { folder in
            #expect(mkfifo(folder + "/p", 0o600) == 0 && symlink("p", folder + "/link") == 0)
            let reader = open(folder + "/p", O_RDONLY | O_NONBLOCK | O_CLOEXEC)
            defer { close(reader) }
            try write("new", to: folder + "/" + name)
            var bytes = [UInt8](repeating: 0, count: 8)
            let count = read(reader, &bytes, bytes.count)
            #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "new")
            #expect(status(folder + "/p").st_mode & S_IFMT == S_IFIFO)
        }
    }

    @Test("a pipe without a reader is an error")
    func noReader() throws {
        try inFolder { folder in
            #expect(mkfifo(folder + "/p", 0o600) == 0)
            #expect(throws: Failure.self) { try write("new", to: folder + "/p") }
        }
    }

    @Test("a device stays a device")
    func device() throws {
        try write("x", to: "/dev/null")
        #expect(status("/dev/null").st_mode & S_IFMT == S_IFCHR)
    }

    @Test("an open descriptor is written where it is", arguments: ["/dev/fd/", "/proc/self/fd/"])
    func ownDescriptor(_ prefix: String) throws {
        try inFolder { folder in
            let file = open(folder + "/a", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
            defer { close(file) }
            #expect(Glibc.write(file, "one ", 4) == 4)
            #expect(symlink(prefix + String(file), folder + "/link") == 0)
            try write("two", to: folder + "/link")
            #expect(text(folder + "/a") == "one two")
        }
    }

    @Test("a folder is not written")
    func folderAsFile() throws {
        try inFolder { folder in
            let failure = #expect(throws: Failure.self) { try write("x", to: folder) }
            #expect(failure?.message == "cannot write `\(folder)`: is a directory")
        }
    }

    @Test("missing folders are made, and the failure below a file names the path")
    func folders() throws {
        try inFolder { folder in
            try write("one", to: folder + "/a")
            let failure = #expect(throws: Failure.self) { try write("x", to: folder + "/a/b") }
            #expect(failure?.message == "cannot write `\(folder)/a/b`: not a directory")
            try write("two", to: folder + "/m/n/c")
            #expect(text(folder + "/m/n/c") == "two")
            unlink(folder + "/m/n/c")
            rmdir(folder + "/m/n")
            rmdir(folder + "/m")
        }
    }
}
