/// `+ - * / %` on values: checked for overflow, with the few mixed types that the language allows.
package enum Arithmetic {
    /// Adds numbers and durations, joins strings and lists. An int (seconds) plus a duration is an int of seconds.
    package static func add(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return .int(try checked(a.addingReportingOverflow(b), "+"))
        case (.string(let a), .string(let b)): return .string(try joined(a, b))
        case (.string(let a), .secret(let b)), (.secret(let a), .string(let b)), (.secret(let a), .secret(let b)):
            return .secret(try joined(a, b))
        case (.list(let a), .list(let b)):
            try Value.require(items: a.count + b.count)
            _ = Work.goesOn(after: (a.count + b.count) / 8)
            return .list(a + b)
        case (.duration(let a), .duration(let b)): return .duration(try checked(a.addingReportingOverflow(b), "+"))
        case (.int(let a), .duration(let b)), (.duration(let b), .int(let a)):
            return .int(try checked(a.addingReportingOverflow(b / 1000), "+"))
        default:
            if let (a, b) = floats(left, right) { return .float(try finite(a + b, "+")) }
            throw .wrongOperands("+", left, right)
        }
    }

    /// Adds in place, as `add` does: lists and strings with no other owner are not copied.
    static func extend(_ value: inout Value, by added: Value) throws(Failure) {
        if case .list(var items) = value, case .list(let others) = added {
            try Value.require(items: items.count + others.count)
            value = .null
            items += others
            value = .list(items)
        } else if case .string(var text) = value, case .string(let other) = added {
            try Value.require(bytes: text.utf8.count + other.utf8.count)
            value = .null
            text += other
            value = .string(text)
        } else {
            value = try add(value, added)
        }
    }

    package static func subtract(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return .int(try checked(a.subtractingReportingOverflow(b), "-"))
        case (.duration(let a), .duration(let b)): return .duration(try checked(a.subtractingReportingOverflow(b), "-"))
        case (.int(let a), .duration(let b)): return .int(try checked(a.subtractingReportingOverflow(b / 1000), "-"))
        default:
            if let (a, b) = floats(left, right) { return .float(try finite(a - b, "-")) }
            throw .wrongOperands("-", left, right)
        }
    }

    package static func multiply(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)): return .int(try checked(a.multipliedReportingOverflow(by: b), "*"))
        case (.duration(let a), .int(let b)), (.int(let b), .duration(let a)):
            return .duration(try checked(a.multipliedReportingOverflow(by: b), "*"))
        default:
            if let (a, b) = floats(left, right) { return .float(try finite(a * b, "*")) }
            throw .wrongOperands("*", left, right)
        }
    }

    /// Divides; the quotient of two ints is rounded towards zero.
    package static func divide(_ left: Value, _ right: Value) throws(Failure) -> Value {
        switch (left, right) {
        case (.int(let a), .int(let b)):
            guard b != 0 else { throw .divisionByZero("/") }
            return .int(try checked(a.dividedReportingOverflow(by: b), "/"))
        case (.duration(let a), .int(let b)):
            guard b != 0 else { throw .divisionByZero("/") }
            return .duration(try checked(a.dividedReportingOverflow(by: b), "/"))
        default:
            guard let (a, b) = floats(left, right) else { throw .wrongOperands("/", left, right) }
            guard b != 0 else { throw .divisionByZero("/") }
            return .float(try finite(a / b, "/"))
        }
    }

    /// Returns the remainder, which has the sign of the left operand.
    package static func remainder(_ left: Value, _ right: Value) throws(Failure) -> Value {
        if case (.int(let a), .int(let b)) = (left, right) {
            guard b != 0 else { throw .divisionByZero("%") }
            return .int(b == -1 ? 0 : a % b)
        }
        guard let (a, b) = floats(left, right) else { throw .wrongOperands("%", left, right) }
        guard b != 0 else { throw .divisionByZero("%") }
        return .float(a.truncatingRemainder(dividingBy: b))
    }

    package static func negate(_ value: Value) throws(Failure) -> Value {
        switch value {
        case .int(let a): return .int(try checked(Int.zero.subtractingReportingOverflow(a), "-"))
        case .float(let a): return .float(-a)
        case .duration(let a): return .duration(try checked(Int.zero.subtractingReportingOverflow(a), "-"))
        default: throw .wrongType("`-` takes a number", value)
        }
    }

    private static func joined(_ a: String, _ b: String) throws(Failure) -> String {
        try Value.require(bytes: a.utf8.count + b.utf8.count)
        _ = Work.goesOn(afterBytes: a.utf8.count + b.utf8.count)
        return a + b
    }

    private static func floats(_ left: Value, _ right: Value) -> (Double, Double)? {
        switch (left, right) {
        case (.float(let a), .float(let b)): (a, b)
        case (.int(let a), .float(let b)): (Double(a), b)
        case (.float(let a), .int(let b)): (a, Double(b))
        default: nil
        }
    }

    private static func checked(_ result: (partialValue: Int, overflow: Bool), _ sign: String) throws(Failure) -> Int {
        guard !result.overflow else { throw .overflow(sign) }
        return result.partialValue
    }

    private static func finite(_ result: Double, _ sign: String) throws(Failure) -> Double {
        guard result.isFinite else { throw .overflow(sign) }
        return result
    }
}
