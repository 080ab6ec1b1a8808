import LakeScript

// The parameters that many operations share.

extension OperationParameter {
    static let prefix = OperationParameter("prefix", .query, role: .prefix, summary: "only names that begin with this")
    static let after = OperationParameter("after", .query, summary: "the `next_offset` of the previous page")
    static let amount = OperationParameter(
        "amount", .query, .int, default: 100, minimum: -1, maximum: 1000,
        summary: "the number of items per page, at most 1000")
    static let user = OperationParameter("userId", role: .user, summary: "the user's id")
    static let policy = OperationParameter("policyId", role: .policy, summary: "the policy's id")
    static let group = OperationParameter("groupId", role: .group, summary: "the group's id")
    static let accessKey = OperationParameter("accessKeyId", role: .accessKey, summary: "the access key's id")
    static let principal = OperationParameter("principalId", .query, isRequired: true, summary: "the cloud role's ARN")
    static let repository = OperationParameter("repository", role: .repository, summary: "the repository")
    static let branch = OperationParameter("branch", role: .branch, summary: "the branch")
    static let path = OperationParameter("path", .query, isRequired: true, role: .path, summary: "the object's path")
    static let upload = OperationParameter("uploadId", summary: "the upload's id")
    static let partNumber = OperationParameter(
        "partNumber", .path, .int, minimum: 1, maximum: 10000, summary: "the part's number, from 1")
    static let force = OperationParameter(
        "force", .query, .bool, default: false, summary: "also on a read-only repository")
    static let delimiter = OperationParameter(
        "delimiter", .query, summary: "groups names at this text, as folders at `/`")
    static let ref = OperationParameter(
        "ref", .query, isRequired: true, role: .ref, summary: "a branch, tag, commit id, or `main~1`")
    static let tag = OperationParameter("tag", role: .tag, summary: "the tag")
    static let userMetadata = OperationParameter(
        "user_metadata", .query, .bool, default: true, summary: "includes the objects' metadata")
    static let presign = OperationParameter(
        "presign", .query, .bool, summary: "returns an address of the object store instead")
    static let range = OperationParameter("Range", .header, summary: "the range of bytes: `bytes=0-99`")
    static let ifNoneMatch = OperationParameter(
        "If-None-Match", .header, summary: "`*`: only if the object does not exist")
    static let ifMatch = OperationParameter("If-Match", .header, summary: "only if its ETag is this")
    static let noTombstone = OperationParameter(
        "no_tombstone", .query, .bool, default: false, summary: "leaves no tombstone if the object is not committed")
}

extension [OperationParameter] {
    /// The parameters of every listing.
    static let page: [OperationParameter] = [.prefix, .after, .amount]
}
