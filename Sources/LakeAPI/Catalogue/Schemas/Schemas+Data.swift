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
            Field("copy_source", .record(.copyPartSource), summary: "the object to copy a part of"),
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
            Field("name", .string, summary: "the repository's name"),
            Field("storage_id", .string, isRequired: false, summary: "the object store, where the server has several"),
            Field("storage_namespace", .string, summary: "the place of its objects: `s3://bucket/prefix`"),
            Field("default_branch", .string, isRequired: false, summary: "the first branch; by default main"),
            Field("sample_data", .bool, isRequired: false, summary: "with sample objects"),
            Field("read_only", .bool, isRequired: false, summary: "refuses changes without --force"),
        ])

    /// `RepositoryMetadataSet` of the specification.
    static let repositoryMetadataSet = RecordType(
        "RepositoryMetadataSet",
        [
            Field("metadata", .map(.string), summary: "keys and values to set")
        ])

    /// `RepositoryMetadataKeys` of the specification.
    static let repositoryMetadataKeys = RecordType(
        "RepositoryMetadataKeys",
        [
            Field("keys", .list(.string), summary: "the keys to delete")
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
            Field("name", .string, summary: "the branch's name"),
            Field("source", .string, summary: "the ref that it starts from"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
            Field("hidden", .bool, isRequired: false, summary: "not shown in listings"),
        ])

    /// `DiffList` of the specification.
    static let diffList = page("DiffList", of: .diff)

    /// `ResetCreation` of the specification.
    static let resetCreation = RecordType(
        "ResetCreation",
        [
            Field(
                "type", .enumeration(["object", "common_prefix", "reset"]),
                summary: "what is undone: one object, all below a prefix, or the whole branch"),
            Field("path", .string, isRequired: false, summary: "the object or the prefix; not for `reset`"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `RevertCreation` of the specification.
    static let revertCreation = RecordType(
        "RevertCreation",
        [
            Field("ref", .string, summary: "the commit to undo"),
            Field(
                "commit_overrides", .record(.commitOverrides), isRequired: false,
                summary: "another message and metadata for the new commit"),
            Field(
                "parent_number", .int,
                summary: "the parent that counts as before, from 1, for a merge; 0 for another commit"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
            Field("allow_empty", .bool, isRequired: false, summary: "also if nothing changes"),
        ])

    /// `CherryPickCreation` of the specification.
    static let cherryPickCreation = RecordType(
        "CherryPickCreation",
        [
            Field("ref", .string, summary: "the commit to repeat"),
            Field(
                "parent_number", .int, isRequired: false,
                summary: "the parent that counts as before, from 1, for a merge"),
            Field(
                "commit_overrides", .record(.commitOverrides), isRequired: false,
                summary: "another message and metadata for the new commit"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
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
            Field("message", .string, isRequired: false, summary: "the message of the commit"),
            Field("metadata", .map(.string), isRequired: false, summary: "keys and values to keep with it"),
            Field(
                "strategy", .string, isRequired: false,
                summary:
                    "whose side counts in a conflict: `source-wins` or `dest-wins`; by default a conflict is an error"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
            Field("allow_empty", .bool, isRequired: false, summary: "also if nothing changes"),
            Field("squash_merge", .bool, isRequired: false, summary: "as one commit, without the source as its parent"),
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
            Field("id", .string, summary: "the tag's name"),
            Field("ref", .string, summary: "the ref that it names"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
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
            Field("physical_address", .string, summary: "the address in the object store"),
            Field("checksum", .string, summary: "the checksum: the ETag that the object store gives"),
            Field("size_bytes", .int, format: .size, summary: "the size in bytes"),
            Field(
                "mtime", .int, isRequired: false, format: .time,
                summary: "when it was changed, in seconds since 1970"),
            Field("metadata", .map(.string), isRequired: false, summary: "keys and values to keep with it"),
            Field("content_type", .string, isRequired: false, summary: "the type of the content: `text/csv`"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `ObjectCopyCreation` of the specification.
    static let objectCopyCreation = RecordType(
        "ObjectCopyCreation",
        [
            Field("src_path", .string, summary: "the path of the object to copy"),
            Field("src_ref", .string, isRequired: false, summary: "the ref to copy from; by default the branch itself"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
            Field("shallow", .bool, isRequired: false, summary: "refers to the same content in the object store"),
        ])

    /// `UpdateObjectUserMetadata` of the specification.
    static let updateObjectUserMetadata = RecordType(
        "UpdateObjectUserMetadata",
        [
            Field("set", .map(.string), summary: "the metadata, which replaces the present one")
        ])

    /// `PathList` of the specification.
    static let pathList = RecordType(
        "PathList",
        [
            Field("paths", .list(.string), summary: "the paths of the objects")
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
            Field(
                "staging", .record(.stagingLocation),
                summary: "where the content is: what get_physical_address gave"),
            Field("checksum", .string, summary: "the checksum: the ETag that the object store gives"),
            Field("size_bytes", .int, format: .size, summary: "the size in bytes"),
            Field(
                "user_metadata", .map(.string), isRequired: false,
                summary: "keys and values to keep with the object"),
            Field("content_type", .string, isRequired: false, summary: "the type of the content: `text/csv`"),
            Field(
                "mtime", .int, isRequired: false, format: .time,
                summary: "when it was changed, in seconds since 1970"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `BranchProtectionRule` of the specification.
    static let branchProtectionRule = RecordType(
        "BranchProtectionRule",
        [
            Field("pattern", .string, summary: "a pattern of branches: `release-*`")
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
