/// A source text: its name, its bytes and its line starts.
package struct SourceText: Sendable {
    /// The name in messages: the path as it was written, `<prompt>`, `-e`.
    package let name: String
    package let bytes: [UInt8]
    /// The offset of each line's first byte, ascending; the first is 0.
    package let lineStarts: [UInt32]
    /// True if messages may show its lines. A file whose name is not a script's is not shown until it has parsed as
    /// one.
    package fileprivate(set) var isScript: Bool

    package init(name: String, bytes: [UInt8], isScript: Bool = true) {
        self.name = name
        self.bytes = bytes
        self.isScript = isScript
        var starts: [UInt32] = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(UInt32(offset + 1))
        }
        lineStarts = starts
    }

    package init(name: String, text: String) {
        self.init(name: name, bytes: Array(text.utf8))
    }

    /// Returns the line and the column of a byte, both from 1; columns count characters.
    package func position(of offset: UInt32) -> (line: Int, column: Int) {
        let line = lineIndex(of: offset)
        let start = Int(lineStarts[line])
        let mark = line == 0 ? markLength : 0
        let before = bytes[max(start, mark)..<max(mark, min(Int(offset), bytes.count))]
        return (line + 1, String(decoding: before, as: UTF8.self).count + 1)
    }

    /// Returns the line and the column of a byte as editors count them: from 0, in units of UTF-16.
    package func utf16Position(of offset: UInt32) -> (line: Int, column: Int) {
        let line = lineIndex(of: offset)
        let before = bytes[Int(lineStarts[line])..<min(Int(offset), bytes.count)]
        return (line, String(decoding: before, as: UTF8.self).utf16.count)
    }

    /// Returns the byte at a line and a column as editors count them, or the end of a shorter line.
    package func offset(line: Int, utf16Column: Int) -> UInt32 {
        guard line >= 0, line < lineStarts.count else { return UInt32(line < 0 ? 0 : bytes.count) }
        let start = Int(lineStarts[line])
        var offset = start
        var column = 0
        while offset < bytes.count, bytes[offset] != .newline {
            // A character of four bytes takes two units; only the first byte of each counts.
            let units = bytes[offset] & 0xC0 == 0x80 ? 0 : bytes[offset] >= 0xF0 ? 2 : 1
            if column + units > utf16Column { break }
            column += units
            offset += 1
        }
        return UInt32(offset)
    }

    /// The length of the byte order mark at the start, which is not shown.
    package var markLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Returns a line's text without its line end and without a byte order mark; lines count from 1. Of a longer line
    /// only the first `most` bytes.
    package func line(_ number: Int, most: Int = .max) -> String {
        guard lineStarts.indices.contains(number - 1) else { return "" }
        let start = max(Int(lineStarts[number - 1]), number == 1 ? markLength : 0)
        var end = number < lineStarts.count ? Int(lineStarts[number]) - 1 : bytes.count
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        if end - start > most { end = start + most }
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    }

    /// Returns the start of the first line with more bytes; nil if there is none.
    func startOfLine(longerThan most: Int) -> UInt32? {
        let ends = lineStarts.dropFirst() + [UInt32(bytes.count)]
        return zip(lineStarts, ends).first { Int($1 - $0) > most }?.0
    }

    package func text(of span: Span) -> String {
        let end = min(Int(span.end), bytes.count)
        return String(decoding: bytes[min(Int(span.start), end)..<end], as: UTF8.self)
    }

    private func lineIndex(of offset: UInt32) -> Int {
        var low = 0
        var high = lineStarts.count - 1
        while low < high {
            let middle = (low + high + 1) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
        }
        return low
    }
}

/// All texts of a program. A `FileID` is an index into it; texts are only added.
package struct SourceMap: Sendable {
    package private(set) var texts: [SourceText] = []

    package init() {}

    package mutating func add(_ text: SourceText) -> FileID {
        texts.append(text)
        return FileID(index: UInt32(texts.count - 1))
    }

    /// Allows messages to show the lines of a text that has parsed as a script.
    package mutating func showLines(of file: FileID) { texts[Int(file.index)].isScript = true }

    package subscript(file: FileID) -> SourceText { texts[Int(file.index)] }

    /// Returns `name:line:column` of a span's start.
    package func location(of span: Span) -> String {
        let text = self[span.file]
        let (line, column) = text.position(of: span.start)
        return "\(text.name):\(line):\(column)"
    }
}
