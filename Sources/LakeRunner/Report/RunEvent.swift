internal import LakeScript

/// What happens in a run that a person wants to see at once.
package enum RunEvent: Sendable {
    case stepBegan(String)
    case stepEnded(RunResult.Step)
    case callBegan(String)
    case callEnded(String)
    /// A line for the person: a request that is sent again.
    case notice(String)
    /// How far a call is, in bytes.
    case progress(done: Int, total: Int)
}

/// Who is told of a run while it runs: the progress on a terminal, the lines of a CI log, nobody.
package protocol RunObserver: AnyObject {
    func observe(_ event: RunEvent)
}

/// Tells nobody.
package final class SilentObserver: RunObserver {
    package init() {}
    package func observe(_ event: RunEvent) {}
}
