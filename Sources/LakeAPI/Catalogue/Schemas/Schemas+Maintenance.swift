import LakeScript

// Schemas of dumps and restores, imports, garbage collection's preparation, and usage reports.

extension RecordType {
    /// `RefsDump` of the specification.
    static let refsDump = RecordType(
        "RefsDump",
        [
            Field("commits_meta_range_id", .string),
            Field("tags_meta_range_id", .string),
            Field("branches_meta_range_id", .string),
        ])

    /// `RefsRestore` of the specification.
    static let refsRestore = RecordType(
        "RefsRestore",
        [
            Field("commits_meta_range_id", .string, summary: "what dump_refs gave for the commits"),
            Field("tags_meta_range_id", .string, summary: "what dump_refs gave for the tags"),
            Field("branches_meta_range_id", .string, summary: "what dump_refs gave for the branches"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `TaskInfo` of the specification.
    static let taskInfo = RecordType(
        "TaskInfo",
        [
            Field("id", .string)
        ])

    /// `TaskCreation` of the specification.
    static let taskCreation = RecordType(
        "TaskCreation",
        [
            Field("id", .string)
        ])

    /// `RepositoryDumpStatus` of the specification.
    static let repositoryDumpStatus = RecordType(
        "RepositoryDumpStatus",
        [
            Field("id", .string),
            Field("done", .bool),
            Field("update_time", .string),
            Field("error", .string, isRequired: false),
            Field("refs", .record(.refsDump), isRequired: false),
        ])

    /// `RepositoryRestoreStatus` of the specification.
    static let repositoryRestoreStatus = RecordType(
        "RepositoryRestoreStatus",
        [
            Field("id", .string),
            Field("done", .bool),
            Field("update_time", .string),
            Field("error", .string, isRequired: false),
        ])

    /// `CommitRecordCreation` of the specification.
    static let commitRecordCreation = RecordType(
        "CommitRecordCreation",
        [
            Field("commit_id", .string, summary: "the commit's id"),
            Field("version", .int, summary: "the version of its format"),
            Field("committer", .string, summary: "who made it"),
            Field("message", .string, summary: "the message of the commit"),
            Field("metarange_id", .string, summary: "its content"),
            Field("creation_date", .int, format: .time, summary: "when it was made, in seconds since 1970"),
            Field("parents", .list(.string), summary: "its parents' ids"),
            Field("metadata", .map(.string), isRequired: false, summary: "keys and values to keep with it"),
            Field("generation", .int, summary: "its distance from the first commit"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `ImportCreation` of the specification.
    static let importCreation = RecordType(
        "ImportCreation",
        [
            Field("paths", .list(.record(.importLocation)), summary: "what is imported, and where it goes"),
            Field("commit", .record(.commitCreation), summary: "the message and metadata of the commit"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `ImportLocation` of the specification.
    static let importLocation = RecordType(
        "ImportLocation",
        [
            Field("type", .enumeration(["common_prefix", "object"])),
            Field("path", .string),
            Field("destination", .string),
        ])

    /// `ImportCreationResponse` of the specification.
    static let importCreationResponse = RecordType(
        "ImportCreationResponse",
        [
            Field("id", .string)
        ])

    /// `ImportStatus` of the specification.
    static let importStatus = RecordType(
        "ImportStatus",
        [
            Field("completed", .bool),
            Field("update_time", .string),
            Field("ingested_objects", .int, isRequired: false),
            Field("metarange_id", .string, isRequired: false),
            Field("commit", .record(.commit), isRequired: false),
            Field("error", .record(.error), isRequired: false),
        ])

    /// `StorageURI` of the specification.
    static let storageURI = RecordType(
        "StorageURI",
        [
            Field("location", .string)
        ])

    /// `PrepareGCUncommittedRequest` of the specification.
    static let prepareGCUncommittedRequest = RecordType(
        "PrepareGCUncommittedRequest",
        [
            Field("continuation_token", .string, isRequired: false, summary: "where the last answer ended")
        ])

    /// `PrepareGCUncommittedResponse` of the specification.
    static let prepareGCUncommittedResponse = RecordType(
        "PrepareGCUncommittedResponse",
        [
            Field("run_id", .string),
            Field("gc_uncommitted_location", .string),
            Field("continuation_token", .string, isRequired: false),
        ])

    /// `GarbageCollectionPrepareResponse` of the specification.
    static let garbageCollectionPrepareResponse = RecordType(
        "GarbageCollectionPrepareResponse",
        [
            Field("run_id", .string),
            Field("gc_commits_location", .string),
            Field("gc_addresses_location", .string),
            Field("gc_commits_presigned_url", .secret, isRequired: false),
        ])

    /// `PrepareGarbageCollectionCommitsStatus` of the specification.
    static let prepareGarbageCollectionCommitsStatus = RecordType(
        "PrepareGarbageCollectionCommitsStatus",
        [
            Field("task_id", .string),
            Field("completed", .bool),
            Field("update_time", .string),
            Field("result", .record(.garbageCollectionPrepareResponse), isRequired: false),
            Field("error", .record(.error), isRequired: false),
        ])

    /// `GarbageCollectionConfig` of the specification.
    static let garbageCollectionConfig = RecordType(
        "GarbageCollectionConfig",
        [
            Field("grace_period", .int, isRequired: false)
        ])

    /// `InstallationUsageReport` of the specification.
    static let installationUsageReport = RecordType(
        "InstallationUsageReport",
        [
            Field("installation_id", .string),
            Field("reports", .list(.record(.usageReport))),
        ])

    /// `UsageReport` of the specification.
    static let usageReport = RecordType(
        "UsageReport",
        [
            Field("year", .int),
            Field("month", .int),
            Field("count", .int),
        ])

    /// `StatsEventsList` of the specification.
    static let statsEventsList = RecordType(
        "StatsEventsList",
        [
            Field("events", .list(.record(.statsEvent)), summary: "the events to count")
        ])

    /// `StatsEvent` of the specification.
    static let statsEvent = RecordType(
        "StatsEvent",
        [
            Field("class", .string),
            Field("name", .string),
            Field("count", .int),
        ])

    /// `Error` of the specification.
    static let error = RecordType(
        "Error",
        [
            Field("message", .string)
        ])
}
