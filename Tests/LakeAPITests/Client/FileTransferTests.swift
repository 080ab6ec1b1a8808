import Glibc
import LakeScript
import Testing

@testable import LakeAPI

/// Interrupted downloads, uploads from pipes, and options that exclude each other.
struct FileTransferTests {
    private static let tag = [(name: "ETag", value: "\"a\""), (name: "Content-Length", value: "10")]
    private let object: Record = ["repository": "lake", "ref": "main", "path": "a"]
    private let place: Record = ["repository": "lake", "branch": "main", "path": "a"]

    private func download(
        _ outcomes: [ScriptedTransport.Outcome], _ more: Record = [:]
    ) throws -> (bench: PerformerBench, answer: Answer?, text: String) {
        let pipe = try Pipe()
        let bench = PerformerBench(outcomes, output: pipe.input)
        var arguments = object
        for (name, value) in more { arguments[name] = value }
        let answer = bench.call("get_object", arguments) { $0[.to] = "-" }
        return (bench, answer, pipe.text)
    }

    private func rest(_ range: String, _ body: String, tag: String = "\"a\"") -> ScriptedTransport.Outcome {
        .answer(206, body, headers: [("ETag", tag), ("Content-Range", "bytes \(range)/10")])
    }

    // MARK: Downloads to standard output

    @Test("a download that broke off goes on behind what is out, if the object is the same")
    func resumed() throws {
        let (bench, answer, text) = try download([
            .cutOff(200, "0123", headers: Self.tag), .answer(503),
            .cutOff(206, "45", headers: [("ETag", "\"a\""), ("Content-Range", "bytes 4-9/10")]), rest("6-9", "6789"),
        ])
        #expect(answer?.value == .null)
        #expect(text == "0123456789")
        #expect(bench.transport.requests.map { $0.header("Range") } == [nil, "bytes=4-9", "bytes=4-9", "bytes=6-9"])
        #expect(bench.transport.requests.dropFirst().allSatisfy { $0.header("If-Match") == "\"a\"" })
        #expect(bench.notices.first?.hasPrefix("the answer of get_object broke off, again in") == true)
    }

