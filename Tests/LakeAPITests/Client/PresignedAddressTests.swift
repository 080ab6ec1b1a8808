import LakeScript
import Testing

@testable import LakeAPI

/// Presigned addresses are secrets, wherever they occur.
struct PresignedAddressTests {
    static let presigned = [
        "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA&X-Amz-Signature=5ec",
        "http://127.0.0.1:8000/b/k?Expires=1700000900&X-Amz-Signature=5ec", "https://b/k?x-amz-credential=5ec",
        "https://b/k?AWSAccessKeyId=AKIA&Signature=5ec&Expires=1",
        "https://b/k?GoogleAccessId=x&Expires=1&Signature=5ec",
        "https://storage.googleapis.com/b/k?X-Goog-Algorithm=GOOG4&X-Goog-Signature=5ec",
        "https://a.blob.core.windows.net/c/k?sv=2024-01-01&se=2026-01-01&sr=b&sp=r&sig=5ec",
        "https://b.oss.aliyuncs.com/k?OSSAccessKeyId=x&Expires=1&Signature=5ec",
        "wasb://b/k?se=2026&sig=5ec#part",
    ]
    static let plain = [
        "s3://bucket/data/x,signature", "https://lakefs.example.com/?ref=main", "a?sig=1&se=2", "X-Amz-Signature=5ec",
        "https://b/k?Signature=1", "https://b/k?sig=1", "https://b/X-Amz-Signature=5ec", "https://b/k?", "",
    ]

    @Test("told by their form, whole or inside of a text", arguments: presigned)
    func known(_ address: String) {
        for text in [address, "Get \"\(address)\": refused", "<a href='\(address)'>x</a>"] {
            #expect(PresignedAddress.stands(in: text))
            let hidden = PresignedAddress.hidden(in: text)
            #expect(!hidden.contains("5ec") && hidden.contains("?••••"))
        }
    }

    @Test("also where the text of JSON or XML was not read", arguments: presigned)
    func escaped(_ address: String) {
        for ampersand in ["\\u0026", "&amp;"] {
            let text = "{\"u\":\"\(address.split(separator: "&").joined(separator: ampersand))\"}"
            #expect(!PresignedAddress.hidden(in: text).contains("5ec"))
        }
    }

    @Test("other texts stay as they are", arguments: plain)
    func others(_ text: String) {
        #expect(!PresignedAddress.stands(in: text))
        #expect(PresignedAddress.hidden(in: text) == text)
    }

    @Test("two in one text are hidden both, and what stands between is told")
    func two() {
        let (first, last) = (Self.presigned[0], Self.presigned[6])
        let hidden = PresignedAddress.hidden(in: "from \(first) to \(last), in vain")
        #expect(
            hidden == "from https://b.s3.amazonaws.com/k?•••• to https://a.blob.core.windows.net/c/k?•••• in vain")
    }

    private static let address = presigned[0]

    @Test(
        "in any field of any operation's answer",
        arguments: [
            ("get_user", #""creation_date":1"#), ("list_objects", #""pagination":{"has_more":false}"#),
            ("get_repository", #""creation_date":1,"default_branch":"main","storage_namespace":"s""#),
        ])
    func fields(_ name: String, _ required: String) throws {
        let operation = try #require(Catalogue[name])
        let body =
            #"{"results":[{"a":["\#(Self.address)"],"path":"p"}],"note":"see \#(Self.address)","id":"i",\#(required)}"#
        let value = try ResponseReader(operation).value(of: HTTPResponse(status: 200, body: Array(body.utf8)))
        #expect(!value.isShown("5ec"))
    }

    @Test("the commits of a garbage collection, by name as well", arguments: [address, "https://store/other?x=5ec"])
    func collection(_ address: String) throws {
        let result =
            #"{"run_id":"r","gc_commits_location":"s3://b/c","gc_addresses_location":"s3://b/a","gc_commits_presigned_url":"\#(address)"}"#
        let commits = try value("prepare_garbage_collection_commits", 201, result)
        #expect(commits["gc_commits_presigned_url"] == .secret(address))
        #expect(commits["gc_commits_location"] == "s3://b/c")
        let status = try value(
            "prepare_garbage_collection_commits_status", 200,
            #"{"task_id":"t","completed":true,"update_time":"u","result":\#(result)}"#)
        #expect(status["result"]["gc_commits_presigned_url"] == .secret(address))
    }

    private func value(_ command: String, _ status: Int, _ body: String) throws -> Value {
        let operation = try #require(Catalogue[command])
        return try ResponseReader(operation).value(of: HTTPResponse(status: status, body: Array(body.utf8)))
    }

    @Test("in an error's message, notes and body, and in what begins an answer that cannot be read")
    func errors() {
        let answers: [ScriptedTransport.Outcome] = [
            .answer(400, #"{"message":"put \#(Self.address): refused","url":"\#(Self.address)"}"#),
            .answer(500, "cannot reach \(Self.address)"), .answer(200, "no JSON: \(Self.address)"),
            .answer(400, "<Error><Code>X</Code><Message>\(Self.address)</Message></Error>"),
            .cutOff(201, #"{"presigned_urls":["\#(Self.address)","#),
        ]
        for answer in answers {
            let bench = PerformerBench([answer])
            let failure = bench.call("get_repository", ["repository": "lake"]) { $0[.retries] = 0 }?.failure
            #expect(failure.map { ([$0.message] + $0.notes).contains { $0.contains("5ec") } } == false)
            #expect(failure?.body.isShown("5ec") == false)
        }
    }

    @Test("in headers, and a Location with whatever query")
    func headers() {
        for (name, value) in [("X-Next", Self.address), ("Location", "https://b/k?token=5ec")] {
            let response = HTTPResponse(status: 200, headers: [(name, value), ("ETag", "e")])
            #expect(response.headerFields[name.lowercased()] == .secret(value))
            #expect(response.headerFields["etag"] == "e")
        }
    }

    @Test("where presigned ones were asked for, every address with a query is one")
    func asked() {
        let object =
            #"{"path":"a","path_type":"object","physical_address":"https://s3/a?q=5ec","mtime":1,"checksum":""}"#
        let bench = PerformerBench([.answer(200, object)])
        let place: Record = ["repository": "lake", "ref": "main", "path": "a"]
        #expect(bench.call("stat_object", place)?.value?["physical_address"] == "https://s3/a?q=5ec")
        var asking = place
        asking["presign"] = true
        #expect(bench.call("stat_object", asking)?.value?["physical_address"] == .secret("https://s3/a?q=5ec"))
    }
}

extension Value {
    /// True if the displayed value contains a text.
    fileprivate func isShown(_ text: String) -> Bool {
        String(decoding: JSON.write(self, layout: .compact), as: UTF8.self).contains(text)
    }
}
