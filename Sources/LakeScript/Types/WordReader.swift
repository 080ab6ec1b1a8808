/// Reads a bare word by the type of the parameter that it fills: for a string `123` stays text, for an integer `5MB` is
/// a number and `five` an error. The command line of lakesh is read by the same rules.
package enum WordReader {
    /// Why a word is not a value of the type.
    package enum Mismatch: Error, Sendable, Equatable {
        /// It is no number, no duration, neither true nor false.
        case malformed
        /// It is a number that 64 bits do not hold.
        case tooLarge
        /// It is none of the type's words.
        case notAmong([String])
        /// Lists, maps and bytes are not written as a word.
        case notAWord
    }

    /// The value of the word.
    package static func read(_ word: String, as type: ValueType) -> Result<Value, Mismatch> {
        switch type {
        case .any: .success(literal(word))
        case .string: .success(.string(word))
        case .secret: .success(.secret(word))
        case .enumeration(let cases): cases.contains(word) ? .success(.string(word)) : .failure(.notAmong(cases))
        case .bool: bool(word)
        case .int: integer(word)
        case .float: float(word)
        case .duration: duration(word)
        case .null: word == "null" ? .success(.null) : .failure(.malformed)
        case .optional(let wrapped): word == "null" && wrapped != .string ? .success(.null) : read(word, as: wrapped)
        case .list, .map, .record, .bytes: .failure(.notAWord)
        }
    }

    /// For `any`: `null`, `true`, `false` and plain decimal numbers are literals, all else is text.
    private static func literal(_ word: String) -> Value {
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        let digits = word.utf8.first == UInt8(ascii: "-") ? word.dropFirst() : word[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, parts.allSatisfy(isDecimal) else { return .string(word) }
        guard whole.count == 1 || whole.utf8.first != UInt8(ascii: "0") else { return .string(word) }
        if parts.count == 2 { return Double(word).map { .float($0) } ?? .string(word) }
        return Int(word).map { .int($0) } ?? .string(word)
    }

    private static func bool(_ word: String) -> Result<Value, Mismatch> {
        switch word {
        case "true": .success(.bool(true))
        case "false": .success(.bool(false))
        default: .failure(.malformed)
        }
    }

    /// `5`, `-7`, `1_000`, `5MB`, `64KiB`.
    private static func integer(_ word: String) -> Result<Value, Mismatch> {
        scaled(word, by: sizes).map { .int($0) }
    }

    /// `2s`, `250ms`, `-1h`; milliseconds.
    private static func duration(_ word: String) -> Result<Value, Mismatch> {
        guard word.utf8.last.map(isLetter) ?? false else { return .failure(.malformed) }
        return scaled(word, by: durations).map { .duration($0) }
    }

    private static func float(_ word: String) -> Result<Value, Mismatch> {
        let allowed: (UInt8) -> Bool = { isDigit($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard word.utf8.allSatisfy(allowed), let number = Double(word), number.isFinite else {
            return .failure(.malformed)
        }
        return .success(.float(number))
    }

    private static func scaled(_ word: String, by units: [String: Int]) -> Result<Int, Mismatch> {
        let unit = String(word.reversed().prefix { $0.isASCII && $0.isLetter }.reversed())
        let number = word.dropLast(unit.count).filter { $0 != "_" }
        let digits = number.first == "-" ? number.dropFirst() : number[...]
        guard isDecimal(digits), word.utf8.last != UInt8(ascii: "_") else { return .failure(.malformed) }
        guard unit.isEmpty || units[unit] != nil else { return .failure(.malformed) }
        guard let count = Int(number) else { return .failure(.tooLarge) }
        let (value, overflow) = count.multipliedReportingOverflow(by: units[unit] ?? 1)
        return overflow ? .failure(.tooLarge) : .success(value)
    }

    private static let sizes = [
        "B": 1, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
        "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
    ]
    private static let durations = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]

    private static func isDecimal(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy(isDigit)
    }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
