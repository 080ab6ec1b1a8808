import LakeScript

/// Setting a server up: its first user, and what there is from the start.
enum SetupHandlers {
    static let handlers: [String: Handler] = [
        "get_setup_state": getState, "setup": setup, "setup_comm_prefs": setPreferences,
    ]

    private static let isDone = Refusal(409, "lakeFS already initialized")

    private static func getState(_ state: inout SandboxState, _: Exchange) throws(Refusal) -> Reply {
        let name =
            switch state.stage {
            case .asksPreferences: "not_initialized"
            case .waits: state.profile.isOld ? "comm_prefs_done" : "not_initialized"
            case .done: "initialized"
            }
        if state.profile.isOld {
            return .json(200, ["state": .string(name), "oidc_enabled": false, "oidc_default_login": false])
        }
        let login: Value = [
            "RBAC": .string(state.profile.accessControlName), "login_url": "", "login_url_method": "none",
            "login_failed_message": "The credentials don't match.", "login_cookie_names": ["internal_auth_session"],
            "logout_url": "",
        ]
        return .json(200, ["state": .string(name), "comm_prefs_missing": false, "login_config": login])
    }

    private static func setup(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        let name = exchange.body["username"].text ?? ""
        guard !name.isEmpty else { throw Refusal(400, "empty user display name") }
        switch state.stage {
        case .done: throw isDone
        case .asksPreferences: throw Refusal(412, "wrong step - must first complete previous steps")
        case .waits: break
        }
        let given = exchange.body["key"]
        let keys =
            given.isNull
            ? AccessKey(from: &state.random)
            : AccessKey(id: given["access_key_id"].text ?? "", secret: given["secret_access_key"].text ?? "")
        try state.setUp(name, keys, at: exchange.seconds)
        return .json(200, Credential(key: keys, createdAt: exchange.seconds).shownWithSecret)
    }

    /// 1.84 takes preferences at any time and does nothing with them.
    private static func setPreferences(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        guard state.profile.isOld else { return Reply(200) }
        switch state.stage {
        case .done: throw isDone
        case .waits: throw Refusal(412, "wrong step - CommPrefs have already been set")
        case .asksPreferences: break
        }
        guard let email = exchange.body["email"].text, !email.isEmpty else {
            throw Refusal(400, body: .json("email is required"))
        }
        guard MailAddress.parse(email) != nil else { throw Refusal(400, "invalid email address") }
        state.stage = .waits
        return .json(200, ["nextStep": "comm_prefs_done"])
    }
}

extension SandboxState {
    /// Makes the base groups and policies and the first user.
    ///
    /// A key that is refused leaves the rest behind, so that setting up fails for good: as in the real server.
    mutating func setUp(_ name: String, _ keys: AccessKey, at now: Int) throws(Refusal) {
        if profile.accessControl != .single { try addBaseGroups(at: now) }
        do throws(Refusal) { try NameRule.check(name, profile) } catch {
            throw Refusal(500, "create user - " + error.message)
        }
        let user = User(id: name, createdAt: now)
        try change { directory throws(Directory.Failure) in
            try directory.add(user)
            if directory.groups.contains("Admins") { try directory.addMember(name, to: "Admins") }
        }
        // The one-user server takes any key.
        guard profile.accessControl == .single || (3...20).contains(keys.id.utf8.count) else {
            throw Refusal(500, "add credentials for \(name): invalid access key ID")
        }
        directory.add(Credential(key: keys, createdAt: now), for: name)
        stage = .done
    }

    private mutating func addBaseGroups(at now: Int) throws(Refusal) {
        guard !directory.groups.contains("Admins") else {
            throw Refusal(500, "save group (groupKey groups/Admins): already exists")
        }
        if profile.accessControl == .lists {
            for (group, permission) in AccessControlList.groups {
                try addBaseGroup(.init(id: group, policies: []), at: now)
                guard let policy = AccessControlList.policy(of: group, permission, at: now) else { continue }
                directory.put(policy)
                directory.setOnlyPolicy(policy.id, of: group)
            }
            return
        }
        for (id, statements) in BasePolicies.statements(isOld: profile.isOld) {
            directory.put(Policy(id: id, createdAt: now, statements: statements))
        }
        for group in BasePolicies.groups(isOld: profile.isOld) { try addBaseGroup(group, at: now) }
    }

    private mutating func addBaseGroup(_ group: BasePolicies.BaseGroup, at now: Int) throws(Refusal) {
        try change { directory throws(Directory.Failure) in
            try directory.add(Group(id: group.id, createdAt: now))
            for policy in group.policies { try directory.attach(policy, to: .group(group.id)) }
        }
    }
}
