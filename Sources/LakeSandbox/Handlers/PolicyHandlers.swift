import LakeScript

/// Policies.
enum PolicyHandlers {
    static let handlers: [String: Handler] = [
        "list_policies": listPolicies, "get_policy": getPolicy, "create_policy": createPolicy,
        "update_policy": updatePolicy, "delete_policy": deletePolicy,
    ]

    private static func listPolicies(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let profile = state.profile
        try profile.requirePolicies()
        try exchange.authorize("auth:ListPolicies", "*", in: state)
        try profile.requireAccessControl()
        return .page(state.directory.policies.page(exchange.page(profile), profile.pageStyle), \.shown)
    }

    private static func getPolicy(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("policyId")
        try state.profile.requirePolicies()
        try exchange.authorize("auth:ReadPolicy", ARN.policy(id), in: state)
        try state.profile.requireAccessControl()
        return .json(200, try state.policy(id).shown)
    }

    private static func createPolicy(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.body["id"].text ?? ""
        try state.profile.requirePolicies()
        try exchange.authorize("auth:CreatePolicy", ARN.policy(id), in: state)
        try NameRule.refusePercent(id, "Policy")
        try state.profile.requireAccessControl()
        let policy = try policy(of: exchange, state.profile)
        try state.change { directory throws(Directory.Failure) in try directory.add(policy) }
        return .json(201, policy.shown)
    }

    /// Replaces the whole document, and its date.
    private static func updatePolicy(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("policyId")
        try state.profile.requirePolicies()
        guard isEqual(id, exchange.body["id"].text ?? "") else { throw Refusal(400, "can't update policy id") }
        try exchange.authorize("auth:UpdatePolicy", ARN.policy(id), in: state)
        try state.profile.requireAccessControl()
        let policy = try policy(of: exchange, state.profile)
        guard state.directory.policies.contains(id) else { throw Refusal(404, "not found") }
        state.directory.put(policy)
        return .json(200, policy.shown)
    }

    private static func deletePolicy(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let id = exchange.path("policyId")
        try state.profile.requirePolicies()
        try exchange.authorize("auth:DeletePolicy", ARN.policy(id), in: state)
        try state.profile.requireAccessControl()
        _ = try state.policy(id)
        try state.change { directory throws(Directory.Failure) in try directory.removePolicy(id) }
        return .noContent
    }

    /// The body's policy, made now. 0.90 looks at actions and resources; later it is the remote service's business.
    private static func policy(of exchange: Exchange, _ profile: ServerProfile) throws(Refusal) -> Policy {
        let id = exchange.body["id"].text ?? ""
        try NameRule.check(id)
        let statements = (exchange.body["statement"].items ?? []).map(Statement.init)
        if profile.isOld {
            for statement in statements { try check(statement) }
        }
        return Policy(id: id, createdAt: exchange.seconds, statements: statements)
    }

    /// The services whose actions 0.90 knows; the names of actions it does not look at.
    private static let services = ["fs", "auth", "ci", "retention", "branches"]

    private static func check(_ statement: Statement) throws(Refusal) {
        for action in statement.actions {
            let parts = action.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw Refusal(400, action + ": invalid action") }
            guard services.contains(parts[0]) else { throw Refusal(400, action + ": invalid service name") }
        }
        guard statement.resource == "*" || ARN.isWellFormed(statement.resource) else {
            throw Refusal(400, "validation error: ARN '\(statement.resource)'")
        }
    }
}
