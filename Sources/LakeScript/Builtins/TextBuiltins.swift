/// Built-ins on strings. The result is secret if the input is.
enum TextBuiltins {
    static let all: [Builtin] = [
        .pure(
            "split", [.text("text"), .input("separator", .string)], .list(.string),
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
        .pure("trim", [.text("text")], .string, "the string without blanks at its ends", .text) {
            arguments throws(Failure) in arguments[0].keepingSecrecy(try arguments.text(0, "trim").trimmed)
        },
        .host(
            "replace",
            [
                .text("text"), .input("pattern", .string), .input("replacement", .string),
                .flag("literal", "the pattern and the replacement are plain text"),
            ], .string,
            "the string with each match of a regular expression replaced; $1 or ${name} is a group, $$ a $", .replaced),
        .pure("lower", [.text("text")], .string, "the string in lower case", .text) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(try arguments.text(0, "lower").lowercased())
        },
        .pure("upper", [.text("text")], .string, "the string in upper case", .text) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(try arguments.text(0, "upper").uppercased())
        },
        .pure("starts_with", [.text("text"), .input("start", .string)], .bool, "whether a string begins so") {
            arguments throws(Failure) in
            .bool(try arguments.text(0, "starts_with").utf8.starts(with: try arguments.text(1, "starts_with").utf8))
        },
        .pure("ends_with", [.text("text"), .input("end", .string)], .bool, "whether a string ends so") {
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
        .pure("lines", [.text("text")], .list(.string), "the lines of a string", .texts) {
            arguments throws(Failure) in
            let text = try arguments.text(0, "lines")
            try Value.require(items: text.utf8.count { $0 == UInt8(ascii: "\n") })
            return .list(text.lines.map { arguments[0].keepingSecrecy($0) })
        },
        .pure("base_name", [.text("path")], .string, "the last part of a path: `b.csv` of `a/b.csv`", .text) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(PathParts(try arguments.text(0, "base_name")).name)
        },
        .pure("folder_name", [.text("path")], .string, "a path without its last part: `a` of `a/b.csv`", .text) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(PathParts(try arguments.text(0, "folder_name")).folder)
        },
        .pure(
            "extension", [.text("path")], .string, "the end of a path's last part from its last `.` on: `.csv`", .text
        ) {
            arguments throws(Failure) in
            arguments[0].keepingSecrecy(PathParts(try arguments.text(0, "extension")).ending)
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
            arguments throws(Failure) in arguments[0].keepingSecrecy(try arguments[0].asText())
        },
    ]

    private static func joined(_ items: [Value], _ separator: String) throws(Failure) -> String {
        var text = ""
        for (place, item) in items.enumerated() {
            if place > 0 { text += separator }
            text += try item.asText()
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

/// The parts of a path by its last `/`; slashes at its end belong to no part.
private struct PathParts {
    let folder: String
    let name: String

    init(_ path: String) {
        let slash = UInt8(ascii: "/")
        let bytes = Array(path.utf8)
        let end = (bytes.lastIndex { $0 != slash } ?? -1) + 1
        let start = (bytes[..<end].lastIndex(of: slash) ?? -1) + 1
        let folderEnd = (bytes[..<start].lastIndex { $0 != slash } ?? -1) + 1
        name = String(decoding: bytes[start..<end], as: UTF8.self)
        folder = folderEnd == 0 && bytes.first == slash ? "/" : String(decoding: bytes[..<folderEnd], as: UTF8.self)
    }

    /// A `.` at the beginning of a name begins no ending, as in `.profile`.
    var ending: String {
        let bytes = Array(name.utf8)
        guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")), bytes[..<dot].contains(where: { $0 != bytes[dot] })
        else {
            return ""
        }
        return String(decoding: bytes[dot...], as: UTF8.self)
    }
}

extension Value {
    /// Makes a text from this value, which is secret if the value contains a secret.
    func keepingSecrecy(_ text: String) -> Value { containsSecret ? .secret(text) : .string(text) }

    /// The text for a message; it never shows a secret.
    var quotedUnlessSecret: String { containsSecret ? "the secret" : "`\(interpolated)`" }

    /// The text of the value inside a string, as `interpolated` has it.
    ///
    /// - Throws: a mistake if the value is bytes that are not UTF-8.
    package func asText() throws(Failure) -> String {
        guard case .bytes(let bytes) = self, let problem = bytes.textProblem else { return interpolated }
        throw .unreadable(
            "the value", problem,
            notes: ["bytes have no text of their own: `base64` makes one, `write_file` keeps them"])
    }

    /// The text of the value for messages: strings as they are, lists and maps as JSON, null as `null`.
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
