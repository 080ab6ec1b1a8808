import LakeScript

/// Comparing and merging refs.
enum RefsOperations {
    static let all: [Operation] = [
        diffRefs, findMergeBase, mergeIntoBranch,
    ]

    private static let diffRefs = Operation(
        "diff_refs", "diffRefs", .get, "/repositories/{repository}/refs/{leftRef}/diff/{rightRef}",
        parameters: [
            .repository, .init("leftRef", role: .ref, summary: "the ref compared from"),
            .init("rightRef", role: .ref, summary: "the ref compared to"),
        ] + .page + [
            .delimiter,
            .init(
                "type", .query, .enumeration(["two_dot", "three_dot"]), default: "three_dot",
                summary: "`three_dot` compares with the common ancestor, `two_dot` the refs themselves"),
            .init(
                "include_right_stats", .query, .bool, default: false,
                summary: "includes the right side's object details"),
        ],
        answers: [200: .record(.diffList)], errors: [400, 401, 404, 429],
        permission: "fs:ListObjects on repository/{repository}", area: "refs",
        lakectl: "lakectl diff lakefs://REPOSITORY/LEFT lakefs://REPOSITORY/RIGHT",
        summary: "lists the differences between two refs",
        example: "diff_refs lake main~1 main")

    private static let findMergeBase = Operation(
        "find_merge_base", "findMergeBase", .get,
        "/repositories/{repository}/refs/{sourceRef}/merge/{destinationBranch}",
        parameters: [
            .repository, .init("sourceRef", role: .ref, summary: "the ref to merge"),
            .init("destinationBranch", role: .branch, summary: "the branch merged into"),
        ],
        answers: [200: .record(.findMergeBaseResult)], errors: [400, 401, 404, 429],
        permission: "fs:ListCommits on repository/{repository}", area: "refs",
        lakectl: "lakectl find-merge-base",
        summary: "the common ancestor of two refs",
        example: "find_merge_base lake main main")

    private static let mergeIntoBranch = Operation(
        "merge_into_branch", "mergeIntoBranch", .post,
        "/repositories/{repository}/refs/{sourceRef}/merge/{destinationBranch}",
        parameters: [
            .repository, .init("sourceRef", role: .ref, summary: "the ref to merge"),
            .init("destinationBranch", role: .branch, summary: "the branch merged into"),
        ],
        body: .init(.fields(.merge), isRequired: false),
        answers: [200: .record(.mergeResult)], errors: [400, 401, 403, 404, 409, 412, 429],
        effect: .write, repetition: .append,
        probe: Probe(
            "log_commits", ["repository": "repository", "ref": "destination_branch"], fixed: ["amount": 3],
            recognises: .person),
        permission: "fs:CreateCommit on repository/{repository}/branch/{destination_branch}", area: "refs",
        lakectl: "lakectl merge lakefs://REPOSITORY/SOURCE lakefs://REPOSITORY/DESTINATION",
        summary: "merges a ref into a branch",
        example: "merge_into_branch lake fix-orders main --message \"mend orders\"")
}
