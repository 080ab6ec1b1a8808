/// Built-ins on strings. The result is secret if the input is.
enum TextBuiltins {
    static let all: [Builtin] = [
        .pure(
            "split", [.input("text", .string), .input("separator", .string)], .list(.string),
            "the parts between separators; of an empty string none", .parts
        ) {
            arguments throws(Failure) in
            let parts = try split(try arguments.text(0, "split"), by: try arguments.text(1, "split"))
            return .list(parts.map { arguments[0].keepingSecrecy($0) })
        },
        .pure(
            "join", [.input("list", .list(.any)), .input("separator", .string)], .string, "the items as one string",
            .joined
        ) {
            arguments throws(Failure) in
            let items = try arguments.list(0, "join")
            let text = try joined(items, try arguments.text(1, "join"))
            return arguments.contains { $0.containsSecret } ? .secret(text) : .string(text)
        },
        .pure("trim", [.input("text", .string)], .string, "the string without blanks at its ends", .text) {
            arguments throws(Failure) in arguments[0].keepingSecrecy(trim(try arguments.text(0, "trim")))
        },
        .host(
            "replace",
            [
                .input("text", .string), .input("pattern", .string), .input("replacement", .string),
                .flag("literal", "the pattern and the replacement are plain text"),
            ], .string,
            "the string with each match of a regular expression replaced; $1 or ${name} is a group, $$ a $", .replaced),
        .pure("lower", [.input("text", .string)], .string, "the string in lower case", .text) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(try arguments.text(0, "lower").lowercased())
        },
        .pure("upper", [.input("text", .string)], .string, "the string in upper case", .text) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(try arguments.text(0, "upper").uppercased())
        },
        .pure("starts_with", [.input("text", .string), .input("start", .string)], .bool, "whether a string begins so") {
            arguments throws(Failure) in
            .bool(try arguments.text(0, "starts_with").utf8.starts(with: try arguments.text(1, "starts_with").utf8))
        },
        .pure("ends_with", [.input("text", .string), .input("end", .string)], .bool, "whether a string ends so") {
            arguments throws(Failure) in
            let end = try arguments.text(1, "ends_with").utf8
            return .bool(try arguments.text(0, "ends_with").utf8.suffix(end.count).elementsEqual(end))
        },
        .pure(
            "contains", [.input("value", .any), .input("part", .any)], .bool,
            "whether a string has a part, or a list an item", .contains
        ) {
            arguments throws(Failure) in
            if case .list(let items) = arguments[0] { return .bool(try items.has(arguments[1])) }
            let part = Array(try arguments.text(1, "contains").utf8)
            return .bool(find(part, in: Array(try arguments.text(0, "contains").utf8)))
        },
        .pure("lines", [.input("text", .string)], .list(.string), "the lines of a string", .texts) {
            arguments throws(Failure) in
            let text = try arguments.text(0, "lines")
            try Value.require(items: text.utf8.count { $0 == UInt8(ascii: "\n") })
            return .list(text.lines.map { arguments[0].keepingSecrecy($0) })
        },
        .pure(
            "to_int", [.input("value", .any)], .int, "the integer that a string or number says",
            .init(accepts: .numberOrDuration)
        ) {
            arguments throws(Failure) in try toInt(arguments[0])
        },
        .pure(
            "to_float", [.input("value", .any)], .float, "the number that a string or integer says",
            .init(accepts: .number)
        ) {
            arguments throws(Failure) in
            switch arguments[0] {
            case .int(let integer): return .float(Double(integer))
            case .float: return arguments[0]
            case .secret: throw shownNumber
            default: break
            }
            // `Double` alone also reads `nan`, `infinity` and hexadecimals.
            let text = try arguments.text(0, "to_float")
            guard text.utf8.allSatisfy("+-.0123456789Ee".utf8.contains), let number = Double(text), number.isFinite
            else {
                throw .unreadable(
                    arguments[0].quotedUnlessSecret, "is not a number",
                    notes: ["digits, a `.` before a fraction, a `-` in front"])
            }
            return .float(number)
        },
        .pure("to_string", [.input("value", .any)], .string, "the value as a string, as \"${…}\" shows it", .text) {
            arguments in arguments[0].keepingSecrecy(arguments[0].interpolated)
        },
    ]

    private static func joined(_ items: [Value], _ separator: String) throws(Failure) -> String {
        var text = ""
        for (place, item) in items.enumerated() {
            if place > 0 { text += separator }
            text += item.interpolated
            try Value.require(bytes: text.utf8.count)
            guard Work.goesOn() else { break }
        }
        return text
    }

    private static func split(_ text: String, by separator: String) throws(Failure) -> [String] {
        guard !text.isEmpty else { return [] }
        guard !separator.isEmpty else {
            try Value.require(items: text.unicodeScalars.count)
            return text.unicodeScalars.map { String($0) }
        }
        let bytes = Array(text.utf8)
        let mark = Array(separator.utf8)
        var parts: [String] = []
        var start = 0
        while let place = place(of: mark, in: bytes, from: start) {
            parts.append(String(decoding: bytes[start..<place], as: UTF8.self))
            try Value.require(items: parts.count)
            start = place + mark.count
        }
        return parts + [String(decoding: bytes[start...], as: UTF8.self)]
    }

    private static func trim(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }

    /// Returns true if bytes contain a sequence of bytes.
    static func find(_ part: [UInt8], in bytes: [UInt8]) -> Bool { place(of: part, in: bytes, from: 0) != nil }

    /// Returns the offset of the next occurrence of a sequence of bytes; nil if there is none.
    private static func place(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = part.first else { return start }
        let work = Work.current
        var place = start
        while place + part.count <= bytes.count {
            if bytes[place] == first {
                guard work?.goesOn(after: 1 + part.count / 64) ?? true else { return nil }
                if bytes[place..<place + part.count].elementsEqual(part) { return place }
            }
            place += 1
        }
        return nil
    }

    /// A number cannot be secret.
    private static let shownNumber = Failure.shownSecret(
        "the number in a secret would be shown", notes: ["`reveal` the secret first where that is meant"])

    private static func toInt(_ value: Value) throws(Failure) -> Value {
        switch value {
        case .int: return value
        case .float(let number):
            guard let integer = Int(exactly: number.rounded(.towardZero)) else {
                throw .tooLarge("\(number)", for: "an int")
            }
            return .int(integer)
        case .duration(let milliseconds): return .int(milliseconds / 1000)
        case .secret: throw shownNumber
        default: break
        }
        guard let integer = Int(try [value].text(0, "to_int")) else {
            let digits = Array(value.text ?? "").drop { $0 == "-" }
            guard digits.isEmpty || !digits.allSatisfy({ ("0"..."9").contains($0) }) else {
                throw .tooLarge(value.quotedUnlessSecret)
            }
            throw .unreadable(
                value.quotedUnlessSecret, "is not an integer", notes: ["digits alone, a `-` in front"])
        }
        return .int(integer)
    }
}

extension Value {
    /// Makes a text from this value, which is secret if the value contains a secret.
    func keepingSecrecy(_ text: String) -> Value { containsSecret ? .secret(text) : .string(text) }

    /// The text for a message; it never shows a secret.
    var quotedUnlessSecret: String { containsSecret ? "the secret" : "`\(interpolated)`" }

    /// The text of the value inside a string: strings as they are, lists and maps as JSON, null as `null`.
    package var interpolated: String {
        switch self {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .int(let integer): String(integer)
        case .float(let number): String(number)
        case .string(let text), .secret(let text): text
        case .duration(let milliseconds): Value.durationText(milliseconds)
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .list, .map: String(decoding: JSON.write(self, layout: .compact, revealing: true), as: UTF8.self)
        }
    }
}
