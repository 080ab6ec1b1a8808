extension Catalogue {
    /// The advice for commands of other tools that stand for operations of lakeFS.
    static let foreignCommands: [String: String] = [
        "auth": ofLakectl,
        "branch": ofLakectl,
        "cat": "an object is read by `get_object REPOSITORY REF PATH`, a file by `read_file`",
        "curl": "an address is read by `get_url`, every operation is a command: `lakesh operations`",
        "fs": ofLakectl,
        "git": ofLakectl,
        "head": "write `first`, or --amount for a page",
        "lakectl": ofLakectl,
        "log": "commits are listed by `log_commits REPOSITORY REF`",
        "ls": "objects are listed by `list_objects REPOSITORY REF`, files by `list_files`",
        "repo": ofLakectl,
        "repos": "repositories are listed by `list_repositories`",
        "tag": ofLakectl,
        "whoami": "write `get_current_user`",
    ]

    private static let ofLakectl = "`help lakectl` has each command of lakectl, and its line here"
}
