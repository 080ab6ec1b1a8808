import LakeScript

// JSON of users, groups, policies and access keys in answers.

/// Answer in which a user is shown. The servers show different fields in different answers.
enum UserView: Sendable {
    case one, listed, current
}

extension ServerProfile {
    /// Returns a user as the imitated server shows it.
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

    /// Returns a group as the imitated server shows it. At 1.84 `named` is true in lists and in the answer to its
    /// creation, and `described` is false only in the list of a user's groups.
    func show(_ group: Group, named: Bool, described: Bool = true) -> Value {
        var record = Record([("id", .string(group.id)), ("creation_date", .int(group.createdAt))])
        guard !isOld else { return .map(record) }
        if named { record["name"] = .string(group.id) }
        if described, let description = group.description { record["description"] = .string(description) }
        return .map(record)
    }
}

extension Policy {
    /// JSON of the policy, the same on all servers.
    var shown: Value {
        [
            "id": .string(id), "creation_date": .int(createdAt), "statement": .list(statements.map(\.shown)),
        ]
    }
}

extension Statement {
    fileprivate var shown: Value {
        var record = Record([
            ("effect", isDeny ? "deny" : "allow"), ("resource", .string(resource)),
            ("action", .list(actions.map(Value.string))),
        ])
        if let condition { record["condition"] = .map(condition) }
        return .map(record)
    }

    /// Reads a statement of a body that has passed the schema.
    init(_ value: Value) {
        self.init(
            isDeny: value["effect"] == "deny", actions: value["action"].items?.compactMap(\.text) ?? [],
            resource: value["resource"].text ?? "", condition: value["condition"].record)
    }
}

extension Credential {
    /// JSON of the key without its secret.
    var shown: Value { ["access_key_id": .string(key.id), "creation_date": .int(createdAt)] }

    /// JSON of the key with its secret, as the answer to its creation.
    var shownWithSecret: Value {
        [
            "access_key_id": .string(key.id), "secret_access_key": .string(key.secret),
            "creation_date": .int(createdAt),
        ]
    }
}

extension Reply {
    /// A page of a listing of users, groups, policies or keys.
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

    static func page<Item>(_ page: Page<SortedMap<Item>.Entry>, _ show: (Item) -> Value) -> Reply {
        .page(page.items.map { show($0.item) }, next: page.next)
    }

    /// A page of items whose ids are listed.
    static func page<Item>(
        _ page: Page<SortedSet.Entry>, of things: SortedMap<Item>, _ show: (Item) -> Value
    ) -> Reply {
        .page(page.items.compactMap { things[$0.key].map(show) }, next: page.next)
    }
}
