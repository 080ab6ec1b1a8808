/// Reads a bare word by the type of the parameter that it fills: for a string `123` is text, for an int `5MB` is a
/// number and `five` an error. The same rules apply on the command line.
package enum WordReader {
    /// The reason why a word is not a value of the type.
    package enum Mismatch: Error, Sendable, Equatable {
        /// It is not a number, a duration, or a bool.
        case malformed
        /// It is a number that does not fit 64 bits.
        case tooLarge
        /// It is not one of the enumeration's words.
        case notAmong([String])
        /// Lists, maps and bytes cannot be written as a word.
        case notAWord
    }

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

    /// Reads a word for `any`: `null`, `true`, `false` and plain decimal numbers are literals, everything else is text.
    private static func literal(_ word: String) -> Value {
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: break
        }
        guard word.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }) else {
            return .string(word)
        }
        switch NumberLiteral.read(word) {
        case .success(.int(let number)): return .int(number)
        case .success(.float(let number)): return .float(number)
        case .success, .failure: return .string(word)
        }
    }

    private static func bool(_ word: String) -> Result<Value, Mismatch> {
        switch word {
        case "true": .success(.bool(true))
        case "false": .success(.bool(false))
        default: .failure(.malformed)
        }
    }

    /// Reads `5`, `-7`, `1_000`, `5MB`, `64KiB`.
    private static func integer(_ word: String) -> Result<Value, Mismatch> {
        switch NumberLiteral.read(word) {
        case .success(.int(let number)), .success(.size(let number)): .success(.int(number))
        case .failure(.overflow): .failure(.tooLarge)
        case .success, .failure: .failure(.malformed)
        }
    }

    /// Reads `2s`, `250ms`, `-1h` as milliseconds.
    private static func duration(_ word: String) -> Result<Value, Mismatch> {
        switch NumberLiteral.read(word) {
        case .success(.duration(let milliseconds)): .success(.duration(milliseconds))
        case .failure(.overflow): .failure(.tooLarge)
        case .success, .failure: .failure(.malformed)
        }
    }

    private static func float(_ word: String) -> Result<Value, Mismatch> {
        let allowed: (UInt8) -> Bool = { $0.isDigit || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard word.utf8.allSatisfy(allowed), let number = Double(word), number.isFinite else {
            return .failure(.malformed)
        }
        return .success(.float(number))
    }
}
