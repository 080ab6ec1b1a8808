import LakeScript
import Testing

@testable import LakeAPI

/// A deletion of many objects that succeeded in part.
struct PartialRefusalTests {
    private func delete(_ status: Int, _ body: String, _ paths: Value = ["b", "a", "none"]) -> Failure? {
        let bench = PerformerBench([.answer(status, body, headers: [("X-Request-ID", "r-1")])])
        let failure = bench.call("delete_objects", ["repository": "vale", "branch": "dev", "paths": paths])?.failure
        #expect(bench.transport.requests.count == 1)
        return failure
    }

    private static let denied = #"{"message":"insufficient permissions: denied permission to fs:DeleteObject"}"#
    private static let unauthorized = #"{"message":"Unauthorized","path":"a","status_code":401}"#

    @Test("with rights for some of the paths: what is gone, what is not and why; a missing right, and a change")
    func part() {
        let failure = delete(401, "\(Self.denied)\n{\"errors\":[\(Self.unauthorized)]}\n")
        #expect(failure?.kind == .denied && failure?.status == 401)
        #expect(
            failure?.message
                == "1 of 3 objects was not deleted: insufficient permissions: denied permission to fs:DeleteObject")
        #expect(failure?.notes.prefix(2) == ["not deleted: `a`", "deleted: `b`, `none`"])
        #expect(failure?.body["errors"].items?.first?["path"] == "a")
        #expect(failure?.requestID == "r-1")
        #expect(failure?.hasChanged == true)
    }

    @Test("without a right for any, nothing has changed")
    func whole() {
        let failure = delete(401, "\(Self.denied)\n{\"errors\":[\(Self.unauthorized)]}\n", ["a"])
        #expect(failure?.kind == .denied)
        #expect(failure?.notes.contains("nothing was deleted") == true)
        #expect(failure?.hasChanged == false)
    }

    @Test("a success that lists errors is none", arguments: [403, 500])
    func listed(_ status: Int) {
        let failure = delete(
            200, #"{"errors":[{"message":"cannot write to protected branch","path":"a","status_code":\#(status)}]}"#)
        #expect(failure?.message == "1 of 3 objects was not deleted: cannot write to protected branch")
        #expect(failure?.kind == (status == 403 ? .denied : .operation))
        #expect(failure?.status == status)
        #expect(failure?.hasChanged == true)
    }

    @Test("several reasons are told path by path")
    func reasons() {
        let failure = delete(
            200,
            #"{"errors":[{"message":"x","path":"a","status_code":500},{"message":"y","path":"b","status_code":403}]}"#)
        #expect(failure?.message == "2 of 3 objects were not deleted: for several reasons")
        #expect(failure?.notes.prefix(2) == ["not deleted: `a` (x), `b` (y)", "deleted: `none`"])
    }

    @Test("of a thousand paths ten are named, and how many more there are")
    func many() {
        let errors = (0..<600).map { #"{"message":"x","path":"p\#($0)","status_code":500}"# }.joined(separator: ",")
        let failure = delete(200, #"{"errors":[\#(errors)]}"#, .list((0..<1000).map { .string("p\($0)") }))
        #expect(failure?.message.hasPrefix("600 of 1000 objects were not deleted") == true)
        #expect(failure?.notes[0].hasSuffix("`p9` and 590 more") == true)
        #expect(failure?.notes[1].hasSuffix("`p609` and 390 more") == true)
    }

    @Test("paths that differ in their bytes only are told apart")
    func bytes() {
        let failure = delete(
            200, "{\"errors\":[{\"message\":\"x\",\"path\":\"\u{E9}\",\"status_code\":500}]}", ["\u{E9}", "e\u{301}"])
        #expect(failure?.message.hasPrefix("1 of 2 objects") == true)
    }

    @Test("an empty list of errors is a success")
    func none() {
        let bench = PerformerBench([.answer(200, #"{"errors":[]}"#)])
        let answer = bench.call("delete_objects", ["repository": "r", "branch": "b", "paths": ["a"]])
        #expect(answer?.value == ["errors": []])
    }

    @Test("an empty path is refused before it is sent: the server would delete none, and say nothing")
    func emptyPath() {
        let bench = PerformerBench([.answer(200, #"{"errors":[]}"#)])
        for place: Record in [["paths": ["a", ""]], ["body": ["paths": [""]]]] {
            let arguments = Record([("repository", "r"), ("branch", "b")] + Array(place))
            let failure = bench.call("delete_objects", arguments)?.failure
            #expect(failure?.kind == .mistake && failure?.message.contains("empty path") == true)
        }
        #expect(bench.transport.requests.isEmpty)
    }

    @Test("wrong keys are wrong keys")
    func unauthenticated() {
        #expect(delete(401, #"{"message":"error authenticating request"}"#)?.kind == .unauthenticated)
    }
}
