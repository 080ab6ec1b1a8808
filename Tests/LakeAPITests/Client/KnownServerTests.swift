import LakeScript
import Testing

@testable import LakeAPI

/// What only old or only new servers have is said before it is sent; what every server has costs no question.
struct KnownServerTests {
    private static let reset: Record = ["repository": "lake", "branch": "main", "ref": "8d11f0"]

    /// A server of a version, whose set-up state has these fields.
    private func bench(_ version: String, setup: String = #"{"state":"initialized","login_config":{}}"#)
        -> PerformerBench
    {
        PerformerBench { request in
            switch request.target {
            case "/api/v1/config/version": .answer(200, #"{"version":"\#(version)"}"#)
            case "/api/v1/setup_lakefs": .answer(200, setup)
            default: .answer(204)
            }
        }
    }

    @Test("a server that is too old is found out, and nothing is sent")
    func tooOld() {
        let bench = bench("1.7.2")
        let failure = bench.call("hard_reset_branch", Self.reset)?.failure
        #expect(failure?.message == "this server is lakeFS 1.7, which has no `hard_reset_branch`")
        #expect(failure?.notes == ["only lakeFS 1.8 to 1.84 has it", "nothing was sent"])
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    @Test("a server that is too new is found out, too, before a password goes out")
    func tooNew() {
        let bench = bench("1.84.0")
        let failure = bench.call("forgot_password", ["email": "ana@example.com"])?.failure
        #expect(failure?.message == "this server is lakeFS 1.84, which has no `forgot_password`")
        #expect(bench.transport.lines == ["GET /config/version"])
    }

    @Test("the version is asked once, with the caller's keys, also for calls that begin together")
    func askedOnce() {
        let bench = bench("1.84.0")
        let ids = (0..<3).map { _ in bench.begin("hard_reset_branch", Self.reset) }
        bench.run()
        #expect(ids.allSatisfy { bench.answers[$0]?.value != nil })
        #expect(bench.transport.lines.filter { $0.hasPrefix("GET") } == ["GET /config/version"])
        #expect(bench.transport.requests[0].header("Authorization") == "Bearer t")
    }

    @Test("what every version has costs no question")
    func free() {
        let bench = bench("1.84.0")
        _ = bench.call("delete_branch", ["repository": "lake", "branch": "b"])
        #expect(bench.transport.lines == ["DELETE /repositories/lake/branches/b"])
    }

    @Test(
        "a server built from source tells by its set-up state whether it is from before lakeFS 1",
        arguments: [
            ("hard_reset_branch", #"{"state":"initialized"}"#, "a lakeFS from before 1.0"),
            ("forgot_password", #"{"state":"initialized","login_config":{}}"#, "a lakeFS of 1.0 or later"),
        ])
    func fromSource(_ command: String, _ setup: String, _ server: String) {
        let bench = bench("dev", setup: setup)
        let failure = bench.call(command, command == "hard_reset_branch" ? Self.reset : ["email": "a@b.c"])?.failure
        #expect(failure?.message == "this server is \(server), which has no `\(command)`")
        #expect(bench.transport.lines == ["GET /config/version", "GET /setup_lakefs"])
    }

    @Test("where nothing is told the call is sent")
    func untold() {
        let bench = PerformerBench { $0.method == "GET" ? .answer(401) : .answer(204) }
        #expect(bench.call("hard_reset_branch", Self.reset)?.value?.isNull == true)
    }

    @Test(
        "between two versions that were looked at nothing is refused",
        arguments: [("0.90", true), ("1.20", false), ("1.25", false)])
    func between(_ version: String, _ isLacking: Bool) throws {
        let pick = try #require(Catalogue["cherry_pick"])
        #expect(pick.isLacking(in: try #require(ServerVersion(version))) == isLacking)
    }

    @Test("a version is read from what servers say", arguments: ["1.8", "v1.8.0", "1.8.3-rc1"])
    func versions(_ text: String) {
        #expect(ServerVersion(text) == ServerVersion(1, 8))
        #expect(ServerVersion("dev") == nil && ServerVersion("") == nil && ServerVersion("1") == nil)
    }
}
