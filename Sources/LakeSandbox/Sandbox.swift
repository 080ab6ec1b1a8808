package import LakeAPI
package import LakeScript

/// A simulated lakeFS server, whole, as a value: copying it copies the server.
package struct Sandbox: Sendable {
    private var state: SandboxState

    /// A fresh server. Where it is set up, its first user is `admin`.
    ///
    /// - Parameters:
    ///   - configuration: which server it imitates.
    ///   - now: when it was set up.
    ///   - random: makes its keys.
    package init(
        _ configuration: SandboxConfiguration = SandboxConfiguration(), at now: Instant,
        random: inout some RandomNumberGenerator
    ) {
        var stream = RandomStream(from: &random)
        state = SandboxState(
            configuration: configuration, profile: .of(configuration.like), directory: Directory(),
            random: stream, signingKey: stream.bytes(32))
    }

    /// The keys of the first user, by which the sandbox's owner uses it; nil while it is not set up.
    package var adminCredentials: AccessKey? { nil }

    /// Answers a request: `/api/v1/…`, or an address that the sandbox gave out.
    package mutating func answer(
        _ request: HTTPRequest, at now: Instant, random: inout some RandomNumberGenerator
    ) -> HTTPResponse {
        state.random = RandomStream(from: &random)
        return HTTPResponse(status: 500)
    }
}
