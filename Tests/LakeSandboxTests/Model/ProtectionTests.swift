import Testing

@testable import LakeSandbox

/// Patterns of protected branches.
@Suite struct ProtectionTests {
    @Test(
        "A pattern fits a whole branch name",
        arguments: [
            ("main", "main", true), ("main", "mainly", false), ("ma*", "main", true), ("*", "", true),
            ("stable_*", "stable_", true), ("keep-?", "keep-1", true), ("keep-?", "keep-10", false),
            ("*-rel", "a-b-rel", true), ("r[0-9]", "r7", true), ("r[0-9]", "rx", false), ("r[!0-9]", "rx", true),
            ("r[abc]", "rb", true), ("{dev,rel-*}", "rel-2", true), ("{dev,rel-*}", "development", false),
            ("a\\*", "a*", true), ("a\\*", "ab", false), ("{a,b{c,d}}x", "bdx", true), ("**", "any", true),
        ])
    func matching(_ pattern: String, _ name: String, _ expected: Bool) throws {
        #expect(try ProtectionRules([pattern]).protects(name) == expected)
    }

    @Test(
        "A pattern that is not closed may be set, and then no branch can be asked about", arguments: ["[bad", "{a,b"])
    func unclosed(_ pattern: String) {
        #expect(fault { _ = try ProtectionRules([pattern]).protects("main") }?.kind == .untranslated)
    }

    @Test("The ETag names the patterns, and is empty without any")
    func etag() {
        var rules = ProtectionRules(["a", "b", "a"])
        #expect(rules.patterns.keys == ["a", "b"])
        #expect(rules.etag == ProtectionRules(["b", "a"]).etag)
        #expect(rules.etag != ProtectionRules(["a"]).etag)
        #expect(rules.remove("a") && rules.remove("b") && !rules.remove("b"))
        #expect(rules.etag.isEmpty)
    }
}