    @Test("of a range the rest of that range is asked for")
    func resumedRange() throws {
        let first = ScriptedTransport.Outcome.cutOff(
            206, "234", headers: [("ETag", "\"a\""), ("Content-Range", "bytes 2-7/10")])
        // Not every release supports ranges, so the version is requested first.
        let version = ScriptedTransport.Outcome.answer(200, #"{"version":"1.84.0"}"#)
        let (bench, answer, text) = try download([version, first, rest("5-7", "567")], ["range": "bytes=2-7"])
        #expect(answer?.value == .null && text == "234567")
        #expect(bench.transport.requests[2].headers.filter { $0.name == "Range" }.map(\.value) == ["bytes=5-7"])
    }

    @Test("what is not the rest is not written, and the failure says how much is out", arguments: 0..<6)
    func notTheRest(_ number: Int) throws {
        let second: [ScriptedTransport.Outcome] = [
            .answer(200, "0123456789", headers: Self.tag), .answer(412, #"{"message":"changed"}"#),
            rest("4-9", "xxxxxx", tag: "\"b\""), rest("5-9", "xxxxx"), rest("4-8", "xxxxx"),
            .answer(206, "xxxxxx", headers: [("ETag", "\"a\"")]),
        ]
        let (bench, answer, text) = try download([.cutOff(200, "0123", headers: Self.tag), second[number]])
        let failure = try #require(answer?.failure)
        #expect(text == "0123" && bench.transport.requests.count == 2)
        #expect(failure.message.contains("cannot be gone on with"))
        #expect(failure.message.contains("changed meanwhile") == [1, 2].contains(number))
        #expect(failure.notes.contains("4 bytes of the answer were written already: they are not the whole"))
    }

    @Test(
        "without a strong tag it fails and asks for nothing more",
        arguments: [[], [("ETag", "W/\"a\"")], [("ETag", "\"a\""), ("Content-Encoding", "gzip")]])
    func noTag(_ headers: [(String, String)]) throws {
        let (bench, answer, text) = try download([.cutOff(200, "0123", headers: headers.map { ($0.0, $0.1) })])
        #expect(answer?.failure?.message.contains("the rest cannot be asked for") == true)
        #expect(text == "0123" && bench.transport.requests.count == 1)
    }

    @Test("a download that breaks off again and again fails, and says how much is out")
    func givesUp() throws {
        let (bench, answer, text) = try download([
            .cutOff(200, "01", headers: Self.tag), .lost(sent: true), .lost(sent: true), .lost(sent: false),
        ])
        #expect(answer?.failure?.attempts == 5 && text == "01")
        #expect(answer?.failure?.notes.last == "2 bytes of the answer were written already: they are not the whole")
        #expect(bench.transport.requests.last?.header("Range") == "bytes=2-9")
    }

    @Test("to a file it begins again, and the file is there when it is whole")
    func toFile() throws {
        let path = "/tmp/lakesh-download-\(getpid())"
        defer { unlink(path) }
        let bench = PerformerBench([.cutOff(200, "0123", headers: Self.tag), .answer(200, "abc", headers: Self.tag)])
        #expect(bench.call("get_object", object) { $0[.to] = .string(path) }?.value == .null)
        #expect(bench.transport.requests.allSatisfy { $0.header("Range") == nil })
        #expect(try Gathering.wholeFile(ByteSource(file: path), nil) == Array("abc".utf8))
    }

    @Test("a reader that has gone ends the download")
    func noReader() throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        let bench = PerformerBench([.answer(200, "0123", headers: Self.tag)], output: ends[1])
        let failure = bench.call("get_object", object) { $0[.to] = "-" }?.failure
        #expect(failure?.message == "cannot write `standard output`: broken pipe")
    }

    // MARK: Downloads to a folder

    /// Downloads an object to a folder, whose `link` leads out of it, beside a file `kept`.
    private func download(_ path: String, _ more: (inout CallOptions<Value>) -> Void = { _ in }) throws -> (
        requests: Int, answer: Answer?, text: String?, names: [String]
    ) {
        var template = Array("/tmp/lakesh-folder-XXXXXX".utf8CString)
        _ = mkdtemp(&template)
        let top = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        #expect(mkdir(top + "/out", 0o700) == 0 && mkdir(top + "/elsewhere", 0o700) == 0)
        #expect(symlink(top + "/elsewhere", top + "/out/link") == 0)
        #expect(symlink(top + "/out", top + "/named") == 0)
        let bench = PerformerBench([.answer(200, "abc")])
        let call: Record = ["repository": "lake", "ref": "main", "path": .string(path)]
        let answer = bench.call("get_object", call) {
            $0[.toFolder] = .string(top + "/named")
            more(&$0)
        }
        let text = (try? Gathering.wholeFile(ByteSource(file: top + "/out/" + path), nil)).map {
            String(decoding: $0, as: UTF8.self)
        }
        let places: [String] = [top + "/evil", top + "/elsewhere/evil"]
        let outside = places.filter { access($0, F_OK) == 0 }
        return (bench.transport.requests.count, answer, text, outside)
    }

    @Test("an object goes to its path in the folder", arguments: ["a", "a/b/c.txt", "a..b/..c", "~/a", "a/\u{338}b"])
    func toFolder(_ path: String) throws {
        let (requests, answer, text, _) = try download(path)
        #expect(answer?.value == .null && requests == 1 && text == "abc")
    }

    @Test(
        "a path that is none of a file in the folder is refused, and nothing is sent",
        arguments: [
            "../evil", "a/../../evil", "/tmp/evil", "a/..", "..", "a/", "a//evil", "./evil", "", "link/evil", "link",
            "a\0b",
        ])
    func outsideFolder(_ path: String) throws {
        let (requests, answer, _, outside) = try download(path)
        let failure = try #require(answer?.failure)
        #expect(failure.code == "R0227" && failure.kind == .mistake && requests == 0)
        #expect(outside.isEmpty)
    }

    @Test("a file and a folder exclude each other")
    func fileAndFolder() throws {
        let (requests, answer, _, _) = try download("a") { $0[.to] = "b" }
        #expect(answer?.failure?.code == "R0441" && requests == 0)
    }

    // MARK: Uploads from pipes

    private func upload(_ outcomes: [ScriptedTransport.Outcome]) throws -> (bench: PerformerBench, answer: Answer?) {
        let path = "/tmp/lakesh-pipe-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let writer = open(path, O_RDWR | O_NONBLOCK)
        defer { close(writer) }
        #expect(Glibc.write(writer, "data", 4) == 4)
        var first = true
        let bench = PerformerBench { _ in
            defer { first = false }
            return first ? outcomes[0] : outcomes[outcomes.count - 1]
        }
        bench.transport.readsBodies = true
        return (bench, bench.call("upload_object", place) { $0[.from] = .string(path) })
    }

    @Test("an upload from a pipe is not tried again, whatever came", arguments: 0..<3)
    func pipeOnce(_ number: Int) throws {
        let outcomes: [ScriptedTransport.Outcome] = [.answer(503), .lost(sent: true), .answer(429)]
        let (bench, answer) = try upload([outcomes[number], .answer(201, "{}")])
        #expect(bench.transport.requests.count == 1)
        let notes = try #require(answer?.failure?.notes)
        #expect(notes.contains { $0.hasPrefix("what was read of `/tmp/lakesh-pipe-") && $0.contains("is gone") })
    }

    @Test("where nothing of the pipe was read it may be tried again")
    func pipeUntouched() throws {
        let path = "/tmp/lakesh-pipe-untouched-\(getpid())"
        #expect(mkfifo(path, 0o600) == 0)
        defer { unlink(path) }
        let object = #"{"path":"a","path_type":"object","physical_address":"p","checksum":"c","mtime":1}"#
        let bench = PerformerBench([.answer(503), .answer(201, object)])
        #expect(bench.call("upload_object", place) { $0[.from] = .string(path) }?.value != nil)
        #expect(bench.transport.requests.count == 2)
    }

    @Test("a file that cannot be opened is one failure, before anything is sent", arguments: ["--from", "--to"])
    func missing(_ option: String) {
        let bench = PerformerBench([.answer(200)])
        let failure = bench.call(option == "--to" ? "get_object" : "upload_object", option == "--to" ? object : place) {
            if option == "--to" { $0[.to] = "/dev/null/file" } else { $0[.from] = "/no/such/file" }
        }?.failure
        #expect(failure?.kind == .mistake && failure?.message.contains("/file`: ") == true)
        #expect(bench.transport.requests.isEmpty && bench.notices.isEmpty)
    }

    // MARK: Options

    private static let dropped: [(String, Value)] = [
        ("if_none_match", "*"), ("if_match", "a"), ("force", true), ("storage_class", "s"), ("content", "x"),
    ]

    @Test("an upload in parts refuses what it would not carry", arguments: dropped)
    func presign(_ option: String, _ value: Value) throws {
        var arguments = place
        arguments[option] = value
        let bench = PerformerBench([.answer(200)])
        let failure = bench.call("upload_object", arguments) {
            $0[.presign] = true
            $0[.from] = "/dev/null"
        }?.failure
        #expect(failure?.message.hasPrefix("`\(option)` has no place beside `--presign`") == true)
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("a body is a file or given in the call, and an address is not written to a file")
    func others() {
        let bench = PerformerBench([.answer(200)])
        var (upload, download) = (place, object)
        upload["content"] = "x"
        download["presign"] = true
        #expect(bench.call("upload_object", upload) { $0[.from] = "/dev/null" }?.failure?.kind == .mistake)
        #expect(bench.call("get_object", download) { $0[.to] = "/tmp/x" }?.failure?.kind == .mistake)
        #expect(bench.transport.requests.isEmpty)
    }
}
