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

    @Test("A merge asks whether the source changed since the base, not whether the result differs")
    func noChanges() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        try sample.branch("side", from: "main")
        let nothing = Fault(.invalid, "update branch main: no changes")
        #expect(fault { try sample.merge("side", into: "main") } == nothing)
        try sample.commit([("a", "2")])
        #expect(fault { try sample.merge("side", into: "main") } == nothing)
        try sample.merge("side", into: "main", .init(allowsEmpty: true))
        try sample.merge("side", into: "main", .init(force: true))
        try sample.commit([("a", "3")], on: "side")
        #expect(fault { try sample.merge("side", into: "main") } == .conflict.within("update branch main"))
        try sample.merge("side", into: "main", .init(strategy: .destinationWins))
        #expect(try sample.contents(of: "main") == ["a=2"])
    }

    @Test("A commit writes a content even without objects; a merge of nothing keeps what is there")
    func emptyContent() throws {
        var sample = SampleRepository()
        try sample.branch("side", from: "main")
        try sample.merge("side", into: "main", .init(allowsEmpty: true))
        let merged = try sample.repository.commit(at: "main")
        #expect(merged.metaRange.isEmpty)
        try sample.commit([], on: "side")
        let written = try sample.repository.commit(at: "side")
        #expect(!written.metaRange.isEmpty)
        try sample.merge("side", into: "main")
    }

    @Test("A cherry-pick of a commit without changes is refused, and the client cannot forge where one is from")
    func emptyPick() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1")])
        let empty = try sample.commit([], on: "main")
        let pick = { (reference: String, overrides: Value, repository: inout Repository) in
            try repository.cherryPick(
                reference, parent: nil, on: "main", by: "pia", at: 9, overrides: overrides, force: false)
        }
        #expect(
            fault { _ = try pick(empty, .null, &sample.repository) } == Fault(.invalid, "update branch: no changes"))
        try sample.branch("side", from: "main")
        let picked = try sample.commit([("y", "2")], on: "side")
        let commit = try pick(picked, ["metadata": ["cherry-pick-origin": "x", "k": "v"]], &sample.repository)
        #expect(commit.metadata["cherry-pick-origin"] == .string(picked))
        #expect(commit.metadata["k"] == "v")
    }

    @Test("No hard reset passes while sealed changes differ from the head; staged ones are no obstacle")
    func sealed() throws {
        var sample = SampleRepository()
        let first = try sample.commit([("a", "1")])
        try sample.commit([("a", "2")])
        let reset = { (repository: inout Repository) in
            try repository.hardReset("main", to: first, force: false)
        }
        try sample.stage([("a", "3")])
        try sample.repository.reset("main", .prefix("other/"), force: false)
        #expect(fault { try reset(&sample.repository) } == Fault.dirty.within("main"))
        try sample.repository.reset("main", .object("a"), force: false)
        #expect(fault { try reset(&sample.repository) } == Fault.dirty.within("main"))
        try sample.repository.reset("main", .everything, force: false)
        try sample.stage([("a", "3")])
        try reset(&sample.repository)
        #expect(try sample.contents(of: "main") == ["a=3"])
        #expect(try sample.contents(of: "main@") == ["a=1"])
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
