/// A printable source line, and the columns of it that a span covers. Tabs become blanks, control characters become
/// pictures, and a long line is cut.
struct ExcerptLine {
    private(set) var shown = ""
    private(set) var indentation = ""
    private(set) var carets = ""

    /// The maximum of columns; of a longer line a quarter of them is kept before the span.
    private let maximumWidth: Int

    /// Makes the line `number` of a text, cut to `width` characters; a `…` stands for each cut part.
    init(text: SourceText, number: Int, span: Span, width: Int) {
        maximumWidth = width
        // What is far behind the span is cut in any case.
        let line = text.line(number, most: Int(span.end) - Int(text.lineStarts[number - 1]) + 8 * width + 16)
        let origin = max(Int(text.lineStarts[number - 1]), number == 1 ? text.markLength : 0)
        let start = max(0, Int(span.start) - origin)
        let end = max(start, Int(span.end) - origin)
        var offset = 0
        var (first, last) = (0, 0)
        var cells: [(text: String, width: Int)] = []
        for character in line {
            if offset < start { first += 1 }
            if offset < end { last += 1 }
            cells.append(ExcerptLine.cell(character))
            offset += character.utf8.count
        }
        fill(cells, first..<max(first, last))
    }

    private static func cell(_ character: Character) -> (text: String, width: Int) {
        guard let scalar = character.unicodeScalars.first, !character.isNewline else { return ("␤", 1) }
        if scalar == "\t" { return ("    ", 4) }
        if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) { return (String(picture), 1) }
        if (0x7F..<0xA0).contains(scalar.value) { return ("␡", 1) }
        return (String(character), character.displayWidth)
    }

    private mutating func fill(_ cells: [(text: String, width: Int)], _ columns: Range<Int>) {
        var first = 0
        if cells.count > maximumWidth { first = max(0, columns.lowerBound - maximumWidth / 4) }
        let last = min(cells.count, first + maximumWidth)
        let covered = columns.clamped(to: first..<last)
        shown = (first > 0 ? "…" : "") + cells[first..<last].map(\.text).joined() + (last < cells.count ? "…" : "")
        let before = cells[first..<covered.lowerBound].reduce(first > 0 ? 1 : 0) { $0 + $1.width }
        indentation = String(repeating: " ", count: before)
        carets = String(repeating: "^", count: max(1, cells[covered].reduce(0) { $0 + $1.width }))
    }
}
