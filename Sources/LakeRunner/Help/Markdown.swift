internal import LakeScript

/// The subset of Markdown that the articles use, as data: headings, paragraphs, lists, tables and fenced code.
///
/// A line that is none of the others is text, so that nothing is lost.
package enum Markdown {
    /// A block of a text; its texts may contain spans.
    package enum Block: Equatable, Sendable {
        /// `## Text`
        case heading(level: Int, String)
        /// The lines of a paragraph, joined.
        case paragraph(String)
        /// The items of a list: `- text`, without the dash.
        case items([String])
        /// The cells of a table by row; the head's cells may be empty.
        case table(head: [String], rows: [[String]])
        /// The lines between fences, and the language of the opening fence or an empty text.
        case code(language: String, lines: [String])
    }

    /// A span within a line.
    package struct Span: Equatable, Sendable {
        package let text: String
        package let kind: Kind

        package enum Kind: Sendable {
            case text, code, strong
            /// A link to another article: `<doc:Name>`.
            case link
        }
    }

    /// Parses the blocks of a text.
    package static func blocks(of text: String) -> [Block] {
        var reader = BlockReader(lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        return reader.read()
    }

    /// Parses the spans of a line.
    package static func spans(of text: String) -> [Span] {
        var spans: [Span] = []
        var rest = text[...]
        while let (start, mark) = firstMark(in: rest) {
            if start > rest.startIndex { spans.append(Span(text: String(rest[..<start]), kind: .text)) }
            let inner = rest[start...].dropFirst(mark.open.count)
            guard let end = inner.firstRange(of: mark.close) else {
                rest = rest[start...]
                break
            }
            spans.append(Span(text: String(inner[..<end.lowerBound]), kind: mark.kind))
            rest = inner[end.upperBound...]
        }
        if !rest.isEmpty { spans.append(Span(text: String(rest), kind: .text)) }
        return spans
    }

    private struct Mark {
        let open: String
        let close: String
        let kind: Span.Kind
    }

    /// Longer marks first: two backticks are not an empty code span.
    private static let marks = [
        Mark(open: "``", close: "``", kind: .code), Mark(open: "`", close: "`", kind: .code),
        Mark(open: "**", close: "**", kind: .strong), Mark(open: "<doc:", close: ">", kind: .link),
        Mark(open: "*", close: "*", kind: .strong),
    ]

    private static func firstMark(in text: Substring) -> (Substring.Index, Mark)? {
        for index in text.indices {
            if let mark = marks.first(where: { text[index...].hasPrefix($0.open) }) { return (index, mark) }
        }
        return nil
    }
}

/// Parses blocks from lines.
private struct BlockReader {
    let lines: [String]
    private var place = 0

    init(lines: [String]) { self.lines = lines }

    mutating func read() -> [Markdown.Block] {
        var blocks: [Markdown.Block] = []
        while place < lines.count {
            if lines[place].isEmpty {
                place += 1
            } else {
                blocks.append(block())
            }
        }
        return blocks
    }

    private mutating func block() -> Markdown.Block {
        let line = lines[place]
        if line.hasPrefix("```") { return code(language: String(line.dropFirst(3))) }
        if line.hasPrefix("#") {
            place += 1
            let level = line.prefix { $0 == "#" }.count
            return .heading(level: level, String(line.dropFirst(level + 1)))
        }
        if line.hasPrefix("|") { return table() }
        if line.hasPrefix("- ") { return items() }
        return .paragraph(take { !$0.isEmpty && !$0.hasPrefix("```") && !$0.hasPrefix("|") }.joined(separator: " "))
    }

    private mutating func take(while condition: (String) -> Bool) -> [String] {
        var taken: [String] = []
        while place < lines.count, condition(lines[place]) {
            taken.append(lines[place])
            place += 1
        }
        return taken
    }

    private mutating func code(language: String) -> Markdown.Block {
        place += 1
        let inner = take { $0 != "```" }
        place += 1
        return .code(language: language, lines: inner)
    }

    private mutating func items() -> Markdown.Block {
        var items: [String] = []
        for line in take(while: { $0.hasPrefix("- ") || $0.hasPrefix("  ") }) {
            if line.hasPrefix("- ") {
                items.append(String(line.dropFirst(2)))
            } else if let last = items.popLast() {
                items.append(last + " " + line.drop { $0 == " " })
            }
        }
        return .items(items)
    }

    private mutating func table() -> Markdown.Block {
        let rows = take { $0.hasPrefix("|") }.map(BlockReader.cells)
        // The second line only separates the head from the rows.
        return .table(head: rows[0], rows: Array(rows.dropFirst(2)))
    }

    /// Splits a row into its cells; `\|` is a bar within a cell.
    private static func cells(_ line: String) -> [String] {
        var cells: [String] = []
        var cell = ""
        for character in line.dropFirst() {
            if character != "|" {
                cell.append(character)
            } else if cell.hasSuffix("\\") {
                cell.removeLast()
                cell.append("|")
            } else {
                cells.append(cell.trimmed)
                cell = ""
            }
        }
        return cells
    }
}
