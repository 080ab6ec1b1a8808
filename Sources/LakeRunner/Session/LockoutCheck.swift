internal import LakeAPI
internal import LakeSandbox
internal import LakeScript

/// Judges, before a call is sent, if it would lock the user out: if an identity of the run could afterwards no longer
/// log in, grant rights or undo the call.
///
/// It judges by facts: the server's answers so far. If a fact is missing it returns the question, and is run again from
/// the start with the answer. So nothing here waits, and the code reads as if the server's state was at hand.
/// `--lock-me-out` turns the check off.
struct LockoutCheck {
    enum Judgement {
        case ask(LockoutQuestion)
        /// The call may be sent.
        case pass
        case refuse(Failure)
    }

    /// The reason that ends a judgement early.
    private enum Halt: Error {
        case ask(LockoutQuestion)
        case refuse(Failure)
    }

    /// The group whose members have all rights, on every server with groups.
    private static let administrators = "Admins"
    /// The maximal number of pages that are read of a listing.
    private static let pages = 100

    let call: OperationCall
    /// The identities of the run on the server, the caller first.
    var identities: [LockoutIdentity] = []
    var facts: [LockoutQuestion: Result<Value, Failure>] = [:]

    /// The judgement by the facts so far.
    func judgement() -> Judgement {
        do throws(Halt) {
            try judge()
            return .pass
        } catch {
            switch error {
            case .ask(let question): return .ask(question)
            case .refuse(let failure): return .refuse(failure)
            }
        }
    }

    /// True if only the identities' users were asked for: then the call is about other users, and no concurrent call
    /// affects the judgement.
    var isOfOthers: Bool { facts.keys.allSatisfy { $0.command == LockoutQuestion.who } }

    private func judge() throws(Halt) {
        guard call.command != "delete_credentials" else { return try judgeKey() }
        var users: [String] = []
        for place in identities.indices {
            guard let user = try user(at: place), !users.contains(where: { isEqual($0, user) }) else { continue }
            users.append(user)
            guard call.arguments["user_id"].map({ isEqual($0.text ?? "", user) }) ?? true else { continue }
            guard call.command != "delete_user" else {
                let whose = place == 0 ? "the user that you are" : "a user that the run acts as elsewhere: \(user)"
                throw refusal("deletes \(whose)", "let another administrator do it")
            }
            try judgeRights(of: user, at: place)
        }
        try judgeAdministrators(besides: users)
    }

    // MARK: Who could log in no more

    private func judgeKey() throws(Halt) {
        let key = text("access_key_id")
        for (place, identity) in identities.enumerated() {
            if let own = identity.value?["access_key_id"].text {
                guard isEqual(own, key) else { continue }
                let whose = place == 0 ? "the key that you use" : "a key that the run uses elsewhere: \(key)"
                throw refusal("deletes \(whose)", "make another key and use it first: as $new_key { … }")
            }
            guard let user = try user(at: place), isEqual(user, text("user_id")) else { continue }
            let keys = try list("list_user_credentials", user, as: place) ?? []
            guard keys.count == 1, isEqual(keys[0]["access_key_id"].text ?? "", key) else { continue }
            throw refusal(
                "deletes the last key of \(user), whom you are logged in as: when the login ends, there is no other",
                "make another key first: create_credentials \(user)")
        }
    }

    /// The user of an identity; nil if the server does not know it.
    private func user(at place: Int) throws(Halt) -> String? {
        let question = LockoutQuestion(place: place, command: LockoutQuestion.who)
        switch facts[question] {
        case nil: throw .ask(question)
        case .success(let answer): return answer["user"]["id"].text.flatMap { $0.isEmpty ? nil : $0 }
        case .failure(let failure):
            guard [.operation, .timeout, .cancelled].contains(failure.kind) else { return nil }
            throw unanswered(failure)
        }
    }

    // MARK: Who could give no rights any more

