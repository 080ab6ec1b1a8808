/// Who may use a sandbox, and for what: users, groups, policies, credentials, external principals.
///
/// The rules here are those that all imitated servers share; what a server does differently (texts, whether keys
/// outlive their user) its handlers decide by the profile.
struct Directory: Sendable {
    /// Why a change is not made.
    enum Failure: Error, Sendable {
        /// Something that must exist does not; the id that was looked for.
        case notFound(String)
        case alreadyExists
    }

    private(set) var users = SortedMap<User>()
    private(set) var groups = SortedMap<Group>()
    private(set) var policies = SortedMap<Policy>()
    /// Keys by user and id. They may outlive the user, and live again with the id.
    private(set) var credentials = SortedMap<SortedMap<Credential>>()
    /// External principal to user.
    private(set) var principals = SortedMap<String>()
    /// Groups to users.
    private(set) var members = Relation()
    /// Users to policies.
    private(set) var userPolicies = Relation()
    /// Groups to policies.
    private(set) var groupPolicies = Relation()
    /// Access key id to the user it was made for.
    private var keyOwners = SortedMap<String>()

    init() {}

    func user(_ id: String) throws(Failure) -> User {
        guard let user = users[id] else { throw .notFound(id) }
        return user
    }

    func group(_ id: String) throws(Failure) -> Group {
        guard let group = groups[id] else { throw .notFound(id) }
        return group
    }

    func policy(_ id: String) throws(Failure) -> Policy {
        guard let policy = policies[id] else { throw .notFound(id) }
        return policy
    }
}

// MARK: Users and their keys

extension Directory {
    mutating func add(_ user: User) throws(Failure) {
        guard users[user.id] == nil else { throw .alreadyExists }
        users[user.id] = user
    }

    /// Removes a user with memberships, attachments and external principals; the keys only where asked for.
    mutating func removeUser(_ id: String, withCredentials: Bool) throws(Failure) {
        _ = try user(id)
        users[id] = nil
        members.remove(right: id)
        userPolicies.remove(left: id)
        for entry in principals where isEqual(entry.item, id) { principals[entry.key] = nil }
        if withCredentials { removeAllCredentials(of: id) }
    }

    mutating func add(_ credential: Credential, for user: String) {
        credentials[user, default: SortedMap()][credential.key.id] = credential
        keyOwners[credential.key.id] = user
    }

    /// Removes a key of that user, if it is one.
    mutating func removeCredential(_ key: String, of user: String) {
        guard credentials[user]?[key] != nil else { return }
        credentials[user]?[key] = nil
        keyOwners[key] = nil
    }

    private mutating func removeAllCredentials(of user: String) {
        for key in credentials[user]?.keys ?? [] { keyOwners[key] = nil }
        credentials[user] = nil
    }

    /// A key and its user, who must exist.
    func credential(_ key: String) -> (user: User, credential: Credential)? {
        guard let owner = keyOwners[key], let user = users[owner], let credential = credentials[owner]?[key] else {
            return nil
        }
        return (user, credential)
    }

    /// The user of a pair of keys; nil where they are not right.
    func user(of key: String, _ secret: String) -> User? {
        guard let (user, credential) = credential(key), isEqual(credential.key.secret, secret) else { return nil }
        return user
    }
}

// MARK: Groups and policies

extension Directory {
    mutating func add(_ group: Group) throws(Failure) {
        guard groups[group.id] == nil else { throw .alreadyExists }
        groups[group.id] = group
    }

    mutating func removeGroup(_ id: String) throws(Failure) {
        _ = try group(id)
        groups[id] = nil
        members.remove(left: id)
        groupPolicies.remove(left: id)
    }

    /// Adds a member; the user is looked for first.
    mutating func addMember(_ user: String, to group: String) throws(Failure) {
        try requireMembership(user, group)
        guard members.link(group, user) else { throw .alreadyExists }
    }

    mutating func removeMember(_ user: String, from group: String) throws(Failure) {
        try requireMembership(user, group)
        members.unlink(group, user)
    }

    private func requireMembership(_ user: String, _ group: String) throws(Failure) {
        _ = try self.user(user)
        _ = try self.group(group)
    }

    mutating func add(_ policy: Policy) throws(Failure) {
        guard policies[policy.id] == nil else { throw .alreadyExists }
        policies[policy.id] = policy
    }

    /// Adds a policy, or takes the place of the one with its id.
    mutating func put(_ policy: Policy) { policies[policy.id] = policy }

    mutating func removePolicy(_ id: String) throws(Failure) {
        _ = try policy(id)
        policies[id] = nil
        userPolicies.remove(right: id)
        groupPolicies.remove(right: id)
    }

    /// Who a policy is attached to.
    enum Holder: Sendable {
        case user(String)
        case group(String)
    }

    /// Attaches a policy; the holder is looked for first.
    mutating func attach(_ policy: String, to holder: Holder) throws(Failure) {
        try require(policy, holder)
        let isNew =
            switch holder {
            case .user(let id): userPolicies.link(id, policy)
            case .group(let id): groupPolicies.link(id, policy)
            }
        guard isNew else { throw .alreadyExists }
    }

    mutating func detach(_ policy: String, from holder: Holder) throws(Failure) {
        try require(policy, holder)
        switch holder {
        case .user(let id): userPolicies.unlink(id, policy)
        case .group(let id): groupPolicies.unlink(id, policy)
        }
    }

    /// Leaves a group with that policy and no other.
    mutating func setOnlyPolicy(_ policy: String, of group: String) {
        groupPolicies.remove(left: group)
        _ = groupPolicies.link(group, policy)
    }

    private func require(_ policy: String, _ holder: Holder) throws(Failure) {
        switch holder {
        case .user(let id): _ = try user(id)
        case .group(let id): _ = try group(id)
        }
        _ = try self.policy(policy)
    }

    /// The ids of all policies that count for a user, attached or by way of groups, in order.
    func effectivePolicies(of user: String) -> SortedSet {
        var ids = userPolicies[left: user]
        for group in members[right: user].keys {
            for policy in groupPolicies[left: group].keys { ids.insert(policy) }
        }
        return ids
    }
}

// MARK: External principals

extension Directory {
    mutating func addPrincipal(_ id: String, for user: String) throws(Failure) {
        _ = try self.user(user)
        guard principals[id] == nil else { throw .alreadyExists }
        principals[id] = user
    }

    mutating func removePrincipal(_ id: String, of user: String) throws(Failure) {
        _ = try self.user(user)
        guard let owner = principals[id], isEqual(owner, user) else { throw .notFound(id) }
        principals[id] = nil
    }

    /// The principals of a user.
    func principals(of user: String) -> SortedSet {
        var ids = SortedSet()
        for entry in principals where isEqual(entry.item, user) { ids.insert(entry.key) }
        return ids
    }
}

/// Whether two ids are the same bytes.
package func isEqual(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
