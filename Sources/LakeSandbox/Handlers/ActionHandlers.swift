import LakeScript

/// Runs of hooks. The sandbox runs no hooks.
enum ActionHandlers {
    static let handlers: [String: Handler] = [
        "list_repository_runs": Handler(toRead, Resource.repository, list),
        "list_run_hooks": Handler(toRead, Resource.repository, list),
        "get_run": Handler(toRead, Resource.repository, missing("not found: not found")),
        "get_run_hook_output": Handler(toRead, Resource.repository, missing("not found")),
    ]

    private static let toRead = "ci:ReadAction"

    private static let list = reading { _, _ throws(Fault) in .listing([], next: "") }

    /// Finds the repository, but nothing in it.
    private static func missing(_ text: String) -> Rule {
        reading { _, _ throws(Fault) in throw Fault(.notFound, text) }
    }
}
