import LakeScript

/// Users.
enum UserHandlers {
    static let handlers: [String: Handler] = [
        "list_users": Handler("auth:ListUsers", Resource.any, checks: [], list),
        "get_user": Handler("auth:ReadUser", Resource.user, checks: [], get),
        "create_user": Handler(
            .login, first: [Checks.noPercent(in: "User"), invitedAddress], checks: [], later: [toCreate], create),
        "delete_user": Handler("auth:DeleteUser", Resource.user, checks: [], delete),
        "get_current_user": Handler(.open, checks: [], getCurrent),
        "list_user_groups": Handler("auth:ReadUser", Resource.user, checks: [Checks.accessControl], listGroups),
    ]

    private static let list: Rule = { state, exchange throws(Fault) in
        let profile = state.profile
        // The server with a single user shows that user whatever page is requested.
        let request = profile.accessControl == .single ? PageRequest(amount: 1) : exchange.page
        return .page(state.directory.users.page(request, profile.pagination)) { profile.show($0, .listed) }
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        .json(200, state.profile.show(try state.directory.users.named(exchange.path("userId"), "user"), .one))
    }

    private static let toCreate = Permission("auth:CreateUser", ARN.user("{id}"))

    private static let invitedAddress: Check = { exchange throws(Fault) in
        guard exchange.bodyFlag("invite_user"), MailAddress.parse(exchange.field("id")) == nil else { return }
        throw Fault(.invalid, "Invalid email format")
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let id = exchange.field("id")
        if exchange.bodyFlag("invite_user"), let address = MailAddress.parse(id) {
            return try invite(address, &state, exchange)
        }
        try exchange.authorize([toCreate], in: state)
        try Names.checkIdentity(id, state.profile)
        if state.profile.accessControl == .single { throw .alreadyExists }
        try state.directory.add(User(id: id, createdAt: exchange.seconds))
        return .json(201, ["id": .string(id), "creation_date": .int(exchange.seconds)])
    }

    /// Creates a user from a mail address. 0.90 cannot send mail and says so after it has created the user.
    private static func invite(
        _ address: String, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) -> Reply {
        try exchange.authorize([toCreate], with: ["id": .string(address.lowercased())], in: state)
        try Checks.accessControl(exchange)
        try state.directory.add(User(id: address, createdAt: exchange.seconds, email: address))
        guard state.profile.canInvite else { throw Fault(.untranslated, "no smtp host configured") }
        return .json(201, ["id": .string(address), "creation_date": 0])
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        let user = try state.directory.users.named(exchange.path("userId"), "user")
        try state.directory.removeUser(user.id, withCredentials: !state.profile.keysOutliveUsers)
        return .noContent
    }

    /// 1.84 also answers without a login: with a user who has no id.
    private static let getCurrent: Rule = { state, exchange throws(Fault) in
        guard let id = exchange.user else { return .json(200, ["user": ["id": "", "creation_date": 0]]) }
        return .json(200, ["user": state.profile.show(try state.directory.users.named(id, "user"), .current)])
    }

    private static let listGroups: Rule = { state, exchange throws(Fault) in
        let profile = state.profile
        let user = try state.directory.user(exchange.path("userId"))
        let request = exchange.page
        var page = state.directory.members[right: user.id].page(request, profile.pagination)
        if profile.pagination == .stripped {
            // The token is the whole name although `after` is read behind the prefix, so pages get lost.
            page.next = page.items.count == request.amount ? page.items.last?.key ?? "" : ""
        }
        return .page(page, of: state.directory.groups) { profile.show($0, named: true, described: false) }
    }
}
