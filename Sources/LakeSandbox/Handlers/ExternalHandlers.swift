import LakeScript

/// External principals and logins by way of a remote service (1.84). The service is a simulated one, whose identities
/// `RemoteIdentity` knows. Servers without one say 501 before they look at who asks.
enum ExternalHandlers {
    static let handlers: [String: Handler] = [
        "list_user_external_principals": list, "get_external_principal": get,
        "create_user_external_principal": create, "delete_user_external_principal": delete,
        "external_principal_login": externalLogin, "sts_login": stsLogin,
    ]

    private static func requireRemote(_ state: SandboxState) throws(Refusal) {
        guard state.profile.accessControl == .remote else { throw .notImplemented }
    }

    private static func list(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("userId")
        try requireRemote(state)
        try exchange.authorize("auth:ReadUser", ARN.user(id), in: state)
        guard state.directory.users.contains(id) else { throw state.profile.missing(id) }
        let page = state.directory.principals(of: id).page(exchange.page(state.profile), state.profile.pageStyle)
        return .page(page.items.map { show($0.key, id) }, next: page.next)
    }

    private static func get(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.query("principalId")
        try requireRemote(state)
        try exchange.authorize("auth:ReadExternalPrincipal", ARN.externalPrincipal(id), in: state)
        guard let user = state.directory.principals[id] else { throw state.profile.missing(id) }
        return .json(200, show(id, user))
    }

    private static func show(_ id: String, _ user: String) -> Value { ["id": .string(id), "user_id": .string(user)] }

    private static func create(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (user, id) = (exchange.path("userId"), exchange.query("principalId"))
        try requireRemote(state)
        try exchange.authorize("auth:CreateUserExternalPrincipal", ARN.user(user), in: state)
        try state.change { directory throws(Directory.Failure) in try directory.addPrincipal(id, for: user) }
        return .created
    }

    private static func delete(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (user, id) = (exchange.path("userId"), exchange.query("principalId"))
        try requireRemote(state)
        try exchange.authorize("auth:DeleteUserExternalPrincipal", ARN.user(user), in: state)
        try state.change { directory throws(Directory.Failure) in try directory.removePrincipal(id, of: user) }
        return .noContent
    }

    private static func externalLogin(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try requireRemote(state)
        let principal = try RemoteIdentity.principal(of: exchange.body["identityRequest"])
        guard let user = state.directory.principals[principal] else { throw state.profile.missing(principal) }
        let wanted = exchange.body["token_expiration_duration"].integer ?? 0
        let duration = wanted > 0 ? min(wanted, SessionToken.maximumDuration) : SessionToken.duration
        return SessionHandlers.token(of: user, until: exchange.seconds + duration, &state, exchange).answer
    }

    /// The lifetime has an upper end but no lower one: a token may have ended before it is given.
    private static func stsLogin(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try requireRemote(state)
        let body = exchange.body
        let external = try RemoteIdentity.subject(
            code: body["code"].text ?? "", state: body["state"].text ?? "",
            redirect: body["redirect_uri"].text ?? "")
        guard external.begins(with: "idp|"), state.directory.users.contains(external.droppingBytes(4)) else {
            throw state.profile.missing(external)
        }
        let duration = min(body["ttl_seconds"].integer ?? 3600, 43_200)
        let end = exchange.seconds + duration
        return SessionHandlers.token(of: external.droppingBytes(4), until: end, &state, exchange).answer
    }
}

/// The identities of the simulated remote service, so that logins can be tried. A user `N` has the external id `idp|N`.
enum RemoteIdentity {
    /// The external id behind an STS login: code `code-S` with state `state-S` is `idp|S`, redirected to `https://…`.
    ///
    /// `no-subject` with `state-any` gives a token without a subject; `broken` makes the service fail.
    static func subject(code: String, state: String, redirect: String) throws(Refusal) -> String {
        let failed = "invalid authentication response: "
        if code == "broken" { throw Refusal(500, failed + "unexpected status code - got 500 expected 200") }
        guard redirect.begins(with: "https://") else { throw Refusal(400, failed + "invalid request") }
        guard code.begins(with: "code-"), state.begins(with: "state-"),
            isEqual(code.droppingBytes(5), state.droppingBytes(6))
        else { throw Refusal(401, "Unauthorized") }
        return "idp|" + code.droppingBytes(5)
    }

    /// The principal behind an identity request: signed by `signed:` and the access key, not of before 2020.
    ///
    /// Key `ROLE:SESSION` is `arn:aws:sts::123456789012:assumed-role/ROLE/SESSION`; `BROKEN` makes the service fail.
    static func principal(of request: Value) throws(Refusal) -> String {
        guard let key = request["access_key_id"].text, let signature = request["signature"].text,
            let date = request["date"].text
        else { throw Refusal(400, "invalid request") }
        if key == "BROKEN" { throw Refusal(500, "unexpected status code - got 500 expected 200") }
        guard isEqual(signature, "signed:" + key) else { throw Refusal(401, "invalid token format") }
        guard !precedes(date, "2020") else { throw Refusal(403, "session expired") }
        let parts = key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return "arn:aws:sts::123456789012:assumed-role/" + parts.joined(separator: "/")
    }
}
