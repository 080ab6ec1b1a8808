import LakeScript

/// Preparation of garbage collection, and usage statistics.
enum PreparationOperations {
    static let all: [Operation] =
        [prepareCommits, prepareCommitsAsync, prepareCommitsStatus, prepareUncommitted]
        + [getGarbageCollectionConfig, getUsageReportSummary, postStatsEvents]

    private static let toPrepare = "retention:PrepareGarbageCollectionCommits on repository/{repository}"
    private static let rules = "set_gc_rules lake 28 [{branch_id: \"main\", retention_days: 90}]\n"
    private static let missing = [404: "no such repository, or it has no rules"]

    private static let prepareCommits = Operation(
        "prepare_garbage_collection_commits", "prepareGarbageCollectionCommits", .post,
        "/repositories/{repository}/gc/prepare_commits",
        parameters: [.repository],
        answers: [201: .record(.garbageCollectionPrepareResponse)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: toPrepare, area: "internal", meanings: missing,
        summary: "records the commits that the rules keep; deletes nothing",
        example: rules + "prepare_garbage_collection_commits lake")

    private static let prepareCommitsAsync = Operation(
        "prepare_garbage_collection_commits_async", "prepareGarbageCollectionCommitsAsync", .post,
        "/repositories/{repository}/gc/prepare_commits/async",
        parameters: [.repository],
        answers: [202: .record(.taskCreation)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: toPrepare, area: "internal", meanings: missing,
        summary: "starts to record the commits that the rules keep; returns a task's id",
        example: rules + "prepare_garbage_collection_commits_async lake")

    private static let prepareCommitsStatus = Operation(
        "prepare_garbage_collection_commits_status", "prepareGarbageCollectionCommitsStatus", .get,
        "/repositories/{repository}/gc/prepare_commits/status",
        parameters: [.repository, .init("id", .query, isRequired: true, summary: "the task's id")],
        answers: [200: .record(.prepareGarbageCollectionCommitsStatus)], errors: [400, 401, 403, 404, 429],
        permission: toPrepare, area: "internal",
        summary: "the progress and the result of that task",
        example: rules + """
            let task = prepare_garbage_collection_commits_async lake
            prepare_garbage_collection_commits_status lake $task.id
            """)

    private static let prepareUncommitted = Operation(
        "prepare_garbage_collection_uncommitted", "prepareGarbageCollectionUncommitted", .post,
        "/repositories/{repository}/gc/prepare_uncommited",
        parameters: [.repository], body: .init(.fields(.prepareGCUncommittedRequest), isRequired: false),
        answers: [201: .record(.prepareGCUncommittedResponse)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: "retention:PrepareGarbageCollectionUncommitted on repository/{repository}", area: "internal",
        summary: "records uncommitted objects, page by page; deletes nothing",
        example: "prepare_garbage_collection_uncommitted lake")

    private static let getGarbageCollectionConfig = Operation(
        "get_garbage_collection_config", "getGarbageCollectionConfig", .get, "/config/garbage-collection",
        answers: [200: .record(.garbageCollectionConfig)], errors: [401],
        area: "internal",
        summary: "the age in seconds below which garbage collection keeps objects",
        example: "get_garbage_collection_config")

    private static let getUsageReportSummary = Operation(
        "get_usage_report_summary", "getUsageReportSummary", .get, "/usage-report/summary",
        answers: [200: .record(.installationUsageReport)], errors: [401, 404, 429],
        area: "internal", lakectl: "lakectl usage summary",
        summary: "the number of calls to a server by month",
        example: "get_usage_report_summary")

    private static let postStatsEvents = Operation(
        "post_stats_events", "postStatsEvents", .post, "/statistics",
        body: .init(.fields(.statsEventsList)),
        answers: [204: nil], errors: [400, 401, 429],
        effect: .write, repetition: .append,
        area: "internal",
        summary: "sends usage statistics of a client",
        example: "post_stats_events [{class: \"lakesh\", name: \"try\", count: 1}]")
}
