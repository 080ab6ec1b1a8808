import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// Responses become values or failures, including malformed ones.
struct ResponseReaderTests {
    private func value(_ command: String, _ status: Int, _ body: String, type: String = "application/json") throws
        -> Value
    {
        let response = HTTPResponse(
            status: status, headers: [("Content-Type", type), ("X-Request-ID", "r-1")], body: Array(body.utf8))
        return try ResponseReader(#require(Catalogue[command])).value(of: response)
    }

    private func failure(
        _ command: String, _ status: Int, _ body: String, type: String = "application/json"
    ) throws -> Failure {
        do {
            _ = try value(command, status, body, type: type)
        } catch let failure as Failure {
            return failure
        }
        throw Failure(.assertion, "it went well")
    }

    @Test("a record has the fields of its schema, null where they were left out, and then those that it does not know")
    func allFields() throws {
        let user = try value("get_user", 200, #"{"new":1,"id":"ana","creation_date":5}"#)
        #expect(user.record?.keys == ["id", "creation_date", "friendly_name", "email", "new"])
        #expect(user["email"].isNull && user["new"] == 1)
        let page = try value("list_users", 200, #"{"pagination":{"has_more":false},"results":[{"id":"ana"}]}"#)
        #expect(page["results"].items?.first?.record?.keys == ["id", "creation_date", "friendly_name", "email"])
        #expect(page["pagination"].record?.keys.contains("has_more") == true)
    }

    @Test("integers stay exact")
    func integers() throws {
        #expect(
            try value("get_user", 200, #"{"id":"a","creation_date":9007199254740993}"#)["creation_date"].integer
                == 9_007_199_254_740_993)
    }

    @Test("secret fields arrive as secrets, also in lists")
    func secrets() throws {
        let keys = try value(
            "create_credentials", 201, #"{"access_key_id":"A","secret_access_key":"S","creation_date":1}"#)
        #expect(keys.containsSecret)
        #expect(keys["access_key_id"] == "A")
        let upload = try value(
            "create_presign_multipart_upload", 201,
            #"{"upload_id":"u","physical_address":"p","presigned_urls":["https://x"]}"#)
        #expect(upload["presigned_urls"].containsSecret)
    }

    @Test("an answer without a body is null, text is text, an object is bytes")
    func kinds() throws {
        #expect(try value("delete_user", 204, "").isNull)
        #expect(try value("add_group_membership", 201, "").isNull)
        #expect(try value("create_branch", 201, "8d11f0", type: "text/html") == "8d11f0")
        #expect(try value("get_object", 206, "{", type: "application/octet-stream") == .bytes([123]))
    }

    @Test("a presigned address is a secret, any other redirection nothing")
    func redirections() throws {
        let response = HTTPResponse(status: 302, headers: [("Location", "https://s3/x?X-Amz-Signature=1")])
        let operation = try #require(Catalogue["get_object"])
        #expect(try ResponseReader(operation, ["presign": true]).value(of: response).containsSecret)
        let login = HTTPResponse(status: 302, headers: [("Location", "https://sso/login?back=%2F")])
        let (plain, presigning): (Record, Record) = ([:], ["presign": true])
        for (answer, arguments) in [(response, plain), (login, plain), (login, presigning)] {
            #expect(throws: Failure.self) { try ResponseReader(operation, arguments).value(of: answer) }
        }
        #expect(try ResponseReader(#require(Catalogue["oauth_callback"])).value(of: response).isNull)
    }

    @Test("a redirection that is no answer is a failure")
    func strangeRedirection() throws {
        #expect(try failure("list_users", 301, "moved").status == 301)
    }

    @Test(
        "a status decides the kind, and for 401 the words",
        arguments: [
            (400, "x", Failure.Kind.operation), (401, "error authenticating request", .unauthenticated),
            (401, "insufficient permissions: not allowed to auth:ReadUser", .denied),
            (403, "protected branch", .denied),
            (404, "user not found", .notFound), (409, "Already exists", .conflict), (412, "x", .conflict),
            (500, "x", .operation), (501, "Not Implemented", .operation),
        ])
    func statuses(_ status: Int, _ words: String, _ kind: Failure.Kind) throws {
        let failure = try failure("get_user", status, #"{"message":"\#(words)"}"#)
        #expect(failure.kind == kind)
        #expect(failure.status == status)
        #expect(failure.requestID == "r-1")
        #expect(failure.notes == ["server: \(status) \"\(words)\" · request r-1"])
        #expect(failure.body["message"] == .string(words))
    }

    @Test(
        "a status that something before the server sent says nothing of the server's things",
        arguments: [
            ("<html>404 Not Found</html>", "text/html"), ("default backend - 404", "text/plain"),
            ("<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code></Error>", "application/xml"),
            (#"{"error":"no Route matched"}"#, "application/json"), ("[]", "application/json"),
        ])
    func strangers(_ body: String, _ type: String) throws {
        for status in [401, 403, 404, 407, 409, 412] {
            let failure = try failure("get_user", status, body, type: type)
            #expect(failure.kind == .operation && failure.code == "R0224" && failure.status == status)
        }
        #expect(try failure("head_object", 404, "", type: "").kind == .notFound)
        #expect(try failure("merge_into_branch", 409, #"{"reference":""}"#).kind == .conflict)
    }

    @Test("an error without a body is the server's own if it has the id of the request")
    func empty() throws {
        #expect(try failure("delete_branch_protection_rule", 404, "", type: "").kind == .notFound)
        let response = HTTPResponse(status: 404)
        let failure = #expect(throws: Failure.self) {
            try ResponseReader(#require(Catalogue["delete_user"])).value(of: response)
        }
        #expect(failure?.code == "R0224")
    }

    @Test("a message that is a JSON string, or plain text, is shown as well")
    func otherWords() throws {
        #expect(try failure("login", 401, #""Unauthorized""#).notes.first?.contains("\"Unauthorized\"") == true)
        #expect(try failure("get_user", 400, "bad id", type: "text/plain").message.contains("bad id"))
    }

    @Test("a web page is told from JSON")
    func pages() throws {
        for status in [200, 502] {
            let failure = try failure("list_users", status, "<html>Sign in</html>", type: "text/html; charset=utf-8")
            #expect(failure.code == "R0224" && failure.message.hasSuffix("not in the way of lakeFS: a web page"))
        }
    }

    @Test("a page is an object if it has the tag of one")
    func pageAsObject() throws {
        var response = HTTPResponse(status: 200, headers: [("Content-Type", "text/html")], body: Array("<html>".utf8))
        let reader = try ResponseReader(#require(Catalogue["get_object"]))
        #expect(throws: Failure.self) { try reader.value(of: response) }
        response.headers.append(("ETag", "\"d41d8cd98f\""))
        #expect(try reader.value(of: response) == .bytes(response.body))
    }

    @Test("of several JSON documents the first one's words are told, the last one is the body")
    func documents() throws {
        let failure = try failure("get_user", 500, "{\"message\":\"first\"}\n{\"message\":\"last\"}\n")
        #expect(failure.message == "`get_user` answered 500: first")
        #expect(failure.body == ["message": "last"] && failure.notes.contains("server: last"))
        #expect(try self.failure("get_user", 500, "1\n2", type: "text/plain").body == "1 2")
    }

    @Test("of an answer that may hold a secret and cannot be read nothing is shown")
    func unreadableSecret() throws {
        let failure = try failure("create_credentials", 201, #"{"access_key_id":"A","secret_access_key":"hunter2""#)
        #expect(failure.message.hasPrefix("`create_credentials` was done, and its answer is lost: it is not JSON"))
        #expect(
            failure.notes == [
                "by its status, 201, it was done", "it is not shown, since it may hold a secret",
                "the secret is lost: take back what was made, and make a new one",
            ])
        #expect(failure.body.isNull && failure.hasChanged)
    }

    @Test("JSON that ends too early names the byte", arguments: [#"{"results":["#, "", #"{"a" 1}"#])
    func broken(_ body: String) throws {
        let failure = try failure("list_users", 200, body)
        #expect(failure.kind == .operation)
        #expect(failure.message.contains(body.isEmpty ? "has no body" : "is not JSON"))
    }

    @Test("5 MB of no JSON give a short message")
    func large() throws {
        let failure = try failure("list_users", 200, String(repeating: "x", count: 5_000_000), type: "text/plain")
        #expect(failure.notes.joined().count < 400)
    }

    @Test("a body that was cut off is not taken for a whole one")
    func cutOff() throws {
        var response = HTTPResponse(status: 200, body: [1, 2, 3])
        response.isCutOff = true
        #expect(throws: Failure.self) { try ResponseReader(#require(Catalogue["get_object"])).value(of: response) }
    }
}
