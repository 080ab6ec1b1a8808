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
