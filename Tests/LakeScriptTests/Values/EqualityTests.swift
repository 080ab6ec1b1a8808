import Testing

@testable import LakeScript

struct EqualityTests {
    @Test(
        arguments: [
            (1, .float(1), true), ([1, .null], [.float(1), .null], true), (.null, 1, false), ([.null], ["a"], false),
            (["a": [1]], ["a": [2]], false), (["a": 1], ["b": "1"], false), ([1], ["1", 2], false),
            (.secret("a"), "a", true),
        ] as [(Value, Value, Bool)])
    func valuesOfOneTypeAreEqualOrNot(left: Value, right: Value, result: Bool) throws {
        #expect(try left.equals(right) == result)
        #expect(try right.equals(left) == result)
    }

    @Test(
        arguments: [
            ("5", 5, "a string and an int are never equal"), (["5"], [5], "a string and an int are never equal"),
            (["a": [["b": true]]], ["a": [["b": "true"]]], "a bool and a string are never equal"),
            ([1], ["a": 1], "a list and a map are never equal"),
            (["n": 1, "id": "5"], ["n": 2, "id": 5], "a string and an int are never equal"),
            (["id": "5", "n": 1], ["n": 2, "id": 5], "a string and an int are never equal"),
            ([1, "a"], [2, 3], "a string and an int are never equal"),
            (.duration(1), 1, "a duration and an int are never equal"),
        ] as [(Value, Value, String)])
    func valuesOfDifferentTypesAreAMistakeAtAnyDepth(left: Value, right: Value, message: String) {
        let failure = #expect(throws: Failure.self) { try left.equals(right) }
        #expect(failure?.message == message)
        #expect(failure?.kind == .mistake)
    }

    @Test(arguments: [
        BuiltinCall("contains", [[5, 7], "5"]), BuiltinCall("unique", [[5, "5"]]),
        BuiltinCall("union", [[5], ["5"]]), BuiltinCall("intersect", [[5], ["5"]]),
        BuiltinCall("without", [["5"], [5]]), BuiltinCall("diff", [[5], ["5"]]),
        BuiltinCall("diff", [[["id": 5]], [["id": "5"]], "id"]),
        BuiltinCall("diff", [[["id": 5, "n": 1]], [["id": 5, "n": "1"]], "id"]),
        BuiltinCall("unique", [[["id": 5], ["id": "5"]]]), BuiltinCall("union", [[[5]], [["5"]]]),
        BuiltinCall("intersect", [[["a": [5]]], [["a": ["5"]]]]), BuiltinCall("without", [[["5"]], [[5]]]),
        BuiltinCall("diff", [[["id": 5]], [["id": "5"]]]), BuiltinCall("contains", [[["id": 5]], ["id": "5"]]),
    ])
    func itemsAreComparedAsEqualityDoes(call: BuiltinCall) throws {
        #expect(try call.failure()?.message.hasSuffix("are never equal") == true)
    }

    @Test(arguments: [
        BuiltinCall("contains", [[5, .null], .null], true), BuiltinCall("contains", [[.null, 5], 5], true),
        BuiltinCall("unique", [[.null, 5, .null]], [.null, 5]),
        BuiltinCall("without", [[.null, "a"], [.null]], ["a"]),
        BuiltinCall("unique", [[["a": 1], ["b": "1"], ["a": .null]]], [["a": 1], ["b": "1"], ["a": .null]]),
        BuiltinCall("unique", [[[1], ["1", 2], [1]]], [[1], ["1", 2]]),
    ])
    func nullStandsAmongItemsOfAnyType(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }
}
