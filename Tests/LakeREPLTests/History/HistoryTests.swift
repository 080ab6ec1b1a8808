import Glibc
import Testing

@testable import LakeREPL

struct HistoryTests {
    /// A separate folder for each test.
    private let folder: String

    init() throws {
        var template = Array("/tmp/lakesh-history-XXXXXX".utf8CString)
        folder = String(cString: try #require(mkdtemp(&template)))
    }

    private var file: HistoryFile { HistoryFile(path: folder + "/state/history") }

    @Test(
        "a statement is one line, whatever stands in it",
        arguments: ["a", "a\nb", "a\\nb", "\\", "a\\\n", "文🎉", "\t x "])
    func codec(text: String) {
        let line = HistoryFile.encode(text)
        #expect(!line.contains("\n"))
        #expect(HistoryFile.decode(line.utf8) == text)
    }

    @Test("the next shell finds what this one typed")
    func persists() {
        History(file: file).add("create_user ana", isSecret: false)
        #expect(History(file: file).entries == ["create_user ana"])
    }

    @Test("nobody else may read the file")
    func mode() {
        History(file: file).add("x", isSecret: false)
        var status = stat()
        stat(file.path, &status)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test("a secret is remembered and not written; what begins with a blank is neither")
    func secrets() {
        let history = History(file: file)
        history.add("login k s", isSecret: true)
        history.add(" hidden", isSecret: false)
        #expect(history.entries == ["login k s"])
        #expect(History(file: file).entries == [])
    }

    @Test("a secret is neither suggested nor found by a search")
    func hiddenSecrets() {
        let history = History(file: nil)
        history.add("login k s", isSecret: true)
        #expect(history.suggestion(for: "login") == nil)
        #expect(history.places(containing: "k") == [])
        #expect(history.place(from: 1, forward: false, prefix: "", differentFrom: "") == 0)
    }

    @Test("of equal statements the newest stays")
    func duplicates() {
        let history = History(file: file)
        for text in ["a", "b", "a"] { history.add(text, isSecret: false) }
        #expect(history.entries == ["b", "a"])
        #expect(History(file: file).entries == ["b", "a"])
    }

    @Test("a file that has grown is written anew")
    func compaction() {
        for number in 0..<50 { file.append("s\(number % 3)") }
        #expect(file.load(capacity: 5) == ["s2", "s0", "s1"])
        #expect(file.load(capacity: 5) == ["s2", "s0", "s1"])
    }

    @Test("a line that was cut off spoils no other")
    func cutOff() {
        file.append("one")
        let descriptor = open(file.path, O_WRONLY | O_APPEND)
        write(descriptor, "tw", 2)
        close(descriptor)
        file.append("three")
        #expect(file.load(capacity: 10) == ["one", "tw", "three"])
    }

    @Test("a walk finds only what begins with what was typed")
    func walk() {
        let history = History(file: nil)
        for text in ["get_user a", "list_users", "get_user b"] { history.add(text, isSecret: false) }
        let newest = history.place(from: 3, forward: false, prefix: "get", differentFrom: "get")
        #expect(newest == 2)
        #expect(history.place(from: 2, forward: false, prefix: "get", differentFrom: "get_user b") == 0)
        #expect(history.place(from: 0, forward: false, prefix: "get", differentFrom: "") == nil)
        #expect(history.place(from: 0, forward: true, prefix: "get", differentFrom: "") == 2)
    }

    @Test("the suggestion is the newest that goes on, never what stands there already")
    func suggestion() {
        let history = History(file: nil)
        for text in ["get_user a", "get_user b", "get_user"] { history.add(text, isSecret: false) }
        #expect(history.suggestion(for: "get_user") == "get_user b")
        #expect(history.suggestion(for: "") == nil)
        #expect(history.suggestion(for: "set") == nil)
    }

    @Test("a search finds text anywhere, newest first")
    func search() {
        let history = History(file: nil)
        for text in ["get_user ANA", "list_users", "create_user ana"] { history.add(text, isSecret: false) }
        #expect(history.places(containing: "ana") == [2, 0])
    }
}
