/// The value of a number literal, in an expression or in a word that is bound to a number parameter.
package enum NumberLiteral: Equatable, Sendable {
    case int(Int)
    case float(Double)
    /// Milliseconds.
    case duration(Int)
    /// Bytes.
    case size(Int)

    /// The reason why a text is not a number.
    package enum Problem: Error, Equatable, Sendable {
        /// Probably text: `8d11f0`, `10.0.0.1`.
        case notANumber
        /// `007`
        case leadingZero
        /// Unknown letters behind the digits: `5kb`.
        case unknownUnit(String)
        /// A number in another spelling, and its own: `1h30m` is `90m`.
        case respelled(String)
        /// `1.5h`, and the same in a smaller unit, if there is one.
        case fractionWithUnit(String?)
        case overflow
    }

    /// Milliseconds in each unit of time.
    package static let durationUnits: [(name: String, factor: Int)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// Bytes in each unit of size.
    package static let sizeUnits: [(name: String, factor: Int)] = [
        ("B", 1), ("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ]

    /// Reads a whole text as a number, with an optional leading `-`.
    package static func read(_ text: String) -> Result<NumberLiteral, Problem> {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        return read(Array(text.utf8)[(isNegative ? 1 : 0)...], isNegative: isNegative)
    }

    /// Reads digits, fraction, exponent and unit, without the sign.
    static func read(_ bytes: ArraySlice<UInt8>, isNegative: Bool) -> Result<NumberLiteral, Problem> {
        do { return .success(try NumberReader(bytes: bytes, isNegative: isNegative).read()) } catch {
            return .failure(error)
        }
    }
}

/// Splits a number's text into whole digits, fraction, exponent and unit.
private struct NumberReader {
    let bytes: ArraySlice<UInt8>
    let isNegative: Bool

    func read() throws(NumberLiteral.Problem) -> NumberLiteral {
        let whole = try digits(from: bytes.startIndex)
        if bytes[whole...].elementsEqual(".".utf8) {
            throw .respelled(String(decoding: bytes, as: UTF8.self) + "0")
        }
        let fraction = bytes[whole...].first == UInt8(ascii: ".") ? try digits(from: whole + 1) : whole
        let end = try exponentEnd(from: fraction)
        if bytes[bytes.startIndex] == UInt8(ascii: "0"), whole > bytes.startIndex + 1 {
            throw end == bytes.endIndex ? .leadingZero : .notANumber
        }
        guard end == bytes.endIndex else { return try withUnit(whole: whole, fraction: fraction, end: end) }
        guard end == whole else { return try .float(float()) }
        return try .int(integer(until: whole))
    }

    /// Returns the end of a non-empty run of digits with `_` between them.
    private func digits(from start: Int) throws(NumberLiteral.Problem) -> Int {
        var end = start
        while end < bytes.endIndex, bytes[end].isDigit || bytes[end] == UInt8(ascii: "_") {
            let isSeparator = bytes[end] == UInt8(ascii: "_")
            let isBetween = end > start && bytes[end - 1].isDigit && end + 1 < bytes.endIndex && bytes[end + 1].isDigit
            if isSeparator && !isBetween { throw .notANumber }
            end += 1
        }
        if end == start { throw .notANumber }
        return end
    }

    private func exponentEnd(from start: Int) throws(NumberLiteral.Problem) -> Int {
        guard start < bytes.endIndex, bytes[start] | 0x20 == UInt8(ascii: "e") else { return start }
        var at = start + 1
        if at < bytes.endIndex, bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "+") { at += 1 }
        guard at < bytes.endIndex, bytes[at].isDigit else { return start }
        return try digits(from: at)
    }

    private func withUnit(whole: Int, fraction: Int, end: Int) throws(NumberLiteral.Problem) -> NumberLiteral {
        let letters = bytes[end...]
        guard end == fraction, letters.allSatisfy(\.isLetter) else { throw severalUnits ?? .notANumber }
        let unit = String(decoding: letters, as: UTF8.self)
        let duration = NumberLiteral.durationUnits.first { $0.name == unit }?.factor
        let size = NumberLiteral.sizeUnits.first { $0.name == unit }?.factor
        guard let factor = duration ?? size else { throw .unknownUnit(unit) }
        guard fraction == whole else { throw .fractionWithUnit(inSmallerUnit(unit, until: end)) }
        let (product, overflow) = try integer(until: whole).multipliedReportingOverflow(by: factor)
        if overflow { throw .overflow }
        return duration == nil ? .size(product) : .duration(product)
    }

    private func integer(until end: Int) throws(NumberLiteral.Problem) -> Int {
        var value = 0
        for byte in bytes[..<end] where byte != UInt8(ascii: "_") {
            let digit = Int(byte - UInt8(ascii: "0"))
            let (tens, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) =
                isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            if first || second { throw .overflow }
            value = sum
        }
        return value
    }

    private func float() throws(NumberLiteral.Problem) -> Double {
        let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        guard let value = Double(text) else { throw .notANumber }
        guard value.isFinite else { throw .overflow }
        return isNegative ? -value : value
    }

    /// A duration of several units, `1h30m`, as one of the largest unit that it is a multiple of; nil if the text is
    /// something else.
    private var severalUnits: NumberLiteral.Problem? {
        var total = 0
        var rest = bytes
        while let first = rest.first, first.isDigit {
            guard let count = Int(String(decoding: rest.prefix(while: \.isDigit), as: UTF8.self)) else { return nil }
            rest = rest.drop(while: \.isDigit)
            let unit = String(decoding: rest.prefix(while: \.isLetter), as: UTF8.self)
            rest = rest.drop(while: \.isLetter)
            guard let factor = NumberLiteral.durationUnits.first(where: { $0.name == unit })?.factor else { return nil }
            let (product, first) = count.multipliedReportingOverflow(by: factor)
            let (sum, second) = total.addingReportingOverflow(product)
            if first || second { return nil }
            total = sum
        }
        guard rest.isEmpty, let form = NumberReader.form(of: total, NumberLiteral.durationUnits) else { return nil }
        return .respelled(form)
    }

    /// Returns `90m` for `1.5h`; nil where no smaller unit makes it whole.
    private func inSmallerUnit(_ unit: String, until end: Int) -> String? {
        let units =
            NumberLiteral.durationUnits.contains { $0.name == unit }
            ? NumberLiteral.durationUnits
            : NumberLiteral.sizeUnits.filter { $0.name.contains("i") == unit.contains("i") }
        guard let factor = units.first(where: { $0.name == unit })?.factor,
            let number = Double(String(decoding: bytes[..<end].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)),
            let total = Int(exactly: (number * Double(factor)).rounded()),
            abs(number * Double(factor) - Double(total)) < 1e-6
        else { return nil }
        return NumberReader.form(of: total, units)
    }

    /// Returns a number in the largest unit that it is a multiple of.
    private static func form(of total: Int, _ units: [(name: String, factor: Int)]) -> String? {
        let unit = units.filter { total >= $0.factor && total.isMultiple(of: $0.factor) }.max { $0.factor < $1.factor }
        return unit.map { "\(total / $0.factor)\($0.name)" }
    }
}
