package import LakeScript

/// What is known of a server's users, groups and policies, so that a call can be played on it before it is sent: a
/// directory that holds a part of the server's.
package struct AccessRights: Sendable {
    private var directory = Directory()

    package init() {}

    /// Adds a user with the policies that are attached to them, as a listing gives these.
    package mutating func addUser(_ id: String, policies: [Value]) {
        try? directory.add(User(id: id, createdAt: 0))
        attach(policies.map(Policy.init), to: .user(id))
    }

    /// Adds a group with its policies, and a member if there is one.
    package mutating func addGroup(_ id: String, member: String?, policies: [Value]) {
        add(id, member, policies.map(Policy.init))
    }

    /// Adds a group with its access control list, and a member if there is one.
    package mutating func addGroup(_ id: String, member: String?, permission: String) {
        add(id, member, [AccessControlList.policy(of: id, permission, at: 0)].compactMap(\.self))
    }

    /// Adds a policy that is attached to nobody who is known here.
    package mutating func addPolicy(_ policy: Value) { try? directory.add(Policy(policy)) }

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

    /// How a user comes to be without a permission.
    package struct Loss: Sendable, Equatable {
        /// The pattern that denies it; nil where nothing allows it any more.
        package let denial: String?
        /// Whether it depends on a statement's condition.
        package let isConditional: Bool
    }

    /// Says whether a user has a permission now and might be without it after a call; nil where nothing is lost.
    ///
    /// Whether a condition holds cannot be seen from here. Of what is there already, it is looked at both ways: what
    /// holds without conditions must not come to depend on one. In what the call brings, the condition of an allow does
    /// not hold, and that of a deny does.
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
        return Evaluation(user: user, policies: [policy], isExtended: true, context: [:]).verdict(on: .need(permission))
    }

    /// The rights after a call. What the server would refuse changes nothing.
    private func playing(_ call: OperationCall) -> AccessRights {
        var later = self
        try? later.play(call)
        return later
    }

    private mutating func play(_ call: OperationCall) throws(Directory.Failure) {
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
    /// A policy as servers show it.
    fileprivate init(_ value: Value) { self.init(id: value["id"].text ?? "", value["statement"]) }

    fileprivate init(id: String, _ statements: Value) {
        self.init(id: id, createdAt: 0, statements: (statements.items ?? []).map(Statement.init))
    }
}

extension [Statement] {
    /// The statements with their conditions decided: in favour of whom they are about, or against.
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
