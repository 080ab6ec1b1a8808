import Testing

@testable import LakeScript

struct JSONTests {
    private func read(_ text: String) throws -> Value { try JSON.read(Array(text.utf8)) }

    @Test(
        arguments: [
            ("null", Value.null), (" true ", true), ("-0", 0), ("9223372036854775807", .int(.max)),
            ("\u{FEFF}[1]", [1]), ("1.5e3", .float(1500)), ("\"a\"", "a"),
            (#""\u00e9\n\"\\\/""#, "é\n\"\\/"), (#""\ud83d\ude00""#, "😀"), ("[]", []),
            ("[1, [2]]", [1, [2]]), (#"{"b":1,"a":{}}"#, ["b": 1, "a": [:]]),
        ] as [(String, Value)])
    func aTextBecomesAValue(text: String, value: Value) throws {
        #expect(try read(text) == value)
    }

    @Test(arguments: [
        "", "nul", "01", "1.", "-", "+1", "[1,]", "[1", "{\"a\"}", "{a:1}", "\"a", "\"\\x\"", "\"\\u12\"", "1 2", "NaN",
        "\"\u{1}\"", "'a'", "{\"a\":1,}", #""\ud800x""#, #""\ude00\ud83d""#, #""\ud83d\u0041""#, #"{"a":1,"a":2}"#,
        "9223372036854775808", "-9223372036854775809", "1e400", "[\u{FEFF}1]",
    ])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: JSON.Failure.self) { try read(text) }
    }

    @Test(arguments: [
        ("{\n  \"a\": 1,\n  \"b\" 2\n}", "line 3, column 7"), ("{\"a\": 1,\n \"a\": 2}", "line 2, column 2"),
        ("\u{FEFF}[\"é\", x]", "line 1, column 7"), ("[1,\n 9223372036854775808]", "line 2, column 2"),
    ])
    func aMistakeHasAPlace(text: String, place: String) {
        do throws(JSON.Failure) {
            _ = try JSON.read(Array(text.utf8))
            Issue.record("it was read")
        } catch {
            #expect(error.place(in: Array(text.utf8)) == place)
        }
    }

    @Test func deepNestingIsRefusedInsteadOfCrashing() {
        #expect(throws: JSON.Failure.self) { try read(String(repeating: "[", count: 100_000)) }
    }

    @Test func aStringThatIsNotUTF8IsRefused() {
        #expect(throws: JSON.Failure.self) { try JSON.read([0x22, 0xFF, 0x22]) }
    }

    @Test func keysKeepTheirOrder() throws {
        #expect(try read(#"{"z":1,"a":2,"m":3}"#).record?.keys == ["z", "a", "m"])
    }

    @Test func whatFollowsTheValueCanBeLeftAlone() throws {
        let (value, end) = try JSON.readPrefix(Array(" [1] more".utf8))
        #expect(value == [1] && end == 4)
    }

    @Test(
        arguments: [
            (Value.null, "null"), (["b": [1, .float(0.5)], "a": "x\u{1}\n"], #"{"b":[1,0.5],"a":"x\u0001\n"}"#),
            (.secret("abc"), "\"••••\""), (.duration(90_000), "\"90s\""), (.bytes([1, 2]), "\"AQI=\""),
            (.float(.infinity), "null"),
        ] as [(Value, String)])
    func aValueBecomesAText(value: Value, text: String) {
        #expect(String(decoding: JSON.write(value, layout: .compact), as: UTF8.self) == text)
    }

    @Test func equalMapsHaveOneCanonicalText() {
        let one = JSON.write(["b": 1, "a": 2], layout: .canonical)
        #expect(one == JSON.write(["a": 2, "b": 1], layout: .canonical))
    }

    @Test func anIndentedTextHasOneFieldALine() {
        let text = String(decoding: JSON.write(["a": [1], "b": [:]], layout: .indented), as: UTF8.self)
        #expect(text == "{\n  \"a\": [\n    1\n  ],\n  \"b\": {}\n}")
    }

    @Test func aSecretIsWrittenOnlyWhereThatIsAskedFor() {
        #expect(JSON.write(.secret("abc"), layout: .compact, revealing: true) == Array("\"abc\"".utf8))
    }

    @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{0}\u{7F}é"])
    func base64IsReadBack(text: String) {
        #expect(Base64.decode(Base64.encode(Array(text.utf8))) == Array(text.utf8))
    }

    @Test(arguments: ["a", "ab=c", "a b"])
    func whatIsNoBase64IsNil(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
