import LakeScript

/// Policies that are attached to users and groups. The permission is asked for on the user or group.
enum AttachmentHandlers {
    static let handlers: [String: Handler] = [
        "list_user_policies": handler("auth:ReadUser", Resource.user, listOfUser),
        "list_group_policies": handler("auth:ReadGroup", Resource.group, listOfGroup),
        "attach_policy_to_user": handler("auth:AttachPolicy", Resource.user, attach(to: user)),
        "attach_policy_to_group": handler("auth:AttachPolicy", Resource.group, attach(to: group)),
        "detach_policy_from_user": handler("auth:DetachPolicy", Resource.user, detach(from: user)),
        "detach_policy_from_group": handler("auth:DetachPolicy", Resource.group, detach(from: group)),
    ]

    private static func handler(_ action: String, _ resource: String, _ rule: @escaping Rule) -> Handler {
        Handler(action, resource, first: [Checks.policies], checks: [Checks.accessControl], rule)
    }

    private typealias Holder = @Sendable (Exchange) -> Directory.Holder

    private static let user: Holder = { .user($0.path("userId")) }
    private static let group: Holder = { .group($0.path("groupId")) }

    private static func attach(to holder: @escaping Holder) -> Rule {
        { state, exchange throws(Fault) in
            try state.directory.attach(exchange.path("policyId"), to: holder(exchange))
            return .created
        }
    }

    private static func detach(from holder: @escaping Holder) -> Rule {
        { state, exchange throws(Fault) in
            try state.directory.detach(exchange.path("policyId"), from: holder(exchange))
            return .noContent
        }
    }

    private static let listOfUser: Rule = { state, exchange throws(Fault) in
        let id = exchange.path("userId")
        let isEffective = exchange.flag("effective")
        if isEffective || state.profile.accessControl == .remote { _ = try state.directory.user(id) }
        guard isEffective else { return list(state.directory.userPolicies[left: id], exchange.page, state) }
        var request = exchange.page
        // The built-in store ignores the prefix here and gives whole ids as tokens.
        if state.profile.pagination == .stripped { request.prefix = "" }
        return list(state.directory.effectivePolicies(of: id), request, state)
    }

    private static let listOfGroup: Rule = { state, exchange throws(Fault) in
        let id = exchange.path("groupId")
        if state.profile.accessControl == .remote { _ = try state.directory.group(id) }
        return list(state.directory.groupPolicies[left: id], exchange.page, state)
    }

    private static func list(_ ids: SortedSet, _ request: PageRequest, _ state: SandboxState) -> Reply {
        .page(ids.page(request, state.profile.pagination), of: state.directory.policies, \.shown)
    }
}
