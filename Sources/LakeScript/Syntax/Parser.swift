/// The parser: from bytes to a tree, by recursive descent, in one pass.
///
/// The language has two positions. In command position a name starts a command, whose arguments are words, strings,
/// variables and parentheses with blanks between them, as in a shell. In value position there are expressions with
/// operators, as in a programming language. Which one it is, is known from what stands before, so the parser pulls from
/// the bytes what the position can have instead of cutting them into tokens beforehand.
///
/// An error ends the statement that it stands in, and only that: the diagnostic is kept, the rest of the line is
/// skipped, brackets and quotes in it balanced, and a `.missing` node takes its place. So one pass finds all errors, and
/// none twice. Nothing that a text holds makes the parser crash; nesting deeper than 256 is an error.
package struct Parser {
    /// Deeper nesting is an error: recursion needs stack.
    package static let maximumDepth = 256

    let source: SourceText
    let file: FileID
    let isPrompt: Bool
    var cursor: Cursor
    var comments: [Comment] = []
    var diagnostics: [Diagnostic] = []
    /// Whether a line end ends a statement here: not inside `(`, `[` and a map's `{`.
    var linesMatter = true
    var depth = 0
    /// Whether the text ended where more was due: at the prompt, another line is read.
    var endedEarly = false

    /// An error was found and kept: the statement ends.
    struct Abort: Error {}

    private init(_ source: SourceText, file: FileID, isPrompt: Bool) {
        self.source = source
        self.file = file
        self.isPrompt = isPrompt
        cursor = Cursor(source.bytes)
    }

    /// What parsing gives.
    package struct Parsed: Sendable {
        package let tree: SyntaxTree
        package let diagnostics: [Diagnostic]
        /// Whether the text ends inside an open block, bracket or string, or after a `|` or operator.
        package let isIncomplete: Bool
    }

    /// Parses a text. At the prompt a line that begins with `|`, `else` or `catch` cannot continue the one before, which
    /// has run already.
    package static func parse(_ source: SourceText, file: FileID, isPrompt: Bool = false) -> Parsed {
        var parser = Parser(source, file: file, isPrompt: isPrompt)
        let statements = parser.isReadable() ? parser.script() : []
        let tree = SyntaxTree(file: file, statements: statements, comments: parser.comments)
        return Parsed(tree: tree, diagnostics: parser.diagnostics, isIncomplete: parser.endedEarly)
    }

    /// Whether a text at the prompt goes on in the next line.
    package static func isIncomplete(_ text: String) -> Bool {
        parse(SourceText(name: "", text: text), file: FileID(index: 0), isPrompt: true).isIncomplete
    }

    /// Refuses what is not UTF-8; a byte order mark is gone past.
    private mutating func isReadable() -> Bool {
        if cursor.has("\u{FEFF}") { cursor.place = 3 }
        guard source.bytes.count < 1 << 30 else {
            diagnostics.append(.textTooLarge(at: span(0, 0)))
            return false
        }
        do {
            _ = try UTF8Span(validating: source.bytes.span)
            return true
        } catch {
            let range = error.byteOffsets
            diagnostics.append(.invalidText(at: span(range.lowerBound, range.upperBound)))
            return false
        }
    }

    private mutating func script() -> [Statement] {
        if cursor.has("#!") { comment() }
        var all: [Statement] = []
        while true {
            all += statements()
            guard !cursor.isAtEnd else { return all }
            // A `}` that closes nothing.
            let start = cursor.place
            cursor.place += 1
            diagnostics.append(.unexpectedClose("}", at: span(start, cursor.place)))
        }
    }
}

