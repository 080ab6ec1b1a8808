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
            return .list(lines(try text(bytes, path)).map { .string(String($0)) })
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

    private func lines(_ text: String) -> [Substring] {
        var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
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
        let firstLine = text.prefix { !$0.isNewline }
        let semicolons = firstLine.count { $0 == ";" }
        scanner.separator = semicolons > firstLine.count { $0 == "," } ? ";" : ","
        var lines = try scanner.lines(of: file)
        guard !lines.isEmpty else {
            throw .csv(file, " is empty: it needs a head with the names of columns")
        }
        head = lines.removeFirst().cells.map(\.trimmedBlanks)
        body = lines
        var known: Set<String> = []
        if let column = head.first(where: { !$0.isEmpty && !known.insert($0).inserted }) {
            throw .csv(file, " has two columns `\(column)`: a row is a map, which has one of each")
        }
    }

    /// The rows as records that know their line.
    func rows(_ call: BuiltinCall) throws(Failure) -> [Record] {
        let required = CSVTable.names(call["require"])
        for column in required + CSVTable.names(call["unique"]) where !head.contains(column) {
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
        var lines: [String: Int] = [:]
        for row in rows {
            let line = row.fileRow?.line ?? 0
            guard let text = row[column]?.text, !text.isEmpty else {
                throw .csv(file, " line \(line) has an empty `\(column)`")
            }
            if let first = lines.updateValue(line, forKey: text) {
                throw .csv(
                    file, " line \(line) has the \(column) `\(text)` again, which line \(first) has too")
            }
        }
    }

    private static func names(_ value: Value) -> [String] {
        value.items?.compactMap(\.text) ?? value.text.map { [$0] } ?? []
    }
}

/// Splits a CSV text into lines of cells. Quoted cells may contain separators, line ends and doubled quotes.
private struct CSVScanner {
    private let characters: [Character]
    var separator: Character = ","
    private var place = 0
    private var line = 1

    init(_ text: String) {
        characters = Array(text)
    }

    mutating func lines(of file: String) throws(Failure) -> [(line: Int, cells: [String])] {
        var lines: [(line: Int, cells: [String])] = []
        while place < characters.count {
            let start = line
            if characters[place].isNewline {
                place += 1
                line += 1
            } else {
                lines.append((start, try cells(of: file)))
            }
        }
        return lines
    }

    private mutating func cells(of file: String) throws(Failure) -> [String] {
        var cells: [String] = []
        while true {
            cells.append(try cell(of: file))
            guard place < characters.count else { return cells }
            let character = characters[place]
            place += 1
            if character.isNewline {
                line += 1
                return cells
            }
        }
    }

    private mutating func cell(of file: String) throws(Failure) -> String {
        var text = ""
        guard place < characters.count, characters[place] == "\"" else {
            while place < characters.count, characters[place] != separator, !characters[place].isNewline {
                text.append(characters[place])
                place += 1
            }
            return text
        }
        let start = line
        place += 1
        while place < characters.count {
            let character = characters[place]
            place += 1
            if character == "\"" {
                guard place < characters.count else { return text }
                if characters[place] == separator || characters[place].isNewline { return text }
                guard characters[place] == "\"" else {
                    throw .csv(file, " line \(line): a cell goes on behind its closing quote")
                }
                place += 1
            }
            if character.isNewline { line += 1 }
            text.append(character)
        }
        throw .csv(file, " line \(start): a quote is not closed")
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmedBlanks: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
