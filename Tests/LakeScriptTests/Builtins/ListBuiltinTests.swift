import Testing

@testable import LakeScript

struct ListBuiltinTests {
    private static let ana: Value = ["id": "ana", "age": 7]
    private static let bo: Value = ["id": "bo", "age": 9]

    @Test(arguments: [
        BuiltinCall("sort", [[3, 1, 2]], [1, 2, 3]),
        BuiltinCall("sort", [[3, 1, 2], true], [3, 2, 1]),
        BuiltinCall("sort", [["b", "B", "a", "é"]], ["B", "a", "b", "é"]),
        BuiltinCall("sort", [[.float(1.5), 1, 2]], [1, .float(1.5), 2]),
        BuiltinCall("sort", [[.null, 2, 1]], [1, 2, .null]),
        BuiltinCall("sort", [[]], []),
        BuiltinCall("reverse", [[1, 2, 3]], [3, 2, 1]),
        BuiltinCall("reverse", ["ab\u{301}"], "\u{301}ba"),
        BuiltinCall("reverse", [.secret("ab")], .secret("ba")),
        BuiltinCall("sort", [["\u{e9}", "e\u{301}"]], ["e\u{301}", "\u{e9}"]),
        BuiltinCall("min", [[3, 1, .null]], 1),
        BuiltinCall("max", [[3, 1, .null]], 3),
        BuiltinCall("min", [[]], .null),
        BuiltinCall("max", [[]], .null),
    ])
    func orders(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(arguments: [
        BuiltinCall("first", [[1, 2]], 1),
        BuiltinCall("first", [[]], .null),
        BuiltinCall("first", [[1, 2, 3], 2], [1, 2]),
        BuiltinCall("first", [[1], 5], [1]),
        BuiltinCall("first", [[1], 0], []),
        BuiltinCall("last", [[1, 2]], 2),
        BuiltinCall("last", [[]], .null),
        BuiltinCall("last", [[1, 2, 3], 2], [2, 3]),
        BuiltinCall("flatten", [[[1], 2, [[3]]]], [1, 2, [3]]),
        BuiltinCall("append", [[1], [2]], [1, [2]]),
        BuiltinCall("count", [[1, 2, 3]], 3),
        BuiltinCall("count", [["a": 1]], 1),
        BuiltinCall("length", ["añ👩‍👧"], 5),
        BuiltinCall("length", ["\r\n"], 2),
        BuiltinCall("length", ["e\u{301}"], 2),
        BuiltinCall("length", [.secret("abc")], 3),
        BuiltinCall("length", [.bytes([1, 2])], 2),
        BuiltinCall("length", [["a": 1, "b": 2]], 2),
        BuiltinCall("sum", [[1, 2, .float(0.5)]], .float(3.5)),
        BuiltinCall("sum", [[]], 0),
    ])
    func takesParts(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(arguments: [
        BuiltinCall("unique", [[1, 2, 1, .float(2), .null]], [1, 2, .null]),
        BuiltinCall("unique", [[["a": 1, "b": 2], ["b": 2, "a": 1]]], [["a": 1, "b": 2]]),
        BuiltinCall("unique", [["\u{e9}", "e\u{301}"]], ["\u{e9}", "e\u{301}"]),
        BuiltinCall(
            "unique", [[9_007_199_254_740_993, .float(9_007_199_254_740_992)]],
            [
                9_007_199_254_740_993, .float(9_007_199_254_740_992),
            ]),
        BuiltinCall("intersect", [["\u{e9}"], ["e\u{301}"]], []),
        BuiltinCall("without", [["\u{e9}"], ["e\u{301}"]], ["\u{e9}"]),
        BuiltinCall("union", [[1, 2], [2, 3]], [1, 2, 3]),
        BuiltinCall("intersect", [[1, 2, 2], [2, 3]], [2]),
        BuiltinCall("without", [[1, 2, 2, 3], [2]], [1, 3]),
        BuiltinCall("without", [[.secret("a"), "b"], ["a"]], ["b"]),
    ])
    func treatsListsAsSets(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(arguments: [
        BuiltinCall("diff", [[1, 2], [1, 2]], []),
        BuiltinCall(
            "diff", [[1, 2], [2, 3]],
            [
                ["change": "removed", "item": 1, "was": .null], ["change": "added", "item": 3, "was": .null],
            ]),
        BuiltinCall(
            "diff", [[1, 2, 2], [2]],
            [
                ["change": "removed", "item": 1, "was": .null], ["change": "removed", "item": 2, "was": .null],
            ]),
        BuiltinCall("diff", [[1, 2], [2, 1]], []),
        BuiltinCall("diff", [[ana], [ana], "id"], []),
        BuiltinCall(
            "diff", [[ana], [["id": "ana", "age": 8], bo], "id"],
            [
                ["change": "changed", "item": ["id": "ana", "age": 8], "was": ana],
                ["change": "added", "item": bo, "was": .null],
            ]),
    ])
    func namesTheDifference(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(
        arguments: [
            (BuiltinCall("sort", [[1, "a"]]), "an int and a string have no order"),
            (BuiltinCall("sort", ["abc"]), "`sort` takes a list, and this is a string"),
            (BuiltinCall("first", [[1], "x"]), "`first` takes an integer, and this is a string"),
            (BuiltinCall("sum", [[1, "a"]]), "`+` cannot take an int and a string"),
            (BuiltinCall("sum", [[.int(.max), 1]]), "the result of `+` does not fit 64 bits"),
            (BuiltinCall("length", [7]), "`length` takes a string, and this is an int"),
            (BuiltinCall("count", [.null]), "`count` takes a list, and this is null"),
        ])
    func saysWhatIsWrong(call: BuiltinCall, message: String) throws {
        let failure = try call.failure()
        #expect(failure?.message == message)
        #expect(failure?.kind == .mistake)
    }

    @Test(
        arguments: [
            (BuiltinCall("first", [[1], -1]), "`first` cannot give -1 items"),
            (BuiltinCall("last", [[1], -2]), "`last` cannot give -2 items"),
            (BuiltinCall("diff", [[["id": 1], ["id": 1]], [], "id"]), "two items of a list have the id `1`"),
            (BuiltinCall("diff", [[["id": 1]], [["n": 1]], "id"]), "there is no field `id`"),
            (BuiltinCall("sort", [[[:], [:]]]), "a map and a map have no order"),
        ])
    func saysWhatCannotBe(call: BuiltinCall, message: String) throws {
        let failure = try call.failure()
        #expect(failure?.message == message)
        #expect(failure?.notes.contains("there are: ") == false)
    }

    @Test func whatIsJoinedByASecretIsOne() throws {
        #expect(try BuiltinCall("join", [["a", "b"], .secret("x")]).run().containsSecret)
    }
}
