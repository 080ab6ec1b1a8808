import Testing

@testable import LakeScript

struct WordReaderTests {
    @Test(
        arguments: [
            ("123", ValueType.string, Value.string("123")), ("true", .string, "true"), ("8d11f0", .string, "8d11f0"),
            ("1e3", .string, "1e3"), ("null", .string, "null"), ("5", .int, 5), ("-5", .int, -5), ("1_000", .int, 1000),
            ("5MB", .int, 5_000_000), ("64KiB", .int, 65536), ("3B", .int, 3), ("0.5", .float, .float(0.5)),
            ("5", .float, .float(5)), ("1e-3", .float, .float(0.001)), ("true", .bool, true), ("false", .bool, false),
            ("250ms", .duration, .duration(250)), ("2s", .duration, .duration(2000)),
            ("7d", .duration, .duration(604_800_000)),
            ("null", .any, nil), ("true", .any, true), ("5", .any, 5), ("-0.5", .any, .float(-0.5)),
            ("1e3", .any, "1e3"),
            ("007", .any, "007"), ("10.0.0.1", .any, "10.0.0.1"), ("5MB", .any, "5MB"), ("-", .any, "-"),
            ("soft", .enumeration(["soft", "hard"]), "soft"), ("null", .optional(.int), nil),
            ("x", .secret, .secret("x")),
            ("99999999999999999999", .any, "99999999999999999999"),
        ] as [(String, ValueType, Value)])
    func aWordIsReadByItsType(word: String, type: ValueType, value: Value) throws {
        #expect(try WordReader.read(word, as: type).get() == value)
    }

    @Test(
        arguments: [
            ("five", ValueType.int, WordReader.Mismatch.malformed), ("5XB", .int, .malformed),
            ("1.5", .int, .malformed),
            ("5_", .int, .malformed), ("", .int, .malformed), ("99999999999999999999", .int, .tooLarge),
            ("99999999TiB", .int, .tooLarge), ("5", .duration, .malformed), ("5y", .duration, .malformed),
            ("yes", .bool, .malformed), ("nan", .float, .malformed), ("inf", .float, .malformed),
            ("a", .list(.any), .notAWord),
            ("a", .map(.any), .notAWord), ("a", .bytes, .notAWord),
            ("sof", .enumeration(["soft"]), .notAmong(["soft"])),
        ] as [(String, ValueType, WordReader.Mismatch)])
    func aWordOfAnotherTypeIsRefused(word: String, type: ValueType, mismatch: WordReader.Mismatch) {
        #expect(WordReader.read(word, as: type) == .failure(mismatch))
    }
}
