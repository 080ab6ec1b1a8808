import LakeScript

/// Imports: objects elsewhere in the store become objects of a branch without being copied.
enum ImportOperations {
    static let all: [Operation] = [importStart, importStatus, importCancel]

    private static let identifier = OperationParameter("id", .query, isRequired: true, summary: "the import's id")
    private static let path = "/repositories/{repository}/branches/{branch}/import"

    private static let importStart = Operation(
        "import_start", "importStart", .post, path,
        parameters: [.repository, .branch], body: .init(.fields(.importCreation)),
        answers: [202: .record(.importCreationResponse)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .append,
        permission: "fs:ImportFromStorage on namespace/{path}", area: "import",
        lakectl: "lakectl import --from URI --to lakefs://REPOSITORY/BRANCH/PATH",
        meanings: [403: "the server's store does not support imports, or the branch is protected"],
        summary: "starts an import of objects into a branch; returns its id",
        example: """
            let paths = [{type: "common_prefix", path: "local://elsewhere/raw/", destination: "raw/"}]
            import_start lake main $paths {message: "raw data"}
            """)

    private static let importStatus = Operation(
        "import_status", "importStatus", .get, path,
        parameters: [.repository, .branch, identifier],
        answers: [200: .record(.importStatus)], errors: [400, 401, 404, 429],
        permission: "fs:ReadBranch on repository/{repository}/branch/{branch}", area: "import",
        summary: "the progress of an import",
        example: "import_status lake main 5gn7l5i0hqgj1ilo3mhg")

    private static let importCancel = Operation(
        "import_cancel", "importCancel", .delete, path,
        parameters: [.repository, .branch, identifier],
        answers: [204: nil], errors: [400, 401, 403, 404, 409, 429],
        effect: .destroy, repetition: .converge,
        permission: "fs:ImportCancel on repository/{repository}/branch/{branch}", area: "import",
        meanings: [409: "it is completed already"],
        summary: "cancels an import",
        example: "import_cancel lake main 5gn7l5i0hqgj1ilo3mhg")
}
