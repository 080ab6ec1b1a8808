import LakeScript

/// Garbage collection: rules are kept as they come; nothing is ever collected.
enum CollectionHandlers {
    static let handlers: [String: Handler] = [
        "get_gc_rules": get,
        "internal_get_garbage_collection_rules": get,
        "get_garbage_collection_rules": get,
        "set_gc_rules": set,
        "internal_set_garbage_collection_rules": set,
        "set_garbage_collection_rules": set,
        "delete_gc_rules": delete,
        "internal_delete_garbage_collection_rules": delete,
        "delete_garbage_collection_rules": delete,
        "set_garbage_collection_rules_preflight": handler(toWrite, Subjects.repository, checks: [], Preflight.rule),
    ]

    private static let toRead = "retention:GetGarbageCollectionRules"
    private static let toWrite = "retention:SetGarbageCollectionRules"

    private static let get: Handler = handler(toRead, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        let rules = try state.repositories[exchange.repositoryID].collectionRules
        guard !rules.isNull else { throw .notFound }
        return .json(200, rules)
    }

    private static let set: Handler = handler(toWrite, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        // The real server keeps the branches in a map: of two for one branch the last counts, of none it says null.
        var branches = SortedMap<Value>()
        for branch in exchange.body["branches"].items ?? [] { branches[branch["branch_id"].text ?? ""] = branch }
        let list = branches.map(\.item)
        let rules: Value = [
            "branches": list.isEmpty ? .null : .list(list),
            "default_retention_days": exchange.body["default_retention_days"],
        ]
        return try put(rules, &state, exchange)
    }

    private static let delete: Handler = handler(toWrite, Subjects.repository, checks: []) {
        state, exchange throws(Fault) in
        try put(.null, &state, exchange)
    }

    private static func put(
        _ rules: Value, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) -> Reply {
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.checkWritable(force: exchange.isForced)
            repository.collectionRules = rules
        }
        return .noContent
    }
}
