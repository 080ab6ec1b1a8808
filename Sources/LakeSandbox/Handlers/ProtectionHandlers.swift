import LakeScript

/// Rules that protect branches.
enum ProtectionHandlers {
    static let handlers: [String: Handler] = [
        "get_branch_protection_rules": get,
        "internal_get_branch_protection_rules": get,
        "set_branch_protection_rules": set,
        "create_branch_protection_rule": add,
        "internal_create_branch_protection_rule": add,
        "delete_branch_protection_rule": remove,
        "internal_delete_branch_protection_rule": remove,
        "create_branch_protection_rule_preflight": Handler(toWrite, Resource.repository, checks: [], Handler.preflight),
    ]

    private static let toWrite = "branches:SetBranchProtectionRules"

    private static let get = Handler(
        "branches:GetBranchProtectionRules", Resource.repository, checks: [],
        reading { repository, _ throws(Fault) in
            let rules = repository.rules
            let patterns = rules.patterns.keys.map { Value.map(Record([("pattern", .string($0))])) }
            return Reply(200, .json(.list(patterns)), headers: [("ETag", rules.etag)])
        })

    private static let set = changingRules { rules, exchange throws(Fault) in
        if let etag = exchange.headerParameters["If-Match"]?.text, !isEqual(etag, rules.etag) {
            throw Fault(.precondition, "Precondition failed")
        }
        rules = ProtectionRules((exchange.body.items ?? []).compactMap { $0["pattern"].text })
        return .noContent
    }

    private static let add = changingRules { rules, exchange throws(Fault) in
        rules.add(exchange.field("pattern"))
        return .noContent
    }

    private static let remove = changingRules { rules, exchange throws(Fault) in
        rules.remove(exchange.field("pattern")) ? .noContent : Reply(404)
    }

    private static func changingRules(
        _ change: @escaping @Sendable (inout ProtectionRules, Exchange) throws(Fault) -> Reply
    ) -> Handler {
        Handler(
            toWrite, Resource.repository, checks: [],
            changing { repository, exchange throws(Fault) in
                try repository.checkWritable(force: exchange.isForced)
                return try change(&repository.rules, exchange)
            })
    }
}