    private func judgeRights(of user: String, at place: Int) throws(Halt) {
        let brought = try broughtPolicies(as: place)
        // A call that adds no deny takes no right away.
        if let brought, !AccessRights.hasDeny(in: brought) { return }
        guard let rights = try rights(of: user, at: place, brought: brought ?? []) else { return }
        let whose = place == 0 ? "your" : "the"
        let whom = place == 0 ? "" : ", of \(user), whom the run acts as elsewhere"
        let ways = [("to give rights", Permission(action: "auth:AttachPolicy", resource: ARN.user(user)))]
        for (what, permission) in ways + (wayBack.map { [("to take it back", $0)] } ?? []) {
            guard let loss = rights.loss(of: permission, for: user, by: call) else { continue }
            let right = "\(whose) right \(what) (\(permission.action)"
            guard let pattern = loss.denial else {
                let advice = "give it to yourself in another way first"
                throw refusal("takes away \(right))\(whom)", advice, isConditional: loss.isConditional)
            }
            throw refusal(
                "denies \(right), by `\(pattern)`)\(whom)",
                "a deny wins over every allow: let another administrator do it", isConditional: loss.isConditional)
        }
    }

    /// The call that undoes this one.
    private var wayBack: Permission? {
        let (group, policy) = (ARN.group(text("group_id")), ARN.policy(text("policy_id")))
        switch call.command {
        case "attach_policy_to_user":
            return Permission(action: "auth:DetachPolicy", resource: ARN.user(text("user_id")))
        case "attach_policy_to_group": return Permission(action: "auth:DetachPolicy", resource: group)
        case "detach_policy_from_group", "set_group_acl":
            return Permission(action: "auth:AttachPolicy", resource: group)
        case "add_group_membership": return Permission(action: "auth:RemoveGroupMember", resource: group)
        case "delete_group_membership": return Permission(action: "auth:AddGroupMember", resource: group)
        case "delete_group": return Permission(action: "auth:CreateGroup", resource: group)
        case "update_policy": return Permission(action: "auth:UpdatePolicy", resource: policy)
        case "delete_policy": return Permission(action: "auth:CreatePolicy", resource: policy)
        default: return nil
        }
    }

    /// The policies that apply to a user before and after the call; nil if the call does not concern the user, or if
    /// the server has a single user, who has all rights.
    private func rights(of user: String, at place: Int, brought: [Value]) throws(Halt) -> AccessRights? {
        let policies = try list("list_user_policies", user, as: place)
        guard let listed = try list("list_user_groups", user, as: place) else { return nil }
        let groups = listed.compactMap { $0["id"].text }
        var joined: [String] = []
        if call.arguments["group_id"] != nil {
            let isMember = groups.contains { isEqual($0, text("group_id")) }
            guard isMember != (call.command == "add_group_membership") else { return nil }
            if !isMember { joined = [text("group_id")] }
        }
        let found = try (groups + joined).map { group throws(Halt) in
            // A server without policies has access control lists.
            policies == nil
                ? Found.list(try answer("get_group_acl", group, as: place)?["permission"].text ?? "")
                : Found.policies(try list("list_group_policies", group, as: place) ?? [])
        }
        var rights = AccessRights()
        rights.addUser(user, policies: policies ?? [])
        for (number, group) in (groups + joined).enumerated() {
            let member = number < groups.count ? user : nil
            switch found[number] {
            case .policies(let policies): rights.addGroup(group, member: member, policies: policies)
            case .list(let permission): rights.addGroup(group, member: member, permission: permission)
            }
        }
        for policy in brought { rights.addPolicy(policy) }
        return rights
    }

    /// The policies of a group's members.
    private enum Found {
        case policies([Value])
        case list(String)
    }

    /// The policies that a call adds for its target; nil if it may also remove some.
    private func broughtPolicies(as place: Int) throws(Halt) -> [Value]? {
        switch call.command {
        case "attach_policy_to_user", "attach_policy_to_group":
            try [answer("get_policy", text("policy_id"), as: place)].compactMap(\.self)
        case "add_group_membership": try list("list_group_policies", text("group_id"), as: place) ?? []
        default: nil
        }
    }

