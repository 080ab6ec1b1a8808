import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// Operations that would lock the user out are refused before they are sent.
struct LockoutTests {
    /// A user beside `admin` who may grant permissions by a policy of her own, and her key.
    private static let ana = """
        create_user ana
        create_policy giving --statement [{effect: "allow", action: ["auth:*"], resource: "*"}]
        attach_policy_to_user ana giving
        let key = create_credentials ana

        """
    private static let lock = """
        create_policy lock --statement [{effect: "deny", action: ["auth:*"], resource: "*"}]

        """
    /// Two groups, each of which alone gives `admin` all permissions.
    private static let groups = """
        for g in ["g0", "g1"] {
          create_group $g
          attach_policy_to_group $g AuthFullAccess
          add_group_membership $g admin
        }
        delete_group_membership Admins admin

        """
    private static let groupsWithLists = """
        for g in ["g0", "g1"] {
          create_group $g
          set_group_acl $g Admin
          add_group_membership $g admin
        }
        delete_group_membership Admins admin

        """
    private static let withPolicies: [SandboxConfiguration.Likeness] = [.v090, .v184RBAC]
    private static let withGroups = withPolicies + [.v184ACL]
    private static let noCondition = "whether a statement's condition holds cannot be told before"

    private static let refused: [LockoutCase] = [
        // The key and the user.
        LockoutCase("delete_user admin", "deletes the user that you are", like: withGroups + [.v184]),
        LockoutCase(
            "as $key { delete_credentials admin $key.access_key_id OPTION }", "deletes the key that you use",
            after: "let key = create_credentials admin", like: withGroups),
        LockoutCase(
            "as $key { delete_credentials admin $own[0] OPTION }", "deletes a key that the run uses elsewhere",
            after:
                "let own = list_user_credentials admin --all | get access_key_id\nlet key = create_credentials admin",
            like: withGroups),
        LockoutCase(
            "as $k2 { as $k3 { delete_credentials admin $k2.access_key_id OPTION } }",
            "deletes a key that the run uses elsewhere",
            after: "let k2 = create_credentials admin\nlet k3 = create_credentials admin"),
        LockoutCase(
            "as $login { delete_credentials ana $key.access_key_id OPTION }", "deletes the last key of ana",
            after: ana + "let login = login $key.access_key_id $key.secret_access_key", like: withPolicies),
        LockoutCase(
            "as $key { delete_user admin OPTION }", "deletes a user that the run acts as elsewhere", after: ana),
        // Permissions that are removed.
        LockoutCase("delete_group_membership Admins admin", "your right to give rights", like: withGroups),
        LockoutCase("delete_group Admins", "your right to give rights", like: withGroups),
        LockoutCase("set_group_acl Admins Read", "your right to give rights", like: [.v184ACL, .v184RBAC]),
        LockoutCase("detach_policy_from_group Admins AuthFullAccess", "your right to give rights", like: withPolicies),
        LockoutCase("delete_policy AuthFullAccess", "your right to give rights", like: withPolicies),
        LockoutCase(
            "as $key { detach_policy_from_user ana giving OPTION }", "your right to give rights", after: ana,
            like: withPolicies),
        LockoutCase(
            "as $key { delete_group_membership Admins admin OPTION }", "of admin, whom the run acts as elsewhere",
            after: ana, like: withPolicies),
        LockoutCase(
            "as $key { delete_user bo OPTION }", "the last of the administrators",
            after: ana
                + "create_user bo\nadd_group_membership Admins bo\ndelete_group_membership Admins admin --lock_me_out",
            like: withPolicies),
        // A policy that is changed.
        LockoutCase(
            "update_policy AuthFullAccess AuthFullAccess [{effect: \"allow\", action: [\"auth:Read*\"], resource: \"*\"}]",
            "takes away your right to give rights (auth:AttachPolicy)", like: withPolicies),
        LockoutCase(
            "update_policy AuthFullAccess AuthFullAccess [{effect: \"allow\", action: [\"auth:A*\"], resource: \"*\"}]",
            "takes away your right to take it back (auth:UpdatePolicy)", like: withPolicies),
        LockoutCase(
            "update_policy FSFullAccess FSFullAccess [{effect: \"deny\", action: [\"auth:*\"], resource: \"*\"}]",
            "denies your right to give rights (auth:AttachPolicy, by `auth:*`)", like: withPolicies),
        LockoutCase(
            """
            update_policy AuthFullAccess AuthFullAccess [{
              effect: "allow", action: ["auth:*"], resource: "*", condition: {IpAddress: {SourceIp: ["10.0.0.0/8"]}},
            }]
            """, noCondition),
        LockoutCase(
            """
            update_policy FSFullAccess FSFullAccess [{
              effect: "deny", action: ["auth:*"], resource: "*", condition: {IpAddress: {SourceIp: ["10.0.0.0/8"]}},
            }]
            """, noCondition),
        LockoutCase(
            "delete_group_membership Admins admin", noCondition,
            after: """
                create_policy office --statement [{
                  effect: "allow", action: ["auth:*"], resource: "*", condition: {IpAddress: {SourceIp: ["127.0.0.1"]}},
                }]
                attach_policy_to_user admin office
                """),
        // A policy that denies.
        LockoutCase(
            "attach_policy_to_user admin lock", "denies your right to give rights", after: lock, like: withPolicies),
        LockoutCase(
            "ensure attach_policy_to_user admin lock", "denies your right to give rights", after: lock,
            like: withPolicies),
        LockoutCase(
            "attach_policy_to_group Admins lock", "denies your right to give rights", after: lock, like: withPolicies),
        LockoutCase(
            "add_group_membership locked admin", "denies your right to give rights",
            after: lock + "create_group locked\nattach_policy_to_group locked lock", like: withPolicies),
        LockoutCase(
            "attach_policy_to_user admin own", "denies your right to give rights",
            after: """
                create_policy own --statement [
                  {effect: "deny", action: ["auth:Attach*"], resource: 'arn:lakefs:auth:::user/${user}'},
                ]
                """, like: withPolicies),
        LockoutCase(
            "add_group_membership locked admin", "denies your right to take it back (auth:RemoveGroupMember",
            after: """
                create_policy stay --statement [{effect: "deny", action: ["auth:Remove*"], resource: "*"}]
                create_group locked
                attach_policy_to_group locked stay
                """, like: withPolicies),
        LockoutCase(
            "attach_policy_to_user admin odd", "denies your right to give rights",
            after: """
                create_policy odd --statement [
                  {effect: "allow", action: ["auth:*"], resource: "*", condition: {Bogus: {SourceIp: ["10.0.0.0/8"]}}},
                ]
                """),
        // Two concurrent calls, each harmless alone.
        LockoutCase(
            "for g in [\"g0\", \"g1\"] parallel 2 { delete_group_membership $g admin OPTION }",
            "your right to give rights", after: groups, like: withPolicies, changes: 1),
        LockoutCase(
            "for g in [\"g0\", \"g1\"] parallel 2 { delete_group $g OPTION }", "your right to give rights",
            after: groups, like: withPolicies, changes: 1),
        LockoutCase(
            "for g in [\"g0\", \"g1\"] parallel 2 { delete_group_membership $g admin OPTION }",
            "your right to give rights", after: groupsWithLists, like: [.v184ACL], changes: 1),
    ]

