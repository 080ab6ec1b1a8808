extension JSON {
    /// Reads one JSON text (RFC 8259, strict), followed by nothing but blanks.
    package static func read(_ bytes: [UInt8]) throws(Failure) -> Value {
        let (value, end) = try readPrefix(bytes)
        var reader = JSONReader(bytes, at: end)
        reader.skipBlanks()
        guard reader.isAtEnd else { throw reader.failure("there is more after the value") }
        return value
    }

    /// Reads one JSON value at the start of a text; returns it and the offset after it.
    package static func readPrefix(_ bytes: [UInt8]) throws(Failure) -> (value: Value, end: Int) {
        var reader = JSONReader(bytes, at: 0)
        reader.skipBlanks()
        let value = try reader.value(depth: 0)
        return (value, reader.place)
    }
}

/// A cursor over JSON bytes. Integers that do not fit 64 bits become floats; the last value of a repeated key counts.
private struct JSONReader {
    private let bytes: [UInt8]
    fileprivate private(set) var place: Int
    private let work = Work.current

    init(_ bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    var isAtEnd: Bool { place >= bytes.count }

    func failure(_ message: String) -> JSON.Failure { JSON.Failure(message: message, offset: place) }

    mutating func skipBlanks() {
        while place < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[place]) { place += 1 }
    }

    mutating func value(depth: Int) throws(JSON.Failure) -> Value {
        guard depth < Value.maximumDepth else { throw failure("nested deeper than \(Value.maximumDepth)") }
        guard place < bytes.count else { throw failure("the text ends where a value is expected") }
        guard work?.goesOn() ?? true else { throw failure("reading was stopped") }
        switch bytes[place] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func object(depth: Int) throws(JSON.Failure) -> Value {
        var record = Record()
        place += 1
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .map(record) }
        while true {
            guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else {
                throw failure("expected a key in quotes")
            }
            let key = try string()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw failure("expected `:` after a key") }
            skipBlanks()
            record[key] = try value(depth: depth + 1)
            skipBlanks()
            if take(UInt8(ascii: "}")) { return .map(record) }
            guard take(UInt8(ascii: ",")) else { throw failure("expected `,` or `}`") }
            skipBlanks()
        }
    }

    private mutating func array(depth: Int) throws(JSON.Failure) -> Value {
        var items: [Value] = []
        place += 1
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .list(items) }
        while true {
            items.append(try value(depth: depth + 1))
            skipBlanks()
            if take(UInt8(ascii: "]")) { return .list(items) }
            guard take(UInt8(ascii: ",")) else { throw failure("expected `,` or `]`") }
            skipBlanks()
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard place < bytes.count, bytes[place] == byte else { return false }
        place += 1
        return true
    }

    private mutating func word(_ text: StaticString, _ value: Value) throws(JSON.Failure) -> Value {
        let end = place + text.utf8CodeUnitCount
        let matches = end <= bytes.count && text.withUTF8Buffer { bytes[place..<end].elementsEqual($0) }
        guard matches else { throw failure("no JSON value begins like this") }
        place = end
        return value
    }

    private mutating func number() throws(JSON.Failure) -> Value {
        let start = place
        _ = take(UInt8(ascii: "-"))
        let digits = place
        try someDigits()
        if bytes[digits] == UInt8(ascii: "0"), place > digits + 1 {
            place = start
            throw failure("a number has no leading zeros")
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            try someDigits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isInteger = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try someDigits()
        }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if isInteger, let integer = Int(text) { return .int(integer) }
        guard let number = Double(text), number.isFinite else { throw failure("the number does not fit 64 bits") }
        return .float(number)
    }

    private mutating func someDigits() throws(JSON.Failure) {
        let start = place
        while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
        guard place > start else {
            throw failure(place < bytes.count ? "no JSON value begins like this" : "the text ends inside a number")
        }
    }

    /// Reads a string with its quotes. Parts without escapes are copied in one piece.
    private mutating func string() throws(JSON.Failure) -> String {
        place += 1
        let start = place
        while place < bytes.count, bytes[place] != UInt8(ascii: "\""), bytes[place] != UInt8(ascii: "\\"),
            bytes[place] >= 0x20
        {
            place += 1
        }
        var text = bytes[start..<place]
        while true {
            guard place < bytes.count else { throw failure("the text ends inside a string") }
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw failure("the string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case ..<0x20:
                place -= 1
                throw failure("a control character in a string must be escaped")
            default: text.append(byte)
            }
        }
    }

    private mutating func escape() throws(JSON.Failure) -> [UInt8] {
        guard place < bytes.count else { throw failure("the text ends inside a string") }
        let byte = bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw failure("`\\` begins no such escape")
        }
    }

    /// Reads the scalar of `\uXXXX` or of a surrogate pair; a lone surrogate reads as U+FFFD.
    private mutating func scalar() throws(JSON.Failure) -> Unicode.Scalar {
        let high = try hexadecimal()
        if (0xD800..<0xDC00).contains(high), place + 1 < bytes.count, bytes[place] == UInt8(ascii: "\\"),
            bytes[place + 1] == UInt8(ascii: "u")
        {
            place += 2
            let low = try hexadecimal()
            if (0xDC00..<0xE000).contains(low) {
                return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
            }
            return Unicode.Scalar(low) ?? "\u{FFFD}"
        }
        return Unicode.Scalar(high) ?? "\u{FFFD}"
    }

    private mutating func hexadecimal() throws(JSON.Failure) -> UInt32 {
        guard place + 4 <= bytes.count else { throw failure("`\\u` needs four hexadecimal digits") }
        let text = String(decoding: bytes[place..<place + 4], as: UTF8.self)
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let number = UInt32(text, radix: 16)
        else { throw failure("`\\u` needs four hexadecimal digits") }
        place += 4
        return number
    }
}
