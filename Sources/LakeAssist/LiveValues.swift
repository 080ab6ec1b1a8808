package import LakeScript

/// Where completion gets the values of a server from: never at once, never by waiting.
package protocol LiveValues {
    /// What is known of the things a parameter names, given the arguments that stand before it by their parameters'
    /// names, and what has been typed. What is not known is asked for in the background.
    func values(of role: Parameter.Role, typed: String, arguments: [String: String]) -> LiveAnswer
}

/// What is known of a server's values.
package enum LiveAnswer: Equatable, Sendable {
    case candidates([Candidate])
    /// Asked for; what an earlier question gave is shown meanwhile.
    case loading([Candidate])
    /// The server's error.
    case failed(String)
    /// No server, or something that stands before is not known.
    case unknown
}

/// How the things that a role names are listed: which operation, which fields say what.
struct LiveListing: Sendable {
    let command: String
    /// Parameters of the operation that are filled by what stands before, by the same name.
    var needs: [String] = []
    /// The parameter that takes what has been typed.
    var prefix: String? = "prefix"
    /// The item's field that is put in.
    var name = "id"
    /// Fields that describe it, in order.
    var describes: [String] = []

    /// The listings of a role, in the order of their candidates.
    static func listings(of role: Parameter.Role) -> [LiveListing] {
        switch role {
        case .user: [LiveListing(command: "list_users", describes: ["friendly_name", "email"])]
        case .group: [LiveListing(command: "list_groups", describes: ["name", "description"])]
        case .policy: [LiveListing(command: "list_policies")]
        case .accessKey:
            [LiveListing(command: "list_user_credentials", needs: ["user_id"], name: "access_key_id")]
        case .repository: [LiveListing(command: "list_repositories", describes: ["storage_namespace"])]
        case .branch: [branches]
        case .tag: [tags]
        case .commit, .ref: [branches, tags, commits]
        case .path, .prefix: [LiveListing(command: "list_objects", needs: ["repository", "ref"], name: "path")]
        case .plain, .file, .folder, .command, .operation, .field, .profile, .topic: []
        }
    }

    /// Every listing by its command.
    static let all: [String: LiveListing] = {
        let roles: [Parameter.Role] = [.user, .group, .policy, .accessKey, .repository, .ref, .path]
        let listings = roles.flatMap { LiveListing.listings(of: $0) }
        return Dictionary(listings.map { ($0.command, $0) }, uniquingKeysWith: { $1 })
    }()

    private static let branches = LiveListing(command: "list_branches", needs: ["repository"], describes: ["commit_id"])
    private static let tags = LiveListing(command: "list_tags", needs: ["repository"], describes: ["commit_id"])
    private static let commits = LiveListing(
        command: "log_commits", needs: ["repository", "ref"], prefix: nil, describes: ["message", "committer"])
}
