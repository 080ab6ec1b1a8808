import LakeScript

// Schemas of the runs of hooks and of pull requests.

extension RecordType {
    /// `ActionRunList` of the specification.
    static let actionRunList = page("ActionRunList", of: .actionRun)

    /// `ActionRun` of the specification.
    static let actionRun = RecordType(
        "ActionRun",
        [
            Field("run_id", .string),
            Field("branch", .string),
            Field("start_time", .string),
            Field("end_time", .string, isRequired: false),
            Field("event_type", .string),
            Field("status", .enumeration(["failed", "completed"])),
            Field("commit_id", .string),
        ])

    /// `HookRunList` of the specification.
    static let hookRunList = page("HookRunList", of: .hookRun)

    /// `HookRun` of the specification.
    static let hookRun = RecordType(
        "HookRun",
        [
            Field("hook_run_id", .string),
            Field("action", .string),
            Field("hook_id", .string),
            Field("start_time", .string),
            Field("end_time", .string, isRequired: false),
            Field("status", .enumeration(["failed", "completed"])),
        ])

    /// `PullRequestsList` of the specification.
    static let pullRequestsList = page("PullRequestsList", of: .pullRequest)

    /// `PullRequest` of the specification.
    static let pullRequest = RecordType(
        "PullRequest",
        [
            Field("status", .enumeration(["open", "closed", "merged"]), isRequired: false),
            Field("title", .string, isRequired: false),
            Field("description", .string, isRequired: false),
            Field("id", .string),
            Field("creation_date", .string),
            Field("author", .string),
            Field("source_branch", .string),
            Field("destination_branch", .string),
            Field("merged_commit_id", .string, isRequired: false),
            Field("closed_date", .string, isRequired: false),
        ])

    /// `PullRequestBasic` of the specification.
    static let pullRequestBasic = RecordType(
        "PullRequestBasic",
        [
            Field("status", .enumeration(["open", "closed", "merged"]), isRequired: false, summary: "the state"),
            Field("title", .string, isRequired: false, summary: "the title"),
            Field("description", .string, isRequired: false, summary: "a text about it"),
        ])

    /// `PullRequestCreation` of the specification.
    static let pullRequestCreation = RecordType(
        "PullRequestCreation",
        [
            Field("title", .string, summary: "the title"),
            Field("description", .string, isRequired: false, summary: "a text about it"),
            Field("source_branch", .string, summary: "the branch to merge"),
            Field("destination_branch", .string, summary: "the branch to merge into"),
        ])

    /// `PullRequestCreationResponse` of the specification.
    static let pullRequestCreationResponse = RecordType(
        "PullRequestCreationResponse",
        [
            Field("id", .string)
        ])
}
