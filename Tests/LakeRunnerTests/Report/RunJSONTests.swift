import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// The JSON of a run.
struct RunJSONTests {
    @Test("a run that was done has its steps and counts")
    func done() {
        var result = RunResult()
        result.steps = [RunResult.Step(name: "onboard ana", changes: 3, milliseconds: 2)]
        (result.changes, result.retries, result.milliseconds) = (4, 1, 9)
        #expect(
            RunJSON(SourceMap()).value(of: result) == [
                "status": "done",
                "steps": [["name": "onboard ana", "status": "done", "changes": 3, "milliseconds": 2]],
                "changes": 4, "retries": 1, "milliseconds": 9,
            ])
    }

    @Test("a failed run has the error of each step and its own, with what it is made of")
    func failed() {
        var failure = Failure(.conflict, "exists")
        (failure.operation, failure.status, failure.requestID) = ("create_user", 409, "r1")
        failure.failures = [Failure(.timeout, "late")]
        var result = RunResult()
        result.steps = [RunResult.Step(name: "a", failure: failure)]
        result.outcome = .failure(failure)
        let value = RunJSON(SourceMap()).value(of: result)
        #expect(value["status"] == "failed" && value["steps"].items?[0]["status"] == "failed")
        #expect(value["error"] == value["steps"].items?[0]["error"])
        #expect(
            value["error"] == [
                "kind": "conflict", "code": "R0000", "message": "exists", "operation": "create_user", "status": 409,
                "request_id": "r1", "failures": [["kind": "timeout", "code": "R0000", "message": "late"]],
            ])
    }
}
