import TestSupport
import Testing

@testable import LakeScript

struct ValueTypeTests {
    @Test(
        arguments: [
            (ToyVocabulary.user, "a User"), (.list(ToyVocabulary.policy), "a list of Policies"), (.int, "an int"),
            (.string, "a string"), (.list(.any), "a list"), (.optional(.int), "an int or null"), (.map(.any), "a map"),
            (.record(RecordType("ObjectStats", [])), "an ObjectStats"), (.record(RecordType("", [])), "a map"),
            (.enumeration(["a", "b"]), "a word (`a` or `b`)"), (.bytes, "some bytes"), (.null, "null"),
            (.any, "any value"),
            (.list(.list(.string)), "a list of lists of strings"),
        ] as [(ValueType, String)])
    func aTypeHasAPhrase(type: ValueType, phrase: String) {
        #expect(type.phrase == phrase)
    }

    @Test func aRevealedTypeHoldsNoSecret() {
        let pair = ValueType.record(RecordType("Pair", [Field("id", .string), Field("secret", .secret)]))
        let plain = ValueType.record(RecordType("Pair", [Field("id", .string), Field("secret", .string)]))
        let types: [(ValueType, ValueType)] = [
            (.secret, .string), (pair, plain), (.list(.optional(pair)), .list(.optional(plain))), (.any, .any),
            (.map(.secret), .map(.string)), (ToyVocabulary.user, ToyVocabulary.user),
        ]
        for (type, revealed) in types { #expect(type.revealed == revealed) }
    }

    @Test(
        arguments: [
            (ValueType.any, ValueType.int, true), (.int, .any, true), (.float, .int, true), (.int, .float, false),
            (.string, .secret, true), (.string, .enumeration(["a"]), true), (.string, .int, false),
            (.list(.any), .list(.int), true), (.list(.int), .list(.string), false),
            (.map(.any), ToyVocabulary.user, true),
            (ToyVocabulary.user, ToyVocabulary.group, false), (.string, .optional(.string), true),
            (.duration, .int, false),
        ] as [(ValueType, ValueType, Bool)])
    func aTypeAcceptsWhatFits(wanted: ValueType, given: ValueType, fits: Bool) {
        #expect(wanted.accepts(given) == fits)
    }

    @Test(
        arguments: [
            (ValueType.int, ValueType.float, ValueType.float), (.int, .null, .optional(.int)), (.int, .string, .any),
            (.secret, .string, .string), (.list(.int), .list(.int), .list(.int)), (.any, .int, .any),
            (.optional(.int), .int, .optional(.int)), (.list(.int), .list(.string), .list(.any)),
            (ToyVocabulary.user, ToyVocabulary.group, .map(.any)),
        ] as [(ValueType, ValueType, ValueType)])
    func twoTypesJoin(left: ValueType, right: ValueType, joined: ValueType) {
        #expect(left.joined(with: right) == joined)
        #expect(right.joined(with: left) == joined)
    }
}
