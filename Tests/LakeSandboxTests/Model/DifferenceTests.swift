import Testing

@testable import LakeSandbox

/// Differences between trees.
@Suite struct DifferenceTests {
    private func tree(_ contents: [String: String]) -> Tree {
        var tree = Tree()
        for (path, text) in contents { tree[path] = SampleRepository.entry(text) }
        return tree
    }

    private func lines(_ differences: [Difference]) -> [String] {
        differences.map { "\($0.kind.rawValue) \($0.path) \($0.size)" }
    }

    @Test("Differences are in the order of the paths, with the new size, or the old of what is gone")
    func differences() {
        let old = tree(["a": "1", "b": "22", "d": "4"])
        let new = tree(["a": "1", "b": "333", "c": "55555", "é": "6"])
        #expect(lines(old.differences(to: new)) == ["changed b 3", "added c 5", "removed d 1", "added é 1"])
        #expect(lines(new.differences(to: old)) == ["changed b 2", "removed c 5", "added d 1", "removed é 1"])
    }

    @Test("A tree has the same name whatever the way to it")
    func metaRange() {
        var tree = tree(["a": "1", "b": "2"])
        let name = tree.metaRange
        tree["c"] = SampleRepository.entry("3")
        #expect(tree.metaRange != name)
        tree["a"] = SampleRepository.entry("9")
        tree["c"] = nil
        tree["a"] = SampleRepository.entry("1")
        #expect(tree.metaRange == name)
        #expect(Tree().metaRange != name)
    }

    /// The contents of one path at the base, on the destination and on the source; empty for none.
    @Test(
        "What one side changed is taken, what both changed in the same way too",
        arguments: [
            ("1", "1", "2", "2"), ("1", "2", "1", "2"), ("1", "2", "2", "2"), ("", "", "1", "1"), ("1", "1", "", ""),
            ("1", "", "1", ""), ("1", "", "", ""), ("", "1", "1", "1"),
        ])
    func merging(_ base: String, _ ours: String, _ theirs: String, _ expected: String) throws {
        let side = { (text: String) in self.tree(text.isEmpty ? [:] : ["p": text]) }
        let merged = try side(ours).applying(changesFrom: side(base), to: side(theirs))
        #expect(merged.isSame(as: side(expected)))
    }

    /// The contents of one path at the base, on the left and on the right; empty for none.
    @Test(
        "A comparison since the base lists what a merge would bring, and conflicts",
        arguments: [
            ("1", "1", "2", "changed p 1"), ("1", "1", "", "removed p 1"), ("", "", "2", "added p 1"),
            ("1", "2", "3", "conflict p 1"), ("1", "2", "", "conflict p 1"), ("1", "", "2", "conflict p 1"),
            ("", "2", "3", "conflict p 1"), ("1", "2", "1", ""), ("1", "2", "2", ""), ("1", "", "1", ""),
            ("", "2", "", ""), ("1", "", "", ""),
        ])
    func comparing(_ base: String, _ left: String, _ right: String, _ expected: String) {
        let side = { (text: String) in self.tree(text.isEmpty ? [:] : ["p": text]) }
        let found = side(left).differences(merging: side(right), since: side(base))
        #expect(lines(found) == (expected.isEmpty ? [] : [expected]))
    }

    @Test("Where both sides hold the same content a merge keeps the source's record, and its id tells them apart")
    func records() throws {
        var (ours, theirs) = (tree(["p": "1", "q": "2"]), tree(["p": "1"]))
        theirs["p"]?.address = "mem://lake/data/other"
        #expect(!theirs.isSame(as: tree(["p": "1"])))
        ours["q"]?.modified = 5
        let merged = try ours.applying(changesFrom: Tree(), to: theirs)
        #expect(merged["p"]?.address == "mem://lake/data/other")
        #expect(merged["q"]?.modified == 5)
    }

    @Test(
        "What both changed differently is a conflict, unless one side wins",
        arguments: [("1", "2", "3"), ("1", "", "3"), ("1", "2", ""), ("", "2", "3")])
    func conflicts(_ base: String, _ ours: String, _ theirs: String) throws {
        let side = { (text: String) in self.tree(text.isEmpty ? [:] : ["p": text]) }
        let (old, ours, theirs) = (side(base), side(ours), side(theirs))
        #expect(fault { _ = try ours.applying(changesFrom: old, to: theirs) } == .conflict)
        #expect(try ours.applying(changesFrom: old, to: theirs, strategy: .destinationWins).isSame(as: ours))
        #expect(try ours.applying(changesFrom: old, to: theirs, strategy: .sourceWins).isSame(as: theirs))
    }
}
