import LakeScript

/// Users.
enum UserHandlers {
    static let handlers: [String: Handler] = [
        "list_users": listUsers, "get_user": getUser, "create_user": createUser, "delete_user": deleteUser,
        "get_current_user": getCurrentUser, "list_user_groups": listUserGroups,
    ]

    private static func listUsers(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let profile = state.profile
        try exchange.authorize("auth:ListUsers", "*", in: state)
        // The one-user server shows its user, whatever page is asked for.
        let request = profile.accessControl == .single ? PageRequest(amount: 1) : exchange.page(profile)
        return .page(state.directory.users.page(request, profile.pageStyle)) { profile.show($0, .listed) }
    }

    private static func getUser(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("userId")
        try exchange.authorize("auth:ReadUser", ARN.user(id), in: state)
        return .json(200, state.profile.show(try state.user(id), .one))
    }

    private static func createUser(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.body["id"].text ?? ""
        try NameRule.refusePercent(id, "User")
        if exchange.body["invite_user"] == true { return try invite(id, &state, exchange) }
        try exchange.authorize("auth:CreateUser", ARN.user(id), in: state)
        try NameRule.check(id, state.profile)
        // The one-user server has its user already.
        if state.profile.accessControl == .single { throw state.profile.refusal(.alreadyExists) }
        let user = User(id: id, createdAt: exchange.seconds)
        try state.change { directory throws(Directory.Failure) in try directory.add(user) }
        return .json(201, ["id": .string(id), "creation_date": .int(user.createdAt)])
    }

    /// Makes a user of a mail address. 0.90 has nothing to send mail with, and says so after the user is made.
    private static func invite(
        _ text: String, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Refusal) -> Reply {
        guard let address = MailAddress.parse(text) else { throw Refusal(400, "Invalid email format") }
        try exchange.authorize("auth:CreateUser", ARN.user(address.lowercased()), in: state)
        try state.profile.requireAccessControl()
        let user = User(id: address, createdAt: exchange.seconds, email: address)
        try state.change { directory throws(Directory.Failure) in try directory.add(user) }
        guard state.profile.canInvite else { throw Refusal(500, "no smtp host configured") }
        return .json(201, ["id": .string(address), "creation_date": 0])
    }

    private static func deleteUser(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("userId")
        try exchange.authorize("auth:DeleteUser", ARN.user(id), in: state)
        _ = try state.user(id)
        let withCredentials = !state.profile.keysOutliveUsers
        try state.change { directory throws(Directory.Failure) in
            try directory.removeUser(id, withCredentials: withCredentials)
        }
        return .noContent
    }

    /// 1.84 answers who has not logged in, too: with nobody.
    private static func getCurrentUser(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        guard let id = exchange.user else { return .json(200, ["user": ["id": "", "creation_date": 0]]) }
        return .json(200, ["user": state.profile.show(try state.user(id), .current)])
    }

    private static func listUserGroups(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (id, profile) = (exchange.path("userId"), state.profile)
        try exchange.authorize("auth:ReadUser", ARN.user(id), in: state)
        try profile.requireAccessControl()
        guard state.directory.users.contains(id) else { throw profile.missing(id) }
        let request = exchange.page(profile)
        var page = state.directory.members[right: id].page(request, profile.pageStyle)
        if profile.pageStyle == .stripped {
            // The token is the whole name here, although `after` is read behind the prefix: pages get lost.
            page.next = page.items.count == request.amount ? page.items.last?.key ?? "" : ""
        }
        return .page(page, of: state.directory.groups) { profile.show($0, named: true, described: false) }
    }
}
