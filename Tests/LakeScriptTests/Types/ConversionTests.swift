import Testing

@testable import LakeScript

struct ConversionTests {
    @Test(
        arguments: [
            (.float, 3, .float(3)), (.float, .float(0.5), .float(0.5)), (.secret, "a", .secret("a")),
            (.string, .secret("a"), .secret("a")), (.list(.float), [1, .float(2)], [.float(1), .float(2)]),
            (.map(.secret), ["k": "a"], ["k": .secret("a")]), (.optional(.float), .null, .null),
            (.optional(.float), 1, .float(1)), (.any, [1], [1]), (.enumeration(["on", "off"]), "on", "on"),
        ] as [(ValueType, Value, Value)])
    func aValueThatFitsIsConverted(type: ValueType, value: Value, result: Value) {
        let converted = type.converted(value)
        #expect(converted == result)
        #expect(converted?.typeName == result.typeName)
        #expect(converted?.containsSecret == result.containsSecret)
    }

    @Test(
        arguments: [
            (.int, .float(1), "`f` takes an int as `x`, and this is a float"),
            (.int, "3", "`f` takes an int as `x`, and this is a string"),
            (.secret, 3, "`f` takes a secret as `x`, and this is an int"),
            (.list(.string), ["a", 5], "`f` takes a list of strings as `x`, and its [1] is an int"),
            (.map(.list(.int)), ["k": [1, "2"]], "`f` takes a map as `x`, and its .k[1] is a string"),
            (.enumeration(["on", "off"]), "of", "`f` takes a word (`on` or `off`) as `x`, and this is `of`"),
            (.int, .null, "`x` of f is null"),
        ] as [(ValueType, Value, String)])
    func anotherIsRefusedByItsFirstPartThatDoesNotFit(type: ValueType, value: Value, message: String) {
        let failure = #expect(throws: Failure.self) { try Parameter("x", type).converted(value, for: "f") }
        #expect(failure?.message == message)
    }
}
