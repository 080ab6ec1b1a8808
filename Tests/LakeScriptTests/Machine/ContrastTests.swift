import Testing

@testable import LakeScript

/// The differences that a failed assertion shows.
@Suite struct ContrastTests {
    private func lines(_ left: String, _ right: String, _ sign: BinaryOperator = .equal) throws -> [String] {
        Contrast.lines(sign, try JSON.read(Array(left.utf8)), try JSON.read(Array(right.utf8)))
    }

    private static let padding = #""padding": "\#(String(repeating: "x", count: 80))""#

    @Test("short values are shown whole")
    func short() throws {
        #expect(try lines(#"["a", "b"]"#, #"["a"]"#) == [#"left:  ["a","b"]"#, #"right: ["a"]"#])
        #expect(try lines(#"{"a": 1}"#, #"{"a": 2}"#) == [#"left:  {"a":1}"#, #"right: {"a":2}"#])
    }

    @Test("of large maps the paths are shown at which they differ, and nothing else")
    func maps() throws {
        let left =
            #"{\#(ContrastTests.padding), "user": {"id": "ana", "odd key": 1, "groups": ["a", "b"]}, "old": true}"#
        let right = #"{\#(ContrastTests.padding), "user": {"id": "bo", "odd key": 2, "groups": ["a"]}, "new": null}"#
        #expect(
            try lines(left, right) == [
                #"user.id: left "ana", right "bo""#, #"user["odd key"]: left 1, right 2"#,
                #"user.groups[1]: only left has it, "b""#, "old: only left has it, true",
                "new: only right has it, null",
            ])
    }

    @Test("an item that was put in front is one difference")
    func lists() throws {
        let items = (1...60).map { #"{"id": \#($0), "name": "n\#($0)"}"# }
        let left = "[\((["0"] + items).joined(separator: ","))]"
        let right = "[\((items.dropLast() + [#"{"id": 60, "name": "other"}"#]).joined(separator: ","))]"
        #expect(
            try lines(left, right) == ["[0]: only left has it, 0", #"[60].name: left "n60", right "other""#])
    }

    @Test("lists too long to be lined up are compared place by place")
    func longLists() throws {
        let left = "[\((1...2000).map(String.init).joined(separator: ","))]"
        let right = "[\((1...2002).map { $0 == 7 ? "0" : String($0) }.joined(separator: ","))]"
        #expect(
            try lines(left, right) == [
                "[6]: left 7, right 0", "[2000]: only right has it, 2001", "[2001]: only right has it, 2002",
            ])
    }

    @Test("after twenty lines the others are counted")
    func many() throws {
        let left = "[\((1...60).map { "\($0)" }.joined(separator: ","))]"
        let right = "[\((1...60).map { "\($0 * 1000)" }.joined(separator: ","))]"
        let found = try lines(left, right)
        #expect(found.count == 21)
        #expect(found.last == "and 40 more differences")
    }

    @Test("long texts are cut around the first character that differs")
    func texts() throws {
        let same = String(repeating: "a", count: 300)
        let found = try lines("\"\(same)b\"", "\"\(same)c\"")
        #expect(
            found == [
                "left:  …\(String(repeating: "a", count: 40))b\"", "right: …\(String(repeating: "a", count: 40))c\"",
            ])
    }

    @Test("a secret stays one")
    func secrets() {
        let left: Value = ["key": .secret("hush"), "name": .string(String(repeating: "x", count: 90))]
        let right: Value = ["key": .secret("hash"), "name": .string(String(repeating: "x", count: 90))]
        #expect(Contrast.lines(.equal, left, right) == [#"key: left "••••", right "••••""#])
    }

    @Test("other comparisons show both sides")
    func others() throws {
        #expect(try lines("3", "[1, 2]", .in) == ["left:  3", "right: [1,2]"])
    }
}
