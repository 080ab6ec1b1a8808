/// Formats a script in the one layout of the language, for `lakesh fmt`.
///
/// The syntax tree gives the structure. Words, numbers and strings are copied from the source, so the formatter cannot
/// lose what the tree does not hold. The output has the same tree, and formatting it again changes nothing; tests check
/// both for every script of the examples, and the fuzzer for generated ones.
///
/// The rules:
/// - One statement per line, two columns per level, one blank between words, single empty lines kept, `_` in options.
/// - A list, map, parameter list or block whose opening bracket ends its line is written one item per line. Others go
///   on one line if they fit in 120 columns and, for a block, if it has a single statement.
/// - A pipeline is broken behind each `|`, or not at all. The `|` ends the line so that formatted text can be pasted at
///   the prompt, where a line that begins with `|` would start a new statement; `} else {` and `} catch error {` share
///   a line for the same reason.
/// - A line break behind an operator and a `\` between arguments are kept; no other one is made.
/// - Comments at the ends of neighbouring lines are aligned.
///
/// Comments are attached to rows (statements, items, stages): before the row, or behind it on its line. A comment in
/// the middle of a row is moved before the row.
package struct Formatter {
    let text: SourceText
    /// Used for look-ahead only.
    let lexer: Lexer
    var comments: CommentPlaces

    private init(_ text: SourceText, _ tree: SyntaxTree) {
        self.text = text
        lexer = Lexer(bytes: text.bytes, file: tree.file)
        comments = CommentPlaces(tree.comments, of: text)
    }

    /// Returns the formatted text with `
    /// ` line ends, or nil and the diagnostics if the text has syntax errors.
    package static func format(
        _ text: SourceText, file: FileID = FileID(index: 0)
    ) -> (text: String?, diagnostics: [Diagnostic]) {
        let (tree, diagnostics) = Parser.parse(text, file: file)
        guard diagnostics.isEmpty else { return (nil, diagnostics) }
        var formatter = Formatter(text, tree)
        return (LayoutPrinter.print(formatter.layout(tree)), [])
    }

    private mutating func layout(_ tree: SyntaxTree) -> Layout {
        let rows = rows(tree.statements, in: 0..<UInt32(text.bytes.count) + 1) { $1.statementRow($0) }
        return rows.layout()
    }

    /// Copies a span of the source.
    func source(_ span: Span) -> Layout { .text(text.text(of: span)) }
}

/// An element that gets a line of its own if the enclosing bracket is broken.
protocol RowElement {
    var span: Span { get }
}

extension Statement: RowElement {}
extension Expression: RowElement {}

extension MapEntry: RowElement {
    var span: Span { key.span.joined(with: value.span) }
}

extension DefinitionParameter: RowElement {
    var span: Span { name.span.joined(with: defaultValue?.span ?? type?.span ?? name.span) }
}

extension Formatter {
    /// Lays out elements and the comments between them. The comments within `bounds` are theirs. `opening` is the end
    /// of the bracket before them; a comment may follow it on its line.
    mutating func rows<Element: RowElement>(
        _ elements: [Element], in bounds: Range<UInt32>, opening: UInt32? = nil,
        layout: (Element, inout Formatter) -> Layout
    ) -> Rows {
        var rows = Rows()
        var previous = bounds.lowerBound
        for (index, element) in elements.enumerated() {
            if index == 0, let opening { takeOpening(opening, before: element.span.start, into: &rows) }
            let content = layout(element, &self)
            let isBlankBefore = addComments(before: element.span, from: previous, to: &rows)
            let limit = index + 1 < elements.count ? elements[index + 1].span.start : bounds.upperBound
            let remark = comments.takeRemark(behind: element.span.end, before: limit)
            rows.add(Rows.Row(layout: content, isElement: true, isBlankBefore: isBlankBefore, remark: remark))
            previous = element.span.end
        }
        if elements.isEmpty, let opening { takeOpening(opening, before: bounds.upperBound, into: &rows) }
        for comment in comments.take(in: previous..<max(previous, bounds.upperBound)) {
            rows.add(comment: comments.words(of: comment), text.hasBlankLine(before: comment.span.start))
        }
        return rows
    }

