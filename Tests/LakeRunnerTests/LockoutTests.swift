import LakeAPI
import LakeScript
import Testing

@testable import LakeRunner

/// What would lock the person out is refused before it is sent.
struct LockoutTests {
    /// A run in a sandbox, as its user `admin`.
    private func failure(_ text: String) throws -> Failure? { try RunBench(text).failure }

    private static let refused: [(String, String)] = [
        ("delete_user admin", "deletes the user that you are"),
        (
            "let key = create_credentials admin\nas $key { delete_credentials admin $key.access_key_id }",
            "deletes the key that you use"
        ),
        ("delete_group_membership Admins admin", "your right to give rights"),
        ("delete_group Admins", "your right to give rights"),
        (
            """
            create_user ana
            create_policy deletes --statement [{effect: "allow", action: ["auth:*"], resource: "*"}]
            attach_policy_to_user ana deletes
            let key = create_credentials ana
            as $key { delete_user admin }
            """, "the last of the administrators"
        ),
        (
            """
            create_user ana
            create_policy all --statement [{effect: "allow", action: ["auth:*"], resource: "*"}]
            attach_policy_to_user ana all
            let key = create_credentials ana
            as $key { detach_policy_from_user ana all }
            """, "your right to give rights"
        ),
        (
            """
            create_user ana
            create_policy all --statement [{effect: "allow", action: ["auth:*"], resource: "*"}]
            attach_policy_to_user ana all
            let key = create_credentials ana
            as $key { update_policy all all [{effect: "allow", action: ["fs:*"], resource: "*"}] }
            """, "your right to give rights"
        ),
    ]

    @Test("refused, with what it does and the option that says that it is meant", arguments: refused)
    func refuses(_ text: String, _ words: String) throws {
        let failure = try #require(try failure(text))
        #expect(failure.kind == .declined)
        #expect(failure.message.contains("this would lock you out"))
        #expect(failure.message.contains(words))
        #expect(failure.notes.contains { $0.contains("--lock-me-out") })
    }

    private static let meant = [
        "delete_user admin --lock_me_out", "delete_group Admins --lock_me_out",
        "delete_group_membership Admins admin --lock_me_out",
        """
        let key = create_credentials admin
        as $key { delete_credentials admin $key.access_key_id --lock_me_out }
        """,
    ]

    @Test("the option says that it is meant", arguments: meant)
    func means(_ text: String) throws {
        #expect(try failure(text) == nil)
    }

    private static let allowed = [
        "create_user ana\ndelete_user ana",
        "let key = create_credentials admin\ndelete_credentials admin $key.access_key_id",
        "create_user ana\nadd_group_membership Admins ana\ndelete_group_membership Admins ana",
        "attach_policy_to_user admin AuthFullAccess\ndelete_group_membership Admins admin",
        "detach_policy_from_group Developers FSReadAll",
        "delete_policy FSReadAll",
        "delete_group Viewers",
    ]

    @Test("what leaves a way in is done", arguments: allowed)
    func allows(_ text: String) throws {
        #expect(try failure(text) == nil)
    }

    @Test(
        "who asks is found out once, whatever is done with it",
        arguments: [
            "for id in [\"u1\", \"u2\"] { create_user $id\ndelete_user $id }\ndelete_user admin",
            "create_user ana\nadd_group_membership Admins ana\ndelete_user ana\ndelete_group_membership Admins admin",
        ])
    func again(_ text: String) throws {
        #expect(try failure(text)?.message.contains("this would lock you out") == true)
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
            let failure = try failure("let p = \"%\"\n" + text + option)
            #expect(failure?.kind == .mistake)
            #expect(failure?.message.contains("no such name has a `%`") == true)
        }
        let after = try RunBench(
            "let p = \"%\"\ntry { \(text) } catch error { }\nlist_group_members Admins | get results | get id")
        #expect(after.value == ["admin"])
    }

    @Test("the questions to the server do not show in the run's books")
    func books() throws {
        let result = try RunBench("create_user ana\ndelete_user ana").result
        #expect(result.changes == 2 && result.listed == 0)
    }

    @Test("what cannot lock anybody out has no such option")
    func option() throws {
        var sources = SourceMap()
        let text = SourceText(name: "t.lfs", text: "delete_branch lake dev --lock_me_out")
        let found = ScriptFront.check(text, sources: &sources, vocabulary: Catalogue.vocabulary).diagnostics
        #expect(!found.isEmpty)
    }
}
