extension CSVText {
    /// The arguments of `read_csv` and `from_csv` about a table.
    package struct Options {
        /// The name of the file, which rows remember; nil for a text.
        package var file: String?
        /// Columns that must be there.
        package var required: [String] = []
        /// A column whose cells must differ and not be empty.
        package var unique: String?
        /// The byte between two cells; nil if the text tells.
        package var separator: UInt8?

        package init(file: String? = nil) {
            self.file = file
        }

        /// The byte of the argument `separator`; nil where it is left out.
        package static func separator(_ value: Value) throws(Failure) -> UInt8? {
            guard let text = value.text else { return nil }
            guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, !"\"\r\n".utf8.contains(byte) else {
                throw .unreadable("the separator \(value.quotedUnlessSecret)", "is not one character of ASCII")
            }
            return byte
        }
    }

    /// Reads a table whose first line names the columns. An empty text has no rows.
    package static func read(_ text: String, _ options: Options = Options()) throws(Mistake) -> [Value] {
        var scanner = CSVScanner(text, separator: options.separator)
        var lines = try scanner.lines()
        let head = lines.isEmpty ? [] : lines.removeFirst().cells
        var known: Set<ScalarText> = []
        if let column = head.first(where: { !$0.isEmpty && !known.insert(ScalarText($0)).inserted }) {
            throw Mistake(message: " has two columns `\(column)`: a row is a map, which has one of each")
        }
        for column in options.required + (options.unique.map { [$0] } ?? []) where head.position(of: column) == nil {
            let notes = head.isEmpty ? "it is empty" : "its head is: \(head.joined(separator: ", "))"
            throw Mistake(message: " has no column `\(column)`", notes: [notes])
        }
        let hasNameless = head.count(where: \.isEmpty) > 1
        var rows: [Record] = []
        for (line, cells) in lines.metered {
            guard cells.count == head.count else {
                let noun = cells.count == 1 ? "cell" : "cells"
                throw Mistake(message: " line \(line) has \(cells.count) \(noun), and the head has \(head.count)")
            }
            let values = cells.map { Value.string($0) }
            rows.append(hasNameless ? Record(zip(head, values)) : Record(keys: head, values: values))
        }
        if let column = options.unique { try checkUnique(column, rows, lines.map(\.line)) }
        return zip(rows, lines).map { row, line in
            var row = row
            if let file = options.file { row.fileRow = Record.FileRow(file: file, line: line.line) }
            return .map(row)
        }
    }

    private static func checkUnique(_ column: String, _ rows: [Record], _ lines: [Int]) throws(Mistake) {
        var known: [ScalarText: Int] = [:]
        for (row, line) in zip(rows, lines) {
            guard let text = row[column]?.text, !text.isEmpty else {
                throw Mistake(message: " line \(line) has an empty `\(column)`")
            }
            if let first = known.updateValue(line, forKey: ScalarText(text)) {
                throw Mistake(
                    message: " line \(line) has the \(column) `\(text)` again, which line \(first) has too")
            }
        }
    }
}

/// Splits a CSV text into lines of cells. Quoted cells may contain separators, line ends and doubled quotes. All that it
/// looks for is ASCII, so it reads bytes.
private struct CSVScanner {
    private static let quote = UInt8(ascii: "\"")
    private let bytes: [UInt8]
    private var separator = UInt8(ascii: ",")
    private var place = 0
    private var line = 1

    /// The separator is the given one, that of a first line `sep=;` as Excel writes it, or the one of `,`, `;` and tab
    /// that the head has most of: first of those of which the line after it has as many.
    init(_ text: String, separator: UInt8?) {
        bytes = Array(text.utf8)
        let declared = takeSeparatorLine()
        self.separator = separator ?? declared ?? mostFrequent
    }

    private mutating func takeSeparatorLine() -> UInt8? {
        guard bytes.count > 4, bytes.starts(with: "sep=".utf8) else { return nil }
        place = 5
        if place == bytes.count || takeLineEnd() { return bytes[4] }
        place = 0
        return nil
    }

    private var mostFrequent: UInt8 {
        let known = Array(",;\t".utf8)
        let (head, end) = counts(from: place)
        let (next, _) = counts(from: end)
        let best = known.max { left, right in
            let (first, second) = (head[Int(left)], head[Int(right)])
            let (isFirst, isSecond) = (first > 0 && next[Int(left)] == first, second > 0 && next[Int(right)] == second)
            return isFirst == isSecond ? first < second : isSecond
        }
        return best ?? known[0]
    }

    /// Counts the bytes of a line that stand in no quotes; also returns the place after the line.
    private func counts(from start: Int) -> (counts: [Int], end: Int) {
        var counts = [Int](repeating: 0, count: 256)
        var isQuoted = false
        var place = start
        while place < bytes.count, isQuoted || bytes[place] != UInt8(ascii: "\n") {
            if bytes[place] == CSVScanner.quote { isQuoted.toggle() }
            if !isQuoted { counts[Int(bytes[place])] += 1 }
            place += 1
        }
        return (counts, min(place + 1, bytes.count))
    }

    mutating func lines() throws(CSVText.Mistake) -> [(line: Int, cells: [String])] {
        var lines: [(line: Int, cells: [String])] = []
        let work = Work.current
        while place < bytes.count, work?.goesOn() ?? true {
            let start = line
            if !takeLineEnd() { lines.append((start, try cells(isHead: lines.isEmpty))) }
        }
        return lines
    }

    /// The cells of a line. The names of columns have no blanks at their ends, unless in quotes.
    private mutating func cells(isHead: Bool) throws(CSVText.Mistake) -> [String] {
        var cells: [String] = []
        while true {
            let isQuoted = place < bytes.count && bytes[place] == CSVScanner.quote
            let cell = isQuoted ? try quotedCell() : plainCell()
            cells.append(isHead && !isQuoted ? cell.trimmed { $0 == " " || $0 == "\t" } : cell)
            if place == bytes.count || takeLineEnd() { return cells }
            place += 1
        }
    }

    private mutating func plainCell() -> String {
        let start = place
        while !isAtCellEnd { place += 1 }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func quotedCell() throws(CSVText.Mistake) -> String {
        var text: [UInt8] = []
        let start = line
        place += 1
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == CSVScanner.quote {
                if isAtCellEnd { return String(decoding: text, as: UTF8.self) }
                guard bytes[place] == CSVScanner.quote else {
                    throw CSVText.Mistake(message: " line \(line): a cell goes on behind its closing quote")
                }
                place += 1
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            text.append(byte)
        }
        throw CSVText.Mistake(message: " line \(start): a quote is not closed")
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
