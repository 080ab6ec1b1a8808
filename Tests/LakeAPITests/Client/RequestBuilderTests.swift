import LakeScript
import Testing

@testable import LakeAPI

/// Requests for calls, with parameters in every place.
struct RequestBuilderTests {
    private func request(
        _ command: String, _ arguments: [(String, Value)], as credentials: Credentials? = nil
    ) throws -> HTTPRequest {
        let operation = try #require(Catalogue[command])
        return try RequestBuilder().request(for: operation, arguments: Record(arguments), credentials: credentials)
    }

    @Test(
        "ids stand in a path byte by byte",
        arguments: [
            ("ana", "ana"), ("a/b", "a%2Fb"), ("a b", "a%20b"), ("...", "..."), ("a+b", "a%2Bb"), ("🦆", "%F0%9F%A6%86"),
            ("a?b#c", "a%3Fb%23c"), ("é", "%C3%A9"), ("~a_b-c.d", "~a_b-c.d"),
        ])
    func paths(_ id: String, _ encoded: String) throws {
        #expect(try request("get_user", [("user_id", .string(id))]).target == "/api/v1/auth/users/\(encoded)")
    }

    @Test(
        "where a name of a path has a `%`, all are escaped twice, since the server unescapes them twice",
        arguments: [
            ("a%62", "a%252562"), ("100%", "100%2525"), ("a/%", "a%252F%2525"), ("é%+", "%25C3%25A9%2525%252B"),
        ])
    func percent(_ tag: String, _ encoded: String) throws {
        let made = try request("get_tag", [("repository", "lake"), ("tag", .string(tag))])
        #expect(made.target == "/api/v1/repositories/lake/tags/\(encoded)")
    }

