import LakeSandbox
import LakeScript
import Testing

@testable import LakeRunner

/// The effect of answers to writes: done, done already, done in part.
struct WriteAnswerTests {
    @Test(
        "a repository that is there as it is wanted is left as it is, one with other values is a conflict",
        arguments: SandboxConfiguration.Likeness.allCases)
    func repositories(_ like: SandboxConfiguration.Likeness) throws {
        let again = "ensure create_repository lake \"local://lake\"\n"
        let sandbox = Connection.sandbox(.init(like: like))
        let bench = try RunBench(again + again + again + "list_repositories --all | get id", on: sandbox)
        #expect(bench.value == ["lake"])
        #expect(bench.result.changes == 1)
        let other = try RunBench(again + "ensure create_repository lake \"local://other\"", on: sandbox).failure
        #expect(other?.kind == .conflict)
        #expect(other?.notes.first == "wanted: \"local://other\"")
    }

    @Test("a deletion that is refused in part is a missing right, and counts as a change")
    func partialDeletion() throws {
        let bench = try RunBench(
            """
            create_repository lake "local://lake"
            for path in ["a", "b"] { upload_object lake main $path --content "1" }
            create_user ana
            create_policy part --statement [
              {effect: "allow", action: ["fs:*"], resource: "*"},
              {effect: "deny", action: ["fs:DeleteObject"], resource: "arn:lakefs:fs:::repository/lake/object/a"}
            ]
            attach_policy_to_user ana part
            let key = create_credentials ana
            as $key { retry 3 every 1ms { delete_objects lake main ["b", "a"] } }
            """)
        #expect(bench.failure?.kind == .denied)
        #expect(bench.failure?.message.hasPrefix("1 of 2 objects was not deleted: insufficient permissions") == true)
        #expect(bench.failure?.notes.prefix(2) == ["not deleted: `a`", "deleted: `b`"])
        #expect(bench.failure?.body["errors"].items?.count == 1)
        // The repository, two objects, the user, the policy, its attachment, the key, and the deletion.
        #expect(bench.result.changes == 8)
    }
}
