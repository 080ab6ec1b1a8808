import LakeScript

/// Repositories and their metadata.
enum RepositoriesOperations {
    static let all: [Operation] = [
        listRepositories, getRepository, createRepository, deleteRepository, getRepositoryMetadata,
        setRepositoryMetadata, deleteRepositoryMetadata,
    ]

    private static let listRepositories = Operation(
        "list_repositories", "listRepositories", .get, "/repositories",
        parameters: .page + [.init("search", .query, summary: "only names that contain this")],
        answers: [200: .record(.repositoryList)], errors: [400, 401, 429],
        permission: "fs:ListRepositories on *", area: "repositories", lakectl: "lakectl repo list",
        summary: "the visible repositories",
        example: "list_repositories")

    private static let getRepository = Operation(
        "get_repository", "getRepository", .get, "/repositories/{repository}",
        parameters: [.repository],
        answers: [200: .record(.repository)], errors: [400, 401, 404, 429],
        permission: "fs:ReadRepository on repository/{repository}", area: "repositories",
        summary: "one repository",
        example: "get_repository lake")

    private static let createRepository = Operation(
        "create_repository", "createRepository", .post, "/repositories",
        parameters: [.init("bare", .query, .bool, default: false, summary: "without an initial branch and commit")],
        body: .init(.fields(.repositoryCreation)),
        answers: [201: .record(.repository)], errors: [400, 401, 409, 429],
        effect: .write, repetition: .createByName,
        ensure: .existing(
            compare: ["storage_namespace", "default_branch"], update: nil,
            listing: Probe("list_repositories", ["prefix": "name"], fixed: ["amount": 1], recognises: .entry)),
        probe: Probe("get_repository", ["repository": "name"]), permission: "fs:CreateRepository on repository/{name}",
        area: "repositories",
        lakectl: "lakectl repo create lakefs://NAME NAMESPACE",
        summary: "creates a repository in an empty storage namespace",
        example: "create_repository lake2 \"local://lake2\"")

    private static let deleteRepository = Operation(
        "delete_repository", "deleteRepository", .delete, "/repositories/{repository}",
        parameters: [.repository, .force],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "fs:DeleteRepository on repository/{repository}", area: "repositories",
        lakectl: "lakectl repo delete lakefs://NAME",
        summary: "deletes a repository; its objects are kept in the store",
        example: "ensure delete_repository lake2")

    private static let getRepositoryMetadata = Operation(
        "get_repository_metadata", "getRepositoryMetadata", .get, "/repositories/{repository}/metadata",
        parameters: [.repository],
        answers: [200: .map(.string)], errors: [400, 401, 404, 429],
        permission: "fs:ReadRepository on repository/{repository}", area: "repositories",
        summary: "the metadata of a repository",
        example: "get_repository_metadata lake")

    private static let setRepositoryMetadata = Operation(
        "set_repository_metadata", "setRepositoryMetadata", .post, "/repositories/{repository}/metadata",
        parameters: [.repository], body: .init(.fields(.repositoryMetadataSet)),
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:UpdateRepository on repository/{repository}", area: "internal",
        summary: "adds or replaces metadata of a repository",
        example: "set_repository_metadata lake {team: \"data\"}")

    private static let deleteRepositoryMetadata = Operation(
        "delete_repository_metadata", "deleteRepositoryMetadata", .delete, "/repositories/{repository}/metadata",
        parameters: [.repository], body: .init(.fields(.repositoryMetadataKeys)),
        answers: [204: nil], errors: [400, 401, 429],
        effect: .destroy, repetition: .converge,
        permission: "fs:UpdateRepository on repository/{repository}", area: "internal",
        summary: "deletes metadata of a repository",
        example: "delete_repository_metadata lake [\"team\"]")
}