    private static let allInKinds = refused.flatMap { one in one.like.map { (one, $0) } }

    @Test(
        "refused before it is sent, with what it does and the option that says that it is meant", arguments: allInKinds)
    func refuses(_ one: LockoutCase, _ like: SandboxConfiguration.Likeness) throws {
        let bench = try RunBench(one.text(isMeant: false), on: .sandbox(.init(like: like)))
        let failure = try #require(bench.failure)
        #expect(failure.kind == .declined, "\(failure.message)")
        #expect(failure.message.contains("this would lock you out"))
        let told = [failure.message] + failure.notes
        #expect(told.contains { $0.contains(one.words) }, "\(told)")
        #expect(failure.notes.contains { $0.contains("--lock-me-out") })
        let before = try RunBench(one.after, on: .sandbox(.init(like: like))).result.changes
        #expect(bench.result.changes == before + one.changes)
    }

    @Test(
        "an id that a server would read as another never gets past the guard",
        arguments: [
            "delete_user \"adm${p}69n\"", "delete_group \"Adm${p}69ns\"",
            "delete_group_membership Admins \"${p}61dmin\"",
            "delete_group_membership \"Adm${p}69ns\" admin", "delete_policy \"Auth${p}46ullAccess\"",
            "detach_policy_from_group Admins \"Auth${p}46ullAccess\"", "delete_credentials \"adm${p}69n\" AKIAX",
            "delete_credentials admin \"AKIA${p}58\"",
        ])
    func escaped(_ text: String) throws {
        for option in ["", " --lock_me_out"] {
            let failure = try RunBench("let p = \"%\"\n" + text + option).failure
            #expect(failure?.kind == .mistake)
            #expect(failure?.message.contains("such names contain no `%`") == true)
        }
        let after = try RunBench(
            "let p = \"%\"\ntry { \(text) } catch error { }\nlist_group_members Admins | get results | get id")
        #expect(after.value == ["admin"])
    }

