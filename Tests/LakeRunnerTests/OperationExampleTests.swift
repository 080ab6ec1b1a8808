import Glibc
import LakeAPI
import LakeSandbox
import LakeScript
import TestSupport
import Testing

@testable import LakeRunner

/// The example of every operation, run as if typed, on a sandbox with some data.
@Suite struct OperationExampleTests {
    /// Examples that fail on every server, with their statuses.
    private static let failing = [
        // Such a token comes only by mail.
        "update_password": 401,
        // The sandbox has no identity provider: it redirects nowhere.
        "oauth_callback": 307,
        // The sandbox runs no hooks, so there are no runs,
        "get_run": 404, "get_run_hook_output": 404,
        // imports only with an s3 store,
        "import_start": 403, "import_status": 404, "import_cancel": 404,
        // and stores no ranges.
        "get_metadata_object": 410,
    ]

    /// The statements before an example: a repository with two commits, and a branch with one more.
    private static func prepared(_ storage: SandboxConfiguration.Storage) -> String {
        """
        create_repository lake "\(storage.rawValue)://lake/data"
        for name in ["a.csv", "b.csv"] {
          upload_object lake main "data/$name" --content "id\\n1\\n"
          commit lake main "load $name"
        }
        create_branch lake fix-orders main
        upload_object lake fix-orders data/c.csv --content "id\\n2\\n"
        commit lake fix-orders "mend orders"

        """
    }

    @Test("the example of an operation runs", arguments: Catalogue.all)
    func runs(_ operation: Operation) throws {
        setenv("RESET_TOKEN", "none", 1)
        setenv("NEW_PASSWORD", "none", 1)
        let isOld = !operation.releases.contains(ServerVersion(1, 84)) || operation.name == "oauth_callback"
        let storage: SandboxConfiguration.Storage = operation.path.contains("/pmpu") ? .s3 : .local
        let isSetUp = operation.name != "setup"
        let connection = Connection.sandbox(
            SandboxConfiguration(like: isOld ? .v090 : .v184RBAC, storage: storage, isSetUp: isSetUp))
        let session = Session(connection: connection, console: Console())
        let before = isSetUp ? Self.prepared(storage) : ""
        let script = ScriptFront.load(
            SourceText(name: "example.lfs", text: before + operation.example), as: .file)
        try #require(script.program != nil, "\(script.diagnostics.map(\.message))")
        let outcome = session.run(script).outcome
        switch outcome {
        case .success: #expect(Self.failing[operation.name] == nil, "it runs now: take it from the list")
        case .failure(let failure):
            let isExpected = failure.status == Self.failing[operation.name] && failure.status != nil
            #expect(isExpected, "\(failure.message) \(failure.notes)")
        }
    }
}
