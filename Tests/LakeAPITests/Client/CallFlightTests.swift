import LakeScript
import TestSupport
import Testing

@testable import LakeAPI

/// The states of a call, driven by events alone.
struct CallFlightTests {
    private let commit: Record = ["repository": "lake", "branch": "main", "message": "m"]

    @Test("a call is sent, and its response concludes it")
    func plain() throws {
        var bench = try FlightBench("get_user", ["user_id": "ana"])
        #expect(bench.on(.proceed) == ["send call: GET /api/v1/auth/users/ana"])
        #expect(bench.on(.proceed) == [])
        #expect(bench.answered(200, #"{"id":"ana","creation_date":1}"#) == ["value"])
    }

    @Test("a call that needs to know the server asks, and is sent once it is known")
    func asking() throws {
        var bench = try FlightBench("create_user", ["id": "ana"])
        #expect(bench.on(.proceed) == ["ask get_setup_state"])
        bench.context.server.learn(["login_config": ["RBAC": "internal"]], to: "get_setup_state")
        #expect(bench.on(.proceed) == ["send call: POST /api/v1/auth/users"])
        #expect(bench.answered(201, #"{"id":"ana","creation_date":1}"#) == ["value"])
    }

    @Test("a call that the server lacks is refused without a request")
    func refused() throws {
        var bench = try FlightBench("create_user", ["id": "ana"])
        bench.context.server.learn(["login_config": ["RBAC": "none"]], to: "get_setup_state")
        #expect(bench.on(.proceed) == ["failure operation"])
        #expect(bench.answer?.failure?.notes.last == "nothing was sent")
    }

    @Test("a read pauses after a 503, and is sent again when the pause is over")
    func pausing() throws {
        var bench = try FlightBench("get_user", ["user_id": "ana"]) { $0[.retries] = 1 }
        _ = bench.on(.proceed)
        #expect(bench.answered(503).first?.hasPrefix("notice get_user answered 503, again in") == true)
        let wakeup = try #require(bench.flight.wakeup)
        bench.context = FlightContext(now: wakeup)
        #expect(bench.on(.elapsed) == ["send call: GET /api/v1/auth/users/ana"])
        #expect(bench.answered(503) == ["failure operation"])
        #expect(bench.answer?.failure?.attempts == 2)
    }

    // MARK: Merge conflicts

    private static let merges: [(command: String, arguments: Record, answer: String, diffs: [String])] = [
        (
            "merge_into_branch", ["repository": "lake", "source_ref": "dev", "destination_branch": "main"],
            #"{"reference":""}"#, ["main/diff/dev", "dev/diff/main", "main/diff/dev"]
        ),
        (
            "cherry_pick", ["repository": "lake", "branch": "main", "ref": "c1"],
            #"{"message":"update branch: conflict found"}"#, ["c1~1/diff/c1", "c1~1/diff/main", "main/diff/c1"]
        ),
        (
            "revert_branch", ["repository": "lake", "branch": "main", "ref": "c1", "parent_number": 2],
            #"{"message":"update branch: conflict found"}"#, ["c1/diff/c1^2", "c1/diff/main", "main/diff/c1^2"]
        ),
    ]

