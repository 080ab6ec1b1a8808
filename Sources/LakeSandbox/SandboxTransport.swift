package import LakeAPI
package import LakeScript

/// The in-process door: requests reach the sandbox's rules without a socket, byte for byte as they would over HTTP.
///
/// Answers come from the next `tick`, as a server's would, so that what runs here runs the same over the network.
package final class SandboxTransport<Random: RandomNumberGenerator>: Transport {
    /// The server; a copy of it is a second server in the same state.
    package private(set) var sandbox: Sandbox
    private var random: Random
    /// Addresses that the sandbox gave out in this process come back to it.
    package let ownOrigin: String? = Exchange.ownOrigin
    private var answered: [TransportEvent] = []

    package init(_ sandbox: Sandbox, random: Random) {
        self.sandbox = sandbox
        self.random = random
    }

    package func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant) {
        answered.append(.response(id, sandbox.answer(request, at: now, random: &random)))
    }

    /// What was sent is answered already; the answer stands.
    package func cancel(_ id: EffectID, now: Instant) {}

    package func waits() -> Waits {
        answered.isEmpty ? Waits() : Waits(deadline: Instant(milliseconds: 0, epochSeconds: 0))
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent] {
        defer { answered = [] }
        return answered
    }
}
