internal import Glibc
package import LakeScript

/// The one clock of the process. Only the loop reads it; everything else is told the time.
package struct Clock: Sendable {
    package init() {}

    /// Now, on the monotonic clock and on the calendar's.
    package func now() -> Instant {
        var monotonic = timespec()
        clock_gettime(CLOCK_MONOTONIC, &monotonic)
        var calendar = timespec()
        clock_gettime(CLOCK_REALTIME, &calendar)
        return Instant(
            milliseconds: monotonic.tv_sec * 1000 + monotonic.tv_nsec / 1_000_000, epochSeconds: calendar.tv_sec)
    }
}

extension timespec {
    /// The time as one number of nanoseconds.
    var nanoseconds: Int { tv_sec * 1_000_000_000 + tv_nsec }
}
