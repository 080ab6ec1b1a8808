internal import LakeScript

// Facts derived from an operation's literal.

extension Operation {
    /// The paths of the secret fields in requests and in responses.
    package var secretFields: (sent: [String], received: [String]) {
        let sent = bodyFields.flatMap { Operation.secrets(in: $0.type, at: $0.name) }
        return (sent, answers.values.flatMap { $0.map { Operation.secrets(in: $0, at: "") } ?? [] })
    }

    private static func secrets(in type: ValueType, at path: String) -> [String] {
        switch type {
        case .secret: [path]
        case .list(let item), .map(let item): secrets(in: item, at: path + "[]")
        case .optional(let wrapped): secrets(in: wrapped, at: path)
        case .record(let record):
            record.fields.flatMap { secrets(in: $0.type, at: path.isEmpty ? $0.name : path + "." + $0.name) }
        case .any, .null, .bool, .int, .float, .string, .enumeration, .duration, .bytes: []
        }
    }

    /// True if a call may revoke its caller's own access: the key, the user, or the permission to grant permissions.
    /// Attaching a policy counts too, since a policy may deny.
    package var mayLockOut: Bool { Operation.lockingOut.contains(name) }

    private static let lockingOut: Set<String> = [
        "delete_credentials", "delete_user", "delete_group", "add_group_membership", "delete_group_membership",
        "attach_policy_to_user", "detach_policy_from_user", "attach_policy_to_group", "detach_policy_from_group",
        "delete_policy", "update_policy", "set_group_acl",
    ]

    /// Describes how to undo a destructive call; nil if it cannot be undone completely.
    package var undo: String? { Operation.undos[name] }

    private static let undos = [
        "hard_reset_branch": "hard_reset_branch to the commit that the branch is at now",
        "delete_tag": "create_tag at its commit",
        "delete_group_membership": "add_group_membership",
        "detach_policy_from_user": "attach_policy_to_user",
        "detach_policy_from_group": "attach_policy_to_group",
    ]

    // MARK: Meaning of a status

    /// All known statuses in order: those of the specification and those that servers send in addition.
    package var statuses: [Int] { Set(Array(answers.keys) + errors + Array(meanings.keys)).sorted() }

    /// Returns the meaning of a status for this operation.
    package func meaning(of status: Int) -> String {
        if let meaning = meanings[status] { return meaning }
        if let answer = answers[status] { return answer?.phrase ?? "done; the answer is empty" }
        switch status {
        case 400: return body == nil ? "a parameter is malformed or out of bounds" : "a field is missing or refused"
        case 401: return permission.map { "not logged in, or without \($0)" } ?? "not logged in"
        case 403: return "the branch is protected, or the repository is read-only"
        case 404: return absence
        case 409: return conflict
        case 410: return "the repository is being deleted"
        case 412: return "a precondition does not hold"
        case 416: return "no such range of bytes"
        case 420, 423, 429: return "too many at a time: try again later"
        case 501: return "this server does not have it"
        default: return "the server failed"
        }
    }

    private var absence: String {
        let nouns = parameters.filter { $0.place == .path || $0.role != .plain }.compactMap { parameter -> String? in
            switch parameter.role {
            case .path: "object"
            case .ref: "branch, tag or commit"
            case .user, .group, .policy, .accessKey, .repository, .branch, .tag, .commit: parameter.role.name
            default: nil
            }
        }
        guard let last = nouns.last else { return "it does not exist" }
        return "no such " + (nouns.count > 1 ? nouns.dropLast().joined(separator: ", ") + " or " : "") + last
    }

    private var conflict: String {
        switch ensure {
        case .conflict: "it is so already"
        case .existing: "the name is taken"
        case .absent, nil: "it conflicts with what is there"
        }
    }
}
