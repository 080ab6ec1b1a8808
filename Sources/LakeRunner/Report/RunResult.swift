package import LakeScript

/// The result of a run, as a value. Reports are pure functions of it.
package struct RunResult: Sendable {
    /// The steps in the order in which they ended.
    package var steps: [Step] = []
    /// The number of writes that changed something, also outside of steps.
    package var changes = 0
    /// The undos, in the order of their ends.
    package var undos: [Undo] = []
    /// The printed texts, if they were kept for the one document of `--json`.
    package var printed: [String] = []
    /// The number of retries.
    package var retries = 0
    /// The number of items in all pages that were read of listings.
    package var listed = 0
    /// True if the outcome is a part of a listing, which `more` continues.
    package var hasMore = false
    /// Milliseconds from the first instruction to the last answer, without the time in which a question was open.
    package var milliseconds = 0
    /// Milliseconds in which a question was open.
    package var thinking = 0
    /// The written files that contain a secret.
    package var secretFiles: [String] = []
    /// The outcome of the run.
    package var outcome: Result<Value, Failure> = .success(.null)

    package init() {}

    /// One `step`.
    package struct Step: Sendable {
        package let name: String
        package var changes = 0
        package var milliseconds = 0
        /// Nil if it succeeded.
        package var failure: Failure?
    }

    package var failedSteps: [Step] { steps.filter { $0.failure != nil } }
}
