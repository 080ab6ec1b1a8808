/// Built-ins that convert values to texts of a format and back: JSON, CSV, YAML, base64, times, digests.
enum FormatBuiltins {
    static let all: [Builtin] = [
        .pure(
            "format_time", [.input("time", .int), .positional("format", .string, "as strftime's: %Y-%m-%d %H:%M:%S")],
            .string,
            "seconds since 1970 as a date in UTC; without a format as RFC 3339", .formatted
        ) { arguments throws(Failure) in
            let seconds = try arguments.integer(0, "format_time")
            let text = try CalendarTime(seconds).text(arguments[1].text ?? "%Y-%m-%dT%H:%M:%SZ")
            return arguments[1].keepingSecrecy(text)
        },
        .pure("parse_time", [.input("text", .string)], .int, "the seconds since 1970 of an RFC 3339 date") {
            arguments throws(Failure) in
            let text = try arguments.text(0, "parse_time")
            do throws(Failure) { return .int(try CalendarTime.parse(text)) } catch {
                throw arguments[0].containsSecret ? .unreadable("the secret", "is not a date") : error
            }
        },
        .pure(
            "to_json", [.input("value", .any), .flag("canonical", "equal values give equal texts")], .string,
            "the value as JSON", .text
        ) {
            arguments in
            let layout: JSON.Layout = arguments[1] == true ? .canonical : .compact
            let text = JSON.write(arguments[0], layout: layout, revealing: true)
            return arguments[0].keepingSecrecy(String(decoding: text, as: UTF8.self))
        },
        .pure("from_json", [.input("text", .string)], .any, "the value that a JSON text holds") {
            arguments throws(Failure) in
            let bytes = Array(try arguments.text(0, "from_json").utf8)
            do throws(JSON.Failure) {
                let value = try JSON.read(bytes)
                return arguments[0].containsSecret ? value.concealed : value
            } catch {
                throw .unreadable("the text", "is not JSON: \(error.message) (byte \(error.offset))")
            }
        },
        .pure(
            "to_csv", [.input("list", .list(.any))], .string, "a list of maps as CSV with a head", .init(accepts: .maps)
        ) {
            arguments throws(Failure) in
            let items = try arguments.list(0, "to_csv")
            return arguments[0].keepingSecrecy(try CSVText.write(items))
        },
        .host("to_yaml", [.input("value", .any)], .string, "the value as YAML"),
        .host("from_yaml", [.input("text", .string)], .any, "the value that a YAML text holds"),
        .pure(
            "base64", [.input("value", .any), .flag("decode", "back from base64")], .string,
            "the base64 of a string or bytes", .base64
        ) {
            arguments throws(Failure) in try base64(arguments)
        },
        .host(
            "sha256", [.input("value", .any)], .string, "the SHA-256 of a string or bytes, in hexadecimal digits",
            .init(accepts: .textOrBytes)),
        .host(
            "help",
            [Parameter("topic", isRequired: false, isPositional: true, summary: "what to explain", role: .topic)],
            .string,
            "the help on a command or topic"),
        .host(
            "operations", [.positional("area", .string, "an area of the API")], .list(.any), "the operations of the API"
        ),
    ]

    private static func base64(_ arguments: [Value]) throws(Failure) -> Value {
        if arguments[1] == true {
            guard let bytes = Base64.decode(try arguments.text(0, "base64")) else {
                throw .unreadable("the text", "is not base64")
            }
            if let text = String(validating: bytes, as: UTF8.self) { return arguments[0].keepingSecrecy(text) }
            guard !arguments[0].containsSecret else {
                throw .unreadable("the base64 of the secret", "does not hold text, and only text can be secret")
            }
            return .bytes(bytes)
        }
        if case .bytes(let bytes) = arguments[0] { return .string(Base64.encode(bytes)) }
        return arguments[0].keepingSecrecy(Base64.encode(Array(try arguments.text(0, "base64").utf8)))
    }
}

/// CSV (RFC 4180) from a list of maps.
package enum CSVText {
    /// Writes a header with the fields of all rows, in the order of their first use, and a line for each row.
    package static func write(_ items: [Value], for command: String = "to_csv") throws(Failure) -> String {
        guard !items.isEmpty else { return "" }
        let columns = try columns(of: items, for: command)
        var lines = [line(columns)]
        for item in items where Work.goesOn() {
            let record = try [item].map(0, command)
            lines.append(line(columns.map { record[$0].map { $0.isNull ? "" : $0.interpolated } ?? "" }))
        }
        return lines.joined()
    }

    private static func columns(of items: [Value], for command: String) throws(Failure) -> [String] {
        var columns: [String] = []
        var known: Set<ScalarText> = []
        for item in items {
            let keys = try [item].map(0, command).keys
            if !keys.isSame(as: columns) { columns += keys.filter { known.insert(ScalarText($0)).inserted } }
        }
        return columns
    }

    private static func line(_ cells: [String]) -> String {
        // An empty line would be skipped by a reader.
        if cells == [""] { return "\"\"\n" }
        return cells.map { cell in
            guard cell.utf8.contains(where: ",\";\r\n".utf8.contains) else { return cell }
            let parts = cell.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
            return "\"" + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\"\"") + "\""
        }.joined(separator: ",") + "\n"
    }
}
