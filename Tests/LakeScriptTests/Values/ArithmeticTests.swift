import Testing

@testable import LakeScript

struct ArithmeticTests {
    private func apply(_ sign: String, _ left: Value, _ right: Value) throws -> Value {
        switch sign {
        case "+": try Arithmetic.add(left, right)
        case "-": try Arithmetic.subtract(left, right)
        case "*": try Arithmetic.multiply(left, right)
        case "/": try Arithmetic.divide(left, right)
        default: try Arithmetic.remainder(left, right)
        }
    }

    @Test(
        arguments: [
            ("+", 1, 2, 3), ("+", 1, .float(0.5), .float(1.5)), ("+", "a", "b", "ab"), ("+", [1], [2], [1, 2]),
            ("+", .duration(500), .duration(1500), .duration(2000)), ("+", 100, .duration(60_000), 160),
            ("+", .duration(60_000), 100, 160), ("-", 100, .duration(60_000), 40), ("-", 1, 2, -1),
            ("-", .duration(2000), .duration(500), .duration(1500)), ("*", 6, 7, 42),
            ("*", 3, .duration(2000), .duration(6000)), ("*", .float(0.5), 4, .float(2)), ("/", 7, 2, 3),
            ("/", -7, 2, -3), ("/", 7, .float(2), .float(3.5)), ("/", .duration(3000), 2, .duration(1500)),
            ("%", 7, 3, 1), ("%", -7, 3, -1), ("%", .int(.min), -1, 0),
        ] as [(String, Value, Value, Value)])
    func computes(sign: String, left: Value, right: Value, result: Value) throws {
        #expect(try apply(sign, left, right) == result)
    }

    @Test(
        arguments: [
            ("+", .int(.max), 1), ("-", .int(.min), 1), ("*", .int(.max), 2), ("/", .int(.min), -1),
            ("+", .duration(.max), .duration(1)), ("-", .duration(.min), .duration(1)), ("*", .duration(.max), 2),
            ("/", .duration(.min), -1),
        ] as [(String, Value, Value)])
    func whatDoesNotFit64BitsIsAMistake(sign: String, left: Value, right: Value) {
        let failure = #expect(throws: Failure.self) { try apply(sign, left, right) }
        #expect(failure?.message == "the result of `\(sign)` does not fit 64 bits")
    }

    @Test(arguments: [Value.int(.min), .duration(.min)])
    func theSmallestNumberHasNoOpposite(value: Value) {
        #expect(throws: Failure.self) { try Arithmetic.negate(value) }
    }

    @Test(
        arguments: [
            ("/", 1, 0), ("/", .float(1), .float(0)), ("/", .duration(1), 0), ("%", 1, 0),
        ] as [(String, Value, Value)])
    func divisionByZeroIsAMistake(sign: String, left: Value, right: Value) {
        let failure = #expect(throws: Failure.self) { try apply(sign, left, right) }
        #expect(failure?.message.contains("division by zero") == true)
    }

    @Test(
        arguments: [
            ("+", "a", 1, "`+` cannot take a string and an int"),
            ("-", "a", "b", "`-` cannot take a string and a string"),
            ("*", [1], 2, "`*` cannot take a list and an int"), ("+", .null, 1, "`+` cannot take null and an int"),
            ("%", .duration(1), 2, "`%` cannot take a duration and an int"),
        ] as [(String, Value, Value, String)])
    func typesThatDoNotMixAreNamed(sign: String, left: Value, right: Value, message: String) {
        let failure = #expect(throws: Failure.self) { try apply(sign, left, right) }
        #expect(failure?.message == message)
    }

    @Test(
        "a float that would be infinite is a mistake, as an int is that does not fit", arguments: ["+", "-", "*", "/"])
    func overflow(sign: String) {
        let most = Value.float(.greatestFiniteMagnitude)
        let other: Value = sign == "/" ? .float(0.5) : sign == "-" ? .float(-.greatestFiniteMagnitude) : most
        let failure = #expect(throws: Failure.self) { try apply(sign, most, other) }
        #expect(failure?.message == "the result of `\(sign)` does not fit 64 bits")
    }

    @Test func aRestOfFloatsHasTheSignOfTheLeftOne() throws {
        #expect(try Arithmetic.remainder(.float(-7.5), 2) == .float(-1.5))
        #expect(throws: Failure.self) { try Arithmetic.remainder(.float(1), 0) }
    }

    @Test func aStringWithASecretIsASecret() throws {
        #expect(try Arithmetic.add("a", .secret("b")).containsSecret)
        #expect(try Arithmetic.add(.secret("a"), "b").containsSecret)
    }
}
