package import LakeScript

/// The entities of lakeFS that parameters name. A role's name is the server's noun.
extension Parameter.Role {
    package static let user = Self("user", isTarget: true)
    package static let group = Self("group", isTarget: true)
    package static let policy = Self("policy", isTarget: true)
    package static let accessKey = Self("key")
    package static let repository = Self("repository", isTarget: true, isContainer: true)
    package static let branch = Self("branch", isTarget: true)
    package static let tag = Self("tag", isTarget: true)
    /// A branch, a tag, a commit's id, or one that counts from them.
    package static let ref = Self("ref", relative: relative)
    package static let commit = Self("commit", relative: relative)
    /// An object.
    package static let path = Self("path", isTarget: true)
    /// The beginning of names of objects.
    package static let prefix = Self("prefix")
    package static let operation = Self("operation")

    private static let relative: Relative = (
        branch.name, "~^@", "done twice it goes back twice: take the commit's id from get_commit"
    )
}
