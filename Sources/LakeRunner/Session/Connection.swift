internal import LakeAPI
package import LakeSandbox
package import LakeScript

/// Where operations go and as whom: a server over HTTP, or a sandbox in this process. Either way the same performer
/// builds the same requests; only the transport below it differs.
///
/// A connection also leads to the servers of `on "profile" { }`: over HTTP they share one transport, so that the loop
/// waits in one place; of a sandbox each profile is a sandbox of its own, whether or not a file names it.
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
    /// The profile that was asked for by name; nil where none was.
    package let profile: Profile?
    /// The profiles that scripts may name; nil in a sandbox, where any name is one.
    package let profiles: Profiles?
    /// The servers of profiles that were used.
    private var servers: [String: Server] = [:]
    private let open: (String) throws(Failure) -> Server
    /// The number of sources of effect ids that were made.
    private var sources: UInt32 = 0

    /// A server that operations go to.
    struct Server {
        let operations: any Performer
        /// What questions call it: its address, or that it is a sandbox.
        let name: String
        /// Who one is there by default.
        let identity: Value?
        /// The profile, if what destroys asks first there.
        var protected: Profile?
    }

    private init(
        operations: any Performer, waiter: any Waiter, description: String, isSandbox: Bool, identity: Value?,
        profile: Profile? = nil, profiles: Profiles? = nil, open: @escaping (String) throws(Failure) -> Server
    ) {
        self.operations = operations
        self.waiter = waiter
        self.description = description
        self.isSandbox = isSandbox
        self.identity = identity
        self.profile = profile
        self.profiles = profiles
        self.open = open
    }

    /// A fresh sandbox in this process, used as its first user.
    package static func sandbox(_ configuration: SandboxConfiguration) -> Connection {
        let (operations, identity) = fresh(configuration)
        return Connection(
            operations: operations, waiter: PollWaiter(),
            description: "sandbox (in this process, like \(configuration.like.summary))", isSandbox: true,
            identity: identity
        ) { name in
            let (operations, identity) = fresh(configuration)
            return Server(operations: operations, name: "the sandbox \(name)", identity: identity)
        }
    }

    /// No server: for what sends nothing.
    package static func none(profiles: Profiles) -> Connection {
        Connection(
            operations: NoServer(), waiter: PollWaiter(), description: "no server", isSandbox: false, identity: nil,
            profiles: profiles
        ) { name in Server(operations: NoServer(), name: name, identity: nil) }
    }

    private static func fresh(_ configuration: SandboxConfiguration) -> (operations: any Performer, identity: Value?) {
        var random = SystemRandomNumberGenerator()
        let sandbox = Sandbox(configuration, at: Clock.system.now(), random: &random)
        let identity: Value? = sandbox.adminCredentials.map {
            ["access_key_id": .string($0.id), "secret_access_key": .secret($0.secret)]
        }
        return (OperationPerformer(transport: SandboxTransport(sandbox, random: random), identity: identity), identity)
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
        let hub = TransportHub(transport)
        func performer(_ endpoint: Endpoint, _ identity: Value?) -> OperationPerformer {
            OperationPerformer(
                transport: hub.port(), origin: endpoint.origin, basePath: endpoint.basePath, identity: identity)
        }
        return Connection(
            operations: performer(endpoint, identity), waiter: CurlWaiter(transport), description: endpoint.origin,
            isSandbox: false, identity: identity, profile: profile,
            profiles: profiles
        ) { name throws(Failure) in
            guard let profile = profiles[name] else { throw profiles.unknown(name) }
            let identity = try profile.identity()
            return Server(
                operations: performer(profile.endpoint, identity), name: profile.endpoint.origin, identity: identity,
                protected: profile.isProtected ? profile : nil)
        }
    }

    /// Makes a source of effect ids that nobody else uses on this connection.
    package func makeEffectIDs() -> EffectIDs {
        defer { sources += 1 }
        return EffectIDs(source: sources)
    }

    /// The server of a profile, nil for the connection's own.
    ///
    /// - Returns: the server, or why it cannot be had: no such profile, no keys.
    func server(of name: String?) -> Result<Server, Failure> {
        guard let name else {
            return .success(
                Server(
                    operations: operations, name: isSandbox ? "the sandbox" : description, identity: identity,
                    protected: profile?.isProtected == true ? profile : nil))
        }
        if let known = servers[name] { return .success(known) }
        do throws(Failure) {
            let server = try open(name)
            servers[name] = server
            return .success(server)
        } catch {
            return .failure(error)
        }
    }

    /// How messages call the identity: the access key's id, `token`, a cookie's name.
    package var identityName: String? {
        if isSandbox { return identity == nil ? nil : "admin" }
        guard let record = identity?.record else { return nil }
        return record["access_key_id"]?.text ?? record.keys.first
    }
}

extension Profiles {
    /// That there is no profile of a name.
    package func unknown(_ name: String) -> Failure {
        let close = DidYouMean.closest(to: name, in: names).map { "did you mean `\($0)`?" }
        return Failure(.mistake, "there is no profile `\(name)`", notes: [close ?? "profiles stand in \(path)"])
    }
}

/// Where no operation goes: one that came here after all is told so.
private final class NoServer: Performer {
    private var outbox = Outbox<Event>()

    func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        outbox.answer(id, .failure(Failure(.operation, "no server is named")))
    }

    func cancel(_ id: EffectID, now: Instant) {}

    func waits() -> Waits { outbox.waits }
    func tick(now: Instant, ready: [Descriptor]) -> [Event] { outbox.take() }
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
