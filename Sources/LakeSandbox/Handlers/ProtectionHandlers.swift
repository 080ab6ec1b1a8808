import LakeScript

/// A repository's settings: which branches are protected, what may be collected.
enum ProtectionHandlers {
    static let handlers: [String: Handler] = [
        "get_branch_protection_rules": get,
        "internal_get_branch_protection_rules": get,
        "set_branch_protection_rules": set,
        "create_branch_protection_rule": add,
        "internal_create_branch_protection_rule": add,
        "delete_branch_protection_rule": remove,
        "internal_delete_branch_protection_rule": remove,
        "create_branch_protection_rule_preflight": handler(
            toWrite, Subjects.repository, checks: [], Preflight.rule),
    ]

    private static let toRead = "branches:GetBranchProtectionRules"
    private static let toWrite = "branches:SetBranchProtectionRules"

    private static let get: Handler = handler(toRead, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        let rules = try state.repositories[exchange.repositoryID].rules
        let patterns = rules.patterns.keys.map { Value.map(Record([("pattern", .string($0))])) }
        return Reply(200, .json(.list(patterns)), headers: [("ETag", rules.etag)])
    }

    private static let set: Handler = handler(toWrite, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        let patterns = (exchange.body.items ?? []).compactMap { $0["pattern"].text }
        try change(&state, exchange) { rules throws(Fault) in
            if let etag = exchange.headerParameters["If-Match"]?.text, !isEqual(etag, rules.etag) {
                throw Fault(.precondition, "Precondition failed")
            }
            rules = ProtectionRules(patterns)
        }
        return .noContent
    }

    private static let add: Handler = handler(toWrite, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        try change(&state, exchange) { rules throws(Fault) in rules.add(exchange.body["pattern"].text ?? "") }
        return .noContent
    }

    private static let remove: Handler = handler(toWrite, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        let wasThere = try change(&state, exchange) { rules throws(Fault) in
            rules.remove(exchange.body["pattern"].text ?? "")
        }
        return wasThere ? .noContent : Reply(404)
    }

    private static func change<Result>(
        _ state: inout SandboxState, _ exchange: Exchange, _ rule: (inout ProtectionRules) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.checkWritable(force: exchange.isForced)
            return try rule(&repository.rules)
        }
    }
}
