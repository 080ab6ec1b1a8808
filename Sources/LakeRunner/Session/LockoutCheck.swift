internal import LakeAPI
internal import LakeSandbox
internal import LakeScript

/// Finds out, before a call is sent, whether it would lock the person out: delete the key or the user that one is, take
/// away the policies by which one may give rights, or the last of the administrators.
///
/// A small machine of its own that asks the server what must be known and gives a verdict. What cannot be found out does
/// not stand in the way: the call itself will say what is wrong. `--lock-me-out` says that it is meant.
struct LockoutCheck {
    enum Step {
        /// Ask the server this, and go on with the answer.
        case ask(OperationCall)
        /// The call may go.
        case pass
        case refuse(Failure)
    }

    /// Who a call is made as: known for the calls to come, which need not ask again.
    struct Caller {
        let id: String
        /// Whether the group of administrators has them: then nobody else is the last of it.
        var isAdministrator = false
    }

    private enum Phase {
        case user, administrators, policies, groups
        /// The policies of the first of these groups; with `isList` its access control list.
        case group([String], isList: Bool)
    }

    /// The group whose members may do everything, on every server that has groups.
    private static let administrators = "Admins"

    private let call: OperationCall
    private var phase = Phase.user
    /// Who asks, as far as that was found out.
    private(set) var caller: Caller?
    private var rights = RightToGive()

    /// The check of a call; nil where the call cannot lock anybody out, or is meant to.
    init?(_ call: OperationCall) {
        guard Catalogue[call.command]?.mayLockOut == true, !call.options.locksOut else { return nil }
        self.call = call
    }

    /// Begins; `identity` is who the call is made as, `caller` what an earlier check found out about them.
    mutating func begin(as identity: Value?, caller: Caller?) -> Step {
        guard call.command == "delete_credentials" else {
            guard let caller else { return .ask(question("get_current_user")) }
            self.caller = caller
            return callerIsKnown(caller)
        }
        guard let key = identity?["access_key_id"].text, key == text("access_key_id") else { return .pass }
        return refuse("deletes the key that you use", "make another key and use it first: as $new_key { … }")
    }

    /// Goes on with the server's answer, nil where it gave none.
    mutating func next(_ answer: Value?) -> Step {
        switch phase {
        case .user:
            guard let id = answer?["user"]["id"].text, !id.isEmpty else { return .pass }
            let caller = Caller(id: id)
            self.caller = caller
            return callerIsKnown(caller)
        case .administrators:
            let members = answer.map(names) ?? []
            let isAdministrator = caller.map { members.contains($0.id) } ?? false
            caller?.isAdministrator = isAdministrator
            guard members == [text("user_id")] else { return .pass }
            return refuse(
                "takes away the last of the administrators",
                "put somebody else into \(LockoutCheck.administrators) first")
        case .policies:
            rights.add(answer, to: call, of: nil)
            phase = .groups
            return .ask(
                question("list_user_groups", ["user_id": .string(caller?.id ?? ""), "amount": 1000]))
        case .groups:
            return askGroup(answer.map(names) ?? [])
        case .group(let groups, let isList):
            return took(answer, of: groups, isList: isList)
        }
    }

    private mutating func callerIsKnown(_ caller: Caller) -> Step {
        let isMine = text("user_id") == caller.id
        switch call.command {
        case "delete_user" where isMine:
            return refuse("deletes the user that you are", "let another administrator do it")
        case "delete_user",
            "delete_group_membership" where !isMine:
            guard call.command == "delete_user" || text("group_id") == LockoutCheck.administrators,
                !caller.isAdministrator
            else { return .pass }
            phase = .administrators
            return .ask(
                question("list_group_members", ["group_id": .string(LockoutCheck.administrators)]))
        case "detach_policy_from_user" where !isMine: return .pass
        default:
            phase = .policies
            return .ask(question("list_user_policies", ["user_id": .string(caller.id), "amount": 1000]))
        }
    }

    private mutating func askGroup(_ groups: [String]) -> Step {
        guard let group = groups.first else {
            guard rights.areLost else { return .pass }
            return refuse(
                "takes away your right to give rights (auth:AttachPolicy)", "give it to yourself in another way first")
        }
        phase = .group(groups, isList: false)
        return .ask(question("list_group_policies", ["group_id": .string(group), "amount": 1000]))
    }

    private mutating func took(_ answer: Value?, of groups: [String], isList: Bool) -> Step {
        if isList {
            rights.addList(answer, to: call, of: groups[0])
        } else if answer == nil {
            phase = .group(groups, isList: true)
            return .ask(question("get_group_acl", ["group_id": .string(groups[0])]))
        } else {
            rights.add(answer, to: call, of: groups[0])
        }
        return askGroup(Array(groups.dropFirst()))
    }

    private func refuse(_ what: String, _ advice: String) -> Step {
        .refuse(
            Failure(
                .declined, "this would lock you out: `\(call.command)` \(what)",
                notes: [advice, "if it is meant: \(call.command) … --lock-me-out"]))
    }

    private func names(_ page: Value) -> [String] { page["results"].items?.compactMap { $0["id"].text } ?? [] }
    private func text(_ parameter: String) -> String { call.arguments[parameter]?.text ?? "" }

    /// A question to the server, which is given no more patience than the call itself.
    private func question(_ command: String, _ arguments: Record = Record()) -> OperationCall {
        var question = OperationCall(command: command, arguments: arguments)
        question.options.timeout = call.options.timeout
        question.options.retries = call.options.retries
        return question
    }
}

/// By which policies a person may give rights, before a call and after it.
struct RightToGive {
    private var before = false
    private var after = false

    /// Whether the call takes the last of them.
    var areLost: Bool { before && !after }

    /// Counts a page of policies, those of a group or of the person.
    mutating func add(_ page: Value?, to call: OperationCall, of group: String?) {
        for policy in page?["results"].items ?? [] {
            guard RightToGive.gives(policy["statement"]) else { continue }
            before = true
            let id = policy["id"].text ?? ""
            after = after || !RightToGive.takes(call, policy: id, of: group)
        }
    }

    /// Counts the access control list of a group.
    mutating func addList(_ list: Value?, to call: OperationCall, of group: String) {
        guard list?["permission"].text == "Admin" else { return }
        before = true
        after = after || !RightToGive.takes(call, policy: "", of: group)
    }

    /// Whether a call takes a policy away from where it comes from.
    private static func takes(_ call: OperationCall, policy: String, of group: String?) -> Bool {
        func names(_ parameter: String, _ text: String?) -> Bool { call.arguments[parameter]?.text == text }
        switch call.command {
        case "delete_group", "delete_group_membership": return group != nil && names("group_id", group)
        case "set_group_acl": return group != nil && names("group_id", group) && !names("permission", "Admin")
        case "detach_policy_from_group": return group != nil && names("group_id", group) && names("policy_id", policy)
        case "detach_policy_from_user": return group == nil && names("policy_id", policy)
        case "delete_policy": return names("policy_id", policy)
        case "update_policy": return names("policy_id", policy) && !gives(call.arguments["statement"] ?? .null)
        default: return false
        }
    }

    /// Whether a policy's statements allow to attach any policy to anybody, and do not deny it.
    private static func gives(_ statements: Value) -> Bool {
        let matching = (statements.items ?? []).filter { statement in
            statement["action"].items?.contains { Glob.matches($0.text ?? "", "auth:AttachPolicy") } ?? false
        }
        return matching.contains { $0["effect"].text == "allow" && $0["resource"].text == "*" }
            && !matching.contains { $0["effect"].text == "deny" }
    }
}
