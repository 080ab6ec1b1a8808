import Glibc
import LakeScript
import Testing

@testable import LakeAPI

/// `put_url` and `get_url`: requests to addresses that carry their own permission.
struct AddressCallTests {
    private static let url = "https://store.example.com/bucket/key?X-Amz-Signature=canary"

    @Test("what is put goes to the address, query and all, and the store's tag comes back")
    func put() {
        let bench = PerformerBench([.answer(200, "", headers: [("ETag", "\"abc\"")])])
        let answer = bench.world("put_url", [.secret(Self.url), .null, "hello", ["Content-Type": "text/plain"]])
        #expect(answer?.value?["etag"] == "\"abc\"")
        #expect(answer?.value?["status"] == 200)
        let request = bench.transport.requests[0]
        #expect(request.method == "PUT" && request.target == "/bucket/key?X-Amz-Signature=canary")
        #expect(request.body == Array("hello".utf8))
        #expect(bench.transport.options[0].origin == "https://store.example.com")
    }

    @Test("no keys of ours go along, and no header that was not asked for")
    func noKeys() {
        let bench = PerformerBench([.answer(200)])
        _ = bench.world("put_url", [.string(Self.url), .null, "x", ["x-a": "1"]], as: ["token": "t"])
        #expect(bench.transport.requests[0].headers.map(\.name) == ["x-a"])
    }

    @Test("a file is sent from the disk, and an answer goes to a file")
    func files() throws {
        let copy = "/tmp/lakesh-copy-\(getpid())"
        defer { unlink(copy) }
        let bench = PerformerBench([.answer(200, "hello")])
        _ = bench.world("put_url", [.string(Self.url), "/dev/null", .null, .null])
        #expect(bench.transport.options[0].source?.path == "/dev/null")
        _ = bench.world("get_url", [.string(Self.url), .string(copy), .null])
        #expect(try Gathering.wholeFile(ByteSource(file: copy), nil) == Array("hello".utf8))
    }

    @Test("what is fetched without a file is a text where it is one")
    func get() {
        let bench = PerformerBench([.answer(200, "hello")])
        #expect(bench.world("get_url", [.string(Self.url), .null, .null])?.value?["body"] == "hello")
    }

    @Test("a store's refusal is told in its own words, without what was signed")
    func refusal() throws {
        let body =
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message>"
            + "<StringToSign>canary</StringToSign></Error>"
        let bench = PerformerBench([.answer(403, body)])
        let failure = try #require(bench.world("get_url", [.secret(Self.url), .null, .null])?.failure)
        #expect(failure.kind == .denied && failure.status == 403)
        #expect(failure.message == "https://store.example.com/bucket/key answered 403")
        #expect(failure.notes == [#"server: 403 "AccessDenied: Request has expired""#])
        #expect(failure.body == "AccessDenied: Request has expired")
        #expect(!"\(failure)".contains("canary"))
    }

    @Test("a put that was not answered is sent again: it ends in the same state")
    func again() {
        let bench = PerformerBench([.lost(sent: true), .answer(200)])
        #expect(bench.world("put_url", [.string(Self.url), .null, "x", .null])?.value != nil)
        #expect(bench.transport.requests.count == 2)
    }

    @Test(
        "what is no address, or holds a password, is refused without being shown",
        arguments: ["ftp://host/x", "https://", "https://user:canary@host/x", "https://host/a canary", "canary"])
    func noAddress(_ text: String) throws {
        let bench = PerformerBench([.answer(200)])
        let failure = try #require(bench.world("get_url", [.string(text), .null, .null])?.failure)
        #expect(failure.kind == .mistake && !failure.message.contains("canary"))
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("a file and --body together are a mistake, and so is neither")
    func oneOfThem() {
        let bench = PerformerBench([.answer(200)])
        for values: [Value] in [["https://h/", "f", "x", .null], ["https://h/", .null, .null, .null]] {
            #expect(bench.world("put_url", values)?.failure?.kind == .mistake)
        }
    }
}
