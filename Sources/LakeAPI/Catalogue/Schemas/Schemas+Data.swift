import LakeScript

// Schemas of repositories, refs, commits and objects, as the specification has them.

extension RecordType {
    /// `PresignMultipartUpload` of the specification.
    static let presignMultipartUpload = RecordType(
        "PresignMultipartUpload",
        [
            Field("upload_id", .string),
            Field("physical_address", .string),
            Field("presigned_urls", .list(.secret), isRequired: false),
        ])

    /// `CompletePresignMultipartUpload` of the specification.
    static let completePresignMultipartUpload = RecordType(
        "CompletePresignMultipartUpload",
        [
            Field("physical_address", .string, summary: "from the answer of `create_presign_multipart_upload`"),
            Field(
                "parts", .list(.record(.uploadPart)),
                summary: "the part numbers in ascending order, each with the ETag from the store"),
            Field("user_metadata", .map(.string), isRequired: false, summary: "the object's metadata"),
            Field("content_type", .string, isRequired: false, summary: "by default application/octet-stream"),
        ])

    /// `ObjectStats` of the specification.
    static let objectStats = RecordType(
        "ObjectStats",
        [
            Field("path", .string),
            Field("path_type", .enumeration(["common_prefix", "object"])),
            Field("physical_address", .string),
            Field("physical_address_expiry", .int, isRequired: false, format: .time),
            Field("checksum", .string),
            Field("size_bytes", .int, isRequired: false, format: .size),
            Field("mtime", .int, format: .time),
            Field("metadata", .map(.string), isRequired: false),
            Field("content_type", .string, isRequired: false),
        ])

    /// `AbortPresignMultipartUpload` of the specification.
    static let abortPresignMultipartUpload = RecordType(
        "AbortPresignMultipartUpload",
        [
            Field("physical_address", .string, summary: "from the answer of `create_presign_multipart_upload`")
        ])

    /// `UploadPartFrom` of the specification.
    static let uploadPartFrom = RecordType(
        "UploadPartFrom",
        [
            Field("physical_address", .string, summary: "from the answer of `create_presign_multipart_upload`")
        ])

    /// `UploadTo` of the specification.
    static let uploadTo = RecordType(
        "UploadTo",
        [
            Field("presigned_url", .secret)
        ])

    /// `UploadPartCopyFrom` of the specification.
    static let uploadPartCopyFrom = RecordType(
        "UploadPartCopyFrom",
        [
            Field("physical_address", .string, summary: "from the answer of `create_presign_multipart_upload`"),
            Field("copy_source", .record(.copyPartSource)),
        ])

    /// `RepositoryList` of the specification.
    static let repositoryList = page("RepositoryList", of: .repository)

    /// `Repository` of the specification.
    static let repository = RecordType(
        "Repository",
        [
            Field("id", .string),
            Field("creation_date", .int, format: .time),
            Field("default_branch", .string),
            Field("storage_id", .string, isRequired: false),
            Field("storage_namespace", .string),
            Field("read_only", .bool, isRequired: false),
        ])

    /// `RepositoryCreation` of the specification.
    static let repositoryCreation = RecordType(
        "RepositoryCreation",
        [
            Field("name", .string),
            Field("storage_id", .string, isRequired: false),
            Field("storage_namespace", .string),
            Field("default_branch", .string, isRequired: false),
            Field("sample_data", .bool, isRequired: false),
            Field("read_only", .bool, isRequired: false),
        ])

    /// `RepositoryMetadataSet` of the specification.
    static let repositoryMetadataSet = RecordType(
        "RepositoryMetadataSet",
        [
            Field("metadata", .map(.string))
        ])

    /// `RepositoryMetadataKeys` of the specification.
    static let repositoryMetadataKeys = RecordType(
        "RepositoryMetadataKeys",
        [
            Field("keys", .list(.string))
        ])

    /// `RefList` of the specification.
    static let refList = page("RefList", of: .ref)

    /// `Ref` of the specification.
    static let ref = RecordType(
        "Ref",
        [
            Field("id", .string),
            Field("commit_id", .string),
        ])

    /// `BranchCreation` of the specification.
    static let branchCreation = RecordType(
        "BranchCreation",
        [
            Field("name", .string),
            Field("source", .string),
            Field("force", .bool, isRequired: false),
            Field("hidden", .bool, isRequired: false),
        ])

    /// `DiffList` of the specification.
    static let diffList = page("DiffList", of: .diff)

    /// `ResetCreation` of the specification.
    static let resetCreation = RecordType(
        "ResetCreation",
        [
            Field("type", .enumeration(["object", "common_prefix", "reset"])),
            Field("path", .string, isRequired: false),
            Field("force", .bool, isRequired: false),
        ])

    /// `RevertCreation` of the specification.
    static let revertCreation = RecordType(
        "RevertCreation",
        [
            Field("ref", .string),
            Field("commit_overrides", .record(.commitOverrides), isRequired: false),
            Field("parent_number", .int),
            Field("force", .bool, isRequired: false),
            Field("allow_empty", .bool, isRequired: false),
        ])

    /// `CherryPickCreation` of the specification.
    static let cherryPickCreation = RecordType(
        "CherryPickCreation",
        [
            Field("ref", .string),
            Field("parent_number", .int, isRequired: false),
            Field("commit_overrides", .record(.commitOverrides), isRequired: false),
            Field("force", .bool, isRequired: false),
        ])

