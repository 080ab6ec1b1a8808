import Testing

@testable import LakeScript

struct GroupingTests {
    @Test(
        arguments: [
            ([1, 2, 1], ["1", "2"]), (["b", "a", "b"], ["b", "a"]), ([true, .null, true], ["true", "null"]),
            ([1, .float(1), .float(1.5)], ["1", "1.5"]), ([.duration(2000), [1, 2]], ["2s", "[1,2]"]),
        ] as [([Value], [String])])
    func aKeyStandsAsItsTextInTheOrderInWhichItCame(keys: [Value], names: [String]) throws {
        let groups = try Grouping.groups((0..<keys.count).map { .int($0) }, by: .made(keys))
        #expect(groups.keys == names)
        #expect(groups.values.compactMap(\.items).joined().count == keys.count)
    }

    @Test func theItemsOfAGroupKeepTheirOrder() throws {
        let items: [Value] = [["k": "a", "n": 1], ["k": "b", "n": 2], ["k": "a", "n": 3]]
        #expect(try Grouping.groups(items, by: .field("k")) == ["a": [items[0], items[2]], "b": [items[1]]])
    }

    @Test(
        arguments: [
            ([1, "1"], "two keys of `group_by` have the text `1`: an int and a string"),
            (["null", .null], "two keys of `group_by` have the text `null`: a string and null"),
            ([true, "true"], "two keys of `group_by` have the text `true`: a bool and a string"),
        ] as [([Value], String)])
    func keysThatDifferAndReadAlikeAreAMistake(keys: [Value], message: String) {
        let failure = #expect(throws: Failure.self) { try Grouping.groups([1, 2], by: .made(keys)) }
        #expect(failure?.message == message)
    }

    @Test(arguments: [.secret("hidden"), [.secret("hidden")]] as [Value])
    func aSecretIsNoKeySinceKeysAreShown(key: Value) {
        let failure = #expect(throws: Failure.self) { try Grouping.groups([1], by: .made([key])) }
        #expect(failure?.message.contains("hidden") == false)
    }

    @Test func itemsThatAreNoMapsHaveNoFieldToGroupBy() {
        let failure = #expect(throws: Failure.self) { try Grouping.groups([1], by: .field("k")) }
        #expect(failure?.message == "`k` is read from each map of a list, and this is an int")
    }
}
