import LakeScript

/// Runs of hooks and imports: the sandbox runs no hooks, and its stores hold nothing to import.
enum ActionHandlers {
    static let handlers: [String: Handler] = [
        "list_repository_runs": handler(toRead, Subjects.repository, list),
        "list_run_hooks": handler(toRead, Subjects.repository, list),
        "get_run": handler(toRead, Subjects.repository, missing("not found: not found")),
        "get_run_hook_output": handler(toRead, Subjects.repository, missing("not found")),
        "import_start": handler(needsToImport, importStart),
        "import_status": handler("fs:ReadBranch", Subjects.branch, missing("not found")),
        "import_cancel": handler("fs:ImportCancel", Subjects.branch, missing("not found")),
    ]

    private static let toRead = "ci:ReadAction"

    private static let list: Rule = { state, exchange throws(Fault) in
        _ = try state.repositories[exchange.repositoryID]
        return .listing([], next: "")
    }

    /// Says that there is no such thing, in a repository that is there.
    private static func missing(_ text: String) -> Rule {
        { state, exchange throws(Fault) in
            _ = try state.repositories[exchange.repositoryID]
            throw Fault(.notFound, text)
        }
    }

    private static let needsToImport: @Sendable (Exchange) -> Requirement = { exchange in
        let paths = exchange.body["paths"].items ?? []
        return .all(
            [.need("fs:CreateCommit", Subjects.branch(exchange))]
                + paths.flatMap { path -> [Requirement] in
                    let destination = ARN.object(path["destination"].text ?? "", in: exchange.repositoryID)
                    return [
                        .need("fs:ImportFromStorage", ARN.namespace(path["path"].text ?? "")),
                        .need("fs:WriteObject", destination),
                    ]
                })
    }

    private static let importStart: Rule = { state, exchange throws(Fault) in
        _ = try state.repositories[exchange.repositoryID]
        throw Fault(.forbidden, "import is not supported for this storage")
    }
}
