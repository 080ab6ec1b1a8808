package import LakeScript

/// What a run did: made while it runs, a plain value afterwards. Reports are pure functions of it.
package struct RunResult: Sendable {
    /// In the order they ended.
    package var steps: [Step] = []
    /// Writes that changed something, those outside steps included.
    package var changes = 0
    /// Repeated sendings.
    package var retries = 0
    /// Items of the listings that were looked at, whole pages of them.
    package var listed = 0
    /// Whether the outcome is a part of a listing, whose rest is there for `more`.
    package var hasMore = false
    /// Milliseconds from the first instruction to the last answer, without those in which a person was asked.
    package var milliseconds = 0
    /// Milliseconds in which a person was asked.
    package var thinking = 0
    /// Files that hold a secret.
    package var secretFiles: [String] = []
    /// How it ended.
    package var outcome: Result<Value, Failure> = .success(.null)

    package init() {}

    /// One `step`.
    package struct Step: Sendable {
        package let name: String
        package var changes = 0
        package var milliseconds = 0
        /// Nil where it succeeded.
        package var failure: Failure?
    }

    package var failedSteps: [Step] { steps.filter { $0.failure != nil } }
}
