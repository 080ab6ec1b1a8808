internal import LakeScript

/// The built-ins `read_file read_lines read_json read_csv`: a file's contents as values. A mistake in a file names its
/// line.
struct FileReading {
    /// The value of a file's bytes as read by the built-in of that name.
    func perform(_ call: BuiltinCall, _ bytes: [UInt8]) throws(Failure) -> Value {
        let path = call.text("path")
        switch call.name {
        case "read_json":
            do throws(JSON.Failure) { return try JSON.read(bytes) } catch { throw JSONFile.failure(error, path, bytes) }
        case "read_csv":
            return .list(try CSVTable(file: path, text: try text(bytes, path)).rows(call).map { .map($0) })
        case "read_lines":
            try Value.require(items: bytes.count { $0 == UInt8(ascii: "\n") })
            return .list(try text(bytes, path).lines.map { .string($0) })
        default:
            if call.flag("secret") { return .secret(try text(bytes, path)) }
            guard let text = String(validating: bytes, as: UTF8.self) else { return .bytes(bytes) }
            return .string(text)
        }
    }

    private func text(_ bytes: [UInt8], _ path: String) throws(Failure) -> String {
        guard let text = String(validating: bytes.dropByteOrderMark, as: UTF8.self) else {
            throw .noText(path)
        }
        return text
    }
}

private enum JSONFile {
    static func failure(_ failure: JSON.Failure, _ path: String, _ bytes: [UInt8]) -> Failure {
        let line = bytes.prefix(failure.offset).count { $0 == UInt8(ascii: "\n") } + 1
        return .noJSON(path, line: line, failure.message)
    }
}

extension [UInt8] {
    /// The bytes without UTF-8's byte order mark.
    package var dropByteOrderMark: ArraySlice<UInt8> { starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...] }
}

/// A CSV text (RFC 4180; `,` or `;`, whichever the head has more of) with a head.
struct CSVTable {
    let file: String
    private let head: [String]
    private let body: [(line: Int, cells: [String])]

    init(file: String, text: String) throws(Failure) {
        self.file = file
        var scanner = CSVScanner(text)
        let firstLine = text.utf8.prefix { $0 != UInt8(ascii: "\n") }
        let (commas, semicolons) = (UInt8(ascii: ","), UInt8(ascii: ";"))
        if firstLine.count(where: { $0 == semicolons }) > firstLine.count(where: { $0 == commas }) {
            scanner.separator = semicolons
        }
        var lines = try scanner.lines(of: file)
        guard !lines.isEmpty else {
            throw .csv(file, " is empty: it needs a head with the names of columns")
        }
        head = lines.removeFirst().cells.map(\.trimmedBlanks)
        body = lines
        var known: Set<ScalarText> = []
        if let column = head.first(where: { !$0.isEmpty && !known.insert(ScalarText($0)).inserted }) {
            throw .csv(file, " has two columns `\(column)`: a row is a map, which has one of each")
        }
    }

    /// The rows as records that know their line.
    func rows(_ call: BuiltinCall) throws(Failure) -> [Record] {
        let required = CSVTable.names(call["require"])
        for column in required + CSVTable.names(call["unique"]) where head.position(of: column) == nil {
            throw .csv(
                file, " has no column `\(column)`", notes: ["its head is: \(head.joined(separator: ", "))"])
        }
        var rows: [Record] = []
        for (line, cells) in body {
            guard cells.count == head.count else {
                let count = Quantity.of(cells.count, "cell")
                throw .csv(file, " line \(line) has \(count), and the head has \(head.count)")
            }
            var record = Record(zip(head, cells.map { Value.string($0) }))
            record.fileRow = Record.FileRow(file: file, line: line)
            rows.append(record)
        }
        for column in CSVTable.names(call["unique"]) { try checkUnique(column, rows) }
        return rows
    }

    private func checkUnique(_ column: String, _ rows: [Record]) throws(Failure) {
        var lines: [ScalarText: Int] = [:]
        for row in rows {
            let line = row.fileRow?.line ?? 0
            guard let text = row[column]?.text, !text.isEmpty else {
                throw .csv(file, " line \(line) has an empty `\(column)`")
            }
            if let first = lines.updateValue(line, forKey: ScalarText(text)) {
                throw .csv(
                    file, " line \(line) has the \(column) `\(text)` again, which line \(first) has too")
            }
        }
    }

    private static func names(_ value: Value) -> [String] {
        value.items?.compactMap(\.text) ?? value.text.map { [$0] } ?? []
    }
}

/// Splits a CSV text into lines of cells. Quoted cells may contain separators, line ends and doubled quotes. All that it
/// looks for is ASCII, so it reads bytes.
private struct CSVScanner {
    private static let quote = UInt8(ascii: "\"")
    private let bytes: [UInt8]
    var separator = UInt8(ascii: ",")
    private var place = 0
    private var line = 1

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func lines(of file: String) throws(Failure) -> [(line: Int, cells: [String])] {
        var lines: [(line: Int, cells: [String])] = []
        while place < bytes.count, Work.goesOn() {
            let start = line
            if !takeLineEnd() { lines.append((start, try cells(of: file))) }
            try Value.require(items: lines.count)
        }
        return lines
    }

    private mutating func cells(of file: String) throws(Failure) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell(of: file))
            if place == bytes.count || takeLineEnd() { return cells }
            place += 1
        }
    }

    private mutating func cell(of file: String) throws(Failure) -> String {
        guard place < bytes.count, bytes[place] == CSVScanner.quote else {
            let start = place
            while !isAtCellEnd { place += 1 }
            return String(decoding: bytes[start..<place], as: UTF8.self)
        }
        var text: [UInt8] = []
        let start = line
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == CSVScanner.quote {
                if isAtCellEnd { return String(decoding: text, as: UTF8.self) }
                guard bytes[place] == CSVScanner.quote else {
                    throw .csv(file, " line \(line): a cell goes on behind its closing quote")
                }
                place += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            text.append(byte)
        }
        throw .csv(file, " line \(start): a quote is not closed")
    }

    private var isAtCellEnd: Bool { place == bytes.count || bytes[place] == separator || lineEnd > 0 }

    /// The length of the line end here, LF or CRLF; zero if there is none.
    private var lineEnd: Int {
        if bytes[place] == UInt8(ascii: "\n") { return 1 }
        guard bytes[place] == UInt8(ascii: "\r"), place + 1 < bytes.count else { return 0 }
        return bytes[place + 1] == UInt8(ascii: "\n") ? 2 : 0
    }

    private mutating func takeLineEnd() -> Bool {
        let length = lineEnd
        place += length
        line += length > 0 ? 1 : 0
        return length > 0
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmedBlanks: String {
        let blanks: [Unicode.Scalar] = [" ", "\t"]
        guard let first = unicodeScalars.firstIndex(where: { !blanks.contains($0) }),
            let last = unicodeScalars.lastIndex(where: { !blanks.contains($0) })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
