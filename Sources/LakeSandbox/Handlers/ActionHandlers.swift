import LakeScript

/// Runs of hooks, and imports. The sandbox runs no hooks, and its stores hold nothing to import.
enum ActionHandlers {
    static let handlers: [String: Handler] = [
        "list_repository_runs": Handler(toRead, Resource.repository, list),
        "list_run_hooks": Handler(toRead, Resource.repository, list),
        "get_run": Handler(toRead, Resource.repository, missing("not found: not found")),
        "get_run_hook_output": Handler(toRead, Resource.repository, missing("not found")),
        "import_start": Handler("fs:CreateCommit", Resource.branch, checks: [], later: toImport, importStart),
        "import_status": Handler("fs:ReadBranch", Resource.branch, missing("not found")),
        "import_cancel": Handler("fs:ImportCancel", Resource.branch, missing("not found")),
    ]

    private static let toRead = "ci:ReadAction"

    private static let list = reading { _, _ throws(Fault) in .listing([], next: "") }

    /// Finds the repository, but nothing in it.
    private static func missing(_ text: String) -> Rule {
        reading { _, _ throws(Fault) in throw Fault(.notFound, text) }
    }

    /// Permissions for each of the paths to import.
    private static let toImport = [
        Permission("fs:ImportFromStorage", ARN.namespace("{path}")),
        Permission("fs:WriteObject", Resource.object("destination")),
    ]

    private static let importStart: Rule = { state, exchange throws(Fault) in
        for path in exchange.body["paths"].items ?? [] {
            try exchange.authorize(toImport, with: path, in: state)
        }
        try Checks.repository(exchange)
        _ = try state.repositories[exchange.repositoryID]
        throw Fault(.forbidden, "import is not supported for this storage")
    }
}
