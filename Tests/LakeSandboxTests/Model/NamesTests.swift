import Testing

@testable import LakeSandbox

/// Which names can be given.
@Suite struct NamesTests {
    @Test(
        "Branches that can be",
        arguments: ["main", "_under", "a-b", "A1", "abc123", String(repeating: "a", count: 257)])
    func goodBranches(_ name: String) throws { try Names.checkBranch(name) }

    @Test("Branches that cannot be", arguments: ["-lead", "a b", "a/b", "a.b", "ünï", "a$b"])
    func badBranches(_ name: String) {
        let message = "argument branch: branch id: invalid value: validation error"
        #expect(fault { try Names.checkBranch(name) } == Fault(.invalid, message))
    }

    @Test("Tags that can be", arguments: ["v1", "v2.1", ".dot", "-dash", "a~b", "ü", "a@b"])
    func goodTags(_ name: String) throws { try Names.checkTag(name) }

    @Test(
        "Tags that cannot be",
        arguments: [
            "a b", "dot.", "a..b", "a^b", "a:b", "a/b", "x.lock", "a@{b", "@", "a\\b", "a?b", "a*b", "a[b", "a\u{7F}",
        ])
    func badTags(_ name: String) {
        let message = "argument tagID: tag id: invalid value: validation error"
        #expect(fault { try Names.checkTag(name) } == Fault(.invalid, message))
    }

    @Test("Repositories have 3 to 63 of a-z, 0-9 and dashes, not a dash first")
    func repositories() throws {
        for name in ["abc", "0-1", String(repeating: "a", count: 63)] { try Names.checkRepository(name) }
        for name in ["", "ab", "-ab", "Abc", "a_b", "a.b", String(repeating: "a", count: 64)] {
            #expect(fault { try Names.checkRepository(name) }?.kind == .invalid)
        }
    }

    @Test("An empty name that is needed is an error that the server does not translate")
    func empty() {
        let expected = Fault(.untranslated, "argument ref: required value: validation error")
        #expect(fault { try Names.checkRef("") } == expected)
    }
}
