internal import Glibc
package import LakeScript

/// A clock. Only a loop and those who own one read it; everything else is told the time.
package struct Clock: Sendable {
    private let read: @Sendable () -> Instant

    package init(_ read: @escaping @Sendable () -> Instant) {
        self.read = read
    }

    /// The system's clocks: the monotonic one and the calendar's.
    package static var system: Clock {
        Clock {
            var monotonic = timespec()
            clock_gettime(CLOCK_MONOTONIC, &monotonic)
            var calendar = timespec()
            clock_gettime(CLOCK_REALTIME, &calendar)
            return Instant(
                milliseconds: monotonic.tv_sec * 1000 + monotonic.tv_nsec / 1_000_000, epochSeconds: calendar.tv_sec)
        }
    }

    package func now() -> Instant { read() }
}

extension timespec {
    /// The time in nanoseconds.
    var nanoseconds: Int { tv_sec * 1_000_000_000 + tv_nsec }
}
