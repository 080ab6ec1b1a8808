/// Users of a sandbox and their rights: groups, policies, credentials, external principals.
///
/// It holds the rules that all imitated servers share. The handlers handle the differences.
struct Directory: Sendable {
    /// True if faults name the id that does not exist (0.90).
    let namesMissing: Bool
    private(set) var users = SortedMap<User>()
    private(set) var groups = SortedMap<Group>()
    private(set) var policies = SortedMap<Policy>()
    /// Keys by user and id. They may outlive the user, and become valid again with a new user of the same id.
    private(set) var credentials = SortedMap<SortedMap<Credential>>()
    /// Users by external principal.
    private(set) var principals = SortedMap<String>()
    /// Groups and their users.
    private(set) var members = Relation()
    /// Users and their policies.
    private(set) var userPolicies = Relation()
    /// Groups and their policies.
    private(set) var groupPolicies = Relation()
    /// Users by access key id.
    private var keyOwners = SortedMap<String>()

    init(namesMissing: Bool = false) { self.namesMissing = namesMissing }

    /// The fault of an id that does not exist.
    func missing(_ id: String) -> Fault { namesMissing ? Fault.notFound.within(id) : .notFound }

    func user(_ id: String) throws(Fault) -> User { try item(id, of: users) }
    func group(_ id: String) throws(Fault) -> Group { try item(id, of: groups) }
    func policy(_ id: String) throws(Fault) -> Policy { try item(id, of: policies) }

    /// Returns the id of the user who has an external principal.
    func userOfPrincipal(_ id: String) throws(Fault) -> String { try item(id, of: principals) }

    private func item<Item>(_ id: String, of items: SortedMap<Item>) throws(Fault) -> Item {
        guard let item = items[id] else { throw missing(id) }
        return item
    }
}

// MARK: Users and their keys

extension Directory {
    mutating func add(_ user: User) throws(Fault) {
        guard users[user.id] == nil else { throw .alreadyExists }
        users[user.id] = user
    }

    /// Removes a user with all memberships, attachments and external principals, and optionally the keys.
    mutating func removeUser(_ id: String, withCredentials: Bool) throws(Fault) {
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

    /// Removes a key if it belongs to that user.
    mutating func removeCredential(_ key: String, of user: String) {
        guard credentials[user]?[key] != nil else { return }
        credentials[user]?[key] = nil
        keyOwners[key] = nil
    }

    private mutating func removeAllCredentials(of user: String) {
        for key in credentials[user]?.keys ?? [] { keyOwners[key] = nil }
        credentials[user] = nil
    }

    /// Returns a key and its user, if that user exists.
    func credential(_ key: String) -> (user: User, credential: Credential)? {
        guard let owner = keyOwners[key], let user = users[owner], let credential = credentials[owner]?[key] else {
            return nil
        }
        return (user, credential)
    }

    /// Returns the user of an access key; nil if the key or its secret is wrong.
    func user(of key: String, _ secret: String) -> User? {
        guard let (user, credential) = credential(key), isEqual(credential.key.secret, secret) else { return nil }
        return user
    }
}

// MARK: Groups and policies

extension Directory {
    mutating func add(_ group: Group) throws(Fault) {
        guard groups[group.id] == nil else { throw .alreadyExists }
        groups[group.id] = group
    }

    mutating func removeGroup(_ id: String) throws(Fault) {
        _ = try group(id)
        groups[id] = nil
        members.remove(left: id)
        groupPolicies.remove(left: id)
    }

    /// Adds a member; a missing user is reported before a missing group.
    mutating func addMember(_ user: String, to group: String) throws(Fault) {
        try requireMembership(user, group)
        guard members.link(group, user) else { throw .alreadyExists }
    }

    mutating func removeMember(_ user: String, from group: String) throws(Fault) {
        try requireMembership(user, group)
        members.unlink(group, user)
    }

    private func requireMembership(_ user: String, _ group: String) throws(Fault) {
        _ = try self.user(user)
        _ = try self.group(group)
    }

    mutating func add(_ policy: Policy) throws(Fault) {
        guard policies[policy.id] == nil else { throw .alreadyExists }
        policies[policy.id] = policy
    }

    /// Adds or replaces a policy.
    mutating func put(_ policy: Policy) { policies[policy.id] = policy }

    mutating func removePolicy(_ id: String) throws(Fault) {
        _ = try policy(id)
        policies[id] = nil
        userPolicies.remove(right: id)
        groupPolicies.remove(right: id)
    }

    /// User or group to which a policy is attached.
    enum Holder: Sendable {
        case user(String)
        case group(String)
    }

    /// Attaches a policy; a missing holder is reported before a missing policy.
    mutating func attach(_ policy: String, to holder: Holder) throws(Fault) {
        try require(policy, holder)
        let isNew =
            switch holder {
            case .user(let id): userPolicies.link(id, policy)
            case .group(let id): groupPolicies.link(id, policy)
            }
        guard isNew else { throw .alreadyExists }
    }

    mutating func detach(_ policy: String, from holder: Holder) throws(Fault) {
        try require(policy, holder)
        switch holder {
        case .user(let id): userPolicies.unlink(id, policy)
        case .group(let id): groupPolicies.unlink(id, policy)
        }
    }

    /// Makes a policy the only one of a group.
    mutating func setOnlyPolicy(_ policy: String, of group: String) {
        groupPolicies.remove(left: group)
        _ = groupPolicies.link(group, policy)
    }

    private func require(_ policy: String, _ holder: Holder) throws(Fault) {
        switch holder {
        case .user(let id): _ = try user(id)
        case .group(let id): _ = try group(id)
        }
        _ = try self.policy(policy)
    }

    /// Returns the ids of all policies of a user, attached directly or through groups, in order.
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
    mutating func addPrincipal(_ id: String, for user: String) throws(Fault) {
        _ = try self.user(user)
        guard principals[id] == nil else { throw .alreadyExists }
        principals[id] = user
    }

    mutating func removePrincipal(_ id: String, of user: String) throws(Fault) {
        _ = try self.user(user)
        guard let owner = principals[id], isEqual(owner, user) else { throw missing(id) }
        principals[id] = nil
    }

    /// Returns the principals of a user.
    func principals(of user: String) -> SortedSet {
        var ids = SortedSet()
        for entry in principals where isEqual(entry.item, user) { ids.insert(entry.key) }
        return ids
    }
}

extension SortedMap {
    /// Returns the item of a key, or throws 404 with the kind of item, as lakeFS answers a request for a single one.
    func named(_ key: String, _ kind: String) throws(Fault) -> Item {
        guard let item = self[key] else { throw Fault(.notFound, kind + " not found") }
        return item
    }
}

/// Returns true if two ids are the same bytes.
package func isEqual(_ left: String, _ right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }
