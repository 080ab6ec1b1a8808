import Glibc
import LakeScript
import Testing

@testable import LakeRunner

/// Files that are reserved before their content is known, and secrets written to them.
struct ReservedFileTests {
    private let folder: String
    private let files = FileStore()

    init() throws {
        folder = try FileStore().makeTemporaryFolder("lakesh-reserved")
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    private func text(_ name: String) throws -> String { String(decoding: try files.read(path(name)), as: UTF8.self) }

    private func failure(reserving name: String) -> Failure? {
        do throws(Failure) {
            _ = try ReservedFile(path(name), in: files)
            return nil
        } catch {
            return error
        }
    }

    @Test func aReservedFileIsEmptyAndOurs() throws {
        let file = try ReservedFile(path("keys/ana.json"), in: files)
        let status = try #require(FileStatus(path("keys/ana.json")))
        #expect(status.size == 0 && status.permissions == 0o600)
        #expect(try #require(FileStatus(path("keys"))).permissions == 0o700)
        try file.fill(Array("secret".utf8), in: files)
        #expect(try text("keys/ana.json") == "secret")
    }

    @Test func twoCannotHoldOneName() throws {
        let first = try ReservedFile(path("a"), in: files)
        let second = try #require(failure(reserving: "a"))
        #expect(second.kind == .conflict && second.message.hasSuffix("is being written by another run"))
        try first.fill([1], in: files)
    }

    @Test func whatARunLeftThatWasCutOffIsTakenAgain() throws {
        _ = try ReservedFile(path("a"), in: files)
        #expect(failure(reserving: "a") == nil)
    }

    @Test func whatIsThereIsNotReplaced() throws {
        try files.write(Array("notes".utf8), to: path("a"), isSecret: false, mayOverwrite: false)
        let failed = try #require(failure(reserving: "a"))
        #expect(failed.kind == .conflict && failed.message.contains("exists already"))
        #expect(throws: Failure.self) {
            try files.write([1], to: path("a"), isSecret: true, mayOverwrite: false)
        }
        #expect(try text("a") == "notes")
    }

    @Test func keysOfASandboxAreReplacedUnlessTheyCameDuringThisRun() throws {
        try files.write(Array("AKIAJSANDBOXA".utf8), to: path("a"), isSecret: true, mayOverwrite: false)
        #expect(failure(reserving: "a")?.kind == .conflict)
        var later = timeval(tv_sec: 1_000_000_000, tv_usec: 0)
        // SAFETY: utimes reads the two times during this call only.
        withUnsafePointer(to: &later) { one in
            let times = [one.pointee, one.pointee]
            #expect(utimes(path("a"), times) == 0)
        }
        #expect(failure(reserving: "a") == nil)
        #expect(try text("a").isEmpty)
    }

    @Test func aLinkIsNotFollowed() throws {
        #expect(symlink(path("elsewhere"), path("a")) == 0)
        #expect(failure(reserving: "a")?.message == "`\(path("a"))` is a link")
        #expect(throws: Failure.self) {
            try files.write([1], to: path("a"), isSecret: true, mayOverwrite: false)
        }
        #expect(!files.exists(path("elsewhere")))
    }

    @Test func aSecondNameIsRefused() throws {
        try files.write([], to: path("theirs"), isSecret: false, mayOverwrite: false)
        #expect(link(path("theirs"), path("a")) == 0)
        #expect(try #require(failure(reserving: "a")).message.hasSuffix("has a second name"))
    }

    @Test func aPipeIsRefusedAtOnce() throws {
        #expect(mkfifo(path("a"), 0o600) == 0)
        #expect(try #require(failure(reserving: "a")).message.hasSuffix("is not a regular file"))
    }

    @Test func aFolderOpenToAnotherGroupIsRefused() throws {
        #expect(chmod(folder, 0o770) == 0)
        try FolderAccess(of: path("a")).check()
        #expect(throws: Failure.self) { try FolderAccess(of: path("a")).check(group: getegid() + 1) }
    }

    @Test func aFolderOpenToAllIsRefused() throws {
        #expect(chmod(folder, 0o777) == 0)
        let failed = try #require(failure(reserving: "a"))
        #expect(failed.message.contains("may be changed by others"))
        #expect(!files.exists(path("a")))
        #expect(chmod(folder, 0o1777) == 0)
        #expect(failure(reserving: "a") == nil)
    }

    @Test func aSecretThatReplacesAFileGetsAModeOfItsOwn() throws {
        try files.write([1], to: path("a"), isSecret: false, mayOverwrite: false)
        try files.write(Array("secret".utf8), to: path("a"), isSecret: true, mayOverwrite: true)
        #expect(try #require(FileStatus(path("a"))).permissions == 0o600)
        #expect(try files.list(folder).names == ["a"])
    }
}
