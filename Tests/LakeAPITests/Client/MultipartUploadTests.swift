import Glibc
import LakeScript
import Testing

@testable import LakeAPI

/// Uploads in parts: the requests to the server and to the store, and aborted uploads.
struct MultipartUploadTests {
    private static let began =
        #"{"upload_id":"u1","physical_address":"s3://b/x,sig","presigned_urls":["https://store/x?part=1","https://store/x?part=2","https://store/x?part=3"]}"#

    /// Makes a file of a given size, which the test deletes.
    private func file(_ size: Int) throws -> String {
        var template = Array("/tmp/lakesh-upload-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        #expect(ftruncate(descriptor, size) == 0)
        close(descriptor)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private let place: Record = ["repository": "lake", "branch": "main", "path": "big"]

    private func bench(part: @escaping (HTTPRequest) -> ScriptedTransport.Outcome) -> PerformerBench {
        PerformerBench { request in
            switch request.method {
            case "GET": .answer(200, #"{"version":"1.84.0"}"#)
            case "POST": .answer(201, MultipartUploadTests.began)
            case "DELETE": .answer(204)
            case _ where request.target.contains("pmpu"):
                .answer(200, #"{"path":"big","path_type":"object","physical_address":"p","checksum":"c","mtime":1}"#)
            default: part(request)
            }
        }
    }

    @Test("a file goes up in parts, straight to the store, and becomes an object")
    func whole() throws {
        let path = try file(20 << 20)
        defer { unlink(path) }
        let bench = bench { .answer(200, "", headers: [("ETag", "\"\($0.target.suffix(1))\"")]) }
        let value = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }?.value
        #expect(value?["path"] == "big")
        #expect(bench.progress.last == 20 << 20)
        let ranges = bench.transport.options.compactMap(\.bodyRange)
        #expect(ranges == [0..<8 << 20, 8 << 20..<16 << 20, 16 << 20..<20 << 20])
        #expect(bench.transport.options.filter { $0.origin == "https://store" }.count == 3)
        #expect(bench.transport.requests[2].header("Authorization") == nil)
        let last = try JSON.read(#require(bench.transport.requests.last).body)
        #expect(last["parts"].items?.count == 3)
        #expect(last["parts"].items?.first == ["part_number": 1, "etag": "\"1\""])
    }

    @Test("a part that fails for now is sent again")
    func again() throws {
        let path = try file(20 << 20)
        defer { unlink(path) }
        var failures = 2
        let bench = bench { _ in
            failures -= 1
            return failures >= 0 ? .answer(503) : .answer(200, "", headers: [("ETag", "e")])
        }
        let answer = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }
        #expect(answer?.value != nil)
    }

    @Test("a part that the store refuses ends the upload, which is given up on the server")
    func refused() throws {
        let path = try file(20 << 20)
        defer { unlink(path) }
        let bench = bench { _ in .answer(403, "SignatureDoesNotMatch") }
        let failure = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }?.failure
        #expect(failure?.status == 403)
        #expect(failure?.notes.last == "the upload was given up on the server: nothing of it is left")
        #expect(
            bench.transport.lines.filter { $0.hasPrefix("DELETE") } == [
                "DELETE /repositories/lake/branches/main/staging/pmpu/u1"
            ])
    }

    @Test("a cancelled upload is given up on the server before it is answered")
    func cancelled() throws {
        let path = try file(20 << 20)
        defer { unlink(path) }
        let bench = bench { _ in .silence }
        let id = bench.begin("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }
        bench.run()
        bench.performer.cancel(id, now: bench.now)
        bench.run()
        #expect(bench.answers[id]?.failure?.kind == .cancelled)
        #expect(bench.transport.lines.last?.hasPrefix("DELETE") == true)
    }

    @Test("a store without parts is named, with what to do")
    func unsupported() throws {
        let path = try file(1)
        defer { unlink(path) }
        let bench = PerformerBench([.answer(501, #"{"message":"presign multipart upload API is not supported"}"#)])
        let failure = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }?.failure
        #expect(failure?.notes.last == "leave out --presign: its store takes no parts")
    }

    static let lacks: [(String, String, String)] = [
        ("{}", "no upload_id", "what the server began has no name by which it could be given up"),
        (
            #"{"physical_address":"s3://b/x","presigned_urls":["https://store/x?part=1"]}"#, "no upload_id",
            "what the server began has no name by which it could be given up"
        ),
        (
            #"{"upload_id":"u1","presigned_urls":["https://store/x?part=1"]}"#, "no physical_address",
            "the upload was given up on the server: nothing of it is left"
        ),
        (
            #"{"upload_id":"u1","physical_address":"s3://b/x"}"#, "0 addresses in presigned_urls, for 1 parts",
            "the upload was given up on the server: nothing of it is left"
        ),
        (
            #"{"upload_id":"u1","physical_address":"s3://b/x","presigned_urls":["no address"]}"#,
            "0 addresses in presigned_urls, for 1 parts", "the upload was given up on the server: nothing of it is left"
        ),
        (
            #"{"upload_id":"..","physical_address":"s3://b/x","presigned_urls":[]}"#,
            "0 addresses in presigned_urls, for 1 parts", "the upload .. could not be given up on the server"
        ),
    ]

    @Test("an answer that lacks what an upload needs ends it, with what is missing", arguments: lacks)
    func lacking(_ began: String, _ lack: String, _ end: String) throws {
        let path = try file(1)
        defer { unlink(path) }
        let bench = PerformerBench { $0.method == "POST" ? .answer(201, began) : .answer(204) }
        let failure = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }?.failure
        #expect(failure?.message == "the answer of `create_presign_multipart_upload` has \(lack)")
        #expect(failure?.notes.last == end)
        #expect(failure?.hasChanged == false)
        #expect(!bench.transport.lines.contains { $0.hasPrefix("PUT") })
    }

    @Test("an upload whose id cannot stand in a path ends with an error, and is not waited for")
    func strangeID() throws {
        let path = try file(1)
        defer { unlink(path) }
        let began = #"{"upload_id":".","physical_address":"s3://b/x","presigned_urls":["https://store/x?part=1"]}"#
        let bench = PerformerBench {
            $0.method == "POST" ? .answer(201, began) : .answer(200, "", headers: [("ETag", "e")])
        }
        let failure = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = .string(path)
        }?.failure
        #expect(failure?.kind == .mistake)
        #expect(failure?.message.contains("`.` as upload_id") == true)
    }

    @Test("a file that is not there is a mistake, and nothing is sent")
    func missingFile() {
        let bench = PerformerBench([.answer(200)])
        let answer = bench.call("upload_object", place) {
            $0[.presign] = true
            $0[.from] = "/no/such/file"
        }
        #expect(answer?.failure?.kind == .mistake)
        #expect(bench.transport.requests.isEmpty)
    }

    @Test(
        "a file is cut into parts that the store takes",
        arguments: [(0, 1), (1, 1), (8 << 20, 1), (8 << 20 + 1, 2), (300 << 20, 38), (200 << 30, 10_000)])
    func cutting(_ size: Int, _ count: Int) {
        let upload = MultipartUpload(file: "f", size: size)
        #expect(upload.count == count)
        #expect(upload.range(of: count).upperBound == size)
    }
}
