internal import LakeScript

/// The exit status of lakesh, the one place where it is decided. `lakesh help exit-status` tells of each.
package enum ExitStatus: Equatable {
    case done
    /// An operation failed.
    case operationFailed
    /// `fmt --check` found a script that is not formatted.
    case notFormatted
    /// The command line or the script is wrong, or the server lacks what the script uses: nothing was done.
    case usage
    /// `fail`, `assert`, or a mistake that showed while running.
    case scriptFailed
    case unauthenticated
    /// A confirmation was declined or could not be asked.
    case declined
    /// A write was sent, and nothing tells whether it happened.
    case inDoubt
    case cannotResume
    /// Ended with steps failed or skipped (`keep_going`).
    case partlyFailed
    case denied
    /// A rehearsal found changes.
    case rehearsalFoundChanges
    case timedOut
    case interrupted
    /// `fail --status N`.
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

    /// The status of a run that ended with an error.
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
            case .cancelled: .interrupted
            case .declined: .declined
            }
    }
}
