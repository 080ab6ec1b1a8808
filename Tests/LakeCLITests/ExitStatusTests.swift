import LakeScript
import TestSupport
import Testing

@testable import LakeCLI

/// The exit status of each failure, and its number.
struct ExitStatusTests {
    // The testing library has a type with this name, too.
    fileprivate typealias Status = LakeCLI.ExitStatus

    @Test(
        "an error of each kind has its status",
        arguments: zip(
            Failure.Kind.allCases,
            [
                .operationFailed, .operationFailed, .operationFailed, .denied, .unauthenticated, .scriptFailed,
                .scriptFailed, .timedOut, .scriptFailed, .inDoubt, .interrupted, .declined,
            ] as [Status]))
    fileprivate func kinds(_ kind: Failure.Kind, _ status: Status) {
        #expect(Status(of: Failure(kind, "words")) == status)
    }

    @Test("`keep_going` is partly failed, whatever failed", arguments: Failure.Kind.allCases)
    func keptGoing(_ kind: Failure.Kind) {
        var failure = Failure(kind, "words")
        failure.isKeptGoing = true
        #expect(Status(of: failure) == .partlyFailed)
    }

    @Test("`fail --status` is the status; other errors have none of their own", arguments: [0, 1, 42, 255])
    func custom(_ status: Int) {
        var failure = Failure(.fail, "words")
        failure.exitStatus = status
        #expect(Status(of: failure).code == Int32(status))
        failure.kind = .timeout
        #expect(Status(of: failure).code == 124)
    }

    @Test(
        "the numbers are those that `help exit-status` tells",
        arguments: [
            (.done, 0), (.operationFailed, 1), (.notFormatted, 1), (.usage, 2), (.scriptFailed, 3),
            (.unauthenticated, 4), (.declined, 5), (.inDoubt, 6), (.cannotResume, 7), (.partlyFailed, 8), (.denied, 9),
            (.rehearsalFoundChanges, 10), (.timedOut, 124), (.interrupted, 130), (.custom(17), 17),
        ] as [(Status, Int32)])
    fileprivate func codes(_ status: Status, _ code: Int32) {
        #expect(status.code == code)
    }
}
