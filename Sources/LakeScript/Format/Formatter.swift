/// `lakesh fmt`: a text in the one layout of the language.
///
/// Tree in, layout out, text printed. The tree says what belongs together; words, numbers and strings are taken from
/// the source as they stand there, so nothing can be lost that the tree does not hold. What comes out has the same
/// tree, and formatted again it is the same text: tests hold both for every script there is, and so does the fuzzer for
/// those that nobody wrote.
///
/// The rules, few enough to know by heart:
/// - A statement a line, two columns for a level, one blank between words, single empty lines kept, `_` in options.
/// - A list, a map, parameters or a block whose opening bracket ends its line are written one item a line, the others on
///   one line if they end at column 120 or before, and if a block holds one statement.
/// - A pipeline is broken behind each `|`, or nowhere. The `|` ends the line, so that what was formatted can be pasted
///   at the prompt, where a line cannot go on the one before; `} else {` and `} catch error {` share a line for the same
///   reason.
/// - A line end behind an operator, and a `\` between arguments, stays where it is; no other is made.
/// - Comments at the ends of neighbouring lines stand below each other.
///
/// Comments belong to what stands in rows (statements, items, stages): before it, or behind it on its line. One inside of
/// something, where no row begins, goes before the row that it is in.
package struct Formatter {
    let text: SourceText
    /// For its look-ahead only.
    let lexer: Lexer
    var comments: CommentPlaces

    private init(_ text: SourceText, _ tree: SyntaxTree) {
        self.text = text
        lexer = Lexer(bytes: text.bytes, file: tree.file)
        comments = CommentPlaces(tree.comments, of: text)
    }

    /// The text in the one layout, lines ended by `\n`; nil where it cannot be read, and then why.
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

    /// What the source says there.
    func source(_ span: Span) -> Layout { .text(text.text(of: span)) }
}

/// Something that begins on a line of its own where its bracket is broken.
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
    /// Elements and the comments around them. `bounds` are the offsets between which comments are theirs; `opening` is
    /// the end of the bracket before them, which a comment may follow on its line.
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

    /// Adds the comments before an element, and those inside it that nothing in it has taken; gives whether the element
    /// has an empty line before it still.
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
        /// Whether it is no comment.
        let isElement: Bool
        let isBlankBefore: Bool
        /// The comment behind it.
        let remark: String?
    }

    private(set) var rows: [Row] = []
    /// The comment behind the opening bracket.
    var opening: String?

    mutating func add(_ row: Row) { rows.append(row) }

    mutating func add(comment: String, _ isBlankBefore: Bool) {
        rows.append(Row(layout: .remark(comment), isElement: false, isBlankBefore: isBlankBefore, remark: nil))
    }

    /// Says by a `;` that a brace which reads like a map's is a block's.
    mutating func markAsBlock() {
        rows.insert(Row(layout: .text(";"), isElement: false, isBlankBefore: false, remark: nil), at: 0)
    }

    var isEmpty: Bool { rows.isEmpty && opening == nil }

    /// Whether there are comments, so that the bracket must be broken.
    var hasComments: Bool { opening != nil || rows.contains { !$0.isElement || $0.remark != nil } }

    /// Whether a comment stands behind the last element.
    var endsInComment: Bool { rows.last.map { !$0.isElement || $0.remark != nil } ?? false }

    var isMultiline: Bool { hasComments || rows.contains { $0.layout.isMultiline } }

    /// Whether an element but the last is several lines.
    var isMultilineBeforeTheLast: Bool { rows.dropLast().contains { $0.layout.isMultiline } }

    /// The rows below each other; `separator` stands behind each element but the last, behind which stands `last` if
    /// the lines are broken. All but the first are hanging if `hangs`.
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

    /// A layout of the rows between brackets, which touch it on one line or have a `blank` between; the closing one stays
    /// on the last line if `hugsLast`.
    func bracketed(
        _ open: String, _ inner: Layout, _ close: String, blank: String = "", hugsLast: Bool = false
    ) -> Layout {
        let remark = opening.map { Layout.comment($0) } ?? .empty
        let end = hugsLast ? Layout.empty : .line(blank)
        return .row([.text(open), remark, .hanging(.row([.line(blank), inner])), end, .text(close)])
    }
}
