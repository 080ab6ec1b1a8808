import LakeScript

/// Setup of a server: its first user, base groups and base policies.
enum SetupHandlers {
    static let handlers: [String: Handler] = [
        "get_setup_state": Handler(.open, checks: [], getState),
        "setup": Handler(.open, checks: [], setup),
        "setup_comm_prefs": Handler(.open, checks: [], setPreferences),
    ]

    private static let isDone = Fault(.conflict, "lakeFS already initialized")

    private static let getState: Rule = { state, _ throws(Fault) in
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

    private static let setup: Rule = { state, exchange throws(Fault) in
        let name = exchange.field("username")
        guard !name.isEmpty else { throw Fault(.invalid, "empty user display name") }
        switch state.stage {
        case .done: throw isDone
        case .asksPreferences: throw Fault(.precondition, "wrong step - must first complete previous steps")
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

    /// 1.84 accepts preferences at any time and ignores them.
    private static let setPreferences: Rule = { state, exchange throws(Fault) in
        guard state.profile.isOld else { return Reply(200) }
        switch state.stage {
        case .done: throw isDone
        case .waits: throw Fault(.precondition, "wrong step - CommPrefs have already been set")
        case .asksPreferences: break
        }
        guard let email = exchange.body["email"].text, !email.isEmpty else {
            return Reply(400, .json("email is required"))
        }
        guard MailAddress.parse(email) != nil else { throw Fault(.invalid, "invalid email address") }
        state.stage = .waits
        return .json(200, ["nextStep": "comm_prefs_done"])
    }
}

extension SandboxState {
    /// Creates the base groups and policies and the first user.
    ///
    /// As in the real server, a refused key leaves the rest in place, so that the setup can never succeed.
    mutating func setUp(_ name: String, _ keys: AccessKey, at now: Int) throws(Fault) {
        if profile.accessControl != .single { try addBaseGroups(at: now) }
        do throws(Fault) { try Names.checkIdentity(name, profile) } catch {
            throw Fault(.untranslated, "create user - " + error.text)
        }
        try directory.add(User(id: name, createdAt: now))
        if directory.groups.contains("Admins") { try directory.addMember(name, to: "Admins") }
        // The server with a single user accepts any key.
        guard profile.accessControl == .single || (3...20).contains(keys.id.utf8.count) else {
            throw Fault(.untranslated, "add credentials for \(name): invalid access key ID")
        }
        directory.add(Credential(key: keys, createdAt: now), for: name)
        stage = .done
    }

    private mutating func addBaseGroups(at now: Int) throws(Fault) {
        guard !directory.groups.contains("Admins") else {
            throw Fault(.untranslated, "save group (groupKey groups/Admins): already exists")
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

    private mutating func addBaseGroup(_ group: BasePolicies.BaseGroup, at now: Int) throws(Fault) {
        try directory.add(Group(id: group.id, createdAt: now))
        for policy in group.policies { try directory.attach(policy, to: .group(group.id)) }
    }
}
