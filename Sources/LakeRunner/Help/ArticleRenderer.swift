internal import LakeScript

/// Renders blocks of an article: wrapped to a width, with bold headings and highlighted code. Without colours, code
/// keeps its backticks.
struct ArticleRenderer {
    let styler: Styler
    /// The width in columns.
    let width: Int
    /// The command that shows another article.
    var command = "lakesh help"
    /// Highlights text of the language.
    let colouringCode: (String) -> String

    /// A word without blanks, in pieces of one style each.
    private typealias Word = [(text: String, style: Style)]

    /// Returns the lines of blocks, separated by empty lines.
    func lines(_ blocks: [Markdown.Block]) -> [String] {
        Array(blocks.map { lines($0) }.joined(separator: [""]))
    }

    /// Returns a styled heading.
    func heading(_ text: String) -> String {
        styler(.bold, Markdown.spans(of: text).map(\.text).joined())
    }

    private func lines(_ block: Markdown.Block) -> [String] {
        switch block {
        case .heading(_, let text): [heading(text)]
        case .paragraph(let text): wrapped(text, first: "  ", rest: "  ")
        case .items(let items): items.flatMap { wrapped($0, first: "  - ", rest: "    ") }
        case .code(let language, let lines): code(language, lines)
        case .table(let head, let rows): table(head, rows)
        }
    }

    private func code(_ language: String, _ lines: [String]) -> [String] {
        let text = lines.joined(separator: "\n")
        let shown = language == "lfs" ? colouringCode(text) : styler(.dim, text)
        return shown.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "    \($0)" }
    }

    // MARK: Tables

    private func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let columns = head.count - 1
        let widths = (0..<columns).map { column in ([head] + rows).map { self.width(of: $0[column]) }.max() ?? 0 }
        let start = 2 + widths.reduce(0) { $0 + $1 + 2 }
        if width - start < max(24, width * 2 / 5) { return stacked(rows) }
        let lines = rows.flatMap { row in
            let cells = zip(row, widths).map { shown(words($0)) + blanks($1 - self.width(of: $0) + 2) }
            return wrapped(row[columns], first: "  " + cells.joined(), rest: blanks(start), start: start)
        }
        guard head.filter({ !$0.isEmpty }).count > 1 else { return lines }
        let labels = zip(head, widths).map { $0.padded(to: $1 + 2) } + [head[columns]]
        return ["  " + styler(.dim, labels.joined())] + lines
    }

    /// Renders rows whose first cells leave no room for the last one: it stands on a line below them.
    private func stacked(_ rows: [[String]]) -> [String] {
        rows.flatMap { row in
            wrapped(row.dropLast().joined(separator: "  "), first: "  ", rest: "    ")
                + wrapped(row[row.count - 1], first: "      ", rest: "      ")
        }
    }

    // MARK: Words

    private func words(_ text: String) -> [Word] {
        var words: [Word] = [[]]
        for span in Markdown.spans(of: text) {
            let (text, style) = shown(span)
            for (index, part) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { words.append([]) }
                if !part.isEmpty { words[words.count - 1].append((String(part), style)) }
            }
        }
        return words.filter { !$0.isEmpty }
    }

    private func shown(_ span: Markdown.Span) -> (String, Style) {
        switch span.kind {
        case .text: (span.text, .plain)
        case .strong: (span.text, .bold)
        case .code: (quoted(span.text), .cyan)
        case .link: (quoted("\(command) " + Article(file: span.text, text: "").name), .cyan)
        }
    }

    private func quoted(_ code: String) -> String { styler.isColoured ? code : "`\(code)`" }

    private func shown(_ words: [Word]) -> String {
        words.map { $0.map { styler($0.style, $0.text) }.joined() }.joined(separator: " ")
    }

    private func width(of text: String) -> Int {
        words(text).map { $0.reduce(0) { $0 + $1.text.displayWidth } }.joinedWidth
    }

    /// Wraps a text; `start` is the width of the indentation, if it differs from that of `rest`.
    private func wrapped(_ text: String, first: String, rest: String, start: Int? = nil) -> [String] {
        let start = start ?? first.displayWidth
        var lines: [[Word]] = [[]]
        var used = start
        for word in words(text) {
            let length = word.reduce(0) { $0 + $1.text.displayWidth }
            if used + length > width, lines.last?.isEmpty == false {
                lines.append([])
                used = start
            }
            lines[lines.count - 1].append(word)
            used += length + 1
        }
        return lines.enumerated().map { ($0 == 0 ? first : rest) + shown($1) }
    }

    private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}

extension [Int] {
    /// The width of words of these widths, separated by blanks.
    fileprivate var joinedWidth: Int { isEmpty ? 0 : reduce(count - 1, +) }
}
