import LakeScript

/// Groups and their members.
enum GroupHandlers {
    static let handlers: [String: Handler] = [
        "list_groups": Handler("auth:ListGroups", Resource.any, checks: [Checks.accessControl], list),
        "get_group": Handler("auth:ReadGroup", Resource.group, checks: [Checks.accessControl], get),
        "create_group": Handler(
            "auth:CreateGroup", ARN.group("{id}"),
            checks: [Checks.noPercent(in: "Group"), Checks.accessControl, Checks.newGroup], create),
        "delete_group": Handler("auth:DeleteGroup", Resource.group, checks: [Checks.accessControl], delete),
        "list_group_members": Handler("auth:ReadGroup", Resource.group, checks: [Checks.accessControl], listMembers),
        "add_group_membership": Handler(
            "auth:AddGroupMember", Resource.group, checks: [Checks.accessControl], addMember),
        "delete_group_membership": Handler(
            "auth:RemoveGroupMember", Resource.group, checks: [Checks.accessControl], removeMember),
    ]

    private static let list: Rule = { state, exchange throws(Fault) in
        let profile = state.profile
        return .page(state.directory.groups.page(exchange.page, profile.pagination)) { group in
            profile.show(group.described(by: profile), named: true)
        }
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        let group = try state.directory.groups.named(exchange.path("groupId"), "group")
        return .json(200, state.profile.show(group.described(by: state.profile), named: false))
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let group = Group(
            id: exchange.field("id"), createdAt: exchange.seconds, description: exchange.body["description"].text)
        try state.directory.add(group)
        return .json(201, state.profile.show(group, named: true))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.directory.removeGroup(try state.directory.groups.named(exchange.path("groupId"), "group").id)
        return .noContent
    }

    private static let listMembers: Rule = { state, exchange throws(Fault) in
        let profile = state.profile
        let group = try state.directory.group(exchange.path("groupId"))
        let page = state.directory.members[left: group.id].page(exchange.page, profile.pagination)
        return .page(page, of: state.directory.users) { profile.show($0, .listed) }
    }

    private static let addMember: Rule = { state, exchange throws(Fault) in
        try state.directory.addMember(exchange.path("userId"), to: exchange.path("groupId"))
        return .created
    }

    private static let removeMember: Rule = { state, exchange throws(Fault) in
        try state.directory.removeMember(exchange.path("userId"), from: exchange.path("groupId"))
        return .noContent
    }
}

extension Group {
    /// Returns the group as it is read: the access control list server gives every group a description.
    fileprivate func described(by profile: ServerProfile) -> Group {
        guard profile.accessControl == .lists else { return self }
        return Group(id: id, createdAt: createdAt, description: description ?? "")
    }
}
