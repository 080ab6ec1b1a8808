package import LakeScript

/// An event of a run that is shown to the person at once.
package enum RunEvent: Sendable {
    case stepBegan(String)
    case stepEnded(RunResult.Step)
    case callBegan(String)
    case callEnded(String)
    /// A message for the person: a request is retried.
    case notice(String)
    /// A message for the person: something is waited for.
    case remark(String)
    case undone(Undo)
    /// The progress of a call in bytes.
    case progress(done: Int, total: Int)
}

/// An observer of a run: progress on a terminal, lines of a CI log, or nothing.
package protocol RunObserver: AnyObject {
    func observe(_ event: RunEvent)
}

/// An observer that ignores all events.
package final class SilentObserver: RunObserver {
    package init() {}
    package func observe(_ event: RunEvent) {}
}
