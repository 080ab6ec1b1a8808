import LakeScript

/// Groups and who is in them.
enum GroupHandlers {
    static let handlers: [String: Handler] = [
        "list_groups": listGroups, "get_group": getGroup, "create_group": createGroup, "delete_group": deleteGroup,
        "list_group_members": listMembers, "add_group_membership": addMember, "delete_group_membership": removeMember,
    ]

    private static func listGroups(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let profile = state.profile
        try exchange.authorize("auth:ListGroups", "*", in: state)
        try profile.requireAccessControl()
        return .page(state.directory.groups.page(exchange.page(profile), profile.pageStyle)) { group in
            profile.show(group.described(by: profile), named: true)
        }
    }

    private static func getGroup(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("groupId")
        try exchange.authorize("auth:ReadGroup", ARN.group(id), in: state)
        try state.profile.requireAccessControl()
        return .json(200, state.profile.show(try state.group(id).described(by: state.profile), named: false))
    }

    private static func createGroup(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.body["id"].text ?? ""
        try exchange.authorize("auth:CreateGroup", ARN.group(id), in: state)
        try NameRule.refusePercent(id, "Group")
        try state.profile.requireAccessControl()
        try NameRule.check(id, state.profile)
        let group = Group(id: id, createdAt: exchange.seconds, description: exchange.body["description"].text)
        try state.change { directory throws(Directory.Failure) in try directory.add(group) }
        return .json(201, state.profile.show(group, named: true))
    }

    private static func deleteGroup(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("groupId")
        try exchange.authorize("auth:DeleteGroup", ARN.group(id), in: state)
        try state.profile.requireAccessControl()
        _ = try state.group(id)
        try state.change { directory throws(Directory.Failure) in try directory.removeGroup(id) }
        return .noContent
    }

    private static func listMembers(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (id, profile) = (exchange.path("groupId"), state.profile)
        try exchange.authorize("auth:ReadGroup", ARN.group(id), in: state)
        try profile.requireAccessControl()
        guard state.directory.groups.contains(id) else { throw profile.missing(id) }
        let page = state.directory.members[left: id].page(exchange.page(profile), profile.pageStyle)
        return .page(page, of: state.directory.users) { profile.show($0, .listed) }
    }

    private static func addMember(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (group, user) = (exchange.path("groupId"), exchange.path("userId"))
        try exchange.authorize("auth:AddGroupMember", ARN.group(group), in: state)
        try state.profile.requireAccessControl()
        try state.change { directory throws(Directory.Failure) in try directory.addMember(user, to: group) }
        return .created
    }

    private static func removeMember(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (group, user) = (exchange.path("groupId"), exchange.path("userId"))
        try exchange.authorize("auth:RemoveGroupMember", ARN.group(group), in: state)
        try state.profile.requireAccessControl()
        try state.change { directory throws(Directory.Failure) in try directory.removeMember(user, from: group) }
        return .noContent
    }
}

extension Group {
    /// The group as it is looked at: the access control list server has a description for all.
    fileprivate func described(by profile: ServerProfile) -> Group {
        guard profile.accessControl == .lists else { return self }
        return Group(id: id, createdAt: createdAt, description: description ?? "")
    }
}
