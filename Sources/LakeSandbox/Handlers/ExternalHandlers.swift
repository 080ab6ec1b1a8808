import LakeScript

/// External principals, and logins through a remote service (1.84).
///
/// The service is simulated; `RemoteIdentity` knows its identities. Servers without one answer 501 before they ask for
/// a permission.
enum ExternalHandlers {
    static let handlers: [String: Handler] = [
        "list_user_external_principals": Handler(
            "auth:ReadUser", Resource.user, first: [Checks.remoteUsers], checks: [], list),
        "get_external_principal": Handler(
            "auth:ReadExternalPrincipal", ARN.externalPrincipal("{principalId}"), first: [Checks.remoteUsers],
            checks: [], get),
        "create_user_external_principal": Handler(
            "auth:CreateUserExternalPrincipal", Resource.user, first: [Checks.remoteUsers], checks: [], create),
        "delete_user_external_principal": Handler(
            "auth:DeleteUserExternalPrincipal", Resource.user, first: [Checks.remoteUsers], checks: [], delete),
        "external_principal_login": Handler(.open, checks: [Checks.remoteUsers], externalLogin),
        "sts_login": Handler(.open, checks: [Checks.remoteUsers], stsLogin),
    ]

    private static let list: Rule = { state, exchange throws(Fault) in
        let id = try state.directory.user(exchange.path("userId")).id
        let page = state.directory.principals(of: id).page(exchange.page, state.profile.pagination)
        return .page(page.items.map { show($0.key, id) }, next: page.next)
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        let id = exchange.query("principalId")
        return .json(200, show(id, try state.directory.userOfPrincipal(id)))
    }

    private static func show(_ id: String, _ user: String) -> Value { ["id": .string(id), "user_id": .string(user)] }

    private static let create: Rule = { state, exchange throws(Fault) in
        try state.directory.addPrincipal(exchange.query("principalId"), for: exchange.path("userId"))
        return .created
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.directory.removePrincipal(exchange.query("principalId"), of: exchange.path("userId"))
        return .noContent
    }

    private static let externalLogin: Rule = { state, exchange throws(Fault) in
        let principal = try RemoteIdentity.principal(of: exchange.body["identityRequest"])
        let user = try state.directory.userOfPrincipal(principal)
        let wanted = exchange.body["token_expiration_duration"].integer ?? 0
        let duration = wanted > 0 ? min(wanted, SessionToken.maximumDuration) : SessionToken.duration
        return SessionHandlers.token(of: user, until: exchange.seconds + duration, &state, exchange).answer
    }

    /// The requested lifetime has an upper limit but no lower one: a token may have expired when it is issued.
    private static let stsLogin: Rule = { state, exchange throws(Fault) in
        let external = try RemoteIdentity.subject(
            code: exchange.field("code"), state: exchange.field("state"), redirect: exchange.field("redirect_uri"))
        let user = external.droppingBytes("idp|".utf8.count)
        guard state.directory.users.contains(user) else { throw state.directory.missing(external) }
        let end = exchange.seconds + min(exchange.body["ttl_seconds"].integer ?? 3600, 43_200)
        return SessionHandlers.token(of: user, until: end, &state, exchange).answer
    }
}

/// Identities of the simulated remote service, for trying logins. A user `N` has the external id `idp|N`.
enum RemoteIdentity {
    /// Returns the external id of an STS login: `idp|S` for the code `code-S` with the state `state-S` and a redirect to
    /// `https://…`.
    ///
    /// The code `broken` makes the service fail.
    static func subject(code: String, state: String, redirect: String) throws(Fault) -> String {
        let failed = "invalid authentication response: "
        if code == "broken" { throw Fault(.untranslated, failed + "unexpected status code - got 500 expected 200") }
        guard redirect.begins(with: "https://") else { throw Fault(.invalid, failed + "invalid request") }
        guard code.begins(with: "code-"), state.begins(with: "state-"),
            isEqual(code.droppingBytes(5), state.droppingBytes(6))
        else { throw Fault(.unauthorized, "Unauthorized") }
        return "idp|" + code.droppingBytes(5)
    }

    /// Returns the principal of an identity request, which must have the signature `signed:` followed by the access key,
    /// and a date after 2019.
    ///
    /// The key `ROLE:SESSION` stands for `arn:aws:sts::123456789012:assumed-role/ROLE/SESSION`; `BROKEN` makes the
    /// service fail.
    static func principal(of request: Value) throws(Fault) -> String {
        guard let key = request["access_key_id"].text, let signature = request["signature"].text,
            let date = request["date"].text
        else { throw Fault(.invalid, "invalid request") }
        if key == "BROKEN" { throw Fault(.untranslated, "unexpected status code - got 500 expected 200") }
        guard isEqual(signature, "signed:" + key) else { throw Fault(.unauthorized, "invalid token format") }
        guard !precedes(date, "2020") else { throw Fault(.forbidden, "session expired") }
        let parts = key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return "arn:aws:sts::123456789012:assumed-role/" + parts.joined(separator: "/")
    }
}
