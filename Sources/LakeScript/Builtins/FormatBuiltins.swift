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
        .pure(
            "parse_time",
            [.text("text"), .positional("format", .string, "as strftime's: %d.%m.%Y; without %z in UTC")],
            .int, "the seconds since 1970 of an RFC 3339 date, or of a date in a format"
        ) {
            arguments throws(Failure) in
            let text = try arguments.text(0, "parse_time")
            do throws(Failure) {
                guard let format = arguments[1].text else { return .int(try CalendarTime.parse(text)) }
                return .int(try CalendarTime.parse(text, format))
            } catch {
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
        .pure("from_json", [.text("text")], .any, "the value that a JSON text holds") {
            arguments throws(Failure) in
            let bytes = Array(try arguments.text(0, "from_json").utf8)
            do throws(JSON.Failure) {
                let value = try JSON.read(bytes)
                return arguments[0].containsSecret ? value.concealed : value
            } catch {
                let place = error.place(in: bytes)
                guard !arguments[0].containsSecret else { throw .unreadable("the secret", "is not JSON (\(place))") }
                throw .unreadable("the text", "is not JSON: \(error.message) (\(place))")
            }
        },
        .pure(
            "to_csv", [.input("list", .list(.any))], .string, "a list of maps as CSV with a head", .init(accepts: .maps)
        ) {
            arguments throws(Failure) in
            let items = try arguments.list(0, "to_csv")
            return arguments[0].keepingSecrecy(try CSVText.write(items))
        },
        .pure(
            "from_csv",
            [.text("text"), .optional("separator", .string, "what stands between cells; without it the head tells")],
            .list(.map(.any)), "the rows of a CSV text with a head, as maps"
        ) {
            arguments throws(Failure) in
            let text = try arguments.text(0, "from_csv")
            try Value.require(items: text.utf8.count { $0 == UInt8(ascii: "\n") })
            var options = CSVText.Options()
            options.separator = try CSVText.Options.separator(arguments[1])
            do throws(CSVText.Mistake) {
                let rows = Value.list(try CSVText.read(text, options))
                return arguments[0].containsSecret ? rows.concealed : rows
            } catch {
                guard !arguments[0].containsSecret else { throw .unreadable("the secret", "is not CSV") }
                throw .unreadable("the text", "is not CSV:\(error.message)", notes: error.notes)
            }
        },
        .host(
            "to_table", [.input("list", .list(.any))], .string,
            "a list of maps as a table to print: a line for each, columns as wide as their cells", .text),
        .host("to_yaml", [.input("value", .any)], .string, "the value as YAML", .text),
        .host(
            "from_yaml", [.text("text"), .flag("all_documents", "a list of all documents")], .any,
            "the value that a YAML text holds; a text that looks like a number, as 12e3, needs quotes there"
        ),
        .pure(
            "base64", [.input("value", .any), .flag("decode", "back from base64")], .string,
            "the base64 of a string or bytes", .base64
        ) {
            arguments throws(Failure) in try base64(arguments)
        },
        .host(
            "sha256", [.input("value", .any)], .string, "the SHA-256 of a string or bytes, in hexadecimal digits",
            .base64),
        .host(
            "md5", [.input("value", .any)], .string, "the MD5 of a string or bytes, as object stores have it", .base64),
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
                throw .unreadable(arguments[0].containsSecret ? "the secret" : "the text", "is not base64")
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