    @Test("the option says that it is meant", arguments: allInKinds)
    func means(_ one: LockoutCase, _ like: SandboxConfiguration.Likeness) throws {
        let failure = try RunBench(one.text(isMeant: true), on: .sandbox(.init(like: like))).failure
        // Of two calls, the first may remove a permission that the second needs.
        #expect(failure == nil || one.changes > 0 && failure?.kind == .denied, "\(failure?.message ?? "")")
    }

    private static let allowed: [(String, [SandboxConfiguration.Likeness])] = [
        ("create_user ana\ndelete_user ana", withGroups),
        ("let key = create_credentials admin\ndelete_credentials admin $key.access_key_id", withGroups),
        ("create_user ana\nlet key = create_credentials ana\ndelete_credentials ana $key.access_key_id", withGroups),
        ("create_user ana\nadd_group_membership Admins ana\ndelete_group_membership Admins ana", withGroups),
        ("attach_policy_to_user admin AuthFullAccess\ndelete_group_membership Admins admin", withPolicies),
        ("detach_policy_from_group Developers FSReadAll", withPolicies),
        ("delete_policy FSReadAll", withPolicies),
        ("delete_group Viewers", withPolicies),
        ("set_group_acl Readers Write\ndelete_group Supers", [.v184ACL]),
        ("attach_policy_to_user admin FSReadAll\ndetach_policy_from_user admin FSReadAll", withPolicies),
        ("ensure attach_policy_to_group Admins AuthFullAccess", withPolicies),
        ("add_group_membership Viewers admin\ndelete_group_membership Viewers admin", withPolicies),
        (lock + "create_user ana\nattach_policy_to_user ana lock\ndetach_policy_from_user ana lock", withPolicies),
        (lock + "attach_policy_to_group Viewers lock", withPolicies),
        (
            """
            create_policy others --statement [{effect: "deny", action: ["auth:*"], resource: "arn:lakefs:auth:::user/ana"}]
            attach_policy_to_user admin others
            """, withPolicies
        ),
        // An `as` block that has ended, with or without an error, is no longer an identity of the run.
        (
            """
            let key = create_credentials admin
            as $key { get_current_user }
            try { as $key { fail "no" } } catch error { print $error.message }
            delete_credentials admin $key.access_key_id
            """, withGroups
        ),
        (
            ana
                + """
                let login = login $key.access_key_id $key.secret_access_key
                create_credentials ana
                as $login { delete_credentials ana $key.access_key_id }
                """, withPolicies
        ),
        // Similar ids are different ones.
        (
            """
            create_user "caf\u{E9}"
            create_user "cafe\u{301}"
            add_group_membership Admins "caf\u{E9}"
            let key = create_credentials "caf\u{E9}"
            as $key { delete_user "cafe\u{301}" }
            """, withPolicies
        ),
        // Permissions that depend on a condition are not evaluated at each step.
        (
            ana
                + """
                update_policy giving giving [{
                  effect: "allow", action: ["auth:*"], resource: "*", condition: {IpAddress: {SourceIp: ["127.0.0.1"]}},
                }]
                as $key { attach_policy_to_user ana FSReadAll }
                """, [.v184RBAC]
        ),
    ]

