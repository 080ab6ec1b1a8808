import Testing

@testable import LakeScript

struct AccessTests {
    @Test(
        arguments: [
            ([1, 2], [-1], [1, 9]), (["a": [1, ["b": 2]]], ["a", 1, "b"], ["a": [1, ["b": 9]]]),
            (["a": 1], ["c"], ["a": 1, "c": 9]),
        ] as [(Value, [Value], Value)])
    func aPartIsSetAndTheRestStays(value: Value, path: [Value], result: Value) throws {
        var changed = value
        try Access.set(&changed, path[...], to: 9)
        #expect(changed == result)
    }

    @Test(
        arguments: [
            ([1], ["a"], "a list has no field `a`"),
            (["a": 1], [0], "a map is indexed by a string, and this is an int"),
            (["a": [1]], ["a", 5], "the list has 1 item, and no [5]"),
            (["a": 1], ["b", "c"], "the map has no field `b`"),
            (.null, ["a"], "null has no field `a`"),
        ] as [(Value, [Value], String)])
    func whatCannotBeSetLeavesTheValueAsItWas(value: Value, path: [Value], message: String) {
        var changed = value
        let failure = #expect(throws: Failure.self) { try Access.set(&changed, path[...], to: 9) }
        #expect(failure?.message == message)
        #expect(changed == value)
    }
}
