import LakeScript

/// Maintenance of repositories: dumping and restoring their references, copying commits, and the storage addresses of a
/// commit's ranges.
enum MaintenanceOperations {
    static let all: [Operation] =
        [dumpRefs, restoreRefs, dumpSubmit, dumpStatus, restoreSubmit, restoreStatus, createCommitRecord]
        + [getMetaRange, getRange, getMetadataObject, createSymlinkFile]

    private static let toDump = "fs:ListBranches on repository/{repository}"
    private static let toRestore = "fs:CreateBranch on repository/{repository}"
    private static let toRead = "fs:ReadRepository on repository/{repository}"
    private static let task = OperationParameter("task_id", .query, isRequired: true, summary: "the task's id")
    private static let restoreMeanings = [
        400: "the repository is not bare", 410: "its storage namespace does not contain the dump",
    ]

    /// A dump and a bare repository to restore it into, for the examples.
    private static let dumped = """
        let refs = dump_refs lake
        create_repository copy "local://lake/data" --bare

        """
    private static let dump = "$refs.commits_meta_range_id $refs.tags_meta_range_id $refs.branches_meta_range_id"

    private static let dumpRefs = Operation(
        "dump_refs", "dumpRefs", .put, "/repositories/{repository}/refs/dump",
        parameters: [.repository],
        answers: [201: .record(.refsDump)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: toDump, area: "internal", lakectl: "lakectl refs-dump lakefs://REPOSITORY",
        summary: "writes commits, branches and tags of a repository to its storage",
        example: "dump_refs lake")

    private static let restoreRefs = Operation(
        "restore_refs", "restoreRefs", .put, "/repositories/{repository}/refs/restore",
        parameters: [.repository], body: .init(.fields(.refsRestore)),
        answers: [200: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: toRestore, area: "internal", lakectl: "lakectl refs-restore lakefs://REPOSITORY",
        meanings: restoreMeanings,
        summary: "restores the commits, branches and tags of a dump into a bare repository",
        example: dumped + "restore_refs copy " + dump)

    private static let dumpSubmit = Operation(
        "dump_submit", "dumpSubmit", .post, "/repositories/{repository}/dump",
        parameters: [.repository],
        answers: [202: .record(.taskInfo)], errors: [400, 401, 404],
        effect: .write, repetition: .converge,
        permission: toDump, area: "repositories", lakectl: "lakectl refs-dump lakefs://REPOSITORY",
        summary: "starts to dump a repository's references; returns a task's id",
        example: "dump_submit lake")

    private static let dumpStatus = Operation(
        "dump_status", "dumpStatus", .get, "/repositories/{repository}/dump",
        parameters: [.repository, task],
        answers: [200: .record(.repositoryDumpStatus)], errors: [400, 401, 404, 429],
        permission: toDump, area: "repositories",
        summary: "the progress and the result of a dump",
        example: "let task = dump_submit lake\ndump_status lake $task.id")

    private static let restoreSubmit = Operation(
        "restore_submit", "restoreSubmit", .post, "/repositories/{repository}/restore",
        parameters: [.repository], body: .init(.fields(.refsRestore)),
        answers: [202: .record(.taskInfo)], errors: [400, 401, 403, 404],
        effect: .write, repetition: .converge,
        permission: toRestore, area: "repositories",
        lakectl: "lakectl refs-restore lakefs://REPOSITORY", meanings: restoreMeanings,
        summary: "starts to restore a dump into a bare repository; returns a task's id",
        example: dumped + "restore_submit copy " + dump)

    private static let restoreStatus = Operation(
        "restore_status", "restoreStatus", .get, "/repositories/{repository}/restore",
        parameters: [.repository, task],
        answers: [200: .record(.repositoryRestoreStatus)], errors: [400, 401, 404, 429],
        permission: toRestore, area: "repositories",
        summary: "the progress of a restore",
        example: dumped + "let task = restore_submit copy \(dump)\nrestore_status copy $task.id")

    private static let createCommitRecord = Operation(
        "create_commit_record", "CreateCommitRecord", .post, "/repositories/{repository}/commits",
        parameters: [.repository], body: .init(.fields(.commitRecordCreation)),
        answers: [204: nil], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:CreateCommit on repository/{repository}", area: "internal",
        meanings: [400: "the id does not match the commit"],
        summary: "creates a commit of another repository with its id, on no branch",
        example: """
            create_repository copy "local://lake/data" --bare
            let commit = get_commit lake main
            create_commit_record copy $commit.id 1 $commit.committer $commit.message $commit.meta_range_id \
            $commit.creation_date $commit.parents ($commit.generation ?? 1)
            """)

    private static let getMetaRange = Operation(
        "get_meta_range", "getMetaRange", .get, "/repositories/{repository}/metadata/meta_range/{meta_range}",
        parameters: [.repository, .init("meta_range", summary: "the meta range's id, as in a commit")],
        answers: [200: .record(.storageURI)], errors: [400, 401, 404, 429],
        permission: toRead, area: "metadata",
        summary: "the storage address of a meta range, even if it does not exist",
        example: "let commit = get_commit lake main\nget_meta_range lake $commit.meta_range_id")

    private static let getRange = Operation(
        "get_range", "getRange", .get, "/repositories/{repository}/metadata/range/{range}",
        parameters: [.repository, .init("range", summary: "the range's id")],
        answers: [200: .record(.storageURI)], errors: [400, 401, 404, 429],
        permission: toRead, area: "metadata",
        summary: "the storage address of a range, even if it does not exist",
        example: "get_range lake 0d1a9c")

    private static let getMetadataObject = Operation(
        "get_metadata_object", "getMetadataObject", .get,
        "/repositories/{repository}/metadata/object/{type}/{object_id}",
        parameters: [
            .repository, .init("type", .path, .enumeration(["range", "meta_range"]), summary: "its kind"),
            .init("object_id", summary: "its id"), .presign,
        ],
        answers: [200: .bytes, 302: nil], errors: [400, 401, 404, 429],
        permission: toRead, area: "internal",
        summary: "the bytes of a range or a meta range",
        example: "get_metadata_object lake meta_range 0d1a9c")

    private static let createSymlinkFile = Operation(
        "create_symlink_file", "createSymlinkFile", .post, "/repositories/{repository}/refs/{branch}/symlink",
        parameters: [
            .repository, .branch, .init("location", .query, role: .path, summary: "only what is below this path"),
        ],
        answers: [201: .record(.storageURI)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "fs:WriteObject on repository/{repository}/object/{branch}", area: "internal",
        summary: "writes lists of a branch's object addresses to the storage, for Hive",
        example: "create_symlink_file lake main --location data")
}
