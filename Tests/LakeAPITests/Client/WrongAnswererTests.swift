import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// The answers of something else than lakeFS are no success, no absence and no missing right, whatever is called.
struct WrongAnswererTests {
    private static let page = "<html><head><title>Sign in</title></head><body>Who are you?</body></html>"
    private static let xml = "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code><Message>none</Message></Error>"
    typealias Headers = [(name: String, value: String)]
    private static let html: Headers = [("Content-Type", "text/html; charset=utf-8"), ("Server", "nginx")]
    private static let store: Headers = [("Content-Type", "application/xml")]
    private static let json: Headers = [("Content-Type", "application/json")]
    private static let plain: Headers = [("Content-Type", "text/plain; charset=utf-8")]
    private static let away: Headers = html + [("Location", "https://sso.example.com/login?token=t0p")]

    /// An answer that lakeFS does not give, by its status, body and headers.
    struct Stranger: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        let headers: Headers
        var testDescription: String { "\(status) \(headers.first?.value ?? "-") \(body.prefix(40))" }

        init(_ status: Int, _ body: String, _ headers: Headers) {
            (self.status, self.body, self.headers) = (status, body, headers)
        }
    }

    private static let all: [Stranger] = pages + moved + stores + texts + errors + shapes

    private static let pages = [
        200, 201, 400, 401, 403, 404, 407, 409, 410, 412, 413, 416, 420, 500, 501, 502, 503, 504,
    ].map { Stranger($0, page, html) }
    private static let moved = [301, 302, 303, 307, 308].map { Stranger($0, "", away) }
    private static let stores = [200, 401, 403, 404, 409, 501].map { Stranger($0, xml, store) }
    private static let texts: [Stranger] =
        [200, 401, 403, 404, 409].map { Stranger($0, "", []) } + [
            Stranger(404, "default backend - 404", plain), Stranger(404, "404 page not found\n", plain),
            Stranger(200, "OK", plain), Stranger(200, page, plain), Stranger(201, page, []),
        ]
    private static let errors: [Stranger] = [
        Stranger(203, "{}", json), Stranger(404, "{}", json), Stranger(404, "null", json),
        Stranger(404, "[]", json), Stranger(404, "\"x\"", json), Stranger(404, #"{"error":"no route"}"#, json),
        Stranger(404, #"{"message":"invalid API endpoint"}"#, json),
        Stranger(404, #"{"message":"no Route matched with those values"}"#, json),
        Stranger(404, #"{"message":"no Route matched","request_id":"r"}"#, json),
        Stranger(404, #"{"timestamp":1,"status":404,"error":"Not Found","message":"","path":"/"}"#, json),
        Stranger(403, #"{"message":"Missing Authentication Token"}"#, json),
        Stranger(403, #"{"message":"Forbidden"}"#, json), Stranger(401, "\"x\"", json),
        Stranger(401, #"{"message":"no","code":"E1"}"#, json), Stranger(409, #"{"detail":"no"}"#, json),
    ]
    private static let shapes: [Stranger] = [200, 201].flatMap { status in
        ["{}", "null", "[]", "\"x\"", "7", "{\"results\":null}", "\u{FEFF}{\"id\":\"ana\",\"creation_date\":1}"]
            .map { Stranger(status, $0, json) }
    }

    /// A call, and the least of what it needs.
    static let calls: [(command: String, arguments: Record)] = [
        ("get_user", ["user_id": "ana"]), ("list_users", [:]),
        ("get_object", ["repository": "lake", "ref": "main", "path": "a"]),
        ("head_object", ["repository": "lake", "ref": "main", "path": "a"]),
        ("create_user", ["id": "ana"]), ("delete_user", ["user_id": "ana"]),
        ("add_group_membership", ["group_id": "g", "user_id": "ana"]), ("create_credentials", ["user_id": "ana"]),
        ("create_branch", ["repository": "lake", "name": "dev", "source": "main"]),
        ("commit", ["repository": "lake", "branch": "main", "message": "m"]),
        ("merge_into_branch", ["repository": "lake", "source_ref": "dev", "destination_branch": "main"]),
        ("hard_reset_branch", ["repository": "lake", "branch": "main", "ref": "dev"]),
        ("upload_object", ["repository": "lake", "branch": "main", "path": "a", "content": "x"]),
        ("login", ["access_key_id": "A", "secret_access_key": "S"]),
    ]

    /// True for an answer that nothing tells from lakeFS's: an object that is empty.
    private static func isDue(_ stranger: Stranger, _ command: String) -> Bool {
        command == "get_object" && stranger.status == 200 && stranger.body.isEmpty
    }

    @Test("no answer of another is a success, an absence or a missing right", arguments: all)
    func refused(_ stranger: Stranger) {
        for (command, arguments) in WrongAnswererTests.calls where !WrongAnswererTests.isDue(stranger, command) {
            for isEnsured in [false, true] where !isEnsured || Catalogue[command]?.ensure != nil {
                let bench = PerformerBench { request in
                    if request.target.hasSuffix("/setup_lakefs") { return .answer(200, #"{"state":"initialized"}"#) }
                    return .answer(stranger.status, stranger.body, headers: stranger.headers)
                }
                let answer = bench.call(command, arguments) { options in
                    options[.ensure] = isEnsured ? true : nil
                    options[.retries] = 0
                }
                let isRead = Catalogue[command]?.effect == .read
                switch answer {
                case .failure(let failure)?:
                    #expect([.operation].contains(failure.kind), "\(command): \(failure.kind) \(failure.message)")
                case .inDoubt?: #expect(!isRead, "\(command)")
                case let other: Issue.record("\(command), ensured \(isEnsured): \(String(describing: other))")
                }
                #expect(bench.unchanged == 0, "\(command)")
            }
        }
    }

    private func outcome(
        _ command: String, _ arguments: Record, _ status: Int, _ body: String,
        _ headers: Headers = []
    ) -> Failure? {
        let bench = PerformerBench([.answer(status, body, headers: headers)])
        let answer = bench.call(command, arguments) { $0[.retries] = 0 }
        return answer?.failure ?? answer?.doubt
    }

    @Test("what it is, from whom, and where it leads are told; what a query holds is not")
    func told() throws {
        let page = try #require(outcome("get_user", ["user_id": "ana"], 200, Self.page, Self.html))
        #expect(page.message == "`get_user` answered 200, and not in the way of lakeFS: a web page, \"Sign in\"")
        #expect(page.notes.first == "it came from Server: nginx")
        let away = try #require(outcome("get_user", ["user_id": "ana"], 302, "", Self.away))
        #expect(away.notes.contains("it leads to https://sso.example.com/login"))
        #expect(!(away.notes.joined() + away.message).contains("t0p"))
        let shape = try #require(outcome("get_user", ["user_id": "ana"], 200, #"{"id":"ana"}"#))
        #expect(shape.message.hasSuffix("not in the way of lakeFS: `User` without `creation_date`"))
    }

    @Test("a write is in doubt after it, unless doing it again does no harm or the proxy passed nothing on")
    func doubt() throws {
        let branch: Record = ["repository": "lake", "branch": "main", "message": "m"]
        let commit = try #require(outcome("commit", branch, 200, Self.page, Self.html))
        #expect(commit.kind == .inDoubt && commit.notes.contains { $0.hasPrefix("look before you go on: log_commits") })
        let removed = try #require(outcome("delete_user", ["user_id": "ana"], 404, Self.page, Self.html))
        #expect(removed.kind == .operation && removed.notes.contains { $0.contains("doing it again does no harm") })
        let proxy = try #require(outcome("commit", branch, 407, "", []))
        #expect(proxy.kind == .operation && proxy.message.contains("the proxy"))
    }

    @Test("of another shape that may hold a secret nothing is shown")
    func secret() throws {
        let failure = try #require(
            outcome("create_credentials", ["user_id": "ana"], 201, #"{"secret_access_key":"hunter2"}"#, Self.json))
        #expect(failure.kind == .inDoubt && failure.body.isNull)
        #expect(!(failure.notes.joined() + failure.message).contains("hunter2"))
    }

    private static let others: [(String, Record, Int, String, Failure.Kind)] = [
        ("get_user", ["user_id": "ana"], 200, #"{"id":"bo","creation_date":1}"#, .operation),
        ("create_user", ["id": "ana"], 201, #"{"id":"bo","creation_date":1}"#, .inDoubt),
        ("get_branch", ["repository": "lake", "branch": "main"], 200, #"{"id":"dev","commit_id":"ab"}"#, .operation),
        (
            "stat_object", ["repository": "lake", "ref": "main", "path": "a"], 200,
            #"{"path":"b","path_type":"object","physical_address":"p","checksum":"c","mtime":1}"#, .operation
        ),
    ]

    @Test("an answer about something else is another request's", arguments: 0..<4)
    func another(_ row: Int) throws {
        let (command, arguments, status, body, kind) = WrongAnswererTests.others[row]
        let failure = try #require(outcome(command, arguments, status, body))
        #expect(failure.kind == kind && failure.message.contains("was asked for"))
    }
}
