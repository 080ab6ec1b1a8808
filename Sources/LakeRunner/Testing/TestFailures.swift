internal import LakeScript

// The failures of `lakesh test` itself: R0410 and R0411.
extension Failure {
    static let codesOfTests = [r0410, r0411]

    static let r0410 = Code(
        "R0410",
        """
        A test could not be run, or its process ended without a result. Each test runs in a process and a folder of its \
        own. The message says what went wrong there: a file that changed, a folder that cannot be made, a process that \
        was killed.
        """)
    static func testNotRun(_ reason: String) -> Failure { Failure(r0410, reason) }

    static let r0411 = Code(
        "R0411",
        """
        A test took longer than `--timeout` allows (60s if it is not given), and its process was ended. Look for a loop \
        without an end, or give more time.
        """)
    static func testOverdue(_ limit: Int) -> Failure {
        Failure(
            r0411, .timeout, "the test took longer than \(Value.durationText(limit))",
            notes: ["is there a loop without an end? More time: --timeout"])
    }
}
