import LakeScript

/// Access control lists of groups (1.84): a permission that is kept as a policy of the group, its only one.
enum GroupACLHandlers {
    static let handlers: [String: Handler] = ["get_group_acl": get, "set_group_acl": set]

    private static func get(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let (id, profile) = (exchange.path("groupId"), state.profile)
        let list = ARN.policy(AccessControlList.policyID(of: id))
        try exchange.authorize(
            .all([.need("auth:ReadGroup", ARN.group(id)), .need("auth:ReadPolicy", list)]), in: state)
        try profile.requireAccessControl()
        if profile.accessControl == .remote, !state.directory.groups.contains(id) { throw profile.missing(id) }
        let policies = state.directory.groupPolicies[left: id].keys.compactMap { state.directory.policies[$0] }
        switch policies.count {
        case 0: return .json(200, ["permission": ""])
        case 1:
            guard let permission = policies[0].permission else {
                throw noList("Policy attached to group has no ACL")
            }
            return .json(200, ["permission": .string(permission)])
        default: throw noList("Multiple policies attached to group - no ACL")
        }
    }

    private static func noList(_ message: String) -> Refusal {
        Refusal(404, body: .json(["message": .string(message), "no_acl": true]))
    }

    private static func set(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("groupId")
        let list = ARN.policy(AccessControlList.policyID(of: id))
        try exchange.authorize(
            .all([
                .need("auth:ReadGroup", ARN.group(id)), .need("auth:AttachPolicy", list),
                .need("auth:UpdatePolicy", list),
            ]), in: state)
        try state.profile.requireAccessControl()
        let permission = exchange.body["permission"].text ?? ""
        guard let policy = AccessControlList.policy(of: id, permission, at: exchange.seconds) else {
            throw Refusal(
                400,
                "\(id): translate ACL {Permission:\(permission)} to statements: validation error: "
                    + "Bad ACL permission \(JSON.quoted(permission))")
        }
        state.directory.put(policy)
        guard state.directory.groups.contains(id) else { throw unknown(id, policy, state.profile) }
        state.directory.setOnlyPolicy(policy.id, of: id)
        return .created
    }

    private static func unknown(_ group: String, _ policy: Policy, _ profile: ServerProfile) -> Refusal {
        profile.accessControl == .remote
            ? Refusal(404, "list existing group policies for group \(group): not found")
            : Refusal(404, "attach policy \(policy.id) to group \(group): not found")
    }
}
