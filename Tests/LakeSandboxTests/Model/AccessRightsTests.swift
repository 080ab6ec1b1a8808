import LakeScript
import Testing

@testable import LakeSandbox

/// The effect of a call on a user's permissions, computed in advance.
struct AccessRightsTests {
    private let giving = Permission(action: "auth:AttachPolicy", resource: ARN.user("ana"))

    private func statement(
        _ effect: String, _ action: String = "auth:*", _ resource: String = "*", isConditional: Bool = false
    ) -> Value {
        let statement: Record = [
            "effect": .string(effect), "action": .list([.string(action)]), "resource": .string(resource),
        ]
        guard isConditional else { return .map(statement) }
        var conditional = statement
        conditional["condition"] = ["IpAddress": ["SourceIp": ["10.0.0.0/8"]]]
        return .map(conditional)
    }

    private func policy(_ id: String, _ statements: Value...) -> Value {
        ["id": .string(id), "statement": .list(statements)]
    }

    /// Returns the permissions that ana loses if her only policy is changed.
    private func loss(changing before: Value, to after: Value) -> AccessRights.Loss? {
        var rights = AccessRights()
        rights.addUser("ana", policies: [policy("own", before)])
        let call = OperationCall(
            command: "update_policy", arguments: ["policy_id": "own", "statement": [after]])
        return rights.loss(of: giving, for: "ana", by: call)
    }

    @Test("an allow that is narrowed, or comes to have a condition, is lost; one that still covers it is not")
    func allows() {
        let all = statement("allow")
        #expect(loss(changing: all, to: statement("allow", "auth:Read*")) == .init(denial: nil, isConditional: false))
        #expect(
            loss(changing: all, to: statement("allow", isConditional: true)) == .init(denial: nil, isConditional: true))
        #expect(loss(changing: all, to: statement("allow", "auth:Attach*")) == nil)
        #expect(loss(changing: all, to: statement("allow", "auth:*", "arn:lakefs:auth:::user/${user}")) == nil)
        #expect(loss(changing: all, to: statement("allow", "auth:*", "arn:lakefs:auth:::user/bo")) != nil)
        #expect(loss(changing: all, to: statement("allow", "auth:*", "[\"arn:lakefs:auth:::user/an?\"]")) == nil)
        #expect(loss(changing: statement("allow", "fs:*"), to: statement("deny")) == nil, "there was none")
    }

    @Test("a condition that is there counts as it does now; another one counts against the user")
    func conditions() {
        let office = statement("allow", isConditional: true)
        #expect(loss(changing: office, to: office) == nil)
        #expect(loss(changing: office, to: statement("allow", "auth:A*", isConditional: true)) != nil)
        #expect(loss(changing: office, to: statement("allow")) == nil)
    }

    @Test("an allow whose condition no server can tell is a deny", arguments: ["Bogus", "IpAddress"])
    func errors(_ name: String) {
        var condition = Record()
        condition[name] = ["SourceIp": ["10.0.0.0/99"]]
        let odd: Value = [
            "effect": "allow", "action": ["auth:*"], "resource": "*", "condition": .map(condition),
        ]
        #expect(loss(changing: statement("allow"), to: odd) == .init(denial: "auth:*", isConditional: false))
        #expect(AccessRights.hasDeny(in: [policy("odd", odd)]))
        #expect(!AccessRights.hasDeny(in: [policy("plain", statement("allow", isConditional: true))]))
    }

    @Test("a deny wins, with a condition, too")
    func denies() {
        var rights = AccessRights()
        rights.addUser("ana", policies: [policy("own", statement("allow"))])
        rights.addGroup("locked", member: nil, policies: [policy("lock", statement("deny", isConditional: true))])
        rights.addPolicy(policy("bo", statement("deny", "auth:*", "arn:lakefs:auth:::user/bo")))
        rights.addPolicy(policy("own", statement("deny")))
        func loss(_ command: String, _ arguments: Record) -> AccessRights.Loss? {
            rights.loss(of: giving, for: "ana", by: OperationCall(command: command, arguments: arguments))
        }
        #expect(
            loss("add_group_membership", ["group_id": "locked", "user_id": "ana"])
                == .init(denial: "auth:*", isConditional: true))
        #expect(loss("attach_policy_to_user", ["user_id": "ana", "policy_id": "bo"]) == nil)
        #expect(loss("attach_policy_to_user", ["user_id": "ana", "policy_id": "lock"]) != nil)
        #expect(loss("attach_policy_to_user", ["user_id": "ana", "policy_id": "own"]) == nil)
        #expect(loss("attach_policy_to_user", ["user_id": "ana", "policy_id": "none"]) == nil)
    }

    @Test("a group's access control list counts for its members")
    func lists() {
        var rights = AccessRights()
        rights.addUser("ana", policies: [])
        rights.addGroup("Admins", member: "ana", permission: "Admin")
        rights.addGroup("Readers", member: "ana", permission: "Read")
        func loss(_ group: String, _ permission: String) -> AccessRights.Loss? {
            let arguments: Record = ["group_id": .string(group), "permission": .string(permission)]
            return rights.loss(
                of: giving, for: "ana", by: OperationCall(command: "set_group_acl", arguments: arguments))
        }
        #expect(loss("Admins", "Super") == .init(denial: nil, isConditional: false))
        #expect(loss("Admins", "Admin") == nil)
        #expect(loss("Readers", "Write") == nil)
        #expect(loss("Admins", "Bogus") == nil, "the server refuses it")
    }
}
