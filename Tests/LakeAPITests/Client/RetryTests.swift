import LakeScript
import Testing

@testable import LakeAPI

/// Which responses are followed by another attempt, and when.
struct RetryTests {
    private static let user = #"{"id":"ana","creation_date":1}"#

    static let commit = ##"""
        {"id":"x","parents":[],"committer":"a","message":"m","creation_date":1,"meta_range_id":"r"}
        """##

    @Test("a commit is never sent again by itself after a status that does not tell if it was done")
    func noBlindRetry() {
        for status in [408, 502, 503, 504] {
            let bench = PerformerBench([.answer(status, "<html>", headers: [("Content-Type", "text/html")])])
            let answer = bench.call("commit", ["repository": "lake", "branch": "main", "message": "m"])
            #expect(answer?.doubt?.message.contains("\(status)") == true)
            #expect(bench.transport.requests.count == 1)
        }
    }

    @Test("whatever the call, it is sent again after a status with which the server says that it did nothing")
    func refusedForNow() {
        for (status, body) in [
            (420, ""), (423, ""), (429, ""), (503, #"{"message":"slow down"}"#),
            (500, #"{"message":"branch is currently locked, try again later"}"#),
        ] {
            let bench = PerformerBench([.answer(status, body), .answer(201, Self.commit)])
            let answer = bench.call("commit", ["repository": "lake", "branch": "main", "message": "m"])
            #expect(answer?.value?["id"] == "x" && bench.transport.requests.count == 2)
        }
        let gateway = PerformerBench([
            .answer(503, "busy", headers: [("Retry-After", "1.5")]), .answer(201, Self.commit),
        ])
        #expect(gateway.call("commit", ["repository": "lake", "branch": "main", "message": "m"])?.value != nil)
        #expect(gateway.now.milliseconds == 2000)
    }

    @Test("a gateway's silence may hide that it was done: gone or there afterwards is its own doing")
    func silence() {
        let html = [(name: "Content-Type", value: "text/html")]
        let gone = PerformerBench([
            .answer(504, "<html>", headers: html), .answer(404, #"{"message":"user not found"}"#),
        ])
        #expect(gone.call("delete_user", ["user_id": "ana"])?.value?.isNull == true && gone.unchanged == 0)
        let made = PerformerBench([
            .answer(503, "<html>", headers: html), .answer(409, #"{"message":"already exists"}"#),
            .answer(200, #"{"id":"v1","commit_id":"abcdef1234"}"#),
        ])
        let tag = made.call("create_tag", ["repository": "lake", "id": "v1", "ref": "abcdef12"])
        #expect(tag?.value?["id"] == "v1" && made.unchanged == 0)
    }

    @Test(
        "a date says when to try again, within a bound",
        arguments: [
            ("Tue, 14 Nov 2023 22:13:30 GMT", 10_000), ("Tue, 14 Nov 2023 22:13:10 GMT", 0), ("-1", 0),
            ("3600", 60_000), ("99999999999999999999999", 60_000), ("Fri, 14 Nov 2053 22:13:30 GMT", 60_000),
        ])
    func retryDate(_ text: String, _ pause: Int) {
        let bench = PerformerBench([.answer(429, "", headers: [("Retry-After", text)]), .answer(200, Self.user)])
        _ = bench.call("get_user", ["user_id": "ana"])
        #expect(bench.now.milliseconds == pause)
    }
}
