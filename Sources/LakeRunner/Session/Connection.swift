internal import LakeAPI
package import LakeSandbox
package import LakeScript

/// Where operations go and as whom: a server over HTTP, or a sandbox in this process. Either way the same performer
/// builds the same requests; only the transport below it differs.
package final class Connection {
    /// Carries out operations.
    package let operations: any Performer
    /// What the loop waits with.
    package let waiter: any Waiter
    /// For the head of a report: the server's address, or what the sandbox imitates.
    package let description: String
    package let isSandbox: Bool
    /// Who the run is by default; nil without keys.
    package let identity: Value?

    private init(
        operations: any Performer, waiter: any Waiter, description: String, isSandbox: Bool, identity: Value?
    ) {
        self.operations = operations
        self.waiter = waiter
        self.description = description
        self.isSandbox = isSandbox
        self.identity = identity
    }

    /// A fresh sandbox in this process, used as its first user.
    ///
    /// - Throws: a mistake where libcrypto is missing.
    package static func sandbox(_ configuration: SandboxConfiguration) throws(Failure) -> Connection {
        try Digest.load()
        var random = SystemRandomNumberGenerator()
        let sandbox = Sandbox(configuration, at: Clock().now(), random: &random)
        let identity: Value? = sandbox.adminCredentials.map {
            ["access_key_id": .string($0.id), "secret_access_key": .secret($0.secret)]
        }
        let transport = SandboxTransport(sandbox, random: random)
        return Connection(
            operations: OperationPerformer(transport: transport, identity: identity),
            waiter: PollWaiter(), description: "sandbox (in this process, like \(configuration.like.summary))",
            isSandbox: true, identity: identity)
    }

    /// A server.
    ///
    /// - Throws: a mistake where libcurl is missing.
    package static func server(_ endpoint: Endpoint, identity: Value?) throws(Failure) -> Connection {
        let transport = try CurlTransport()
        return Connection(
            operations: OperationPerformer(
                transport: transport, origin: endpoint.origin, basePath: endpoint.basePath, identity: identity),
            waiter: CurlWaiter(transport), description: endpoint.origin, isSandbox: false, identity: identity)
    }

    /// How messages call the identity: the access key's id, `token`, a cookie's name.
    package var identityName: String? {
        if isSandbox { return identity == nil ? nil : "admin" }
        guard let record = identity?.record else { return nil }
        return record["access_key_id"]?.text ?? record.keys.first
    }
}

/// libcurl's own wait, which knows its sockets.
final class CurlWaiter: Waiter {
    private let transport: CurlTransport

    init(_ transport: CurlTransport) {
        self.transport = transport
    }

    func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor] {
        transport.wait(descriptors: descriptors, timeoutMilliseconds: milliseconds)
    }
}
