internal import Glibc
package import LakeScript

/// Waits for descriptors, for a limited time: the one place where lakesh blocks. `poll` waits if no server is used, else
/// libcurl, which knows its sockets.
package protocol Waiter: AnyObject {
    /// Waits until a descriptor is ready or the time has passed (nil: no limit), and returns the ready descriptors.
    func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor]
}

/// Waits with `poll`.
package final class PollWaiter: Waiter {
    package init() {}

    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor] {
        var polled = descriptors.map {
            pollfd(fd: $0.number, events: Int16($0.isForWriting ? POLLOUT : POLLIN), revents: 0)
        }
        let limit = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        // A wait that a signal interrupts (EINTR) finds nothing ready; the loop looks at its signals and comes back.
        guard poll(&polled, nfds_t(polled.count), limit) > 0 else { return [] }
        return zip(descriptors, polled).filter { $1.revents != 0 }.map(\.0)
    }
}

extension Descriptor {
    /// True if reading it does not wait.
    var isReadable: Bool {
        var polled = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }
}
