import LakeScript
import Testing

@testable import LakeSandbox

/// Operations that move branches.
@Suite struct RepositoryTests {
    @Test("A hard reset moves the head and leaves what is uncommitted on top")
    func hardReset() throws {
        var sample = SampleRepository()
        let one = try sample.commit([("a", "1")])
        let two = try sample.commit([("a", nil), ("b", "2")])
        try sample.stage([("draft", "d"), ("b", nil)])
        try sample.repository.hardReset("main", to: one, force: false)
        #expect(try sample.contents(of: "main@") == ["a=1"])
        #expect(try sample.contents(of: "main") == ["a=1", "draft=d"])
        try sample.repository.hardReset("main", to: two, force: false)
        #expect(try sample.contents(of: "main") == ["draft=d"])
    }

    @Test("What no branch names any more is still there under its id")
    func undo() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        let head = try sample.commit([("b", "2")])
        try sample.repository.hardReset("main", to: "main~1", force: false)
        try sample.repository.hardReset("main", to: head, force: false)
        #expect(try sample.contents(of: "main") == ["a=1", "b=2"])
    }

    @Test("Force passes a read-only repository, and no protection")
    func force() throws {
        var frozen = Repository(
            id: "ice", created: 0, namespace: "mem://ice", defaultBranch: "main", isReadOnly: true, isBare: false)
        #expect(fault { try frozen.hardReset("main", to: "main", force: false) } == .readOnly)
        #expect(fault { try frozen.hardReset("main", to: "main", force: true) } == nil)
        frozen.rules = ProtectionRules(["ma*"])
        let protected = Fault(.forbidden, "protected branch")
        #expect(fault { try frozen.hardReset("main", to: "main", force: true) } == protected)
    }

    @Test(
        "A reset drops what its scope says",
        arguments: [
            (Repository.ResetScope.everything, ["dir/a=1", "top=1"]),
            (.prefix("dir/"), ["dir/a=1", "other=n", "top=2"]),
            (.prefix("di"), ["dir/a=1", "other=n", "top=2"]),
            (.object("top"), ["dir/b=n", "other=n", "top=1"]),
            (.object("nothing"), ["dir/b=n", "other=n", "top=2"]),
        ])
    func reset(_ scope: Repository.ResetScope, _ expected: [String]) throws {
        var sample = SampleRepository()
        try sample.commit([("dir/a", "1"), ("top", "1")])
        try sample.stage([("dir/a", nil), ("dir/b", "n"), ("other", "n"), ("top", "2")])
        try sample.repository.reset("main", scope, force: false)
        #expect(try sample.contents(of: "main") == expected)
    }

    @Test("The same content again is no change, and neither is what was added and removed")
    func sameContent() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        try sample.stage([("a", "1"), ("t", "x"), ("t", nil)])
        #expect(try sample.repository.differences(on: "main").isEmpty)
        let draft = CommitDraft(message: "", created: 1)
        let outcome = fault {
            _ = try sample.repository.commit(
                draft, on: "main", metaRange: "", allowEmpty: false, force: false, run: "")
        }
        #expect(outcome == Fault(.invalid, "commit: no changes"))
    }

    @Test("A revert takes one commit's changes back and keeps the later ones")
    func revert() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        let wrong = try sample.commit([("b", "2")])
        try sample.commit([("c", "3")])
        let draft = CommitDraft(message: "undo", created: 9)
        try sample.repository.revert(wrong, parent: 0, on: "main", draft, allowsEmpty: false, force: false)
        #expect(try sample.contents(of: "main") == ["a=1", "c=3"])
        let again = fault {
            try sample.repository.revert(wrong, parent: 0, on: "main", draft, allowsEmpty: false, force: false)
        }
        #expect(again == Fault(.invalid, "update branch: no changes"))
    }

    @Test("A cherry-pick brings one commit's changes and says where they are from")
    func cherryPick() throws {
        var sample = SampleRepository()
        try sample.branch("side", from: "main")
        try sample.commit([("x", "1")], on: "side")
        let picked = try sample.commit([("y", "2")], on: "side")
        let commit = try sample.repository.cherryPick(
            picked, parent: nil, on: "main", by: "pia", at: 9, overrides: .null, force: false)
        #expect(try sample.contents(of: "main") == ["y=2"])
        #expect(commit.committer == "pia")
        #expect(commit.metadata["cherry-pick-origin"] == .string(picked))
    }

    @Test("A merge into a branch with something staged is refused")
    func dirty() throws {
        var sample = SampleRepository()
        try sample.branch("side", from: "main")
        try sample.commit([("x", "1")], on: "side")
        try sample.stage([("draft", "d")])
        #expect(fault { try sample.merge("side", into: "main") } == .dirty)
    }

    @Test("What is staged and makes no difference is no obstacle to a merge")
    func idle() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        try sample.branch("side", from: "main")
        try sample.commit([("x", "1")], on: "side")
        try sample.stage([("a", "1"), ("draft", "d"), ("draft", nil)])
        try sample.merge("side", into: "main")
        #expect(try sample.contents(of: "main") == ["a=1", "x=1"])
    }

    @Test("The nearest common ancestor is found across merges")
    func mergeBase() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        try sample.branch("side", from: "main")
        try sample.commit([("s", "1")], on: "side")
        try sample.commit([("b", "1")])
        try sample.merge("side", into: "main")
        let side = try sample.commit([("s", "2")], on: "side")
        try sample.commit([("b", "2")])
        let repository = sample.repository
        let base = repository.commits.mergeBase(
            try repository.commit(at: "side"), try repository.commit(at: "main"))
        #expect(base?.id == (try repository.commit(at: side + "~1").id))
    }
}
