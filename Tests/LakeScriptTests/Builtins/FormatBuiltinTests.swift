import Testing

@testable import LakeScript

struct FormatBuiltinTests {
    @Test(arguments: [
        BuiltinCall("format_time", [0], "1970-01-01T00:00:00Z"),
        BuiltinCall("format_time", [-1], "1969-12-31T23:59:59Z"),
        BuiltinCall("format_time", [951_782_400, "%Y-%m-%d %j"], "2000-02-29 060"),
        BuiltinCall("format_time", [1_800_000_000, "%Y%m%dT%H%M%SZ"], "20270115T080000Z"),
        BuiltinCall("format_time", [7, "%s %% x"], "7 % x"),
        BuiltinCall("format_time", [.int(.min), "%s"], "-9223372036854775808"),
        BuiltinCall("format_time", [.int(.max), "%s"], "9223372036854775807"),
        BuiltinCall(
            "format_time", [1_709_164_800, "%F %T %a %A %b %B %y %C %e %-d %^a"],
            "2024-02-29 00:00:00 Thu Thursday Feb February 24 20 29 29 THU"),
        BuiltinCall(
            "format_time", [1_609_459_199, "%G-W%V-%u %U %W %w %I:%M %p %l %D %R %z %Z"],
            "2020-W53-4 52 52 4 11:59 PM 11 12/31/20 23:59 +0000 UTC"),
        BuiltinCall("format_time", [1_609_545_600, "%g %V %j %c"], "20 53 002 Sat Jan  2 00:00:00 2021"),
        BuiltinCall("parse_time", ["22.11.2026", "%d.%m.%Y"], 1_795_305_600),
        BuiltinCall("parse_time", ["Sun Nov 22 09:15:00 2026", "%c"], 1_795_338_900),
        BuiltinCall("parse_time", ["2026-326 9:15 AM +0100", "%Y-%j %I:%M %p %z"], 1_795_335_300),
        BuiltinCall("parse_time", ["1795338900", "%s"], 1_795_338_900),
        BuiltinCall("parse_time", ["2026-11-22T10:15:00+0100"], 1_795_338_900),
        BuiltinCall("parse_time", ["1970-01-02"], 86_400),
        BuiltinCall("parse_time", ["2026-11-22T09:15:00Z"], 1_795_338_900),
        BuiltinCall("parse_time", ["2026-11-22t09:15:00.25z"], 1_795_338_900),
        BuiltinCall("parse_time", ["2026-11-22T10:15:00+01:00"], 1_795_338_900),
        BuiltinCall("parse_time", ["2026-11-22 04:45:00-04:30"], 1_795_338_900),
    ])
    func times(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-29", "2026-00-10", "2026-01-00", "2026-11-22T24:00:00Z", "2026-11-22T09:15Z",
        "2026-11-22T09:15:00", "2026-11-22T09:15:00.Z", "2026-11-22T09:15:00x01:00", "2026-11-22T09:15:00+01.00",
        "2026-11-22T09:15:00+25:00", "2026-11-22T09:15:00Zz", "22.11.2026", "٢٠٢٦-11-22",
    ])
    func whatIsNoDateIsAMistake(text: String) throws {
        let failure = try #require(try BuiltinCall("parse_time", [.string(text)]).failure())
        #expect(failure.message == "`\(text)` is not a date")
    }

    @Test(arguments: ["%Q", "%", "%-", "%5Y"])
    func aFormatWithAnUnknownLetterIsAMistake(format: String) throws {
        #expect(try BuiltinCall("format_time", [0, .string(format)]).failure()?.kind == .mistake)
    }

    @Test(arguments: [
        ("30.02.2026", "%d.%m.%Y"), ("12:00", "%H:%M"), ("Mon 2026-11-22", "%a %F"), ("22.11.2026 x", "%d.%m.%Y"),
        ("2026-11-22", "%Q"),
    ])
    func whatIsNoDateOfItsFormatIsAMistake(text: String, format: String) throws {
        #expect(try BuiltinCall("parse_time", [.string(text), .string(format)]).failure()?.kind == .mistake)
    }

    @Test func milliseconds() throws {
        #expect(try BuiltinCall("format_time", [1_700_000_000_000]).failure()?.kind == .mistake)
    }

    @Test(arguments: [0, 1, 59, 86_399, 951_782_400, 1_709_164_800, 4_102_444_800, -62_135_596_800])
    func aTimeIsReadBackAsItWasWritten(seconds: Int) throws {
        let text = try BuiltinCall("format_time", [.int(seconds)]).run()
        #expect(try BuiltinCall("parse_time", [text]).run() == .int(seconds))
    }

    @Test(arguments: [
        BuiltinCall("to_json", [["b": [1, .null], "a": "é"]], #"{"b":[1,null],"a":"é"}"#),
        BuiltinCall("to_json", [["b": 1, "a": 2], true], #"{"a":2,"b":1}"#),
        BuiltinCall("to_json", [.secret("x")], #""x""#),
        BuiltinCall("from_json", [#"{"a": [1, 2.5]}"#], ["a": [1, .float(2.5)]]),
        BuiltinCall("base64", ["foob"], "Zm9vYg=="),
        BuiltinCall("base64", [.bytes([0xFF, 0x00])], "/wA="),
        BuiltinCall("base64", ["Zm9vYg==", true], "foob"),
        BuiltinCall("base64", ["/wA=", true], .bytes([0xFF, 0x00])),
    ])
    func jsonAndBase64(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test(arguments: [
        BuiltinCall("to_csv", [[]], ""),
        BuiltinCall("to_csv", [[["id": "ana", "n": 1], ["n": .null, "id": "bo"]]], "id,n\nana,1\nbo,\n"),
        BuiltinCall("to_csv", [[["a": "x,y", "b": "say \"hi\""]]], "a,b\n\"x,y\",\"say \"\"hi\"\"\"\n"),
        BuiltinCall("to_csv", [[["a": 1], ["b": 2, "a": 3], ["c": 4]]], "a,b,c\n1,,\n3,2,\n,,4\n"),
        BuiltinCall("to_csv", [[["a": .null], ["a": ""]]], "a\n\"\"\n\"\"\n"),
        BuiltinCall("to_csv", [[["a": "one\ntwo", "b": "p;q"]]], "a,b\n\"one\ntwo\",\"p;q\"\n"),
    ])
    func csv(call: BuiltinCall) throws {
        #expect(try call.run() == call.result)
    }

    @Test func whatIsFormattedByASecretIsOne() throws {
        #expect(try BuiltinCall("format_time", [0, .secret("at %Y")]).run().containsSecret)
    }

    @Test(
        arguments: [
            (BuiltinCall("from_json", ["{a:1}"]), "the text is not JSON: expected a key in quotes (line 1, column 2)"),
            (
                BuiltinCall("from_json", ["1e400"]),
                "the text is not JSON: 1e400 does not fit 64 bits (line 1, column 1)"
            ),
            (BuiltinCall("base64", ["?", true]), "the text is not base64"),
            (
                BuiltinCall("base64", [.secret("/w=="), true]),
                "the base64 of the secret does not hold text, and only text can be secret"
            ),
            (BuiltinCall("to_csv", [[1]]), "`to_csv` takes a map, and this is an int"),
        ])
    func saysWhatIsWrong(call: BuiltinCall, message: String) throws {
        #expect(try call.failure()?.message == message)
    }
}
