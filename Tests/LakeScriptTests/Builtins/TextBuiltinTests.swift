import Testing

@testable import LakeScript

struct TextBuiltinTests {
    @Test(arguments: [
        BuiltinCall("split", ["a;b;;c", ";"], ["a", "b", "", "c"]),
        BuiltinCall("split", ["", ";"], []),
        BuiltinCall("split", ["abc", ""], ["a", "b", "c"]),
        BuiltinCall("split", ["a--b-c", "--"], ["a", "b-c"]),
        BuiltinCall("split", [";", ";"], ["", ""]),
        BuiltinCall("join", [["a", 1, true, .null], ", "], "a, 1, true, null"),
        BuiltinCall("join", [[], ","], ""),
        BuiltinCall("trim", [" \t a b \r\n"], "a b"),
        BuiltinCall("trim", ["   "], ""),
        BuiltinCall("lower", ["ÀB"], "àb"),
        BuiltinCall("upper", ["straße"], "STRASSE"),
        BuiltinCall("starts_with", ["main~1", "main"], true),
        BuiltinCall("starts_with", ["a", "ab"], false),
        BuiltinCall("starts_with", ["cafe\u{301}/x", "caf\u{e9}"], false),
        BuiltinCall("starts_with", ["data/\u{301}x", "data/"], true),
        BuiltinCall("starts_with", ["\r\nx", "\r"], true),
        BuiltinCall("ends_with", ["a\r\n", "\n"], true),
        BuiltinCall("ends_with", ["cafe\u{301}", "\u{301}"], true),
        BuiltinCall("ends_with", ["b", "ab"], false),
        BuiltinCall("split", ["b\u{301}", ""], ["b", "\u{301}"]),
        BuiltinCall("split", ["a,\u{301}b", ","], ["a", "\u{301}b"]),
        BuiltinCall("trim", [" a \u{301} "], "a \u{301}"),
        BuiltinCall("ends_with", ["a.csv", ".csv"], true),
        BuiltinCall("contains", ["banana", "nan"], true),
        BuiltinCall("contains", ["banana", ""], true),
        BuiltinCall("contains", ["a", "abc"], false),
        BuiltinCall("contains", [[1, 2], 2], true),
        BuiltinCall("contains", [["a"], "b"], false),
        BuiltinCall("lines", ["a\r\nb\n\nc\n"], ["a", "b", "", "c"]),
        BuiltinCall("lines", [""], []),
    ])
    func cutsAndJoins(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(arguments: [
        BuiltinCall("to_int", ["-42"], -42),
        BuiltinCall("to_int", [.float(-2.9)], -2),
        BuiltinCall("to_int", [.duration(90_500)], 90),
        BuiltinCall("to_int", ["9223372036854775807"], .int(.max)),
        BuiltinCall("to_float", ["1e3"], .float(1000)),
        BuiltinCall("to_float", [2], .float(2)),
        BuiltinCall("to_string", [.float(0.5)], "0.5"),
        BuiltinCall("to_string", [.duration(90_000)], "90s"),
        BuiltinCall("to_string", [["a": [1, .null]]], #"{"a":[1,null]}"#),
        BuiltinCall("to_string", [.null], "null"),
    ])
    func converts(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(
        arguments: [
            (BuiltinCall("to_int", ["five"]), "`five` is not an integer"),
            (BuiltinCall("to_int", ["9223372036854775808"]), "`9223372036854775808` does not fit 64 bits"),
            (BuiltinCall("to_int", [.float(1e300)]), "1e+300 does not fit an int"),
            (BuiltinCall("to_int", [.null]), "`to_int` takes a string, and this is null"),
            (BuiltinCall("to_int", ["-"]), "`-` is not an integer"),
            (BuiltinCall("to_float", ["nan"]), "`nan` is not a number"),
            (BuiltinCall("to_float", ["0x10"]), "`0x10` is not a number"),
            (BuiltinCall("split", [1, ";"]), "`split` takes a string, and this is an int"),
        ])
    func saysWhatIsWrong(call: BuiltinCall, message: String) throws {
        #expect(try call.failure()?.message == message)
    }

    @Test(arguments: [
        BuiltinCall("trim", [.secret(" s3cret ")]),
        BuiltinCall("lower", [.secret("S")]),
        BuiltinCall("upper", [.secret("s")]),
        BuiltinCall("split", [.secret("a;b"), ";"]),
        BuiltinCall("lines", [.secret("a\nb")]),
        BuiltinCall("join", [["a", .secret("b")], ";"]),
        BuiltinCall("to_string", [["key": .secret("b")]]),
        BuiltinCall("to_json", [["key": .secret("b")]]),
        BuiltinCall("from_json", [.secret(#"{"key": ["b"]}"#)]),
        BuiltinCall("to_csv", [[["key": .secret("b")]]]),
        BuiltinCall("base64", [.secret("b")]),
        BuiltinCall("base64", [.secret("Yg=="), true]),
    ])
    func whatComesFromASecretIsOne(call: BuiltinCall) throws {
        #expect(try call.run().containsSecret)
    }

    @Test(arguments: ["to_int", "to_float", "parse_time", "from_json"])
    func noErrorHoldsASecret(name: String) throws {
        let failure = try #require(try BuiltinCall(name, [.secret("hunter2")]).failure())
        #expect(!failure.message.contains("hunter2"))
        #expect(!failure.notes.joined().contains("hunter2"))
    }
}
