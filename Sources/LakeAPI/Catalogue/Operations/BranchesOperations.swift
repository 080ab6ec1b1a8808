import LakeScript

/// Branches, and operations that move them.
enum BranchesOperations {
    static let all: [Operation] = [
        listBranches, getBranch, createBranch, deleteBranch, diffBranch, resetBranch, revertBranch, cherryPick,
        hardResetBranch,
    ]

    private static let listBranches = Operation(
        "list_branches", "listBranches", .get, "/repositories/{repository}/branches",
        parameters: [.repository] + .page + [
            .init("show_hidden", .query, .bool, default: false, summary: "includes hidden branches")
        ],
        answers: [200: .record(.refList)], errors: [400, 401, 404, 429],
        permission: "fs:ListBranches on repository/{repository}", area: "branches",
        lakectl: "lakectl branch list lakefs://REPOSITORY",
        summary: "the branches of a repository",
        example: "list_branches lake --prefix feature/")

    private static let getBranch = Operation(
        "get_branch", "getBranch", .get, "/repositories/{repository}/branches/{branch}",
        parameters: [.repository, .branch],
        answers: [200: .record(.ref)], errors: [400, 401, 404, 429],
        permission: "fs:ReadBranch on repository/{repository}/branch/{branch}", area: "branches",
        lakectl: "lakectl branch show lakefs://REPOSITORY/BRANCH",
        summary: "a branch and its current commit",
        example: "get_branch lake main")

    private static let createBranch = Operation(
        "create_branch", "createBranch", .post, "/repositories/{repository}/branches",
        parameters: [.repository], body: .init(.fields(.branchCreation)),
        answers: [201: .string], errors: [400, 401, 403, 404, 409, 429],
        effect: .write, repetition: .createByName,
        ensure: .existing(compare: [], update: "hard_reset_branch"),
        probe: Probe("get_branch", ["repository": "repository", "branch": "name"]),
        permission: "fs:CreateBranch on repository/{repository}/branch/{name}", area: "branches",
        lakectl: "lakectl branch create lakefs://REPOSITORY/BRANCH --source REF",
        summary: "creates a branch at a commit, tag or branch; returns the commit's id",
        example: "create_branch lake fix-prices main")

    private static let deleteBranch = Operation(
        "delete_branch", "deleteBranch", .delete, "/repositories/{repository}/branches/{branch}",
        parameters: [.repository, .branch, .force],
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "fs:DeleteBranch on repository/{repository}/branch/{branch}", area: "branches",
        lakectl: "lakectl branch delete lakefs://REPOSITORY/BRANCH",
        summary: "deletes a branch; its commits are kept until garbage collection",
        example: "ensure delete_branch lake fix-prices")

    private static let diffBranch = Operation(
        "diff_branch", "diffBranch", .get, "/repositories/{repository}/branches/{branch}/diff",
        parameters: [.repository, .branch] + .page + [.delimiter],
        answers: [200: .record(.diffList)], errors: [400, 401, 404, 429],
        permission: "fs:ListObjects on repository/{repository}", area: "branches",
        lakectl: "lakectl diff lakefs://REPOSITORY/BRANCH",
        summary: "the uncommitted changes of a branch",
        example: "diff_branch lake main --amount 1")

    private static let resetBranch = Operation(
        "reset_branch", "resetBranch", .put, "/repositories/{repository}/branches/{branch}",
        parameters: [.repository, .branch], body: .init(.fields(.resetCreation)),
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge,
        permission: "fs:RevertBranch on repository/{repository}/branch/{branch}", area: "branches",
        lakectl: "lakectl branch reset lakefs://REPOSITORY/BRANCH",
        summary: "discards uncommitted changes: all of a branch, or those below a path",
        example: "reset_branch lake main reset")

    private static let revertBranch = Operation(
        "revert_branch", "revertBranch", .post, "/repositories/{repository}/branches/{branch}/revert",
        parameters: [.repository, .branch], body: .init(.fields(.revertCreation)),
        answers: [204: nil], errors: [400, 401, 403, 404, 409, 429],
        effect: .write, repetition: .append,
        probe: Probe(
            "log_commits", ["repository": "repository", "ref": "branch"], fixed: ["amount": 3], recognises: .person),
        permission: "fs:RevertBranch on repository/{repository}/branch/{branch}", area: "branches",
        lakectl: "lakectl branch revert lakefs://REPOSITORY/BRANCH REF",
        summary: "commits the inverse of a commit; the history is kept",
        example: "revert_branch lake main main~1 0 --allow-empty")

    private static let cherryPick = Operation(
        "cherry_pick", "cherryPick", .post, "/repositories/{repository}/branches/{branch}/cherry-pick",
        parameters: [.repository, .branch], body: .init(.fields(.cherryPickCreation)),
        answers: [201: .record(.commit)], errors: [400, 401, 403, 404, 409, 429],
        effect: .write, repetition: .append,
        probe: Probe(
            "log_commits", ["repository": "repository", "ref": "branch"], fixed: ["amount": 3], recognises: .person),
        permission: "fs:CreateCommit on repository/{repository}/branch/{branch}", area: "branches",
        lakectl: "lakectl cherry-pick REF lakefs://REPOSITORY/BRANCH",
        summary: "applies a commit of another branch to this one",
        example: "cherry_pick lake main fix-orders")

    private static let hardResetBranch = Operation(
        "hard_reset_branch", "hardResetBranch", .put, "/repositories/{repository}/branches/{branch}/hard_reset",
        parameters: [.repository, .branch, .ref, .force],
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .destroy, repetition: .converge,
        probe: Probe("get_branch", ["repository": "repository", "branch": "branch"], recognises: .person),
        permission: "fs:RevertBranch on repository/{repository}/branch/{branch}", area: "experimental",
        meanings: [
            204: "the branch is at the commit; staged changes are kept",
            400: "ref is missing or does not name a commit",
            403: "the branch is protected (force does not help), or the repository is read-only",
            429: "too many concurrent changes of the branch: try again",
        ],
        summary: "moves a branch to any commit; it may lose commits, staged changes are kept",
        example: "hard_reset_branch lake main main~1")
}
