import LakeScript

/// Pairs of keys.
enum CredentialHandlers {
    static let handlers: [String: Handler] = [
        "list_user_credentials": listCredentials, "create_credentials": createCredentials,
        "get_credentials": getCredentials, "delete_credentials": deleteCredentials,
    ]

    private static let notFound = Refusal(404, "credentials not found")

    /// The built-in store lists the keys of whoever has some, also of a user who is gone.
    private static func listCredentials(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (id, profile) = (exchange.path("userId"), state.profile)
        try exchange.authorize("auth:ListCredentials", ARN.user(id), in: state)
        try profile.requireAccessControl()
        if profile.accessControl == .remote, !state.directory.users.contains(id) { throw profile.missing(id) }
        let credentials = state.directory.credentials[id] ?? SortedMap()
        return .page(credentials.page(exchange.page(profile), profile.pageStyle), \.shown)
    }

    private static func createCredentials(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (id, profile) = (exchange.path("userId"), state.profile)
        try exchange.authorize("auth:CreateCredentials", ARN.user(id), in: state)
        guard state.directory.users.contains(id) else { throw profile.missing(id) }
        if profile.accessControl == .single, state.directory.credentials[id]?.isEmpty == false {
            throw Refusal(400, "exceeded number of allowed credentials: invalid request")
        }
        let credential = Credential(key: AccessKey(from: &state.random), createdAt: exchange.seconds)
        state.directory.add(credential, for: id)
        return .json(201, credential.shownWithSecret)
    }

    private static func getCredentials(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("userId")
        try exchange.authorize("auth:ReadCredentials", ARN.user(id), in: state)
        guard let (user, credential) = state.directory.credential(exchange.path("accessKeyId")), isEqual(user.id, id)
        else { throw notFound }
        return .json(200, credential.shown)
    }

    /// Another user's key: the remote service does not find it; elsewhere nothing happens, and all is said to be well.
    private static func deleteCredentials(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (id, key) = (exchange.path("userId"), exchange.path("accessKeyId"))
        try exchange.authorize("auth:DeleteCredentials", ARN.user(id), in: state)
        try state.profile.requireAccessControl()
        guard state.directory.users.contains(id), let (owner, _) = state.directory.credential(key) else {
            throw notFound
        }
        if state.profile.accessControl == .remote, !isEqual(owner.id, id) { throw notFound }
        state.directory.removeCredential(key, of: id)
        return .noContent
    }
}
