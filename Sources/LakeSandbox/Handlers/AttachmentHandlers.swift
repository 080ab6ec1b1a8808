import LakeScript

/// Which policies users and groups have.
enum AttachmentHandlers {
    static let handlers: [String: Handler] = [
        "list_user_policies": listUserPolicies, "list_group_policies": listGroupPolicies,
        "attach_policy_to_user": { state, exchange throws(Refusal) in try attach(user(exchange), &state, exchange) },
        "attach_policy_to_group": { state, exchange throws(Refusal) in try attach(group(exchange), &state, exchange) },
        "detach_policy_from_user": { state, exchange throws(Refusal) in try detach(user(exchange), &state, exchange) },
        "detach_policy_from_group": { state, exchange throws(Refusal) in
            try detach(group(exchange), &state, exchange)
        },
    ]

    private static func user(_ exchange: Exchange) -> Directory.Holder { .user(exchange.path("userId")) }
    private static func group(_ exchange: Exchange) -> Directory.Holder { .group(exchange.path("groupId")) }

    private static func attach(
        _ holder: Directory.Holder, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Refusal) -> Reply {
        try authorize("auth:AttachPolicy", holder, state, exchange)
        let policy = exchange.path("policyId")
        try state.change { directory throws(Directory.Failure) in try directory.attach(policy, to: holder) }
        return .created
    }

    private static func detach(
        _ holder: Directory.Holder, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Refusal) -> Reply {
        try authorize("auth:DetachPolicy", holder, state, exchange)
        let policy = exchange.path("policyId")
        try state.change { directory throws(Directory.Failure) in try directory.detach(policy, from: holder) }
        return .noContent
    }

    /// Attaching is asked for on the user or group, not on the policy.
    private static func authorize(
        _ action: String, _ holder: Directory.Holder, _ state: SandboxState, _ exchange: Exchange
    ) throws(Refusal) {
        try state.profile.requirePolicies()
        try exchange.authorize(action, holder.resource, in: state)
        try state.profile.requireAccessControl()
    }

    private static func listUserPolicies(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let holder = user(exchange)
        try authorize("auth:ReadUser", holder, state, exchange)
        let (id, profile) = (exchange.path("userId"), state.profile)
        if exchange.flag("effective") { return try listEffective(id, state, exchange) }
        if profile.accessControl == .remote, !state.directory.users.contains(id) { throw profile.missing(id) }
        return list(state.directory.userPolicies[left: id], state, exchange)
    }

    private static func listGroupPolicies(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try authorize("auth:ReadGroup", group(exchange), state, exchange)
        let (id, profile) = (exchange.path("groupId"), state.profile)
        if profile.accessControl == .remote, !state.directory.groups.contains(id) { throw profile.missing(id) }
        return list(state.directory.groupPolicies[left: id], state, exchange)
    }

    private static func list(_ ids: SortedSet, _ state: SandboxState, _ exchange: Exchange) -> Reply {
        let page = ids.page(exchange.page(state.profile), state.profile.pageStyle)
        return .page(page, of: state.directory.policies, \.shown)
    }

    /// What counts for a user, by way of groups too. The built-in store does not look at the prefix here, and gives
    /// whole ids as tokens.
    private static func listEffective(
        _ id: String, _ state: SandboxState, _ exchange: Exchange
    ) throws(Refusal) -> Reply {
        guard state.directory.users.contains(id) else { throw state.profile.missing(id) }
        var request = exchange.page(state.profile)
        if state.profile.pageStyle == .stripped { request.prefix = "" }
        let page = state.directory.effectivePolicies(of: id).page(request, state.profile.pageStyle)
        return .page(page, of: state.directory.policies, \.shown)
    }
}

extension Directory.Holder {
    /// The holder's ARN.
    fileprivate var resource: String {
        switch self {
        case .user(let id): ARN.user(id)
        case .group(let id): ARN.group(id)
        }
    }
}
