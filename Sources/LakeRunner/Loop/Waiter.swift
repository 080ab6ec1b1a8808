internal import Glibc
package import LakeScript

/// The one place where lakesh waits: for descriptors, for a time at most. `poll` where no server is in play; libcurl's
/// own wait, which knows its sockets, where one is.
package protocol Waiter: AnyObject {
    /// Waits until one of the descriptors is ready or the time (nil: no limit) has passed; gives those that are ready.
    func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor]
}

/// Waits by `poll`.
package final class PollWaiter: Waiter {
    package init() {}

    package func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor] {
        var polled = descriptors.map {
            pollfd(fd: $0.number, events: Int16($0.isForWriting ? POLLOUT : POLLIN), revents: 0)
        }
        let limit = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
        // An interrupted wait (EINTR) finds nothing ready; the loop looks at its signals and comes back.
        guard poll(&polled, nfds_t(polled.count), limit) > 0 else { return [] }
        return zip(descriptors, polled).filter { $1.revents != 0 }.map(\.0)
    }
}
