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
        let page = try value("list_users", 200, #"{"pagination":{},"results":[{"id":"ana"}]}"#)
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
        let response = HTTPResponse(status: 302, headers: [("Location", "https://s3/x?sig=1")])
        let object = try ResponseReader(#require(Catalogue["get_object"])).value(of: response)
        #expect(object.containsSecret)
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

    @Test("a message that is a JSON string, or plain text, is shown as well")
    func otherWords() throws {
        #expect(try failure("login", 401, #""Unauthorized""#).notes.first?.contains("\"Unauthorized\"") == true)
        #expect(try failure("get_user", 400, "bad id", type: "text/plain").message.contains("bad id"))
    }

    @Test("a web page is told from JSON")
    func pages() throws {
        let failure = try failure("list_users", 200, "<html><b>Sign in</b></html>", type: "text/html; charset=utf-8")
        #expect(failure.message == "the answer of `list_users` is a web page, not JSON")
        #expect(failure.notes.contains("is this the address of a lakeFS server?"))
        #expect(
            try self.failure("list_users", 502, "<html>Bad</html>", type: "text/html").message.contains("a web page"))
    }

    @Test("a page in place of a write's answer says that the write was done")
    func pageAfterWrite() throws {
        let failure = try failure("create_user", 201, "<html></html>", type: "text/html")
        #expect(failure.notes.contains("by its status, 201, it was done"))
    }

    @Test("of several JSON documents the first one's words are told, the last one is the body")
    func documents() throws {
        let failure = try failure("get_user", 500, "{\"message\":\"first\"}\n{\"message\":\"last\"}\n")
        #expect(failure.message == "`get_user` answered 500: first")
        #expect(failure.body == ["message": "last"])
        #expect(try self.failure("get_user", 500, "1\n2", type: "text/plain").body == "1 2")
    }

    @Test("of an answer that may hold a secret and cannot be read nothing is shown")
    func unreadableSecret() throws {
        let failure = try failure("create_credentials", 201, #"{"access_key_id":"A","secret_access_key":"hunter2""#)
        #expect(failure.message.hasPrefix("the answer of `create_credentials` is not JSON"))
        #expect(failure.notes == ["by its status, 201, it was done", "it is not shown, since it may hold a secret"])
        #expect(failure.body.isNull && failure.hasChanged)
        #expect(try self.failure("login", 200, "<html>", type: "text/html").notes.last == "it begins: <html>")
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
