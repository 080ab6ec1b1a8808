/// Parses source text into a syntax tree and diagnostics.
///
/// It is a recursive descent parser that scans tokens on demand, because the meaning of a byte depends on its position.
/// In *value position* text consists of tokens (numbers, operators, strings, `$names`). In *command position* a name
/// begins a command whose arguments are bare words separated by blanks (`ParserCommands.swift`). The parser holds one
/// token, `current`; where it expects words it reads bytes from that token's start instead and continues behind the
/// word.
///
/// Line ends are a property of tokens, not tokens themselves. Inside brackets they are ignored (`newlinesVanish`), and
/// a line that begins with `|` or `else` continues the statement before it.
///
/// Error recovery: a malformed *word* (an escape, a number, an operator among words) is reported and parsing continues.
/// An error in the *structure* is reported and throws `Abandon`, which carries no data. It is caught where parsing can
/// resume without guessing: at the end of a command, at the `{` of a head, at the end of a statement. The skipped part
/// becomes a `.missing` node, which the checker ignores, so one cause gives one message.
///
/// No input overflows the stack: `level` limits the parser's recursion, `height` limits the depth of the tree (a chain
/// of operators or accesses is deep without recursion). Beyond either limit the rest of the text is not parsed.
package struct Parser {
    /// The maximum nesting of source text.
    package static let maximumNesting = 256
    /// The maximum size of source text in bytes; the tree takes many times as much memory.
    package static let maximumSize = 16 << 20
    private static let maximumLine = 1 << 20

    let text: SourceText
    let file: FileID
    var lexer: Lexer
    var current: Token
    /// The end of the last consumed token.
    var previousEnd: UInt32
    var diagnostics: [Diagnostic] = []
    /// True inside `(`, `[` and a map's `{`, where line ends are ignored.
    var newlinesVanish = false
    /// The number of unclosed brackets in the statement, for recovery.
    var openBrackets = 0
    /// The nesting depth of the current `${`.
    var openInterpolations = 0
    /// True if the last error is an unclosed bracket before a line that begins a statement; parsing resumes at that
    /// line.
    var leftBracketOpen = false
    var blockDepth = 0
    /// The `def`s whose heads could not be parsed.
    var unreadDefinitions: Set<String> = []
    /// The part of the current statement that is already known, kept if the rest cannot be parsed: a `let` with an
    /// error in its value still declares its variable.
    var partial: Statement.Kind?
    /// The recursion depth of the parser.
    var level = 0
    /// The height of the tree that was built last.
    var height = 0
    /// The part of the text that is not parsed after a reported error. The parser sees the end of the text there, and
    /// errors caused by that are not reported.
    enum Unread {
        /// The rest of the outermost `${ }`; otherwise each nested level would parse the same lines again.
        case interpolation
        case text
    }
    private(set) var unread: Unread?
    var isStopped: Bool { unread != nil }
    /// True if the first error is that the text ends too early.
    var isIncomplete = false
    /// The tokens and calls that were parsed, if the caller asked for them.
    var notes: ParserNotes?
    /// True if the text was typed at the prompt, where a complete line runs at once.
    private var isPrompt = false

    /// Thrown after an error was reported, and caught where parsing can resume.
    struct Abandon: Error {}

    private init(_ text: SourceText, file: FileID) {
        self.text = text
        self.file = file
        lexer = Lexer(bytes: text.bytes, file: file)
        previousEnd = UInt32(lexer.start)
        current = lexer.token(at: lexer.start)
    }

    /// Parses a whole text. The diagnostics hold all its errors in source order.
    ///
    /// At the prompt a line that begins with `|`, `else` or `catch` does not continue the line before it.
    package static func parse(
        _ text: SourceText, file: FileID, isPrompt: Bool = false
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        let parser = parsed(text, file: file, isPrompt: isPrompt)
        return (parser.tree, parser.diagnostics)
    }

    /// Returns true if text typed at the prompt is incomplete: in an open block, bracket or `"""`, or behind an
    /// operator. The prompt then asks for another line.
    package static func isIncomplete(_ text: String) -> Bool {
        parsed(SourceText(name: "", text: text), file: FileID(index: 0)).endsOpen
    }

    /// True if text typed at the prompt is incomplete; see `isIncomplete(_:)`.
    var endsOpen: Bool { isIncomplete || diagnostics.isEmpty && lexer.endsInContinuation }

    var tree: SyntaxTree {
        var tree = SyntaxTree(file: file, statements: read, comments: lexer.comments, isWhole: diagnostics.isEmpty)
        tree.unreadDefinitions = unreadDefinitions
        return tree
    }
    private var read: [Statement] = []

    /// Parses a whole text; with `notes`, it also records the tokens and calls.
    static func parsed(
        _ text: SourceText, file: FileID, isPrompt: Bool = false, notes: ParserNotes? = nil
    ) -> Parser {
        guard text.bytes.count <= maximumSize else {
            var parser = Parser(SourceText(name: text.name, bytes: []), file: file)
            parser.report(.textTooLarge(at: Span(file: file, start: 0, end: 0)))
            return parser
        }
        if let start = text.startOfLine(longerThan: maximumLine) {
            var parser = Parser(SourceText(name: text.name, bytes: []), file: file)
            parser.report(.lineTooLong(at: Span(file: file, start: start, end: start)))
            return parser
        }
        var parser = Parser(text, file: file)
        parser.isPrompt = isPrompt
        parser.notes = notes
        parser.checkEncoding()
        parser.read = parser.statements(isBlock: false)
        parser.diagnostics.sort { $0.span.start < $1.span.start }
        return parser
    }

    private mutating func checkEncoding() {
        do {
            _ = try UTF8Span(validating: lexer.bytes.span)
        } catch  where [[0xFF, 0xFE], [0xFE, 0xFF]].contains(where: lexer.bytes.starts(with:)) {
            report(.otherEncoding("UTF-16", at: Span(file: file, start: 0, end: 2)))
            leaveUnread(.text)
        } catch {
            let start = UInt32(error.byteOffsets.lowerBound)
            report(.invalidEncoding(at: Span(file: file, start: start, end: UInt32(error.byteOffsets.upperBound))))
        }
    }
}

