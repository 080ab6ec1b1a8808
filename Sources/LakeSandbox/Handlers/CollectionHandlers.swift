import LakeScript

/// Garbage collection rules. They are stored as they come; nothing is ever collected.
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
        "set_garbage_collection_rules_preflight": Handler(toWrite, Resource.repository, checks: [], Handler.preflight),
    ]

    private static let toWrite = "retention:SetGarbageCollectionRules"

    private static let get = Handler(
        "retention:GetGarbageCollectionRules", Resource.repository, checks: [],
        reading { repository, _ throws(Fault) in
            guard !repository.collectionRules.isNull else { throw .notFound }
            return .json(200, repository.collectionRules)
        })

    private static let set = putting { exchange in
        // The real server keeps the branches in a map: the last rule of a branch counts, and no rules are null.
        var branches = SortedMap<Value>()
        for branch in exchange.body["branches"].items ?? [] { branches[branch["branch_id"].text ?? ""] = branch }
        return [
            "branches": branches.isEmpty ? .null : .list(branches.map(\.item)),
            "default_retention_days": exchange.body["default_retention_days"],
        ]
    }

    private static let delete = putting { _ in .null }

    private static func putting(_ rules: @escaping @Sendable (Exchange) -> Value) -> Handler {
        Handler(
            toWrite, Resource.repository, checks: [],
            changing { repository, exchange throws(Fault) in
                try repository.checkWritable(force: exchange.isForced)
                repository.collectionRules = rules(exchange)
                return .noContent
            })
    }
}