    private mutating func takeOpening(_ opening: UInt32, before limit: UInt32, into rows: inout Rows) {
        rows.opening = comments.takeRemark(behind: opening, before: limit)
    }

    /// Adds the comments before an element, and those inside it that no nested element has taken. Returns true if an
    /// empty line is still to be kept before the element.
    private mutating func addComments(before span: Span, from previous: UInt32, to rows: inout Rows) -> Bool {
        var isBlankBefore = text.hasBlankLine(before: span.start)
        for comment in comments.take(in: previous..<max(previous, span.end)) {
            let isInside = comment.span.start > span.start
            let isBlank = isInside ? isBlankBefore : text.hasBlankLine(before: comment.span.start)
            rows.add(comment: comments.words(of: comment), isBlank)
            if isInside { isBlankBefore = false }
        }
        return isBlankBefore
    }
}

/// Elements in rows, with the comments between them.
struct Rows {
    struct Row {
        let layout: Layout
        /// True for an element, false for a comment.
        let isElement: Bool
        let isBlankBefore: Bool
        /// The comment behind the element on its line.
        let remark: String?
    }

    private(set) var rows: [Row] = []
    /// The comment behind the opening bracket.
    var opening: String?

    mutating func add(_ row: Row) { rows.append(row) }

    mutating func add(comment: String, _ isBlankBefore: Bool) {
        rows.append(Row(layout: .remark(comment), isElement: false, isBlankBefore: isBlankBefore, remark: nil))
    }

    /// Adds a `;` behind the opening brace, so that a block that looks like a map is read as a block.
    mutating func markAsBlock() {
        rows.insert(Row(layout: .text(";"), isElement: false, isBlankBefore: false, remark: nil), at: 0)
    }

    var isEmpty: Bool { rows.isEmpty && opening == nil }

    /// True if there are comments; the bracket must be broken then.
    var hasComments: Bool { opening != nil || rows.contains { !$0.isElement || $0.remark != nil } }

    /// True if a comment follows the last element.
    var endsInComment: Bool { rows.last.map { !$0.isElement || $0.remark != nil } ?? false }

    var isMultiline: Bool { hasComments || rows.contains { $0.layout.isMultiline } }

    /// True if an element other than the last takes several lines.
    var isMultilineBeforeTheLast: Bool { rows.dropLast().contains { $0.layout.isMultiline } }

    /// Lays out the rows below each other. `separator` follows each element but the last; `last` follows the last one
    /// if the lines are broken. With `hangs`, all rows but the first are hanging.
    func layout(separator: String = "", last: String = "", keepsBlankLines: Bool = true, hangs: Bool = false) -> Layout
    {
        let lastElement = rows.lastIndex { $0.isElement }
        var others: [Layout] = []
        for (index, row) in rows.enumerated() {
            let end = index == lastElement ? Layout.whenBroken(last) : .text(row.isElement ? separator : "")
            let remark = row.remark.map { Layout.comment($0) } ?? .empty
            if index > 0 { others.append(.line(" ", isBlank: keepsBlankLines && row.isBlankBefore)) }
            others.append(.row([row.layout, end, remark]))
        }
        guard hangs, let first = others.first else { return .row(others) }
        return .row([first, .hanging(.row(Array(others.dropFirst())))])
    }

    /// Lays out the rows between brackets. On one line there is `blank` inside the brackets. With `hugsLast`, the
    /// closing bracket stays on the last row's line.
    func bracketed(
        _ open: String, _ inner: Layout, _ close: String, blank: String = "", hugsLast: Bool = false
    ) -> Layout {
        let remark = opening.map { Layout.comment($0) } ?? .empty
        let end = hugsLast ? Layout.empty : .line(blank)
        return .row([.text(open), remark, .hanging(.row([.line(blank), inner])), end, .text(close)])
    }
}
