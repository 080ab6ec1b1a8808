import LakeScript
import Testing

@testable import LakeAPI

/// Calls of operations on a virtual clock.
struct OperationPerformerTests {
    private static let fullMode = ScriptedTransport.Outcome.answer(200, #"{"login_config":{"RBAC":"internal"}}"#)
    private static let version = ScriptedTransport.Outcome.answer(200, #"{"version":"1.84.0"}"#)
    private static let user = #"{"id":"ana","creation_date":1}"#

    // MARK: Plain calls

    @Test("a call is one request, and its answer a value")
    func plain() {
        let bench = PerformerBench([.answer(200, Self.user)])
        #expect(bench.call("get_user", ["user_id": "ana"])?.value?["id"] == "ana")
        #expect(bench.transport.lines == ["GET /auth/users/ana"])
    }

    @Test("the identity of an enclosing `as` goes before the run's own")
    func identity() {
        let bench = PerformerBench([.answer(200, #"{"user":{"id":"a","creation_date":1}}"#)])
        _ = bench.call("get_current_user", as: ["internal_auth_session": "c"])
        #expect(bench.transport.requests[0].header("Cookie") == "internal_auth_session=c")
        #expect(bench.transport.requests[0].header("Authorization") == nil)
    }

    @Test("an operation that needs no login gets no keys")
    func noLogin() {
        let bench = PerformerBench([.answer(204)])
        _ = bench.call("health_check")
        #expect(bench.transport.requests[0].header("Authorization") == nil)
    }

    @Test("--with_headers gives the body and the headers, names in lower case")
    func withHeaders() {
        let bench = PerformerBench([.answer(200, "[]", headers: [("ETag", "x")])])
        let value = bench.call("get_branch_protection_rules", ["repository": "lake"]) { $0[.withHeaders] = true }?.value
        #expect(value == ["body": [], "headers": ["etag": "x"]])
    }

    @Test("addresses that were asked for with --presign are secrets")
    func addresses() {
        let object =
            #"{"path":"a","path_type":"object","physical_address":"https://s3/a?Signature=x","mtime":1,"checksum":""}"#
        let bench = PerformerBench([.answer(200, object), .answer(200, object)])
        let arguments: Record = ["repository": "lake", "ref": "main", "path": "a", "presign": true]
        #expect(bench.call("stat_object", arguments)?.value?["physical_address"].secretTexts.count == 1)
    }

    @Test("a cookie that is set is a secret")
    func cookies() {
        let session = [(name: "Set-Cookie", value: "internal_auth_session=c")]
        let bench = PerformerBench([.answer(200, #"{"token":"t"}"#, headers: session)])
        let keys: Record = ["access_key_id": "k", "secret_access_key": "s"]
        let headers = bench.call("login", keys) { $0[.withHeaders] = true }?.value?["headers"]
        #expect(headers?["set-cookie"] == .secret("internal_auth_session=c"))
    }

    @Test("an identity that is none fails before anything is sent")
    func badIdentity() {
        let bench = PerformerBench([.answer(200)])
        #expect(bench.call("get_current_user", as: ["id": "ana"])?.failure?.kind == .mistake)
        #expect(bench.transport.requests.isEmpty)
    }

    // MARK: Retries

    @Test("a read that is answered 503 is sent again, twice as late each time, and the person is told")
    func retries() {
        let bench = PerformerBench([.answer(503), .answer(503), .answer(200, Self.user)])
        #expect(bench.call("get_user", ["user_id": "ana"])?.value != nil)
        #expect(bench.transport.requests.count == 3)
        #expect(bench.notices.count == 2)
        #expect(bench.notices[0].hasPrefix("get_user answered 503, again in 0."))
        #expect(bench.notices[0].hasSuffix("(attempt 2 of 5)"))
        #expect((1500...2100).contains(bench.now.milliseconds))
    }

    @Test("after five attempts the answer stands, and says how often it was tried")
    func givesUp() {
        let bench = PerformerBench([.answer(503, #"{"message":"slow down"}"#)])
        let failure = bench.call("get_user", ["user_id": "ana"])?.failure
        #expect(failure?.attempts == 5 && failure?.status == 503)
        #expect(failure?.message == "`get_user` answered 503: slow down")
    }

    @Test("--retries decides how often")
    func retriesOption() {
        let bench = PerformerBench([.answer(429)])
        _ = bench.call("get_user", ["user_id": "ana"]) { $0[.retries] = 1 }
        #expect(bench.transport.requests.count == 2)
    }

    @Test("what the server asks for by Retry-After is waited")
    func retryAfter() {
        let bench = PerformerBench([.answer(429, "", headers: [("Retry-After", "7")]), .answer(200, Self.user)])
        _ = bench.call("get_user", ["user_id": "ana"])
        #expect(bench.now.milliseconds == 7000)
    }

    @Test("a read that was cut off is sent again")
    func cutOffRead() {
        let bench = PerformerBench([.cutOff(200, #"{"id":"#), .answer(200, Self.user)])
        #expect(bench.call("get_user", ["user_id": "ana"])?.value != nil)
    }

    @Test("a server that was never reached is not tried again")
    func neverReached() {
        let bench = PerformerBench([.lost(sent: false)])
        let failure = bench.call("commit", ["repository": "lake", "branch": "main", "message": "m"])?.failure
        #expect(failure?.notes == ["nothing was sent: nothing has changed"])
        #expect(failure?.isUnanswered == true)
        #expect(bench.transport.requests.count == 1)
    }

    @Test("a server that was there is tried again, whatever the call, as long as nothing was sent")
    func reachedBefore() {
        let bench = PerformerBench([.answer(200, Self.user), .lost(sent: false), .answer(201, RetryTests.commit)])
        _ = bench.call("get_user", ["user_id": "ana"])
        #expect(bench.call("commit", ["repository": "lake", "branch": "main", "message": "m"])?.value?["id"] == "x")
    }

    // MARK: In doubt

    static let doubts: [(String, Record, String)] = [
        ("create_credentials", ["user_id": "ana"], "look before you go on: list_user_credentials ana"),
        (
            "commit", ["repository": "lake", "branch": "main", "message": "m"],
            "look before you go on: log_commits lake main --amount 3"
        ),
        (
            "hard_reset_branch", ["repository": "lake", "branch": "main", "ref": "main~1"],
            "look before you go on: get_branch lake main"
        ),
    ]

    @Test(
        "a write that was sent and not answered is in doubt, and says what to look at",
        arguments: doubts)
    func inDoubt(_ command: String, _ arguments: Record, _ advice: String) {
        let bench = PerformerBench { $0.method == "GET" ? Self.version : .lost(sent: true) }
        let doubt = bench.call(command, arguments)?.doubt
        #expect(doubt?.kind == .inDoubt)
        #expect(doubt?.notes.contains(advice) == true)
        #expect(bench.transport.requests.filter { $0.method != "GET" }.count == 1)
        #expect(bench.transport.options.last?.mustNotRepeat == true)
    }

    @Test("a plain create is in doubt, too")
    func createInDoubt() {
        let bench = PerformerBench([Self.fullMode, .lost(sent: true)])
        #expect(bench.call("create_user", ["id": "ana"])?.doubt?.notes.last == "look before you go on: get_user ana")
    }

    @Test("an ensured create is sent again, and what it finds counts as its own")
    func ensuredCreate() {
        let bench = PerformerBench([
            Self.fullMode, .lost(sent: true), .answer(409, #"{"message":"Already exists"}"#), .answer(200, Self.user),
        ])
        let value = bench.call("create_user", ["id": "ana"]) { $0[.ensure] = true }?.value
        #expect(value?["id"] == "ana")
        #expect(bench.unchanged == 0)
    }

    @Test("a hard reset to a commit's id is sent again")
    func hardReset() {
        let bench = PerformerBench([Self.version, .lost(sent: true), .answer(204)])
        let answer = bench.call("hard_reset_branch", ["repository": "lake", "branch": "main", "ref": "8d11f0"])
        #expect(answer?.value?.isNull == true)
        #expect(bench.transport.requests.count == 3)
    }

    @Test("a delete that was lost and then finds nothing has done it")
    func lostDelete() {
        let bench = PerformerBench([.lost(sent: true), .answer(404, #"{"message":"user not found"}"#)])
        #expect(bench.call("delete_user", ["user_id": "ana"])?.value?.isNull == true)
    }

    @Test("a gateway's 504 leaves a commit in doubt")
    func gateway() {
        let bench = PerformerBench([.answer(504)])
        #expect(bench.call("commit", ["repository": "l", "branch": "m", "message": "m"])?.doubt != nil)
    }

    // MARK: ensure

    @Test("ensure takes a membership that is there as done, and says that nothing changed")
    func membership() {
        let bench = PerformerBench([Self.fullMode, .answer(409, #"{"message":"Already exists"}"#)])
        let answer = bench.call("add_group_membership", ["group_id": "g", "user_id": "u"]) { $0[.ensure] = true }
        #expect(answer?.value?.isNull == true)
        #expect(bench.unchanged == 1)
    }

    @Test("ensure reads what exists and gives it, where it is as wanted")
    func equal() {
        let policy = #"{"id":"p","statement":[{"resource":"*","effect":"allow","action":["fs:*"]}]}"#
        let bench = PerformerBench([
            Self.fullMode, .answer(409, #"{"message":"Already exists"}"#), .answer(200, policy),
        ])
        let statement: Value = [["effect": "allow", "action": ["fs:*"], "resource": "*"]]
        let value = bench.call("create_policy", ["id": "p", "statement": statement]) { $0[.ensure] = true }?.value
        #expect(value?["id"] == "p")
        #expect(bench.transport.lines == ["GET /setup_lakefs", "POST /auth/policies", "GET /auth/policies/p"])
        #expect(bench.unchanged == 1)
    }

    @Test("ensure shows both sides where they differ, and names the update")
    func different() {
        let bench = PerformerBench([
            Self.fullMode, .answer(409, #"{"message":"Already exists"}"#), .answer(200, #"{"id":"p","statement":[]}"#),
        ])
        let statement: Value = [["effect": "allow"]]
        let failure = bench.call("create_policy", ["id": "p", "statement": statement]) { $0[.ensure] = true }?.failure
        #expect(failure?.kind == .conflict)
        #expect(
            failure?.notes == [#"wanted: [{"effect":"allow"}]"#, "there:  []", "`update_policy` changes it"])
    }

    @Test("ensure of a branch gives the commit that it is at, as creating it does")
    func branch() {
        let bench = PerformerBench([
            .answer(409, #"{"message":"Already exists"}"#), .answer(200, #"{"id":"b","commit_id":"8d11f0"}"#),
        ])
        let value = bench.call("create_branch", ["repository": "lake", "name": "b", "source": "main"]) {
            $0[.ensure] = true
        }
        #expect(value?.value == "8d11f0")
        #expect(bench.transport.lines.last == "GET /repositories/lake/branches/b")
    }

    @Test("ensure of a delete takes what is absent as done, but not a missing repository")
    func absent() {
        let gone = PerformerBench([.answer(404, #"{"message":"branch not found"}"#)])
        let answer = gone.call("delete_branch", ["repository": "lake", "branch": "b"]) { $0[.ensure] = true }
        #expect(answer?.value?.isNull == true)
        let other = PerformerBench([.answer(404, #"{"message":"repository not found"}"#)])
        let failure = other.call("delete_branch", ["repository": "lake", "branch": "b"]) { $0[.ensure] = true }?
            .failure
        #expect(failure?.message == "there is no repository `lake`")
    }

    @Test("without ensure a conflict is a failure")
    func plainConflict() {
        let bench = PerformerBench([Self.fullMode, .answer(409, #"{"message":"Already exists"}"#)])
        #expect(bench.call("create_user", ["id": "ana"])?.failure?.message == "`ana` exists already")
    }

    // MARK: The server's kind

    @Test("before the first write that needs groups, a server without them is found out and nothing is sent")
    func singleUser() {
        let bench = PerformerBench([.answer(200, #"{"login_config":{"RBAC":"none"}}"#)])
        let failure = bench.call("add_group_membership", ["group_id": "g", "user_id": "u"])?.failure
        #expect(
            failure?.message == "this server has one user and no groups (lakeFS open source since 1.33 answers 501)")
        #expect(failure?.notes == ["add_group_membership needs lakeFS with access control", "nothing was sent"])
        #expect(bench.transport.lines == ["GET /setup_lakefs"])
    }

    @Test("the question is asked once, also for calls that begin together")
    func askedOnce() {
        let bench = PerformerBench { $0.target.hasSuffix("setup_lakefs") ? Self.fullMode : .answer(201, Self.user) }
        let ids = (0..<3).map { bench.begin("create_user", ["id": .int($0)]) }
        bench.run()
        #expect(ids.allSatisfy { bench.answers[$0]?.value != nil })
        #expect(bench.transport.lines.filter { $0 == "GET /setup_lakefs" }.count == 1)
        #expect(bench.transport.lines.count == 4)
    }

    @Test("a server that keeps lists says so for policies only")
    func lists() {
        let bench = PerformerBench {
            $0.target.hasSuffix("setup_lakefs")
                ? .answer(200, #"{"login_config":{"RBAC":"simplified"}}"#) : .answer(201)
        }
        #expect(
            bench.call("attach_policy_to_group", ["group_id": "g", "policy_id": "p"])?.failure?.message.contains(
                "no policies") == true)
        #expect(bench.call("add_group_membership", ["group_id": "g", "user_id": "u"])?.value != nil)
    }

    @Test("a 501 of a read is explained as well")
    func notImplemented() {
        let bench = PerformerBench([.answer(501, #"{"message":"Not Implemented"}"#)])
        let failure = bench.call("list_groups")?.failure
        #expect(failure?.message.hasPrefix("this server has one user and no groups") == true)
        #expect(failure?.status == 501)
    }

    // MARK: Words

    static let missingThings: [(String, Record, String, String)] = [
        ("get_group", ["group_id": "analytics"], "group not found", "no group has the id `analytics`"),
        ("get_branch", ["repository": "lake", "branch": "x"], "branch not found", "there is no branch `x`"),
        (
            "get_branch", ["repository": "lake", "branch": "x"], "repository not found",
            "there is no repository `lake`"
        ),
        ("list_user_groups", ["user_id": "lee"], "lee: not found", "no user has the id `lee`"),
        ("get_user", ["user_id": "lee"], "not found", "no user has the id `lee`"),
        (
            "import_status", ["repository": "lake", "branch": "main", "id": "7"], "not found",
            "there is no branch `main`, or nothing has the id `7`"
        ),
        (
            "get_run_hook_output", ["repository": "lake", "run_id": "1", "hook_run_id": "2"], "not found",
            "nothing has the run id `1`, or nothing has the hook run id `2`"
        ),
    ]

    @Test(
        "what is missing is named",
        arguments: missingThings)
    func missing(_ command: String, _ arguments: Record, _ words: String, _ message: String) {
        let bench = PerformerBench([.answer(404, #"{"message":"\#(words)"}"#)])
        let failure = bench.call(command, arguments)?.failure
        #expect(failure?.message == message)
        #expect(failure?.notes == ["server: 404 \"\(words)\""])
    }

    @Test("a missing right is named, with what it is for")
    func denied() {
        let words = #"{"message":"insufficient permissions: not allowed to auth:AddGroupMember"}"#
        let bench = PerformerBench { $0.target.hasSuffix("setup_lakefs") ? Self.fullMode : .answer(401, words) }
        let keys: Value = ["access_key_id": "AKIA1", "secret_access_key": "s"]
        let failure = bench.call("add_group_membership", ["group_id": "Developers", "user_id": "u"], as: keys)?.failure
        #expect(failure?.kind == .denied)
        #expect(failure?.message == "the owner of the key AKIA1 may not auth:AddGroupMember on group/Developers")
        #expect(failure?.notes.first?.contains("23 s") == true)
    }

    @Test("wrong keys and no keys are told apart")
    func unauthenticated() {
        let words = #"{"message":"error authenticating request"}"#
        let wrong = PerformerBench([.answer(401, words)], identity: ["access_key_id": "A", "secret_access_key": "s"])
        #expect(
            wrong.call("list_repositories")?.failure?.message
                == "the server does not know the key A, or its secret is another")
        let none = PerformerBench([.answer(401, words)], identity: nil)
        let failure = none.call("list_repositories")?.failure
        #expect(failure?.kind == .unauthenticated)
        #expect(failure?.notes.first?.contains("LAKECTL_CREDENTIALS_ACCESS_KEY_ID") == true)
    }

    @Test("a server that does not know an operation says so with the version that does")
    func unknownEndpoint() {
        let bench = PerformerBench([.answer(404, #"{"message":"invalid API endpoint"}"#)])
        let failure = bench.call("hard_reset_branch", ["repository": "lake", "branch": "m", "ref": "x"])?.failure
        #expect(failure?.message == "this server does not know `hard_reset_branch`: lakeFS 1.8.0 and later have it")
    }

    // MARK: Timeouts and cancelling

    @Test("--timeout ends the waits between attempts, too")
    func timeout() {
        let bench = PerformerBench([.answer(503)])
        let failure = bench.call("get_user", ["user_id": "ana"]) { $0[.timeout] = .duration(1000) }?.failure
        #expect(failure?.kind == .timeout)
        #expect(bench.now.milliseconds == 1000)
        #expect(bench.transport.options[1].timeout.map { $0 < 500 } == true)
    }

    @Test("a commit whose time is over is in doubt, a delete is a timeout that says what to do")
    func timedOutWrites() {
        let commit = PerformerBench([.timedOut]).call("commit", ["repository": "l", "branch": "m", "message": "m"])
        #expect(commit?.doubt != nil)
        let delete = PerformerBench([.timedOut]).call("delete_user", ["user_id": "ana"])?.failure
        #expect(delete?.kind == .timeout)
        #expect(delete?.notes == ["it may have been done; doing it again does no harm"])
    }

    @Test("a cancelled call is answered once: not sent, cut off, or in doubt")
    func cancelling() {
        let bench = PerformerBench([.silence])
        let read = bench.begin("get_user", ["user_id": "ana"])
        let write = bench.begin("commit", ["repository": "l", "branch": "m", "message": "m"])
        bench.performer.cancel(read, now: bench.now)
        bench.performer.cancel(write, now: bench.now)
        bench.performer.cancel(write, now: bench.now)
        bench.run()
        #expect(bench.answers[read]?.failure?.kind == .cancelled)
        #expect(bench.answers[write]?.doubt != nil)
    }

    @Test("a call that is cancelled while it waits for the server's kind was not sent")
    func cancelledEarly() {
        let bench = PerformerBench([.silence])
        let id = bench.begin("create_user", ["id": "ana"])
        bench.performer.cancel(id, now: bench.now)
        bench.run()
        guard case .notSent = bench.answers[id] else {
            Issue.record("it was sent")
            return
        }
    }
}
