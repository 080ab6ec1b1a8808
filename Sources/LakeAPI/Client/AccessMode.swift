import LakeScript

/// The access control of a server. It is asked once, before the first write that needs users and groups, so that
/// nothing is left half done on a server without them.
enum AccessMode {
    /// One user with one pair of keys: lakeFS open source since 1.33.
    case single
    /// Groups with access control lists, no policies.
    case lists
    /// Users, groups and policies.
    case full

    /// The operation that tells it; it needs no keys.
    static let question = "get_setup_state"

    /// A phrase for what such a server has.
    var summary: String {
        switch self {
        case .single: "one user"
        case .lists: "users and groups, no policies"
        case .full: "users, groups and policies"
        }
    }

    /// Reads the set-up state. Servers older than the choice do not tell it and have everything.
    init(_ answer: Value) {
        switch answer["login_config"]["RBAC"].text {
        case "none": self = .single
        case "simplified": self = .lists
        default: self = .full
        }
    }

    /// The failure if such a server lacks the operation; nil if it has it.
    func refusal(of operation: Operation) -> Failure? {
        guard operation.needsAccessControl else { return nil }
        switch self {
        case .single: return AccessMode.noGroups(operation)
        case .lists where operation.path.contains("/policies"):
            return .noAccessControl(
                operation, "this server keeps access control lists and has no policies",
                needs: "lakeFS with policies; for a group's rights here: set_group_acl")
        case .lists, .full: return nil
        }
    }

    /// The failure of an operation that needs groups on an open-source server.
    static func noGroups(_ operation: Operation) -> Failure {
        .noAccessControl(
            operation, "this server has one user and no groups (lakeFS open source since 1.33 answers 501)",
            needs: "lakeFS with access control")
    }
}
