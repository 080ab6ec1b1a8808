import LakeScript

/// Access keys of users.
enum CredentialHandlers {
    static let handlers: [String: Handler] = [
        "list_user_credentials": Handler(
            "auth:ListCredentials", Resource.user, checks: [Checks.accessControl], list),
        "create_credentials": Handler("auth:CreateCredentials", Resource.user, checks: [], create),
        "get_credentials": Handler("auth:ReadCredentials", Resource.user, checks: [], get),
        "delete_credentials": Handler(
            "auth:DeleteCredentials", Resource.user, checks: [Checks.accessControl], delete),
    ]

    private static let notFound = Fault(.notFound, "credentials not found")

    /// The built-in store also lists the keys of a deleted user.
    private static let list: Rule = { state, exchange throws(Fault) in
        let id = exchange.path("userId")
        if state.profile.accessControl == .remote { _ = try state.directory.user(id) }
        let credentials = state.directory.credentials[id] ?? SortedMap()
        return .page(credentials.page(exchange.page, state.profile.pagination), \.shown)
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let id = try state.directory.user(exchange.path("userId")).id
        if state.profile.accessControl == .single, state.directory.credentials[id]?.isEmpty == false {
            throw Fault(.invalid, "exceeded number of allowed credentials: invalid request")
        }
        let credential = Credential(key: AccessKey(from: &state.random), createdAt: exchange.seconds)
        state.directory.add(credential, for: id)
        return .json(201, credential.shownWithSecret)
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        guard let (user, credential) = state.directory.credential(exchange.path("accessKeyId")),
            isEqual(user.id, exchange.path("userId"))
        else { throw notFound }
        return .json(200, credential.shown)
    }

    /// The remote service does not find a key of another user; other servers answer 204 and do nothing.
    private static let delete: Rule = { state, exchange throws(Fault) in
        let (id, key) = (exchange.path("userId"), exchange.path("accessKeyId"))
        guard state.directory.users.contains(id), let (owner, _) = state.directory.credential(key) else {
            throw notFound
        }
        if state.profile.accessControl == .remote, !isEqual(owner.id, id) { throw notFound }
        state.directory.removeCredential(key, of: id)
        return .noContent
    }
}
