/// Prints a layout: each group on one line if it fits into the limit, otherwise with its line breaks.
struct LayoutPrinter {
    /// The maximum width; groups that are wider are broken.
    static let limit = 120

    /// A finished line.
    private struct Line {
        let indentation: Int
        let text: String
        let comment: String
    }

    private struct Entry {
        let layout: Layout
        let indentation: Int
        let isFlat: Bool
    }

    private var finished: [Line] = []
    private var stack: [Entry] = []
    /// The current line.
    private var indentation = 0
    private var text = ""
    private var width = 0
    private var comment = ""

    private init() {}

    /// Returns the text of a layout, with a final line end; empty for an empty layout.
    static func print(_ layout: Layout) -> String {
        var printer = LayoutPrinter()
        printer.stack = [Entry(layout: layout, indentation: 0, isFlat: false)]
        while let entry = printer.stack.popLast() { printer.take(entry) }
        if !printer.text.isEmpty || !printer.comment.isEmpty { printer.endLine(0) }
        return printer.aligned()
    }

    private mutating func take(_ entry: Entry) {
        switch entry.layout.kind {
        case .text(let text): write(text)
        case .lines(let lines): write(lines, entry)
        case .row(let parts): for part in parts.reversed() { push(part, entry) }
        case .indented(let inner): push(inner, entry, by: 2)
        case .hanging(let inner): push(inner, entry, by: entry.isFlat ? 0 : 2)
        case .line(let flat, _) where entry.isFlat: write(flat)
        case .line(_, let isBlank):
            endLine(entry.indentation)
            if isBlank { endLine(entry.indentation) }
        case .whenBroken(let text): if !entry.isFlat { write(text) }
        case .lineEnd: endLine(entry.indentation)
        case .comment(let text): comment = text
        case .group(let inner, let isBroken):
            let isFlat = !isBroken && fits(inner)
            stack.append(Entry(layout: inner, indentation: entry.indentation, isFlat: isFlat))
        }
    }

    private mutating func push(_ layout: Layout, _ entry: Entry, by columns: Int = 0) {
        stack.append(Entry(layout: layout, indentation: entry.indentation + columns, isFlat: entry.isFlat))
    }

    private mutating func write(_ more: String) {
        text += more
        width += more.displayWidth
    }

    private mutating func write(_ lines: [String], _ entry: Entry) {
        for (index, line) in lines.enumerated() {
            if index > 0 { endLine(line.isEmpty ? 0 : entry.indentation) }
            write(line)
        }
    }

    private mutating func endLine(_ next: Int) {
        finished.append(Line(indentation: indentation, text: text, comment: comment))
        (indentation, text, width, comment) = (next, "", 0, "")
    }

    private func fits(_ layout: Layout) -> Bool {
        let end = indentation + width + layout.width
        return end + (layout.isMultiline ? 0 : touching()) <= LayoutPrinter.limit
    }

    /// Returns the width of the text that directly follows a group: brackets, a comma, the `{` of a block.
    private func touching() -> Int {
        var columns = 0
        for entry in stack.reversed() {
            guard let (text, isWhole) = firstText(entry.layout, isFlat: entry.isFlat) else { break }
            if text == " {" { return columns + 2 }
            let part = text.prefix { $0 != " " }
            columns += part.count
            if !isWhole || part.count < text.count || columns > LayoutPrinter.limit { break }
        }
        return columns
    }

    /// Returns the text at the start of a layout, and true if it is the whole layout.
    private func firstText(_ layout: Layout, isFlat: Bool) -> (String, isWhole: Bool)? {
        switch layout.kind {
        case .text(let text): return (text, true)
        case .whenBroken(let text): return (isFlat ? "" : text, true)
        case .row(let parts):
            guard let first = parts.first else { return ("", true) }
            return firstText(first, isFlat: isFlat).map { ($0.0, $0.isWhole && parts.count == 1) }
        case .group(let inner, _), .indented(let inner), .hanging(let inner): return firstText(inner, isFlat: isFlat)
        case .lines, .line, .lineEnd, .comment: return nil
        }
    }

    /// Returns the lines as text, with comments at the ends of neighbouring lines aligned.
    private func aligned() -> String {
        var result = ""
        var start = 0
        while start < finished.count {
            let first = finished[start]
            let run = finished[start...].prefix { !$0.comment.isEmpty && $0.indentation == first.indentation }
            let column = run.map(\.text.displayWidth).max() ?? 0
            for line in run.isEmpty ? finished[start...start] : run {
                if !line.text.isEmpty { result += String(repeating: " ", count: line.indentation) }
                result += line.text
                if !line.comment.isEmpty {
                    result += String(repeating: " ", count: column - line.text.displayWidth + 2) + line.comment
                }
                result += "\n"
            }
            start += max(1, run.count)
        }
        return result
    }
}
