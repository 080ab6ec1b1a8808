import Testing

@testable import LakeScript

struct ScalarTextTests {
    private static let composed = "caf\u{e9}"
    private static let decomposed = "cafe\u{301}"

    @Test(
        arguments: [
            (composed, decomposed), ("K", "\u{212A}"), ("a\u{301}\u{323}", "a\u{323}\u{301}"), ("a", "b"), ("a", "aa"),
        ])
    func textsOfOtherScalarsAreNotEqual(left: String, right: String) {
        #expect(ScalarText(left) != ScalarText(right))
        #expect(ScalarText(right) != ScalarText(left))
        #expect(Value.string(left) != Value.string(right))
        #expect([left].position(of: right) == nil)
    }

    @Test(arguments: [
        "", "name", "a name of more than fifteen bytes", composed, "\u{1F468}\u{200D}\u{1F469} and more text",
    ])
    func textsOfTheSameScalarsAreEqualAndHashAlike(text: String) {
        // A copy of its own storage.
        let copy = String(decoding: Array(text.utf8), as: UTF8.self)
        #expect(ScalarText(text) == ScalarText(copy))
        #expect(ScalarText(text).hashValue == ScalarText(copy).hashValue)
        #expect(Value.string(text) == .secret(copy))
    }

    /// Few keys are searched in order, many by their hashes.
    @Test(arguments: [0, 20])
    func keysOfAMapAreToldApartByTheirScalars(others: Int) {
        var record = Record((0..<others).map { ("k\($0)", .int($0)) })
        record[Self.composed] = 1
        #expect(record[Self.decomposed] == nil)
        record[Self.decomposed] = 2
        #expect(record[Self.composed] == 1)
        #expect(record[Self.decomposed] == 2)
        #expect(record.count == others + 2)
        #expect(Record([(Self.composed, Value.null)]) != Record([(Self.decomposed, Value.null)]))
    }

    @Test(
        arguments: [
            ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\n\nc\r\n", ["a", "b", "", "c"]),
            ("a\rb\u{b}\u{c}\u{85}\u{2028}\u{2029}c", ["a\rb\u{b}\u{c}\u{85}\u{2028}\u{2029}c"]),
            ("a\n\u{301}b", ["a", "\u{301}b"]), ("a\r", ["a\r"]), ("a\r\r\n", ["a\r"]),
        ] as [(String, [String])])
    func linesEndAtLineFeedsWithOrWithoutACarriageReturn(text: String, lines: [String]) {
        #expect(text.lines.map(ScalarText.init) == lines.map(ScalarText.init))
    }
}
