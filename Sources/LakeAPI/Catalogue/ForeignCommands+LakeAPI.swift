internal import LakeScript

extension Conventions {
    /// The advice for commands of other tools that stand for operations of lakeFS.
    static let namesInOtherTools = ["auth", "branch", "fs", "git", "lakectl", "repo", "tag"].reduce(into: advice) {
        $0[$1] = "`help lakectl` has each command of lakectl, and its line here"
    }

    private static let advice = [
        "cat": "an object is read by `get_object REPOSITORY REF PATH`, a file by `read_file`",
        "curl": "an address is read by `get_url`, every operation is a command: `lakesh operations`",
        "head": "write `first`, or --amount for a page",
        "log": "commits are listed by `log_commits REPOSITORY REF`",
        "ls": "objects are listed by `list_objects REPOSITORY REF`, files by `list_files`",
        "repos": "repositories are listed by `list_repositories`",
        "whoami": "write `get_current_user`",
    ]
}
