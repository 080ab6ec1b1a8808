package import LakeScript

/// Known users, groups and policies of a server: a partial copy of its directory, used to predict the effect of a call.
package struct AccessRights: Sendable {
    private var directory = Directory()

    package init() {}

    /// Adds a user with the attached policies, in the form of a listing.
    package mutating func addUser(_ id: String, policies: [Value]) {
        try? directory.add(User(id: id, createdAt: 0))
        attach(policies.map(Policy.init), to: .user(id))
    }

    /// Adds a group with its policies, and optionally a member.
    package mutating func addGroup(_ id: String, member: String?, policies: [Value]) {
        add(id, member, policies.map(Policy.init))
    }

    /// Adds a group with its access control list, and optionally a member.
    package mutating func addGroup(_ id: String, member: String?, permission: String) {
        add(id, member, [AccessControlList.policy(of: id, permission, at: 0)].compactMap(\.self))
    }

    /// Adds a policy without attaching it.
    package mutating func addPolicy(_ policy: Value) { try? directory.add(Policy(policy)) }

    /// Returns true if one of the policies denies something.
    package static func hasDeny(in policies: [Value]) -> Bool {
        policies.contains { Policy($0).statements.contains(where: \.isDeny) }
    }

    private mutating func add(_ id: String, _ member: String?, _ policies: [Policy]) {
        try? directory.add(Group(id: id, createdAt: 0))
        if let member { try? directory.addMember(member, to: id) }
        attach(policies, to: .group(id))
    }

    private mutating func attach(_ policies: [Policy], to holder: Directory.Holder) {
        for policy in policies {
            directory.put(policy)
            try? directory.attach(policy.id, to: holder)
        }
    }

    // MARK: What a call makes of it

    /// Loss of a permission.
    package struct Loss: Sendable, Equatable {
        /// Pattern of the deny; nil if no policy allows the permission any more.
        package let denial: String?
        /// True if the loss depends on the condition of a statement.
        package let isConditional: Bool
    }

    /// Returns the loss of a permission that a user has now and might not have after a call; nil if nothing is lost.
    ///
    /// The outcome of conditions is unknown here. Existing statements are evaluated both ways: a permission that holds
    /// without conditions must not come to depend on one. In statements that the call adds, conditions of an allow
    /// count as false, and those of a deny as true.
    package func loss(of permission: Permission, for user: String, by call: OperationCall) -> Loss? {
        let before = statements(of: user)
        let after = playing(call).statements(of: user)
        let (kept, brought) = (after.filter(before.contains), after.filter { !before.contains($0) })
        for isHelping in [true, false] where verdict(before.settled(isHelping), user, permission) == .allowed {
            let verdict = verdict(kept.settled(isHelping) + brought.settled(false), user, permission)
            guard verdict != .allowed else { continue }
            let isConditional = self.verdict(after.settled(true), user, permission) == .allowed
            guard case .denied(let pattern) = verdict else { return Loss(denial: nil, isConditional: isConditional) }
            return Loss(denial: pattern, isConditional: isConditional)
        }
        return nil
    }

    private func statements(of user: String) -> [Statement] {
        directory.evaluation(for: user, isExtended: true, context: [:]).policies.flatMap(\.statements)
    }

    private func verdict(_ statements: [Statement], _ user: String, _ permission: Permission) -> Verdict {
        let policy = Policy(id: "", createdAt: 0, statements: statements)
        return Evaluation(user: user, policies: [policy], isExtended: true, context: [:]).verdict(on: permission)
    }

    /// Returns the rights after a call; unchanged if the server would refuse it.
    private func playing(_ call: OperationCall) -> AccessRights {
        var later = self
        try? later.play(call)
        return later
    }

    private mutating func play(_ call: OperationCall) throws(Fault) {
        func text(_ parameter: String) -> String { call.arguments[parameter]?.text ?? "" }
        let (user, group, policy) = (text("user_id"), text("group_id"), text("policy_id"))
        switch call.command {
        case "delete_user": try directory.removeUser(user, withCredentials: true)
        case "delete_group": try directory.removeGroup(group)
        case "add_group_membership": try directory.addMember(user, to: group)
        case "delete_group_membership": try directory.removeMember(user, from: group)
        case "attach_policy_to_user": try directory.attach(policy, to: .user(user))
        case "attach_policy_to_group": try directory.attach(policy, to: .group(group))
        case "detach_policy_from_user": try directory.detach(policy, from: .user(user))
        case "detach_policy_from_group": try directory.detach(policy, from: .group(group))
        case "delete_policy": try directory.removePolicy(policy)
        case "update_policy":
            _ = try directory.policy(policy)
            directory.put(Policy(id: policy, call.arguments["statement"] ?? .null))
        case "set_group_acl":
            _ = try directory.group(group)
            guard let list = AccessControlList.policy(of: group, text("permission"), at: 0) else { return }
            directory.put(list)
            directory.setOnlyPolicy(list.id, of: group)
        default: break
        }
    }
}

extension Policy {
    /// Reads a policy in the form of the API.
    fileprivate init(_ value: Value) { self.init(id: value["id"].text ?? "", value["statement"]) }

    fileprivate init(id: String, _ statements: Value) {
        self.init(id: id, createdAt: 0, statements: (statements.items ?? []).map { Statement($0).withoutError })
    }
}

extension Statement {
    /// The statement; a deny if servers cannot evaluate its condition, because they deny then, whatever its effect.
    fileprivate var withoutError: Statement {
        guard let condition, Condition.holds(condition, in: ["SourceIp": "0.0.0.0"]) == nil else { return self }
        return Statement(isDeny: true, actions: actions, resource: resource)
    }
}

extension [Statement] {
    /// Returns the statements with their conditions decided in favour of the user or against them.
    fileprivate func settled(_ isHelping: Bool) -> [Statement] {
        compactMap { statement in
            guard statement.condition?.isEmpty == false else { return statement }
            guard statement.isDeny != isHelping else { return nil }
            var statement = statement
            statement.condition = nil
            return statement
        }
    }
}
