import LakeScript

/// Actions: the runs of a repository's hooks at commits, merges and branch changes.
enum ActionsOperations {
    static let all: [Operation] = [listRepositoryRuns, getRun, listRunHooks, getRunHookOutput]

    private static let permission = "ci:ReadAction on repository/{repository}"
    private static let run = OperationParameter("run_id", summary: "the run's id")

    private static let listRepositoryRuns = Operation(
        "list_repository_runs", "listRepositoryRuns", .get, "/repositories/{repository}/actions/runs",
        parameters: [
            .repository, .after, .amount, .init("branch", .query, role: .branch, summary: "only runs on this branch"),
            .init("commit", .query, summary: "only runs of this commit"),
        ],
        answers: [200: .record(.actionRunList)], errors: [400, 401, 404, 429],
        permission: permission, area: "actions", lakectl: "lakectl actions runs list lakefs://REPOSITORY",
        summary: "the runs of a repository's hooks, newest first, page by page",
        example: "list_repository_runs lake --branch main")

    private static let getRun = Operation(
        "get_run", "getRun", .get, "/repositories/{repository}/actions/runs/{run_id}",
        parameters: [.repository, run],
        answers: [200: .record(.actionRun)], errors: [400, 401, 404, 429],
        permission: permission, area: "actions", lakectl: "lakectl actions runs describe lakefs://REPOSITORY RUN",
        summary: "a run: its event and its outcome",
        example: "get_run lake 5gn7l5i0hqgj1ilo3mhg")

    private static let listRunHooks = Operation(
        "list_run_hooks", "listRunHooks", .get, "/repositories/{repository}/actions/runs/{run_id}/hooks",
        parameters: [.repository, run, .after, .amount],
        answers: [200: .record(.hookRunList)], errors: [400, 401, 404, 429],
        permission: permission, area: "actions", lakectl: "lakectl actions runs describe lakefs://REPOSITORY RUN",
        summary: "the hooks of a run, page by page; none for an unknown run",
        example: "list_run_hooks lake 5gn7l5i0hqgj1ilo3mhg")

    private static let getRunHookOutput = Operation(
        "get_run_hook_output", "getRunHookOutput", .get,
        "/repositories/{repository}/actions/runs/{run_id}/hooks/{hook_run_id}/output",
        parameters: [.repository, run, .init("hook_run_id", summary: "the id of the hook's run")],
        answers: [200: .bytes], errors: [400, 401, 404, 429],
        permission: permission, area: "actions",
        summary: "the output of a hook of a run",
        example: "get_run_hook_output lake 5gn7l5i0hqgj1ilo3mhg check-schema")
}
