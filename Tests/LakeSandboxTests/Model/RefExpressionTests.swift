import Testing

@testable import LakeSandbox

/// Ref expressions and the commits that they name.
@Suite struct RefExpressionTests {
    @Test(
        "A ref expression is read as a base and modifiers",
        arguments: [
            ("main", "main", []), ("main~", "main", [.back(1)]), ("main~3^2", "main", [.back(3), .parent(2)]),
            ("v1.0^0~~", "v1.0", [.parent(0), .back(1), .back(1)]), ("main@", "main", [.head]),
            ("main$", "main", [.staging]),
        ] as [(String, String, [RefExpression.Modifier])])
    func reading(_ text: String, _ base: String, _ modifiers: [RefExpression.Modifier]) throws {
        let reference = try RefExpression(text)
        #expect(reference.base == base)
        #expect(reference.modifiers == modifiers)
    }

    @Test(
        "A ref expression with a malformed modifier is refused",
        arguments: [
            ("main~x", "could not parse modifier ~x: ref: invalid value: validation error"),
            ("main~1x", "could not parse modifier ~1x: ref: invalid value: validation error"),
            ("main@1", "ref: invalid value: validation error"), ("main@~1", "ref: invalid value: validation error"),
            ("main~1$", "ref: invalid value: validation error"), ("@", "ref: invalid value: validation error"),
            ("", "ref: invalid value: validation error"),
        ])
    func refusing(_ text: String, _ message: String) {
        #expect(fault { _ = try RefExpression(text) } == Fault(.invalid, message))
    }

    /// Makes `main`: root, one, two, merge of `side` (root, one, aside); tag `v1` at one.
    private func history() throws -> (sample: SampleRepository, ids: [String: String]) {
        var sample = SampleRepository()
        var ids = ["root": try sample.repository.commit(at: "main").id]
        ids["one"] = try sample.commit([("a", "1")])
        try sample.branch("side", from: "main")
        ids["aside"] = try sample.commit([("s", "s")], on: "side")
        ids["two"] = try sample.commit([("b", "2")])
        ids["merge"] = try sample.merge("side", into: "main")
        _ = try sample.repository.createTag("v1", at: "main~2", force: false)
        return (sample, ids)
    }

    @Test(
        "A reference names a commit",
        arguments: [
            ("main", "merge"), ("main@", "merge"), ("main~0", "merge"), ("main^0", "merge"), ("main~", "two"),
            ("main^", "two"), ("main^1", "two"), ("main^2", "aside"), ("main^2~1", "one"), ("main~2", "one"),
            ("main~~", "one"), ("main^^^", "root"), ("v1", "one"), ("v1~1", "root"), ("side", "aside"),
        ])
    func naming(_ reference: String, _ name: String) throws {
        let (sample, ids) = try history()
        #expect(try sample.repository.commit(at: reference).id == ids[name])
    }

    @Test(
        "A reference that names nothing says why",
        arguments: [
            ("nothing", Fault.notFound), ("main~9", .notFound), ("main~99999999999", .notFound),
            ("main^3", .invalidReference), ("v1@", .invalidReference), ("v1$", .invalidReference),
            (
                "main$",
                Fault(.invalid, "reference 'main$': reference to staging area with $ is not a commit")
            ),
        ])
    func namingNothing(_ reference: String, _ expected: Fault) throws {
        let (sample, _) = try history()
        #expect(fault { _ = try sample.repository.commit(at: reference) } == expected)
    }

    @Test("The beginning of one commit's id names it, of several nothing, in upper case neither")
    func prefixes() throws {
        let (sample, ids) = try history()
        let all = Array(ids.values)
        for id in all {
            let unique = (1...64).first { length in all.filter { $0.hasPrefix(id.prefix(length)) }.count == 1 } ?? 64
            #expect(try sample.repository.commit(at: String(id.prefix(unique))).id == id)
            if unique > 1 {
                let shorter = String(id.prefix(unique - 1))
                #expect(fault { _ = try sample.repository.commit(at: shorter) } == .notFound)
            }
            #expect(fault { _ = try sample.repository.commit(at: "A" + id.uppercased()) } == .notFound)
        }
    }

    @Test("A whole id comes before a branch, a branch before a tag and the beginning of an id")
    func precedence() throws {
        var (sample, ids) = try history()
        let merge = ids["merge"] ?? ""
        let beginning = String(merge.prefix(8))
        try sample.branch(beginning, from: "side")
        #expect(try sample.repository.commit(at: beginning).id == ids["aside"])
        #expect(try sample.repository.commit(at: merge).id == merge)
        sample.repository.tags[beginning] = ids["root"]
        #expect(try sample.repository.commit(at: beginning).id == ids["aside"])
        sample.repository.branches[beginning] = nil
        #expect(try sample.repository.commit(at: beginning).id == ids["root"])
    }

    @Test("Only a branch by its own name, or with $, shows what is uncommitted")
    func views() throws {
        var sample = SampleRepository()
        try sample.commit([("a", "1"), ("b", "2")])
        try sample.stage([("b", nil), ("c", "3")])
        #expect(try sample.contents(of: "main") == ["a=1", "c=3"])
        #expect(try sample.contents(of: "main$") == ["a=1", "c=3"])
        for reference in ["main@", "main~0", "main^0"] {
            #expect(try sample.contents(of: reference) == ["a=1", "b=2"])
        }
    }
}
