import LakeScript

// The parameters that many operations have.

extension OperationParameter {
    /// Only what begins so.
    static let prefix = OperationParameter("prefix", .query, role: .prefix, summary: "only what begins so")
    /// The page after this one's `next_offset`.
    static let after = OperationParameter("after", .query, summary: "the page after this one's `next_offset`")
    /// How many a page; the server gives at most 1000.
    static let amount = OperationParameter(
        "amount", .query, .int, default: 100, minimum: -1, maximum: 1000,
        summary: "how many a page; the server gives at most 1000")
    /// The user's id.
    static let user = OperationParameter("userId", role: .user, summary: "the user's id")
    /// The policy's id.
    static let policy = OperationParameter("policyId", role: .policy, summary: "the policy's id")
    /// The group's id.
    static let group = OperationParameter("groupId", role: .group, summary: "the group's id")
    /// The access key's id.
    static let accessKey = OperationParameter("accessKeyId", role: .accessKey, summary: "the access key's id")
    /// The cloud role's ARN.
    static let principal = OperationParameter("principalId", .query, isRequired: true, summary: "the cloud role's ARN")
    /// The repository.
    static let repository = OperationParameter("repository", role: .repository, summary: "the repository")
    /// The branch.
    static let branch = OperationParameter("branch", role: .branch, summary: "the branch")
    /// The object's path.
    static let path = OperationParameter("path", .query, isRequired: true, role: .path, summary: "the object's path")
    /// The upload's id.
    static let upload = OperationParameter("uploadId", summary: "the upload's id")
    /// The part's number, from 1.
    static let partNumber = OperationParameter(
        "partNumber", .path, .int, minimum: 1, maximum: 10000, summary: "the part's number, from 1")
    /// Also where the repository is read-only.
    static let force = OperationParameter(
        "force", .query, .bool, default: false, summary: "also where the repository is read-only")
    /// Folds what follows it into one entry.
    static let delimiter = OperationParameter("delimiter", .query, summary: "folds what follows it into one entry")
    /// A branch, tag, commit id, or `main~1`.
    static let ref = OperationParameter(
        "ref", .query, isRequired: true, role: .ref, summary: "a branch, tag, commit id, or `main~1`")
    /// The tag.
    static let tag = OperationParameter("tag", role: .tag, summary: "the tag")
    /// With the objects' metadata.
    static let userMetadata = OperationParameter(
        "user_metadata", .query, .bool, default: true, summary: "with the objects' metadata")
    /// Gives an address of the object store instead.
    static let presign = OperationParameter(
        "presign", .query, .bool, summary: "gives an address of the object store instead")
    /// The bytes wanted: `bytes=0-99`.
    static let range = OperationParameter("Range", .header, summary: "the bytes wanted: `bytes=0-99`")
    /// `*`: only where there is none yet.
    static let ifNoneMatch = OperationParameter("If-None-Match", .header, summary: "`*`: only where there is none yet")
    /// Only while its ETag is this.
    static let ifMatch = OperationParameter("If-Match", .header, summary: "only while its ETag is this")
    /// Leaves no mark where nothing is committed.
    static let noTombstone = OperationParameter(
        "no_tombstone", .query, .bool, default: false, summary: "leaves no mark where nothing is committed")
}

extension [OperationParameter] {
    /// What every listing takes: which page, how much of it, and of what.
    static let page: [OperationParameter] = [.prefix, .after, .amount]
}
