package import LakeAPI
package import LakeSandbox
package import LakeScript

/// A connection to a server over HTTP, or to a sandbox in this process, with an identity. The same performer builds the
/// same requests for both; only the transport differs.
///
/// A connection also leads to the servers of `on "profile" { }`. Over HTTP they share one transport, so that the loop
/// waits in one place. In a sandbox each profile is a sandbox of its own, even if no file names it.
package final class Connection {
    /// The performer of operations.
    package let operations: OperationPerformer
    /// The waiter of the loop.
    package let waiter: any Waiter
    /// The head of a report: the server's address, or the server that the sandbox imitates.
    package let description: String
    package let isSandbox: Bool
    /// The run's default identity; nil without keys.
    package let identity: Value?
    /// The profile that was asked for by name; nil if none was.
    package let profile: Profile?
    /// The profiles that scripts may name; nil in a sandbox, which has one of any name.
    package let profiles: Profiles?
    /// The number of sources of effect ids that were made.
    private var sources: UInt32 = 0

    /// A server of the connection.
    struct Server {
        /// Its name in questions: its address, or that it is a sandbox.
        let name: String
        /// The default identity there.
        let identity: Value?
        /// The profile, if it is protected: destructive operations ask first.
        var protected: Profile?
    }

    private init(
        operations: OperationPerformer, waiter: any Waiter, description: String, isSandbox: Bool, identity: Value?,
        profile: Profile? = nil, profiles: Profiles? = nil
    ) {
        self.operations = operations
        self.waiter = waiter
        self.description = description
        self.isSandbox = isSandbox
        self.identity = identity
        self.profile = profile
        self.profiles = profiles
    }

    /// A fresh sandbox in this process, with the identity of its first user.
    package static func sandbox(_ configuration: SandboxConfiguration) -> Connection {
        let own = fresh(configuration)
        return Connection(
            operations: OperationPerformer { $0 == nil ? own : fresh(configuration) }, waiter: PollWaiter(),
            description: "sandbox (in this process, like \(configuration.like.summary))", isSandbox: true,
            identity: own.identity)
    }

    private static func fresh(_ configuration: SandboxConfiguration) -> APIServer {
        var random = SystemRandomNumberGenerator()
        let sandbox = Sandbox(configuration, at: Clock.system.now(), random: &random)
        let identity: Value? = sandbox.adminCredentials.map {
            ["access_key_id": .string($0.id), "secret_access_key": .secret($0.secret)]
        }
        return APIServer(transport: SandboxTransport(sandbox, random: random), identity: identity)
    }

    /// No server, for a run that sends nothing.
    package static func none(profiles: Profiles) -> Connection {
        let operations = OperationPerformer { _ throws(Failure) in throw .noServer }
        return Connection(
            operations: operations, waiter: PollWaiter(), description: "no server", isSandbox: false, identity: nil,
            profiles: profiles)
    }

    /// A server.
    ///
    /// - Parameters:
    ///   - endpoint: its address.
    ///   - identity: who one is there.
    ///   - profile: what it is called, if it was asked for by name.
    ///   - profiles: the servers that a script may go to.
    /// - Returns: a connection that has sent nothing yet.
    /// - Throws: a mistake where libcurl is missing.
    package static func server(
        _ endpoint: Endpoint, identity: Value?, profile: Profile? = nil, profiles: Profiles
    ) throws(Failure) -> Connection {
        let transport = try CurlTransport()
        func server(_ endpoint: Endpoint, _ identity: Value?) -> APIServer {
            APIServer(
                transport: transport, origin: endpoint.origin, basePath: endpoint.basePath, identity: identity)
        }
        let operations = OperationPerformer { name throws(Failure) in
            guard let name else { return server(endpoint, identity) }
            guard let profile = profiles[name] else { throw profiles.unknown(name) }
            return server(profile.endpoint, try profile.identity())
        }
        return Connection(
            operations: operations, waiter: CurlWaiter(transport), description: endpoint.origin, isSandbox: false,
            identity: identity, profile: profile, profiles: profiles)
    }

    /// Makes a source of effect ids that nobody else uses on this connection.
    package func makeEffectIDs() -> EffectIDs {
        defer { sources += 1 }
        return EffectIDs(source: sources)
    }

    /// The server of a profile, and the connection's own for nil.
    ///
    /// - Returns: the server, or why it cannot be used: no such profile, no keys.
    func server(of name: String?) -> Result<Server, Failure> {
        operations.server(of: name).map { server in
            let profile = name.map { profiles?[$0] } ?? profile
            return Server(
                name: isSandbox ? "the sandbox" + (name.map { " " + $0 } ?? "") : server.origin,
                identity: server.identity, protected: profile?.isProtected == true ? profile : nil)
        }
    }

    /// The identity's name in messages: the access key's id, `token`, or a cookie's name.
    package var identityName: String? {
        if isSandbox { return identity == nil ? nil : "admin" }
        guard let record = identity?.record else { return nil }
        return record["access_key_id"]?.text ?? record.keys.first
    }
}

extension Profiles {
    /// The failure for a name that no profile has.
    package func unknown(_ name: String) -> Failure {
        .unknownProfile(name, in: self)
    }
}

/// Waits with libcurl, which knows its sockets.
final class CurlWaiter: Waiter {
    private let transport: CurlTransport

    init(_ transport: CurlTransport) {
        self.transport = transport
    }

    func wait(for descriptors: [Descriptor], milliseconds: Int?) -> [Descriptor] {
        transport.wait(descriptors: descriptors, timeoutMilliseconds: milliseconds)
    }
}
