import Testing

@testable import LakeScript

struct MapBuiltinTests {
    private static let people: Value = [["id": "ana", "age": 7, "x": 0], ["id": "bo", "age": 9, "x": 0]]

    @Test(arguments: [
        BuiltinCall("select", [["b": 1, "a": 2, "c": 3], ["a", "b"]], ["a": 2, "b": 1]),
        BuiltinCall("select", [people, ["id"]], [["id": "ana"], ["id": "bo"]]),
        BuiltinCall("select", [people, "id"], [["id": "ana"], ["id": "bo"]]),
        BuiltinCall("get", [people, "age"], [7, 9]),
        BuiltinCall("get", [["a": .null], "a"], .null),
        BuiltinCall("get", [["results": [1]], "results"], [1]),
        BuiltinCall("keys", [["z": 1, "a": 2]], ["z", "a"]),
        BuiltinCall("values", [["z": 1, "a": 2]], [1, 2]),
        BuiltinCall("merge", [["a": 1, "b": 2], ["b": 3, "c": 4]], ["a": 1, "b": 3, "c": 4]),
        BuiltinCall("type_of", [.secret("x")], "secret"),
        BuiltinCall("type_of", [.duration(1)], "duration"),
        BuiltinCall("type_of", [.null], "null"),
    ])
    func works(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test func selectedFieldsStandInTheOrderAskedFor() throws {
        let selected = try BuiltinCall("select", [["b": 1, "a": 2], ["a", "b"]]).run()
        #expect(selected.record?.keys == ["a", "b"])
    }

    @Test func revealMakesPlainStringsAtAnyDepth() throws {
        let revealed = try BuiltinCall("reveal", [["keys": [.secret("a")]]]).run()
        #expect(!revealed.containsSecret)
        #expect(revealed == ["keys": ["a"]])
    }

    @Test(
        arguments: [
            (BuiltinCall("get", [["creation_date": 1], "creaton_date"]), ["did you mean `creation_date`?"]),
            (BuiltinCall("get", [["one": 1, "two": 2], "thirteen"]), ["there are: one, two"]),
            (BuiltinCall("select", [people, ["id", "agee"]]), ["did you mean `age`?"]),
        ])
    func aFieldThatIsMissingIsNamedWithAdvice(call: BuiltinCall, notes: [String]) throws {
        #expect(try call.failure()?.notes == notes)
    }

    @Test(
        arguments: [
            (BuiltinCall("keys", [[1]]), "`keys` takes a map, and this is a list"),
            (BuiltinCall("merge", [["a": 1], .null]), "`merge` takes a map, and this is null"),
            (BuiltinCall("get", [[1], "a"]), "`a` is read from each map of a list, and this is an int"),
        ])
    func saysWhatIsWrong(call: BuiltinCall, message: String) throws {
        #expect(try call.failure()?.message == message)
    }
}