    /// `FindMergeBaseResult` of the specification.
    static let findMergeBaseResult = RecordType(
        "FindMergeBaseResult",
        [
            Field("source_commit_id", .string),
            Field("destination_commit_id", .string),
            Field("base_commit_id", .string),
        ])

    /// `Merge` of the specification.
    static let merge = RecordType(
        "Merge",
        [
            Field("message", .string, isRequired: false),
            Field("metadata", .map(.string), isRequired: false),
            Field("strategy", .string, isRequired: false),
            Field("force", .bool, isRequired: false),
            Field("allow_empty", .bool, isRequired: false),
            Field("squash_merge", .bool, isRequired: false),
        ])

    /// `MergeResult` of the specification.
    static let mergeResult = RecordType(
        "MergeResult",
        [
            Field("reference", .string)
        ])

    /// `TagCreation` of the specification.
    static let tagCreation = RecordType(
        "TagCreation",
        [
            Field("id", .string),
            Field("ref", .string),
            Field("force", .bool, isRequired: false),
        ])

    /// `ObjectStatsList` of the specification.
    static let objectStatsList = page("ObjectStatsList", of: .objectStats)

    /// `UnderlyingObjectProperties` of the specification.
    static let underlyingObjectProperties = RecordType(
        "UnderlyingObjectProperties",
        [
            Field("storage_class", .string, isRequired: false)
        ])

    /// `ObjectStageCreation` of the specification.
    static let objectStageCreation = RecordType(
        "ObjectStageCreation",
        [
            Field("physical_address", .string),
            Field("checksum", .string),
            Field("size_bytes", .int, format: .size),
            Field("mtime", .int, isRequired: false, format: .time),
            Field("metadata", .map(.string), isRequired: false),
            Field("content_type", .string, isRequired: false),
            Field("force", .bool, isRequired: false),
        ])

    /// `ObjectCopyCreation` of the specification.
    static let objectCopyCreation = RecordType(
        "ObjectCopyCreation",
        [
            Field("src_path", .string),
            Field("src_ref", .string, isRequired: false),
            Field("force", .bool, isRequired: false),
            Field("shallow", .bool, isRequired: false),
        ])

    /// `UpdateObjectUserMetadata` of the specification.
    static let updateObjectUserMetadata = RecordType(
        "UpdateObjectUserMetadata",
        [
            Field("set", .map(.string))
        ])

    /// `PathList` of the specification.
    static let pathList = RecordType(
        "PathList",
        [
            Field("paths", .list(.string))
        ])

    /// `ObjectErrorList` of the specification.
    static let objectErrorList = RecordType(
        "ObjectErrorList",
        [
            Field("errors", .list(.record(.objectError)))
        ])

    /// `StagingLocation` of the specification.
    static let stagingLocation = RecordType(
        "StagingLocation",
        [
            Field("physical_address", .string, isRequired: false),
            Field("presigned_url", .secret, isRequired: false),
            Field("presigned_url_expiry", .int, isRequired: false, format: .time),
        ])

    /// `StagingMetadata` of the specification.
    static let stagingMetadata = RecordType(
        "StagingMetadata",
        [
            Field("staging", .record(.stagingLocation)),
            Field("checksum", .string),
            Field("size_bytes", .int, format: .size),
            Field("user_metadata", .map(.string), isRequired: false),
            Field("content_type", .string, isRequired: false),
            Field("mtime", .int, isRequired: false, format: .time),
            Field("force", .bool, isRequired: false),
        ])

    /// `BranchProtectionRule` of the specification.
    static let branchProtectionRule = RecordType(
        "BranchProtectionRule",
        [
            Field("pattern", .string)
        ])

    /// Makes the schema of a page of a listing.
    static func page(_ name: String, of item: RecordType) -> RecordType {
        RecordType(
            name, [Field("pagination", .record(.pagination)), Field("results", .list(.record(item)))], page: .lakeFS)
    }

    /// `Pagination` of the specification.
    static let pagination = RecordType(
        "Pagination",
        [
            Field("has_more", .bool),
            Field("next_offset", .string),
            Field("results", .int),
            Field("max_per_page", .int),
        ])

    /// `UploadPart` of the specification.
    static let uploadPart = RecordType(
        "UploadPart",
        [
            Field("part_number", .int),
            Field("etag", .string),
        ])

    /// `CopyPartSource` of the specification.
    static let copyPartSource = RecordType(
        "CopyPartSource",
        [
            Field("repository", .string),
            Field("ref", .string),
            Field("path", .string),
            Field("range", .string, isRequired: false),
        ])

    /// `Diff` of the specification.
    static let diff = RecordType(
        "Diff",
        [
            Field("type", .enumeration(["added", "removed", "changed", "conflict", "prefix_changed"])),
            Field("path", .string),
            Field("path_type", .enumeration(["common_prefix", "object"])),
            Field("size_bytes", .int, isRequired: false, format: .size),
            Field("right", .record(.diffObjectStat), isRequired: false),
        ])

    /// `ObjectError` of the specification.
    static let objectError = RecordType(
        "ObjectError",
        [
            Field("status_code", .int),
            Field("message", .string),
            Field("path", .string, isRequired: false),
        ])

    /// `DiffObjectStat` of the specification.
    static let diffObjectStat = RecordType(
        "DiffObjectStat",
        [
            Field("checksum", .string),
            Field("mtime", .int, format: .time),
            Field("content_type", .string),
            Field("metadata", .map(.string), isRequired: false),
        ])
}