// The cursor, with what stands between tokens.
extension Parser {
    func span(_ start: Int, _ end: Int) -> Span {
        Span(file: file, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
    }

    /// From a place to where the cursor is.
    func span(from start: Int) -> Span { span(start, cursor.place) }

    /// The character here, for a caret.
    var hereSpan: Span {
        guard !cursor.isAtEnd else { return span(cursor.place, cursor.place) }
        var end = cursor.place + 1
        while end < cursor.bytes.count, cursor.bytes[end] & 0xC0 == 0x80 { end += 1 }
        return span(cursor.place, end)
    }

    /// What stands here, for messages.
    var found: String {
        if cursor.isAtEnd { return "the end of the text" }
        if cursor.byte.isLineEnd { return "the end of the line" }
        if let name = cursor.peekName() { return "`\(name)`" }
        return "`\(source.text(of: hereSpan))`"
    }

    /// Keeps an error; the statement ends with it.
    mutating func abort(_ diagnostic: Diagnostic) -> Abort {
        if cursor.isAtEnd { endedEarly = true }
        diagnostics.append(diagnostic)
        return Abort()
    }

    /// Goes past blanks, comments and joined lines; past line ends too where they do not matter.
    mutating func skipBlanks() {
        while true {
            if cursor.byte.isBlank {
                cursor.place += 1
            } else if cursor.startsComment {
                comment()
            } else if cursor.has("\\\n") {
                cursor.place += 2
            } else if cursor.has("\\\r\n") {
                cursor.place += 3
            } else if cursor.byte == UInt8(ascii: "\\"), cursor.place + 1 == cursor.bytes.count {
                cursor.place += 1
                endedEarly = true
            } else if !linesMatter, cursor.byte.isLineEnd {
                cursor.place += 1
            } else {
                return
            }
        }
    }

    /// Goes past blanks, comments and line ends.
    mutating func skipLines() {
        let kept = linesMatter
        linesMatter = false
        skipBlanks()
        linesMatter = kept
    }

    mutating func comment() {
        let start = cursor.place
        cursor.skip { !$0.isLineEnd }
        var before = start
        while before > 0, cursor.bytes[before - 1].isBlank { before -= 1 }
        let ownLine = before == 0 || cursor.bytes[before - 1].isLineEnd
        comments.append(Comment(span: span(from: start), ownLine: ownLine))
    }

    /// Whether the statement ends here: the end of the line or text, `;`, `}`.
    var isAtStatementEnd: Bool {
        cursor.isAtEnd || cursor.byte.isLineEnd || cursor.byte == UInt8(ascii: ";") || cursor.byte == UInt8(ascii: "}")
    }

    /// Whether one of the marks begins the next line that holds something, which then continues this one. Goes there if
    /// so.
    mutating func continues(with marks: [StaticString]) -> Bool {
        let start = cursor.place
        let known = comments.count
        skipBlanks()
        if cursor.byte.isLineEnd, !isPrompt { skipLines() }
        if marks.contains(where: { isMark($0) }) { return true }
        cursor.place = start
        comments.removeSubrange(known...)
        return false
    }

    /// Whether the next line that holds something begins with the mark.
    func beginsNextLine(_ mark: StaticString) -> Bool {
        var ahead = self
        ahead.skipLines()
        return ahead.cursor.has(mark)
    }

    /// Whether a mark stands here; one of letters as a whole word.
    private func isMark(_ mark: StaticString) -> Bool {
        cursor.has(mark) && !(cursor.byte.startsName && cursor.byte(mark.utf8CodeUnitCount).continuesName)
    }

    /// Goes past a keyword if it stands here as a whole word.
    mutating func take(keyword: StaticString) -> Bool {
        guard isMark(keyword), cursor.byte.startsName else { return false }
        cursor.place += keyword.utf8CodeUnitCount
        return true
    }

    /// Counts a level of nesting while the body runs.
    mutating func nested<Result>(_ body: (inout Parser) throws(Abort) -> Result) throws(Abort) -> Result {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Parser.maximumDepth else {
            let failure = abort(.nestedTooDeep(at: hereSpan))
            // What is left cannot be made sense of at this depth: one error is enough.
            cursor.place = cursor.bytes.count
            return try fail(failure)
        }
        return try body(&self)
    }

    private func fail<Result>(_ failure: Abort) throws(Abort) -> Result { throw failure }

    /// Skips to the statement's end, past whole brackets and strings.
    mutating func recover() {
        var open = 0
        while !cursor.isAtEnd {
            switch cursor.byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"): open = max(0, open - 1)
            case UInt8(ascii: "}"):
                if open == 0 { return }
                open -= 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"): skipQuoted()
            case UInt8(ascii: ";") where open == 0, 0x0A where open == 0: return
            case UInt8(ascii: "#") where cursor.startsComment:
                comment()
                continue
            default: break
            }
            if !cursor.isAtEnd { cursor.place += 1 }
        }
    }

    /// Goes to a string's closing quote, or stays before the line's end where there is none.
    private mutating func skipQuoted() {
        let quote = cursor.byte
        if quote == UInt8(ascii: "\""), cursor.has("\"\"\"") {
            cursor.place += 3
            while !cursor.isAtEnd, !cursor.has("\"\"\"") { cursor.place += 1 }
            cursor.place += 2
            return
        }
        var scan = cursor
        scan.place += 1
        while !scan.isAtEnd, scan.byte != quote, !scan.byte.isLineEnd {
            scan.place += scan.byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
        }
        if scan.byte == quote { cursor.place = scan.place }
    }
}
