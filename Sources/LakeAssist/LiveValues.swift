internal import LakeAPI
package import LakeScript

/// Provides a server's values for completion without blocking.
package protocol LiveValues {
    /// Returns the known entities of a parameter's role in a command, given the typed text and the arguments before it by
    /// parameter name. Unknown ones are fetched in the background.
    func values(of role: Parameter.Role, for command: String, typed: String, arguments: [String: String]) -> LiveAnswer
}

/// The known values of a server.
package enum LiveAnswer: Equatable, Sendable {
    case candidates([Candidate])
    /// The first ones of more than a page.
    case part([Candidate])
    /// The values are being fetched; these are stale ones or none.
    case loading([Candidate])
    /// The server's error.
    case failed(String)
    /// There is no server, or an argument before it is unknown.
    case unknown
}

/// The listing for a role: an operation, and the fields that a candidate is made of.
struct LiveListing: Sendable {
    let command: String
    /// Parameters of the operation that are filled by preceding arguments of the same name.
    var needs: [String] = []
    /// The parameter that takes the typed text.
    var prefix: String? = "prefix"
    /// The item's field that is inserted.
    var name = "id"
    /// The fields that make up the description, in order.
    var describes: [String] = []
    /// The field with the time of the item.
    var time: String?

    /// The listings of what a command takes away, which are shorter than those of the role.
    private static let taken: [String: [Parameter.Role: LiveListing]] = [
        "delete_group_membership": [.user: LiveListing(command: "list_group_members", needs: ["group_id"])],
        "detach_policy_from_user": [.policy: LiveListing(command: "list_user_policies", needs: ["user_id"])],
        "detach_policy_from_group": [.policy: LiveListing(command: "list_group_policies", needs: ["group_id"])],
    ]

    /// Returns the listings of a role in a command, in the order of their candidates.
    static func listings(of role: Parameter.Role, for command: String = "") -> [LiveListing] {
        if let listing = taken[command]?[role] { return [listing] }
        return switch role {
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
        default: []
        }
    }

    /// All listings by command.
    static let all: [String: LiveListing] = {
        let roles: [Parameter.Role] = [.user, .group, .policy, .accessKey, .repository, .ref, .path]
        let listings = roles.flatMap { LiveListing.listings(of: $0) } + taken.values.flatMap(\.values)
        return Dictionary(listings.map { ($0.command, $0) }, uniquingKeysWith: { $1 })
    }()

    private static let branches = LiveListing(command: "list_branches", needs: ["repository"], describes: ["commit_id"])
    private static let tags = LiveListing(command: "list_tags", needs: ["repository"], describes: ["commit_id"])
    private static let commits = LiveListing(
        command: "log_commits", needs: ["repository", "ref"], prefix: nil, describes: ["message", "committer"],
        time: "creation_date")
}
