import LakeScript

/// Access control lists of groups (1.84): a permission that is stored as the only policy of the group.
enum GroupACLHandlers {
    static let handlers: [String: Handler] = [
        "get_group_acl": Handler(
            .permissions([Permission("auth:ReadGroup", Resource.group), Permission("auth:ReadPolicy", list)]),
            checks: [Checks.accessControl], get),
        "set_group_acl": Handler(
            .permissions([
                Permission("auth:ReadGroup", Resource.group), Permission("auth:AttachPolicy", list),
                Permission("auth:UpdatePolicy", list),
            ]), checks: [Checks.accessControl], set),
    ]

    private static let list = ARN.policy(AccessControlList.policyID(of: "{groupId}"))

    private static let get: Rule = { state, exchange throws(Fault) in
        let id = exchange.path("groupId")
        if state.profile.accessControl == .remote { _ = try state.directory.group(id) }
        let policies = state.directory.groupPolicies[left: id].keys.compactMap { state.directory.policies[$0] }
        switch policies.count {
        case 0: return .json(200, ["permission": ""])
        case 1:
            guard let permission = policies[0].permission else {
                return noList("Policy attached to group has no ACL")
            }
            return .json(200, ["permission": .string(permission)])
        default: return noList("Multiple policies attached to group - no ACL")
        }
    }

    private static func noList(_ message: String) -> Reply {
        .json(404, ["message": .string(message), "no_acl": true])
    }

    private static let set: Rule = { state, exchange throws(Fault) in
        let (id, permission) = (exchange.path("groupId"), exchange.field("permission"))
        guard let policy = AccessControlList.policy(of: id, permission, at: exchange.seconds) else {
            throw Fault(
                .invalid,
                "\(id): translate ACL {Permission:\(permission)} to statements: validation error: "
                    + "Bad ACL permission \(JSON.quoted(permission))")
        }
        state.directory.put(policy)
        guard state.directory.groups.contains(id) else {
            throw Fault.notFound.within(
                state.profile.accessControl == .remote
                    ? "list existing group policies for group \(id)" : "attach policy \(policy.id) to group \(id)")
        }
        state.directory.setOnlyPolicy(policy.id, of: id)
        return .created
    }
}
