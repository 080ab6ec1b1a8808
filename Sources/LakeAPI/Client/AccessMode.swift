import LakeScript

/// How a server decides what somebody may do: asked once, before the first write that needs users and groups, so that
/// nothing is half done on a server that has none.
enum AccessMode {
    /// One user and one pair of keys: lakeFS open source since 1.33.
    case single
    /// Groups with access control lists, no policies.
    case lists
    /// Users, groups and policies.
    case full

    /// The question, which needs no keys.
    static let question = "get_setup_state"

    /// Reads the answer; servers before there was a choice say nothing and have everything.
    init(_ answer: Value) {
        switch answer["login_config"]["RBAC"].text {
        case "none": self = .single
        case "simplified": self = .lists
        default: self = .full
        }
    }

    /// What to say where a server of this kind lacks the operation; nil where it has it.
    func refusal(of operation: Operation) -> Failure? {
        guard operation.needsAccessControl else { return nil }
        switch self {
        case .single: return AccessMode.noGroups(operation)
        case .lists where operation.path.contains("/policies"):
            return AccessMode.failure(
                "this server keeps access control lists and has no policies", operation,
                needs: "lakeFS with policies; for a group's rights here: set_group_acl")
        case .lists, .full: return nil
        }
    }

    /// What an open-source server's 501 means, also where its mode was not asked for.
    static func noGroups(_ operation: Operation) -> Failure {
        failure(
            "this server has one user and no groups (lakeFS open source since 1.33 answers 501)", operation,
            needs: "lakeFS with access control")
    }

    private static func failure(_ message: String, _ operation: Operation, needs: String) -> Failure {
        var failure = Failure(.operation, message, notes: ["\(operation.name) needs \(needs)"])
        failure.operation = operation.name
        return failure
    }
}
