package import LakeAPI
package import LakeScript

/// Transport to a sandbox in the same process: the bytes are the same as over HTTP, without a socket.
///
/// Answers come from the next `tick`, like those of a server.
package final class SandboxTransport<Random: RandomNumberGenerator>: Transport {
    /// The server; a copy of it is a second server in the same state.
    package private(set) var sandbox: Sandbox
    private var random: Random
    /// Requests for addresses that the sandbox issued in this process come back to it.
    package let ownOrigin: String? = Exchange.ownOrigin
    private var answered: [TransportEvent] = []

    package init(_ sandbox: Sandbox, random: Random) {
        self.sandbox = sandbox
        self.random = random
    }

    package func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant) {
        answered.append(.response(id, sandbox.answer(request, at: now, random: &random)))
    }

    /// Does nothing: a request is answered as soon as it is sent.
    package func cancel(_ id: EffectID, now: Instant) {}

    package func waits() -> Waits {
        answered.isEmpty ? Waits() : Waits(deadline: Instant(milliseconds: 0, epochSeconds: 0))
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent] {
        defer { answered = [] }
        return answered
    }
}