// Operations that all parts of the parser use.
extension Parser {
    /// Returns the span from a byte to the end of the last consumed token.
    func span(from start: UInt32) -> Span { Span(file: file, start: start, end: max(start, previousEnd)) }

    /// Returns the span of a token.
    func span(of token: Token) -> Span { Span(file: file, start: token.start, end: token.end) }

    /// Returns the text between two offsets.
    func string(_ start: Int, _ end: Int) -> String { String(decoding: lexer.bytes[start..<end], as: UTF8.self) }

    /// Returns the text of a token.
    func string(of token: Token) -> String { string(Int(token.start), Int(token.end)) }

    /// Consumes the current token; `kind` overrides its classification.
    mutating func advance(as kind: ClassifiedToken.Kind? = nil) {
        if notes != nil { note(kind ?? ClassifiedToken.Kind(current.kind), Int(current.start), Int(current.end)) }
        resume(at: Int(current.end))
    }

    /// Continues behind an offset, after text was consumed without tokens.
    mutating func resume(at offset: Int) {
        previousEnd = UInt32(offset)
        current = lexer.token(at: offset)
    }

    func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

    func at(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

    /// True if the current token is on the line of the token before it, or if line ends are ignored.
    var isOnSameLine: Bool { newlinesVanish || !current.isOnNewLine }

    /// True if a `|`, `else` or `catch` here continues what was before it. At the beginning of a line at the prompt it
    /// does so only inside brackets or blocks.
    var joinsLine: Bool { !isPrompt || !current.isOnNewLine || newlinesVanish || blockDepth > 0 }

    /// True if there is no blank between the current token and the one before it.
    var touches: Bool { !current.isApart }

    /// Consumes the current token if it is this symbol.
    mutating func take(_ symbol: Symbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    /// Reports an error. A second one at the same place is dropped, because it has the same cause.
    mutating func report(_ diagnostic: Diagnostic) {
        if isStopped { return }
        if let last = diagnostics.last, last.span.start == diagnostic.span.start { return }
        if diagnostics.isEmpty { isIncomplete = isIncomplete || endsTooEarly }
        diagnostics.append(diagnostic)
    }

    /// Reports a structural error and returns the error to throw.
    mutating func abandon(_ diagnostic: Diagnostic) -> Abandon {
        report(diagnostic)
        return Abandon()
    }

    /// True if the text ends inside something that another line could complete.
    private var endsTooEarly: Bool {
        guard current.kind == .end else { return false }
        guard blockDepth == 0, openBrackets == 0, previousEnd > 0 else { return true }
        let last = lexer.byte(Int(previousEnd) - 1)
        return "=|+-*/%<>~?.".utf8.contains(last) || [" and", " or", " not", " in"].contains { endsIn($0) }
    }

    private func endsIn(_ word: String) -> Bool {
        lexer.bytes[..<Int(previousEnd)].suffix(word.utf8.count).elementsEqual(word.utf8)
    }

    /// Parses a nested construct; counts its recursion and the height of its tree.
    mutating func nested<Result>(
        _ body: (inout Parser) throws(Abandon) -> Result
    ) throws(Abandon) -> Result {
        guard level < Parser.maximumNesting else { throw tooDeep() }
        let outer = height
        level += 1
        height = 0
        defer { level -= 1 }
        let result = try body(&self)
        height = max(outer, height + 1)
        return result
    }

    /// Parses a construct next to the ones before it: its height does not add to theirs.
    mutating func measured<Result>(
        _ body: (inout Parser) throws(Abandon) -> Result
    ) throws(Abandon) -> Result {
        let outer = height
        height = 0
        let result = try body(&self)
        height = max(outer, height)
        return result
    }

    /// Adds a link to a chain of operators or accesses; `other` is the height of the link's other operand.
    mutating func grow(over other: Int = 0) throws(Abandon) {
        height = max(height, other) + 1
        if height > Parser.maximumNesting { throw tooDeep() }
    }

    /// Reports that the text nests too deep and stops parsing.
    private mutating func tooDeep() -> Abandon {
        let mistake = abandon(.nestingTooDeep(at: span(of: current)))
        leaveUnread(.text)
        return mistake
    }

    /// Goes to the end of the text and marks the rest as unread.
    mutating func leaveUnread(_ part: Unread) {
        unread = part
        resume(at: lexer.bytes.count)
    }

    /// Returns true if parsing can resume behind the outermost `${ }`.
    mutating func endsInterpolation() -> Bool {
        if unread == .interpolation { unread = nil }
        return unread == nil
    }
}
