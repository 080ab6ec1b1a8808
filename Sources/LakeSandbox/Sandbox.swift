package import LakeAPI
package import LakeScript

/// A simulated lakeFS server as a value: copying it copies the server.
package struct Sandbox: Sendable {
    private var state: SandboxState
    private let router: Router
    /// Access key of the first user; nil until the server is set up.
    package private(set) var adminCredentials: AccessKey?

    /// A new server; its first user is `admin` if it is set up.
    ///
    /// - Parameters:
    ///   - configuration: server to imitate.
    ///   - now: time of the setup.
    ///   - random: source of its keys.
    package init(
        _ configuration: SandboxConfiguration = SandboxConfiguration(), at now: Instant,
        random: inout some RandomNumberGenerator
    ) {
        state = SandboxState(configuration, random: &random)
        router = Router(Contract.operations(of: state.profile.release))
        guard configuration.isSetUp else { return }
        let keys = AccessKey(from: &random)
        // The setup of a new directory with a generated key cannot fail.
        guard (try? state.setUp("admin", keys, at: now.epochSeconds)) != nil else { return }
        adminCredentials = keys
    }

    /// Answers a request for `/api/v1/…` or for an address that the sandbox issued.
    package mutating func answer(
        _ request: HTTPRequest, at now: Instant, random: inout some RandomNumberGenerator
    ) -> HTTPResponse {
        state.random = RandomStream(from: &random)
        let parts = request.target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(parts.first ?? "")
        guard path == Sandbox.base || path.begins(with: Sandbox.base + "/") else {
            return ObjectStoreEndpoint.answer(request, in: &state, at: now)
                ?? HTTPResponse(status: 404, body: Array("404 page not found\n".utf8))
        }
        var reply: Reply
        do {
            let query = Escape.query(parts.count > 1 ? String(parts[1]) : "")
            reply = try handle(request, path.droppingBytes(Sandbox.base.utf8.count), query, now)
        } catch {
            reply = Reply(error.told(by: state.profile))
        }
        // Discard an answer that depends on a digest without libcrypto.
        if let failure = Digest.failure { reply = Reply(500, .json(["message": .string(failure)])) }
        return response(to: request, reply, id: request.header("X-Request-ID") ?? Digest.hexadecimal(random.bytes(16)))
    }

    private static let base = "/api/v1"

    private mutating func handle(
        _ request: HTTPRequest, _ path: String, _ query: [String: [String]], _ now: Instant
    ) throws(Fault) -> Reply {
        guard Router.methods.contains(request.method) else { return Reply(405) }
        guard let match = router.match(request.method, path) else {
            throw Fault(state.profile.isOld ? .untranslated : .notFound, "invalid API endpoint")
        }
        let intake = Intake(match: match, request: request, query: query, profile: state.profile)
        let body = try intake.validated()
        let user = match.operation.isOpen ? nil : try Authentication.user(of: request, in: state, at: now)
        if state.profile.isOld, user == nil, !match.operation.isOpen { throw .unauthenticated }
        guard let handler = HandlerTable.handlers[match.operation.command] else { throw .notImplemented }
        return try handler.answer(&state, try intake.exchange(body, user: user, now: now))
    }

    private func response(to request: HTTPRequest, _ reply: Reply, id: String) -> HTTPResponse {
        var response = HTTPResponse(status: reply.status)
        switch reply.body {
        case .none: break
        case .json(let value):
            response.headers.append(("Content-Type", "application/json"))
            response.body = JSON.write(value, layout: .compact, revealing: true) + [0x0A]
        case .text(let text):
            response.headers.append(("Content-Type", "text/plain; charset=utf-8"))
            response.body = Array(text.utf8)
        case .bytes(let bytes, let type):
            if !type.isEmpty { response.headers.append(("Content-Type", type)) }
            response.body = bytes
        }
        response.headers += [("X-Content-Type-Options", "nosniff"), ("X-Request-ID", id)] + reply.headers
        if request.method == "HEAD" { response.body = [] }
        return response
    }
}
