/// A place in a source text's bytes, and what the bytes there begin: the lexer's lowest layer.
///
/// Bytes, not characters: every mark of the language is ASCII, and whatever else stands in strings and words is taken
/// over unread. A place can be kept and gone back to, which is how the parser looks ahead.
struct Cursor {
    let bytes: [UInt8]
    var place: Int

    init(_ bytes: [UInt8], at place: Int = 0) {
        self.bytes = bytes
        self.place = place
    }

    var isAtEnd: Bool { place >= bytes.count }

    /// The byte here, 0 at the end.
    var byte: UInt8 { place < bytes.count ? bytes[place] : 0 }

    /// The byte so many places on, 0 beyond the ends.
    func byte(_ offset: Int) -> UInt8 {
        let index = place + offset
        return index >= 0 && index < bytes.count ? bytes[index] : 0
    }

    /// Whether the text stands here.
    func has(_ text: StaticString) -> Bool {
        let end = place + text.utf8CodeUnitCount
        return end <= bytes.count && text.withUTF8Buffer { bytes[place..<end].elementsEqual($0) }
    }

    /// Goes past the text if it stands here.
    mutating func take(_ text: StaticString) -> Bool {
        guard has(text) else { return false }
        place += text.utf8CodeUnitCount
        return true
    }

    /// Goes past the bytes that hold for the condition.
    mutating func skip(while condition: (UInt8) -> Bool) {
        while place < bytes.count, condition(bytes[place]) { place += 1 }
    }

    /// The name that begins here, gone past; nil where none does.
    mutating func name() -> String? {
        guard byte.startsName else { return nil }
        let start = place
        skip { $0.continuesName }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// The name that begins here, without going past it.
    func peekName() -> String? {
        var copy = self
        return copy.name()
    }

    /// Whether a `#` here starts a comment: at the start of a line, after a blank, or after `;` `{` `[` `(` `,`.
    var startsComment: Bool {
        guard byte == UInt8(ascii: "#") else { return false }
        let before = byte(-1)
        return place == 0 || before.isBlank || before.isLineEnd || [0x3B, 0x7B, 0x5B, 0x28, 0x2C].contains(before)
    }
}

extension UInt8 {
    var startsName: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || self == UInt8(ascii: "_")
    }
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var continuesName: Bool { startsName || isDigit }
    var isBlank: Bool { self == 0x20 || self == 0x09 }
    var isLineEnd: Bool { self == 0x0A || self == 0x0D }
    /// Whether a bare word ends before it: a blank, `;` `|` `(` `)` `{` `}` or a quote.
    var endsWord: Bool {
        switch self {
        case 0x20, 0x09, 0x0A, 0x0D, 0x3B, 0x7C, 0x28, 0x29, 0x7B, 0x7D, 0x22, 0x27: true
        default: false
        }
    }
}

/// The words that are not names.
package enum Keyword {
    package static let all: Set<String> = [
        "and", "as", "assert", "break", "catch", "confirm", "continue", "def", "else", "ensure", "every",
        "expect_error", "fail", "false", "for", "if", "in", "include", "keep_going", "let", "not", "null", "on",
        "on_exit", "on_failure", "or", "parallel", "param", "retry", "return", "run", "step", "test", "timeout", "true",
        "try", "var", "while",
    ]
}