    @Test("a query is escaped once, whatever is in it")
    func percentInQuery() throws {
        let place: [(String, Value)] = [("repository", "lake"), ("ref", "main"), ("path", "a%62/é")]
        #expect(
            try request("stat_object", place).target
                == "/api/v1/repositories/lake/refs/main/objects/stat?path=a%2562%2F%C3%A9")
    }

    static let refusals: [(String, [(String, Value)], String)] = [
        ("delete_user", [("user_id", "")], "`delete_user` got an empty user_id: an empty name is not allowed"),
        ("delete_user", [("user_id", "a%62")], "`delete_user` got `a%62` as user_id: such names contain no `%`"),
        (
            "get_branch", [("repository", "lake"), ("branch", "ma%69n")],
            "`get_branch` got `ma%69n` as branch: such names contain no `%`"
        ),
        (
            "delete_branch", [("repository", "lake"), ("branch", "..")],
            "`delete_branch` got `..` as branch: `.` and `..` would change the address"
        ),
        (
            "detach_policy_from_user", [("user_id", "x/.."), ("policy_id", "p")],
            "`detach_policy_from_user` got `x/..` as user_id: `.` and `..` would"
        ),
        (
            "delete_credentials", [("user_id", "ana"), ("access_key_id", .secret("AK%49A"))],
            "`delete_credentials` got `••••` as access_key_id: such names"
        ),
    ]

    @Test("a name that would not arrive is refused, with its parameter and the reason", arguments: refusals)
    func refused(_ command: String, _ arguments: [(String, Value)], _ message: String) throws {
        let failure = #expect(throws: Failure.self) { try request(command, arguments) }
        #expect(failure?.kind == .mistake)
        #expect(failure?.message.hasPrefix(message) == true, "\(failure?.message ?? "")")
        #expect(failure?.notes == ["nothing was sent"])
    }

    @Test("queries hold words, numbers and switches, in the catalogue's order; null is left out")
    func queries() throws {
        let made = try request(
            "list_user_policies",
            [("user_id", "ana"), ("effective", true), ("amount", 5), ("prefix", "FS &"), ("after", .null)])
        #expect(made.target == "/api/v1/auth/users/ana/policies?prefix=FS%20%26&amount=5&effective=true")
    }

    @Test("an empty string is sent")
    func emptyQuery() throws {
        #expect(try request("list_users", [("prefix", "")]).target == "/api/v1/auth/users?prefix=")
    }

    @Test("a list of a query is repeated")
    func lists() throws {
        let made = try request(
            "log_commits", [("repository", "lake"), ("ref", "main"), ("objects", ["a", "b/c"])])
        #expect(made.target == "/api/v1/repositories/lake/refs/main/commits?objects=a&objects=b%2Fc")
    }

    @Test("header parameters become headers, by their names on the wire")
    func headers() throws {
        let made = try request(
            "set_branch_protection_rules",
            [("repository", "lake"), ("body", [["pattern": "main"]]), ("if_match", "abc")])
        #expect(made.header("If-Match") == "abc")
        #expect(made.method == "PUT")
        #expect(String(decoding: made.body, as: UTF8.self) == #"[{"pattern":"main"}]"#)
    }

    @Test("a body holds the given fields only, by their names on the wire, integers exact")
    func bodies() throws {
        let login = try request(
            "external_principal_login",
            [("identity_request", ["date": "x"]), ("token_expiration_duration", 9_007_199_254_740_993)])
        let text = String(decoding: login.body, as: UTF8.self)
        #expect(text == #"{"token_expiration_duration":9007199254740993,"identityRequest":{"date":"x"}}"#)
        #expect(login.header("Content-Type") == "application/json")
    }

    @Test("secrets are written out in a body")
    func secrets() throws {
        let login = try request("login", [("access_key_id", "A"), ("secret_access_key", .secret("S"))])
        #expect(String(decoding: login.body, as: UTF8.self) == #"{"access_key_id":"A","secret_access_key":"S"}"#)
    }

    @Test("a whole body can be given")
    func wholeBody() throws {
        let made = try request("create_policy", [("body", ["id": "p", "statement": [], "extra": 1])])
        #expect(String(decoding: made.body, as: UTF8.self) == #"{"id":"p","statement":[],"extra":1}"#)
    }

    @Test("a body that may be left out is, where nothing is given for it")
    func noBody() throws {
        let made = try request(
            "merge_into_branch", [("repository", "lake"), ("source_ref", "a"), ("destination_branch", "b")])
        #expect(made.body.isEmpty && made.header("Content-Type") == nil)
    }

    @Test("bytes and text go as the file of a form", arguments: [Value.bytes([0, 255]), "ab"])
    func content(_ content: Value) throws {
        let made = try request(
            "upload_object", [("repository", "lake"), ("branch", "main"), ("path", "a/b"), ("content", content)])
        let type = try #require(made.header("Content-Type"))
        #expect(type.hasPrefix("multipart/form-data; boundary=lakesh-"))
        let boundary = type.drop { $0 != "=" }.dropFirst()
        let head =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"content\"; filename=\"content\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n"
        let bytes: [UInt8] = content == "ab" ? [97, 98] : [0, 255]
        #expect(made.body == Array(head.utf8) + bytes + Array("\r\n--\(boundary)--\r\n".utf8))
        #expect(made.target == "/api/v1/repositories/lake/branches/main/objects?path=a%2Fb")
    }

    @Test("no two builders have one boundary")
    func boundaries() {
        #expect(Set((0..<100).map { _ in RequestBuilder().form.contentType }).count == 100)
    }

    @Test("what a whole body leaves out is filled by the fields that are given; null is left out")
    func bodyAndFields() throws {
        let made = try request(
            "create_branch",
            [("repository", "lake"), ("body", ["name": "b", "source": .null]), ("source", "main"), ("name", "other")])
        #expect(String(decoding: made.body, as: UTF8.self) == #"{"name":"b","source":"main"}"#)
    }

    @Test("a map is no part of a path")
    func wrongKind() {
        #expect(throws: Failure.self) { try request("get_user", [("user_id", ["id": "ana"])]) }
    }

    static let identities: [(Value, String, String)] = [
        (Value.map(["access_key_id": "A", "secret_access_key": .secret("S")]), "Authorization", "Basic QTpT"),
        (["token": .secret("t.o.k")], "Authorization", "Bearer t.o.k"),
        (["internal_auth_session": "c"], "Cookie", "internal_auth_session=c"),
        (["saml_auth_session": "c"], "Cookie", "saml_auth_session=c"),
    ]

    @Test(
        "each identity has its header",
        arguments: identities)
    func credentials(_ identity: Value, _ name: String, _ value: String) throws {
        let header = try Credentials(identity).header
        #expect(header.name == name && header.value == value)
    }

    @Test(
        "what is no identity is refused",
        arguments: [Value.null, ["access_key_id": "A"], ["id": "ana"], ["token": "a\r\nX: y"]])
    func noIdentity(_ identity: Value) {
        #expect(throws: Failure.self) { try Credentials(identity) }
    }
}