    // MARK: The last of the administrators

    /// A user who is not an administrator may remove the last one without losing rights. A listing that cannot be read
    /// is no reason to refuse.
    private func judgeAdministrators(besides users: [String]) throws(Halt) {
        let isRemoval =
            call.command == "delete_user"
            || call.command == "delete_group_membership" && isEqual(text("group_id"), LockoutCheck.administrators)
        guard isRemoval, !users.isEmpty, !users.contains(where: { isEqual($0, text("user_id")) }),
            case .success(let page) = try look("list_group_members", LockoutCheck.administrators, as: 0),
            let members = page.flatMap({ PageShape.lakeFS.items(of: $0) }), members.count == 1,
            isEqual(members[0]["id"].text ?? "", text("user_id"))
        else { return }
        throw refusal(
            "takes away the last of the administrators", "put somebody else into \(LockoutCheck.administrators) first")
    }

    // MARK: Facts

    /// All items of a listing; nil if the server does not have the resource.
    private func list(_ command: String, _ id: String, as place: Int) throws(Halt) -> [Value]? {
        var items: [Value] = []
        var after = ""
        for _ in 0..<LockoutCheck.pages {
            guard let page = try answer(command, id, after: after, as: place) else { return nil }
            items += PageShape.lakeFS.items(of: page) ?? []
            guard let next = PageShape.lakeFS.next(after: page) else { return items }
            after = next
        }
        throw unreadable("`\(command) \(id)` has more than \(LockoutCheck.pages) pages")
    }

    /// The server's answer; nil if the server does not have the resource. If no identity of the run may read it, the
    /// call is refused.
    private func answer(
        _ command: String, _ id: String, after: String = "", as place: Int
    ) throws(Halt) -> Value? {
        switch try look(command, id, after: after, as: place) {
        case .success(let answer): return answer
        case .failure(let denial): throw unreadable(denial.message)
        }
    }

    /// The server's answer to the identity, else to another one of the run; a failure if none of them may read it.
    private func look(
        _ command: String, _ id: String, after: String = "", as place: Int
    ) throws(Halt) -> Result<Value?, Failure> {
        var denial: Failure?
        for asker in [place] + identities.indices {
            let question = LockoutQuestion(place: asker, command: command, id: Array(id.utf8), after: Array(after.utf8))
            switch facts[question] {
            case nil: throw .ask(question)
            case .success(let answer): return .success(answer)
            case .failure(let failure):
                if failure.kind == .notFound || failure.status == 501 && !failure.isForeign { return .success(nil) }
                guard failure.kind == .denied || failure.kind == .unauthenticated else { throw unanswered(failure) }
                denial = denial ?? failure
            }
        }
        return .failure(denial ?? .anonymous)
    }

    private func text(_ parameter: String) -> String { call.arguments[parameter]?.text ?? "" }

    // MARK: What is said

    private var meant: String { "if it is meant: \(call.command) … --lock-me-out" }

    private static let condition =
        "whether a statement's condition holds cannot be told before: of an allow it counts as no, of a deny as yes"

    private func refusal(_ what: String, _ advice: String, isConditional: Bool = false) -> Halt {
        let conditions = isConditional ? [LockoutCheck.condition] : []
        return .refuse(
            .locksOut(call.command, what, notes: conditions + [advice, meant]))
    }

    private func unreadable(_ reason: String) -> Halt {
        .refuse(
            .mayLockOut(call.command, notes: [reason, meant]))
    }

    /// The call's failure, because the server did not answer a question that is needed.
    private func unanswered(_ failure: Failure) -> Halt {
        var failure = failure
        failure.operation = call.command
        failure.notes.append("nothing was changed: whether it would lock you out is looked at first")
        return .refuse(failure)
    }
}
