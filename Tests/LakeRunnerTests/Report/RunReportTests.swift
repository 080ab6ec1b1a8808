import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

struct RunReportTests {
    private let report = RunReport(
        styler: Styler(isColoured: false), script: "a/onboarding.lfs", target: "https://lakefs.example.com",
        isSandbox: false, identity: "ops-bot")

    private func step(_ name: String, changes: Int, failure: Failure? = nil) -> RunResult.Step {
        RunResult.Step(name: name, changes: changes, milliseconds: 2, failure: failure)
    }

    @Test func theHeadSaysWhatRunsWhereAndAsWhom() {
        #expect(report.head == "onboarding.lfs · https://lakefs.example.com · as ops-bot")
    }

    @Test func aStepThatChangedSomethingHasALine() {
        #expect(report.line(of: step("onboard ana", changes: 3)) == "  ✓ onboard ana      3 changes   2 ms")
        #expect(report.line(of: step("onboard bo", changes: 1)) == "  ✓ onboard bo       1 change    2 ms")
        #expect(report.line(of: step("onboard bo", changes: 0)) == nil)
        let failed = step("onboard bo", changes: 0, failure: Failure(.fail, "no room\nat all"))
        #expect(report.line(of: failed) == "  ✗ onboard bo       no room")
    }

    @Test func theSumCountsWhatWasAsItWasAndWhereKeysAre() {
        var result = RunResult()
        result.steps = [step("a", changes: 3), step("b", changes: 0), step("c", changes: 0)]
        result.changes = 3
        result.milliseconds = 31
        result.secretFiles = ["keys/a.json"]
        #expect(
            report.closing(result) == [
                "    2 as they were", "", "3 steps, 3 changes in 31 ms. Keys are in keys/ (mode 0600).",
            ])
    }

    @Test func aFailedRunSaysWhatWasDone() {
        var result = RunResult()
        result.steps = [step("a", changes: 3), step("b", changes: 1, failure: Failure(.operation, "no"))]
        result.changes = 4
        result.outcome = .failure(Failure(.operation, "no"))
        #expect(report.closing(result).last == "Done: 1 of 2 steps, 4 changes.  Failed: 1.")
    }

    @Test func aChangeInDoubtIsNotCalledNothing() {
        var result = RunResult()
        result.outcome = .failure(Failure(.inDoubt, "lost"))
        #expect(report.closing(result) == ["Nothing was changed before that. One change is in doubt."])
    }
}
