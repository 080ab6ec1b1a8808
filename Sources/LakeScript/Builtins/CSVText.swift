/// CSV (RFC 4180) from a list of maps, and back.
package enum CSVText {
    /// A mistake in a CSV text; the message begins behind the name of the text: " line 2 has 3 cells".
    package struct Mistake: Error, Sendable {
        package let message: String
        package var notes: [String] = []
    }

    /// Writes a header with the fields of all rows, in the order of their first use, and a line for each row.
    package static func write(_ items: [Value], for command: String = "to_csv") throws(Failure) -> String {
        guard !items.isEmpty else { return "" }
        let columns = try columns(of: items, for: command)
        var lines = [line(columns)]
        for item in items.metered {
            let record = try [item].map(0, command)
            lines.append(line(try columns.map { column throws(Failure) in try record[column]?.cell ?? "" }))
        }
        return lines.joined()
    }

    private static func columns(of items: [Value], for command: String) throws(Failure) -> [String] {
        var columns: [String] = []
        var known: Set<ScalarText> = []
        for item in items.metered {
            let keys = try [item].map(0, command).keys
            if !keys.isSame(as: columns) { columns += keys.filter { known.insert(ScalarText($0)).inserted } }
        }
        return columns
    }

    private static func line(_ cells: [String]) -> String {
        // An empty line would be skipped by a reader.
        if cells == [""] { return "\"\"\n" }
        return cells.map(quoted).joined(separator: ",") + "\n"
    }

    /// A cell in quotes if a reader would take it for something else without them.
    private static func quoted(_ cell: String) -> String {
        let (bytes, blanks) = (cell.utf8, " \t".utf8)
        let isSpecial =
            bytes.contains { ",\";\t\r\n".utf8.contains($0) } || bytes.first.map(blanks.contains) == true
            || bytes.last.map(blanks.contains) == true || cell.unicodeScalars.first == "\u{FEFF}"
            || bytes.starts(with: "sep=".utf8)
        guard isSpecial else { return cell }
        let parts = bytes.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
        return "\"" + parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\"\"") + "\""
    }
}

extension Value {
    /// The text of a cell; empty for null.
    fileprivate var cell: String {
        get throws(Failure) { isNull ? "" : try asText() }
    }
}
