import LakeScript

/// Commits and history.
enum CommitsOperations {
    static let all: [Operation] = [
        commit, getCommit, logCommits, logBranchCommits,
    ]

    private static let commit = Operation(
        "commit", "commit", .post, "/repositories/{repository}/branches/{branch}/commits",
        parameters: [
            .repository, .branch,
            .init("source_metarange", .query, summary: "commits this metarange instead of the staged changes"),
        ],
        body: .init(.fields(.commitCreation)),
        answers: [201: .record(.commit)], errors: [400, 401, 403, 404, 409, 412, 429],
        effect: .write, repetition: .append,
        probe: Probe(
            "log_commits", ["repository": "repository", "ref": "branch"], fixed: ["amount": 3], recognises: .person),
        permission: "fs:CreateCommit on repository/{repository}/branch/{branch}", area: "commits",
        lakectl: "lakectl commit lakefs://REPOSITORY/BRANCH -m MESSAGE",
        summary: "commits the staged changes of a branch",
        example: "commit lake main \"load orders\" --allow-empty")

    private static let getCommit = Operation(
        "get_commit", "getCommit", .get, "/repositories/{repository}/commits/{commitId}",
        parameters: [
            .repository, .init("commitId", role: .ref, summary: "a commit id, or any other ref"),
        ],
        answers: [200: .record(.commit)], errors: [400, 401, 404, 429],
        permission: "fs:ReadCommit on repository/{repository}", area: "commits",
        lakectl: "lakectl show commit lakefs://REPOSITORY/REF",
        summary: "the commit of an id, branch, tag or `main~1`",
        example: "get_commit lake main~1")

    private static let logCommits = Operation(
        "log_commits", "logCommits", .get, "/repositories/{repository}/refs/{ref}/commits",
        parameters: [
            .repository, .init("ref", role: .ref, summary: "a branch, tag, commit id, or `main~1`"), .after, .amount,
            .init(
                "objects", .query, .list(.string), role: .path, summary: "only commits that change one of these objects"
            ),
            .init(
                "prefixes", .query, .list(.string), role: .prefix,
                summary: "only commits that change an object below one of these"),
            .init("limit", .query, .bool, summary: "stops after examining `amount` commits"),
            .init("first_parent", .query, .bool, summary: "follows the first parent of merges only"),
            .init("since", .query, summary: "only commits after this RFC 3339 time"),
            .init("stop_at", .query, role: .commit, summary: "ends the history at this commit"),
        ],
        answers: [200: .record(.commitList)], errors: [400, 401, 404, 429],
        permission: "fs:ReadCommit on repository/{repository}", area: "refs",
        lakectl: "lakectl log lakefs://REPOSITORY/REF",
        summary: "the history of a ref, newest first",
        example: "log_commits lake main --amount 10")

    private static let logBranchCommits = Operation(
        "log_branch_commits", "logBranchCommits", .get, "/repositories/{repository}/branches/{branch}/commits",
        parameters: [.repository, .branch, .after, .amount],
        answers: [200: .record(.commitList)], errors: [401, 404],
        permission: "fs:ListCommits on repository/{repository}/branch/{branch}", area: "commits",
        summary: "the history of a branch; log_commits takes any ref",
        example: "log_branch_commits lake main")
}
