// The failures of values and operators, each below the code that explains it.
extension Failure {
    static let codesOfValues = [r0101, r0102]

    static let r0101 = Code(
        "R0101",
        """
        Nothing can be divided by zero. Compare the divisor with 0 before the division, or give another value where it \
        is 0.
        """)

    static func divisionByZero(_ sign: String) -> Failure {
        Failure(r0101, sign == "/" ? "division by zero" : "the rest of a division by zero")
    }

    static let r0102 = Code(
        "R0102",
        """
        The result of an arithmetic operation is too large: an int and a duration have 64 bits, a float has 64 bits \
        and is never infinite. Compute with floats where an approximate result is enough.
        """)

    static func overflow(_ sign: String) -> Failure { Failure(r0102, "the result of `\(sign)` does not fit 64 bits") }
}