    @Test("what leaves a way in is done", arguments: allowed.flatMap { one in one.1.map { (one.0, $0) } })
    func allows(_ text: String, _ like: SandboxConfiguration.Likeness) throws {
        let failure = try RunBench(text, on: .sandbox(.init(like: like))).failure
        #expect(failure == nil, "\(failure?.message ?? "")")
    }

    private static let blind = """
        create_policy blind --statement [{effect: "deny", action: ["auth:ReadUser"], resource: "*"}]
        attach_policy_to_user admin blind

        """

    @Test("who may not read their own rights is asked to say that it is meant", arguments: withPolicies)
    func unreadable(_ like: SandboxConfiguration.Likeness) throws {
        let call = "delete_group_membership Viewers admin"
        let bench = try RunBench(LockoutTests.blind + call, on: .sandbox(.init(like: like)))
        let failure = try #require(bench.failure)
        #expect(failure.kind == .declined && bench.result.changes == 2)
        #expect(failure.message.contains("what `delete_group_membership` would leave of your rights cannot be read"))
        #expect(failure.notes.contains { $0.contains("may not auth:ReadUser on user/admin") })
        #expect(failure.notes.contains { $0.contains("--lock-me-out") })
        let meant = LockoutTests.blind + call + " --lock_me_out"
        #expect(try RunBench(meant, on: .sandbox(.init(like: like))).failure == nil)
    }

    @Test("what brings no deny passes without a look at the caller's rights", arguments: withPolicies)
    func harmlessUnread(_ like: SandboxConfiguration.Likeness) throws {
        let text = LockoutTests.blind + "attach_policy_to_user admin FSReadAll\nadd_group_membership Viewers admin"
        #expect(try RunBench(text, on: .sandbox(.init(like: like))).failure == nil)
    }

    @Test("who may not read their own rights is read by another identity of the run", arguments: withPolicies)
    func readByAnother(_ like: SandboxConfiguration.Likeness) throws {
        let text = """
            create_user bo
            add_group_membership Viewers bo
            let key = create_credentials bo
            as $key { expect_error denied { delete_group_membership Viewers bo } }
            """
        #expect(try RunBench(text, on: .sandbox(.init(like: like))).failure == nil)
    }

    @Test("the questions to the server do not show in the run's books", arguments: withGroups)
    func books(_ like: SandboxConfiguration.Likeness) throws {
        let text =
            "create_user ana\nadd_group_membership Admins ana\ndelete_group_membership Admins ana\ndelete_user ana"
        let result = try RunBench(text, on: .sandbox(.init(like: like))).result
        #expect(result.changes == 4 && result.listed == 0)
    }

    @Test("what cannot lock anybody out has no such option")
    func option() throws {
        let text = SourceText(name: "t.lfs", text: "delete_branch lake dev --lock_me_out")
        let found = ScriptFront.load(text, as: .file).diagnostics
        #expect(!found.isEmpty)
    }
}

/// A call that would lock the user out, the reason in its refusal, and the statements before it.
struct LockoutCase: Sendable, CustomTestStringConvertible {
    /// `OPTION` marks the place of the option; by default it is at the end.
    let call: String
    let words: String
    let after: String
    /// The servers on which it would.
    let like: [SandboxConfiguration.Likeness]
    /// The number of its changes that are made before.
    let changes: Int

    init(
        _ call: String, _ words: String, after: String = "",
        like: [SandboxConfiguration.Likeness] = [.v184RBAC], changes: Int = 0
    ) {
        self.call = call
        self.words = words
        self.after = after
        self.like = like
        self.changes = changes
    }

    var testDescription: String { call }

    func text(isMeant: Bool) -> String {
        let line = call.contains("OPTION") ? call : call + " OPTION"
        return after + "\n" + line.replacing("OPTION", with: isMeant ? "--lock_me_out" : "") + "\n"
    }
}
