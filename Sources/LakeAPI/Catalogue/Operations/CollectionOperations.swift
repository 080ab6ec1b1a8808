import LakeScript

/// Garbage collection rules: how long a repository keeps the objects of unreachable commits.
enum CollectionOperations {
    /// The operations of lakeFS 0.90 come last.
    static let all: [Operation] =
        [getGCRules, setGCRules, deleteGCRules, setPreflight] + internalRules + earlyRules

    private static let reading = "retention:GetGarbageCollectionRules on repository/{repository}"
    private static let writing = "retention:SetGarbageCollectionRules on repository/{repository}"
    private static let rules = Operation.Body(.fields(.garbageCollectionRules))
    /// Rules for the examples.
    private static let days = "28 [{branch_id: \"main\", retention_days: 90}]"
    private static let missing = [404: "no such repository, or it has no rules"]

    private static let getGCRules = Operation(
        "get_gc_rules", "getGCRules", .get, "/repositories/{repository}/settings/gc_rules",
        parameters: [.repository],
        answers: [200: .record(.garbageCollectionRules)], errors: [400, 401, 404, 429],
        permission: reading, area: "repositories",
        lakectl: "lakectl gc get-config lakefs://REPOSITORY", meanings: missing,
        summary: "the garbage collection rules of a repository",
        example: "set_gc_rules lake \(days)\nget_gc_rules lake")

    private static let setGCRules = Operation(
        "set_gc_rules", "setGCRules", .put, "/repositories/{repository}/settings/gc_rules",
        parameters: [.repository], body: rules,
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: writing, area: "repositories",
        lakectl: "lakectl gc set-config lakefs://REPOSITORY --filename FILE",
        summary: "sets all garbage collection rules of a repository",
        example: "set_gc_rules lake \(days)")

    private static let deleteGCRules = Operation(
        "delete_gc_rules", "deleteGCRules", .delete, "/repositories/{repository}/settings/gc_rules",
        parameters: [.repository],
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: writing, area: "repositories",
        lakectl: "lakectl gc delete-config lakefs://REPOSITORY",
        summary: "deletes a repository's garbage collection rules: every object is kept",
        example: "ensure delete_gc_rules lake")

    private static let setPreflight = Operation(
        "set_garbage_collection_rules_preflight", "setGarbageCollectionRulesPreflight", .get,
        "/repositories/{repository}/gc/rules/set_allowed",
        parameters: [.repository],
        answers: [204: nil], errors: [400, 401, 404, 429],
        permission: writing, area: "internal",
        summary: "checks the permission to set the rules; changes nothing",
        example: "set_garbage_collection_rules_preflight lake")

    private static let internalRules = [
        Operation(
            "internal_get_garbage_collection_rules", "internalGetGarbageCollectionRules", .get,
            "/repositories/{repository}/gc/rules",
            parameters: [.repository],
            answers: [200: .record(.garbageCollectionRules)], errors: [400, 401, 404, 429],
            permission: reading, area: "internal", meanings: missing,
            summary: "the same as get_gc_rules, at an older address",
            example: "set_gc_rules lake \(days)\ninternal_get_garbage_collection_rules lake"),
        Operation(
            "internal_set_garbage_collection_rules", "internalSetGarbageCollectionRules", .post,
            "/repositories/{repository}/gc/rules",
            parameters: [.repository], body: rules,
            answers: [204: nil], errors: [400, 401, 404, 429],
            effect: .write, repetition: .converge,
            permission: writing, area: "internal",
            summary: "the same as set_gc_rules, at an older address",
            example: "internal_set_garbage_collection_rules lake \(days)"),
        Operation(
            "internal_delete_garbage_collection_rules", "internalDeleteGarbageCollectionRules", .delete,
            "/repositories/{repository}/gc/rules",
            parameters: [.repository],
            answers: [204: nil], errors: [400, 401, 404, 429],
            effect: .destroy, repetition: .converge, ensure: .absent,
            permission: writing, area: "internal",
            summary: "the same as delete_gc_rules, at an older address",
            example: "ensure internal_delete_garbage_collection_rules lake"),
    ]

    private static let earlyRules = [
        Operation(
            "get_garbage_collection_rules", "getGarbageCollectionRules", .get, "/repositories/{repository}/gc/rules",
            parameters: [.repository],
            answers: [200: .record(.garbageCollectionRules)], errors: [401, 404],
            permission: reading, area: "retention",
            lakectl: "lakectl gc get-config lakefs://REPOSITORY", meanings: missing,
            summary: "the same as get_gc_rules, on old releases",
            example: "set_garbage_collection_rules lake \(days)\nget_garbage_collection_rules lake"),
        Operation(
            "set_garbage_collection_rules", "set garbage collection rules", .post,
            "/repositories/{repository}/gc/rules",
            parameters: [.repository], body: rules,
            answers: [204: nil], errors: [401, 404],
            effect: .write, repetition: .converge,
            permission: writing, area: "retention",
            lakectl: "lakectl gc set-config lakefs://REPOSITORY --filename FILE",
            summary: "the same as set_gc_rules, on old releases",
            example: "set_garbage_collection_rules lake \(days)"),
        Operation(
            "delete_garbage_collection_rules", "delete garbage collection rules", .delete,
            "/repositories/{repository}/gc/rules",
            parameters: [.repository],
            answers: [204: nil], errors: [401, 404],
            effect: .destroy, repetition: .converge, ensure: .absent,
            permission: writing, area: "retention",
            summary: "the same as delete_gc_rules, on old releases",
            example: "ensure delete_garbage_collection_rules lake"),
    ]
}
