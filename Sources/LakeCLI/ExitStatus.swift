internal import LakeScript

/// The exit status of lakesh; decided nowhere else. `lakesh help exit-status` explains each.
package enum ExitStatus: Equatable, Sendable {
    case done
    /// An operation failed.
    case operationFailed
    /// `fmt --check` found an unformatted script.
    case notFormatted
    /// The command line or the script has errors, or the server lacks a feature that the script uses; nothing was done.
    case usage
    /// `fail`, `assert`, or another error at run time.
    case scriptFailed
    case unauthenticated
    /// A confirmation was declined, or there was no terminal to ask on.
    case declined
    /// A write was sent, and it is unknown if it took effect.
    case inDoubt
    case cannotResume
    /// Steps failed or were skipped (`keep_going`).
    case partlyFailed
    case denied
    /// A rehearsal found changes.
    case rehearsalFoundChanges
    case timedOut
    case interrupted
    /// `fail --status N`, or 128 and the number of the signal that ended the run.
    case custom(Int32)

    package var code: Int32 {
        switch self {
        case .done: 0
        case .operationFailed, .notFormatted: 1
        case .usage: 2
        case .scriptFailed: 3
        case .unauthenticated: 4
        case .declined: 5
        case .inDoubt: 6
        case .cannotResume: 7
        case .partlyFailed: 8
        case .denied: 9
        case .rehearsalFoundChanges: 10
        case .timedOut: 124
        case .interrupted: 130
        case .custom(let code): code
        }
    }

    /// Returns the status of a run that ended with a failure.
    init(of failure: Failure) {
        if failure.isKeptGoing {
            self = .partlyFailed
            return
        }
        self =
            switch failure.kind {
            case .operation, .notFound, .conflict: .operationFailed
            case .denied: .denied
            case .unauthenticated: .unauthenticated
            case .fail: failure.exitStatus.map { .custom(Int32(truncatingIfNeeded: $0)) } ?? .scriptFailed
            case .assertion, .mistake: .scriptFailed
            case .timeout: .timedOut
            case .inDoubt: .inDoubt
            case .cancelled: failure.exitStatus.map { .custom(Int32($0)) } ?? .interrupted
            case .declined: .declined
            }
    }
}
