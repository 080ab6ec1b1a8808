import LakeScript

/// Scans JSON like Go's decoder and words its errors.
///
/// It scans only the first value and keeps only the open brackets.
struct GoScanner {
    /// Returns the error in the first value of a text; nil if there is none.
    static func complaint(about bytes: [UInt8]) -> String? {
        var scanner = GoScanner(bytes)
        do throws(Complaint) { try scanner.walk() } catch { return error.text }
        return nil
    }

    private struct Complaint: Error {
        let text: String
    }

    /// Token that is expected next.
    private enum Due {
        case value, valueOrEnd, key, keyOrEnd, colon, separator
    }

    private let bytes: [UInt8]
    private var place = 0
    private var open: [UInt8] = []
    private var due = Due.value
    private var (hasBegun, isDone) = (false, false)

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    private mutating func walk() throws(Complaint) {
        while !isDone {
            while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
            guard let byte = next else { throw Complaint(text: hasBegun ? "unexpected EOF" : "EOF") }
            hasBegun = true
            try step(byte)
        }
    }

    private mutating func step(_ byte: UInt8) throws(Complaint) {
        switch due {
        case .valueOrEnd where byte == UInt8(ascii: "]"), .keyOrEnd where byte == UInt8(ascii: "}"): close()
        case .value, .valueOrEnd: try value(byte)
        case .key, .keyOrEnd:
            guard byte == UInt8(ascii: "\"") else { throw invalid("looking for beginning of object key string") }
            try string()
            due = .colon
        case .colon:
            guard byte == UInt8(ascii: ":") else { throw invalid("after object key") }
            place += 1
            due = .value
        case .separator: try separator(byte)
        }
    }

    private mutating func separator(_ byte: UInt8) throws(Complaint) {
        let isObject = open.last == UInt8(ascii: "{")
        switch byte {
        case UInt8(ascii: ","):
            place += 1
            due = isObject ? .key : .value
        case isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"): close()
        default: throw invalid(isObject ? "after object key:value pair" : "after array element")
        }
    }

    private mutating func close() {
        place += 1
        open.removeLast()
        endValue()
    }

    private mutating func endValue() {
        due = .separator
        isDone = open.isEmpty
    }

    private mutating func value(_ byte: UInt8) throws(Complaint) {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            place += 1
            open.append(byte)
            due = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
            return
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        default: throw invalid("looking for beginning of value")
        }
        endValue()
    }

    private mutating func word(_ text: String) throws(Complaint) {
        for letter in text.utf8 {
            guard next == letter else {
                throw invalid("in literal \(text) (expecting '\(Unicode.Scalar(letter))')")
            }
            place += 1
        }
    }

    private mutating func string() throws(Complaint) {
        place += 1
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { throw invalid("in string literal") }
            place += 1
            if byte == UInt8(ascii: "\\") { try escape() }
        }
        guard next != nil else { throw invalid("in string literal") }
        place += 1
    }

    private mutating func escape() throws(Complaint) {
        guard let byte = next, "\"\\/bfnrtu".utf8.contains(byte) else { throw invalid("in string escape code") }
        place += 1
        guard byte == UInt8(ascii: "u") else { return }
        for _ in 0..<4 {
            guard let digit = next, Character(Unicode.Scalar(digit)).isHexDigit else {
                throw invalid("in \\u hexadecimal character escape")
            }
            place += 1
        }
    }

    private mutating func number() throws(Complaint) {
        if next == UInt8(ascii: "-") { place += 1 }
        if next == UInt8(ascii: "0") { place += 1 } else { try digits("in numeric literal") }
        if next == UInt8(ascii: ".") {
            place += 1
            try digits("after decimal point in numeric literal")
        }
        guard let byte = next, byte | 0x20 == UInt8(ascii: "e") else { return }
        place += 1
        if let sign = next, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { place += 1 }
        try digits("in exponent of numeric literal")
    }

    private mutating func digits(_ context: String) throws(Complaint) {
        guard isDigit else { throw invalid(context) }
        while isDigit { place += 1 }
    }

    private var isDigit: Bool { next?.isDigit ?? false }

    private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Returns the complaint about the next byte, or about the end of the text.
    private func invalid(_ context: String) -> Complaint {
        guard let next else { return Complaint(text: "unexpected EOF") }
        return Complaint(text: "invalid character \(GoScanner.quoted(next)) \(context)")
    }

    /// Returns a byte quoted like Go does, as a character of Latin-1.
    private static func quoted(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "'"): #"'\''"#
        case UInt8(ascii: "\\"): #"'\\'"#
        case 0x07: #"'\a'"#
        case 0x08: #"'\b'"#
        case 0x09: #"'\t'"#
        case 0x0A: #"'\n'"#
        case 0x0B: #"'\v'"#
        case 0x0C: #"'\f'"#
        case 0x0D: #"'\r'"#
        case 0x00..<0x20, 0x7F: "'\\x" + Digest.hexadecimal([byte]) + "'"
        case 0x80...0xA0, 0xAD: "'\\u00" + Digest.hexadecimal([byte]) + "'"
        default: "'\(Unicode.Scalar(byte))'"
        }
    }
}
