import LakeScript

// How users, groups, policies and keys look in answers, and what every access handler does alike.

/// Where a user is shown: the servers show different fields in different places.
enum UserView: Sendable {
    case one, listed, current
}

extension ServerProfile {
    /// A user as the imitated server shows it.
    func show(_ user: User, _ view: UserView) -> Value {
        var record = Record([("id", .string(user.id)), ("creation_date", .int(user.createdAt))])
        switch accessControl {
        case .builtIn:
            if view == .listed { record["email"] = .string(user.email ?? "") }
            if view == .current { record["friendly_name"] = "" }
        case .single, .lists:
            record["email"] = .string(user.email ?? "")
            record["friendly_name"] = ""
        case .remote:
            if let email = user.email { record["email"] = .string(email) }
            if view == .current { record["friendly_name"] = .string(user.id) }
        }
        return .map(record)
    }

    /// A group as the imitated server shows it: at 1.84 `named` in lists and when it is made, and `described` but in
    /// a user's list.
    func show(_ group: Group, named: Bool, described: Bool = true) -> Value {
        var record = Record([("id", .string(group.id)), ("creation_date", .int(group.createdAt))])
        guard !isOld else { return .map(record) }
        if named { record["name"] = .string(group.id) }
        if described, let description = group.description { record["description"] = .string(description) }
        return .map(record)
    }

    /// What a missing thing is called: with its id at 0.90, without at 1.84.
    func missing(_ id: String) -> Refusal { Refusal(404, isOld ? id + ": not found" : "not found") }

    /// A change that the directory does not make, as the server says it.
    func refusal(_ failure: Directory.Failure) -> Refusal {
        switch failure {
        case .notFound(let id): missing(id)
        case .alreadyExists: Refusal(409, "Already exists")
        }
    }

    /// Lets a request go on where the server has groups and policies at all; the one-user server says 501, after it
    /// has looked at who asks.
    func requireAccessControl() throws(Refusal) {
        if accessControl == .single { throw .notImplemented }
    }

    /// Lets a request go on where the server has policies of people's own; the access control list server says 501
    /// before it looks at who asks.
    func requirePolicies() throws(Refusal) {
        if accessControl == .lists { throw .notImplemented }
    }
}

extension Policy {
    /// The policy as all servers show it.
    var shown: Value {
        [
            "id": .string(id), "creation_date": .int(createdAt), "statement": .list(statements.map(\.shown)),
        ]
    }
}

extension Statement {
    /// The statement as it is shown.
    fileprivate var shown: Value {
        var record = Record([
            ("effect", isDeny ? "deny" : "allow"), ("resource", .string(resource)),
            ("action", .list(actions.map(Value.string))),
        ])
        if let condition { record["condition"] = .map(condition) }
        return .map(record)
    }

    /// The statement of a body that the schema has been held to.
    init(_ value: Value) {
        self.init(
            isDeny: value["effect"] == "deny", actions: value["action"].items?.compactMap(\.text) ?? [],
            resource: value["resource"].text ?? "", condition: value["condition"].record)
    }
}

extension Credential {
    /// The key without its secret.
    var shown: Value { ["access_key_id": .string(key.id), "creation_date": .int(createdAt)] }

    /// The key with its secret, which is shown once.
    var shownWithSecret: Value {
        [
            "access_key_id": .string(key.id), "secret_access_key": .string(key.secret),
            "creation_date": .int(createdAt),
        ]
    }
}

extension Exchange {
    /// The page that is asked for; an amount of 0 or −1 means the server's own.
    func page(_ profile: ServerProfile) -> PageRequest {
        let amount = query["amount"]?.integer ?? 0
        return PageRequest(
            prefix: query("prefix"), after: query("after"), amount: amount > 0 ? amount : profile.defaultAmount)
    }
}

extension Reply {
    /// A page of a listing.
    static func page(_ items: [Value], next: String) -> Reply {
        .json(
            200,
            [
                "pagination": [
                    "has_more": .bool(!next.isEmpty), "next_offset": .string(next), "results": .int(items.count),
                    "max_per_page": 0,
                ],
                "results": .list(items),
            ])
    }

    /// A page of a map's entries.
    static func page<Item>(_ page: Page<SortedMap<Item>.Entry>, _ show: (Item) -> Value) -> Reply {
        .page(page.items.map { show($0.item) }, next: page.next)
    }

    /// A page of the things that a list of ids names.
    static func page<Item>(
        _ page: Page<SortedSet.Entry>, of things: SortedMap<Item>, _ show: (Item) -> Value
    ) -> Reply {
        .page(page.items.compactMap { things[$0.key].map(show) }, next: page.next)
    }
}

extension SandboxState {
    /// Makes a change to the directory, whose failure is refused as the imitated server does.
    mutating func change(
        _ body: (inout Directory) throws(Directory.Failure) -> Void
    ) throws(Refusal) {
        do {
            try body(&directory)
        } catch {
            throw profile.refusal(error)
        }
    }

    /// The user of that id, or 404 in the words that a look at one user gets.
    func user(_ id: String) throws(Refusal) -> User {
        guard let user = directory.users[id] else { throw Refusal(404, "user not found") }
        return user
    }

    /// The group of that id, or 404.
    func group(_ id: String) throws(Refusal) -> Group {
        guard let group = directory.groups[id] else { throw Refusal(404, "group not found") }
        return group
    }

    /// The policy of that id, or 404.
    func policy(_ id: String) throws(Refusal) -> Policy {
        guard let policy = directory.policies[id] else { throw Refusal(404, "policy not found") }
        return policy
    }
}

/// What the names of users, groups and policies must not be.
enum NameRule {
    /// No server takes a `%`.
    static func refusePercent(_ name: String, _ kind: String) throws(Refusal) {
        if name.utf8.contains(UInt8(ascii: "%")) { throw Refusal(400, kind + " name cannot contain '%'") }
    }

    /// The rule of the store that keeps users and groups.
    static func check(_ name: String, _ profile: ServerProfile) throws(Refusal) {
        switch profile.accessControl {
        case .builtIn, .single: try check(name)
        case .lists:
            if name.isEmpty || name.utf8.contains(UInt8(ascii: "/")) { throw Refusal(400, "invalid request") }
        case .remote:
            if name.isEmpty { throw Refusal(400, "invalid request") }
        }
    }

    /// lakeFS's own rule.
    static func check(_ name: String) throws(Refusal) {
        if name.isEmpty { throw Refusal(400, "empty name: validation error") }
        if name.utf8.contains(UInt8(ascii: "/")) {
            throw Refusal(400, "name contains delimiter /: validation error")
        }
    }
}
