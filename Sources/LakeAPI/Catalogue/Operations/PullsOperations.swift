import LakeScript

/// Pull requests: proposed merges.
enum PullsOperations {
    static let all: [Operation] = [
        listPullRequests, createPullRequest, getPullRequest, updatePullRequest, mergePullRequest,
    ]

    /// A pull request for the examples.
    private static let pull = "let pull = create_pull_request lake \"mend orders\" fix-orders main\n"

    private static let listPullRequests = Operation(
        "list_pull_requests", "listPullRequests", .get, "/repositories/{repository}/pulls",
        parameters: [.repository] + .page + [
            .init(
                "status", .query, .enumeration(["open", "closed", "all"]), default: "all",
                summary: "only those with this status; merged ones count as closed")
        ],
        answers: [200: .record(.pullRequestsList)], errors: [400, 401, 404, 429],
        permission: "pr:ListPullRequests on repository/{repository}", area: "pulls",
        summary: "the pull requests of a repository, newest first, page by page",
        example: "list_pull_requests lake --status open")

    private static let createPullRequest = Operation(
        "create_pull_request", "createPullRequest", .post, "/repositories/{repository}/pulls",
        parameters: [.repository], body: .init(.fields(.pullRequestCreation)),
        answers: [201: .record(.pullRequestCreationResponse)], errors: [400, 401, 403, 404, 409, 429],
        effect: .write, repetition: .append,
        probe: Probe("list_pull_requests", ["repository": "repository"], recognises: .person),
        permission: "pr:WritePullRequest on repository/{repository}", area: "pulls",
        meanings: [400: "a branch's name is malformed, or the branches are the same"],
        summary: "proposes to merge a branch into another",
        example: "create_pull_request lake \"mend orders\" fix-orders main --description \"two rows were wrong\"")

    private static let getPullRequest = Operation(
        "get_pull_request", "getPullRequest", .get, "/repositories/{repository}/pulls/{pull_request}",
        parameters: [.repository, .pullRequest],
        answers: [200: .record(.pullRequest)], errors: [400, 401, 404, 429],
        permission: "pr:ReadPullRequest on repository/{repository}", area: "pulls",
        summary: "a pull request, with its description",
        example: pull + "get_pull_request lake $pull.id")

    private static let updatePullRequest = Operation(
        "update_pull_request", "updatePullRequest", .patch, "/repositories/{repository}/pulls/{pull_request}",
        parameters: [.repository, .pullRequest], body: .init(.fields(.pullRequestBasic)),
        answers: [200: nil], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: "pr:WritePullRequest on repository/{repository}", area: "pulls",
        summary: "changes a pull request's texts, or closes or reopens it; `merged` does not merge it",
        example: pull + "update_pull_request lake $pull.id --status closed")

    private static let mergePullRequest = Operation(
        "merge_pull_request", "mergePullRequest", .put, "/repositories/{repository}/pulls/{pull_request}/merge",
        parameters: [.repository, .pullRequest],
        answers: [200: .record(.mergeResult)], errors: [400, 401, 403, 404, 409, 412, 429],
        effect: .write, repetition: .append,
        probe: Probe(
            "get_pull_request", ["repository": "repository", "pull_request": "pull_request"], recognises: .person),
        permission: "pr:WritePullRequest on repository/{repository}", area: "pulls",
        meanings: [
            400: "it is not open, or there is nothing to merge",
            409: "both branches changed the same object",
        ],
        summary: "merges an open pull request; needs fs:CreateCommit on the destination, too",
        example: pull + "merge_pull_request lake $pull.id")
}

extension OperationParameter {
    fileprivate static let pullRequest = OperationParameter("pull_request", summary: "the pull request's id")
}