    private func page(_ paths: [String], hasMore: Bool = false) -> ScriptedTransport.Outcome {
        let items = paths.map { #"{"path":"\#($0)","path_type":"object","type":"changed"}"# }.joined(separator: ",")
        let pagination = #"{"has_more":\#(hasMore),"next_offset":"z","results":1,"max_per_page":1000}"#
        return .answer(200, #"{"pagination":\#(pagination),"results":[\#(items)]}"#)
    }

    @Test("the paths of a merge conflict are those that both sides changed, each in its own way", arguments: 0..<3)
    func conflictingPaths(_ number: Int) throws {
        let merge = CallFlightTests.merges[number]
        // Not every release has `cherry_pick`, so the version is requested first.
        let version: [ScriptedTransport.Outcome] = number == 1 ? [.answer(200, #"{"version":"1.84.0"}"#)] : []
        let diffs = [page(["a", "b", "c"]), page(["b", "c", "d"]), page(["a", "c"])]
        let bench = PerformerBench(version + [.answer(409, merge.answer)] + diffs)
        let failure = try #require(bench.call(merge.command, merge.arguments)?.failure)
        #expect(failure.kind == .conflict && failure.message.hasPrefix("a merge conflict: "))
        #expect(failure.notes.first == "changed on both sides: `c`")
        let reads = bench.transport.lines.suffix(3).map { $0.replacing("%7E", with: "~").replacing("%5E", with: "^") }
        #expect(reads == merge.diffs.map { "GET /repositories/lake/refs/" + $0 })
    }

    @Test("a conflict whose paths cannot be read is told without them", arguments: 0..<2)
    func unreadablePaths(_ number: Int) throws {
        let merge = CallFlightTests.merges[0]
        let second: [ScriptedTransport.Outcome] = [.answer(401, #"{"message":"no"}"#), .lost(sent: true)]
        let bench = PerformerBench([.answer(409, merge.answer), second[number]])
        let failure = try #require(bench.call(merge.command, merge.arguments)?.failure)
        #expect(failure.kind == .conflict && failure.status == 409 && bench.transport.requests.count == 2)
        #expect(!failure.notes.contains { $0.hasPrefix("changed on both sides") })
    }

    @Test("the end of --timeout ends a pause")
    func timeout() throws {
        var bench = try FlightBench("get_user", ["user_id": "ana"]) { $0[.timeout] = .duration(100) }
        _ = bench.on(.proceed)
        _ = bench.answered(503)
        #expect(bench.flight.wakeup?.milliseconds == 100)
        bench.context = FlightContext(now: Instant(milliseconds: 100, epochSeconds: 0))
        #expect(bench.on(.elapsed) == ["failure timeout"])
    }

    @Test("a write that was sent and got no response is in doubt, and its probe is named")
    func doubt() throws {
        var bench = try FlightBench("commit", commit)
        _ = bench.on(.proceed)
        #expect(bench.lost(sent: true) == ["in doubt"])
        #expect(bench.answer?.doubt?.notes.last == "look before you go on: log_commits lake main --amount 3")
    }

    @Test("a write that was not sent is sent again, if the server has ever answered", arguments: [true, false])
    func notSent(_ hasAnswered: Bool) throws {
        var bench = try FlightBench("commit", commit)
        bench.context.hasAnswered = hasAnswered
        _ = bench.on(.proceed)
        let actions = bench.lost(sent: false)
        #expect(hasAnswered ? actions[0].hasPrefix("notice") : actions == ["failure operation"])
    }

    @Test("an ensured create looks at what is there after a conflict, and is done where it is the same")
    func ensured() throws {
        var bench = try FlightBench("create_tag", ["repository": "lake", "id": "v1", "ref": "abcdef12"]) {
            $0[.ensure] = true
        }
        _ = bench.on(.proceed)
        #expect(
            bench.answered(409, #"{"message":"already exists"}"#) == [
                "send lookup: GET /api/v1/repositories/lake/tags/v1"
            ])
        let tag = #"{"id":"v1","commit_id":"abcdef1234"}"#
        #expect(bench.answered(200, tag, .lookup) == ["unchanged", "value"])
    }

    @Test("a look that gets no response sends the create again")
    func lostLook() throws {
        var bench = try FlightBench("create_tag", ["repository": "lake", "id": "v1", "ref": "abcdef12"]) {
            $0[.ensure] = true
        }
        _ = bench.on(.proceed)
        _ = bench.answered(409, #"{"message":"already exists"}"#)
        #expect(bench.lost(sent: true, .lookup).first?.hasPrefix("notice the connection broke") == true)
        bench.context = FlightContext(now: Instant(milliseconds: 5000, epochSeconds: 0))
        #expect(bench.on(.elapsed) == ["send call: POST /api/v1/repositories/lake/tags"])
    }

    @Test("a cancelled write that was sent is waited for; cancelled again, or after 30 s, its request is cut")
    func cancelling() throws {
        var bench = try FlightBench("commit", commit)
        _ = bench.on(.proceed)
        let waiting = bench.on(.cancelled)
        #expect(waiting.count == 2 && waiting[0].hasPrefix("remark `commit lake main m` was sent: waiting"))
        #expect(waiting.last == "cancel unsent")
        var late = bench
        late.context = FlightContext(now: Instant(milliseconds: 40_000, epochSeconds: 0))
        #expect(late.on(.elapsed) == ["cancel"])
        #expect(bench.on(.cancelled) == ["cancel"])
        #expect(bench.on(.cancelled) == [])
        #expect(bench.lost(sent: true) == ["in doubt"])
        #expect(bench.answer?.doubt?.message.contains("`commit lake main m`") == true)
    }

    @Test("a call that is cancelled while it asks, or in vain, was not sent")
    func cancelledEarly() throws {
        var asking = try FlightBench("create_user", ["id": "ana"])
        _ = asking.on(.proceed)
        #expect(asking.on(.cancelled) == ["not sent"])
        var sent = try FlightBench("get_user", ["user_id": "ana"])
        _ = sent.on(.proceed)
        _ = sent.on(.cancelled)
        #expect(sent.lost(sent: false) == ["not sent"])
    }

    @Test("a download whose beginning is out asks for the rest, and the rest alone")
    func resumption() throws {
        var bench = try FlightBench("get_object", ["repository": "lake", "ref": "main", "path": "a"]) { $0[.to] = "-" }
        _ = bench.on(.proceed)
        var response = HTTPResponse(status: 200, headers: [("ETag", "\"a\""), ("Content-Length", "10")])
        response.isCutOff = true
        bench.context.files.bytesOut = 4
        #expect(bench.on(.answered(response)).first?.hasPrefix("notice the answer of get_object broke off") == true)
        bench.context = FlightContext(
            now: Instant(milliseconds: 5000, epochSeconds: 0), files: bench.context.files)
        let actions = bench.flight.on(.elapsed, bench.context)
        guard case .send(let request, _, _, _) = actions.first else {
            Issue.record("nothing was sent")
            return
        }
        #expect(request.header("Range") == "bytes=4-9" && request.header("If-Match") == "\"a\"")
        #expect(bench.answered(200, "0123456789") == ["failure operation"])
    }

    @Test("a body that was read from a pipe is not sent again")
    func spentBody() throws {
        var bench = try FlightBench("upload_object", ["repository": "lake", "branch": "main", "path": "a"]) {
            $0[.from] = "/dev/stdin"
        }
        _ = bench.on(.proceed)
        bench.context.files.spentSource = "/dev/stdin"
        #expect(bench.answered(503) == ["failure operation"])
        #expect(bench.answer?.failure?.notes.last?.hasPrefix("what was read of `/dev/stdin` is gone") == true)
    }

    @Test("an answer goes to its file before the call is answered; a file that fails is the failure")
    func placing() throws {
        var bench = try FlightBench("get_object", ["repository": "lake", "ref": "main", "path": "a"]) { $0[.to] = "f" }
        _ = bench.on(.proceed)
        #expect(bench.answered(200, "0123") == ["place 4", "value"])
        #expect(bench.on(.failed(Failure(.mistake, "the disk is full"))) == ["failure mistake"])
    }

    @Test("a script's own question tells what the server is like")
    func learning() throws {
        var bench = try FlightBench("get_lake_fs_version")
        _ = bench.on(.proceed)
        #expect(bench.answered(200, #"{"version":"1.84.0"}"#) == ["learn get_lake_fs_version", "value"])
    }
}
