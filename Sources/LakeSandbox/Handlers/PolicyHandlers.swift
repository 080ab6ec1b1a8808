import LakeScript

/// Policies.
enum PolicyHandlers {
    static let handlers: [String: Handler] = [
        "list_policies": Handler(
            "auth:ListPolicies", Resource.any, first: [Checks.policies], checks: [Checks.accessControl], list),
        "get_policy": Handler(
            "auth:ReadPolicy", Resource.policy, first: [Checks.policies], checks: [Checks.accessControl], get),
        "create_policy": Handler(
            "auth:CreatePolicy", ARN.policy("{id}"), first: [Checks.policies],
            checks: [Checks.noPercent(in: "Policy"), Checks.accessControl], create),
        "update_policy": Handler(
            "auth:UpdatePolicy", Resource.policy, first: [Checks.policies, sameID], checks: [Checks.accessControl],
            update),
        "delete_policy": Handler(
            "auth:DeletePolicy", Resource.policy, first: [Checks.policies], checks: [Checks.accessControl], delete),
    ]

    private static let list: Rule = { state, exchange throws(Fault) in
        .page(state.directory.policies.page(exchange.page, state.profile.pagination), \.shown)
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        .json(200, try state.directory.policies.named(exchange.path("policyId"), "policy").shown)
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let policy = try policy(of: exchange)
        try state.directory.add(policy)
        return .json(201, policy.shown)
    }

    private static let sameID: Check = { exchange throws(Fault) in
        guard isEqual(exchange.path("policyId"), exchange.field("id")) else {
            throw Fault(.invalid, "can't update policy id")
        }
    }

    /// Replaces the whole document and its date.
    private static let update: Rule = { state, exchange throws(Fault) in
        let policy = try policy(of: exchange)
        guard state.directory.policies.contains(policy.id) else { throw .notFound }
        state.directory.put(policy)
        return .json(200, policy.shown)
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.directory.removePolicy(
            try state.directory.policies.named(exchange.path("policyId"), "policy").id)
        return .noContent
    }

    /// Returns the policy of the body, dated now. Only 0.90 checks actions and resources; later the remote service does.
    private static func policy(of exchange: Exchange) throws(Fault) -> Policy {
        try Names.checkIdentity(exchange.field("id"))
        let statements = (exchange.body["statement"].items ?? []).map(Statement.init)
        if exchange.profile.isOld {
            for statement in statements { try check(statement) }
        }
        return Policy(id: exchange.field("id"), createdAt: exchange.seconds, statements: statements)
    }

    /// Services whose actions 0.90 knows. It does not check the names of their actions.
    private static let services = ["fs", "auth", "ci", "retention", "branches"]

    private static func check(_ statement: Statement) throws(Fault) {
        for action in statement.actions {
            let parts = action.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { throw Fault(.invalid, action + ": invalid action") }
            guard services.contains(parts[0]) else { throw Fault(.invalid, action + ": invalid service name") }
        }
        guard statement.resource == "*" || ARN.isWellFormed(statement.resource) else {
            throw Fault(.invalid, "validation error: ARN '\(statement.resource)'")
        }
    }
}
