import TestSupport
import Testing

@testable import LakeScript

/// A page of a listing in a run, where its type is unknown: no command takes it for a list or for a plain map.
struct PageTests {
    private func failure(of text: String) throws -> Failure? {
        var world = ScriptRun.World()
        world.call = { _, _ in .value(["pagination": ["has_more": false], "results": [["id": "ana"]]]) }
        return try ScriptRun("def f(x) { \(text) }\nf (list_users)", world: world).failure
    }

    private static let advice = "take its .results, or ask for all pages with --all"

    @Test("where a map would do, a page is an error", arguments: ["count", "length"])
    func counted(name: String) throws {
        let failure = try failure(of: "$x | \(name)")
        #expect(failure?.message == "`\(name)` takes a list, and this is a page")
        #expect(failure?.notes == [Self.advice])
    }

    @Test("the advice is about the page", arguments: ["sort", "first", "flatten", "get name", "select name"])
    func taken(command: String) throws {
        #expect(try failure(of: "$x | \(command)")?.notes == [Self.advice])
    }

    @Test(
        "no loop walks through its fields", arguments: ["for i in $x { }", "$x | each { $it }", "for k, v in $x { }"])
    func walked(text: String) throws {
        let failure = try failure(of: text)
        #expect(failure?.message == "this is a page, not a list")
        #expect(failure?.notes == [Self.advice])
    }

    @Test("its fields can be read")
    func fields() throws {
        #expect(try failure(of: "$x | get results | count") == nil)
    }
}
