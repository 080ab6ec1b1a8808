/// Bytes in, tree and diagnostics out: the whole front of the language.
///
/// A recursive descent over tokens that are scanned on demand, because what a byte means depends on where it stands:
/// in *value position* text is made of tokens (numbers, operators, strings, `$names`), in *command position* a name
/// begins a command whose arguments are bare words up to a blank (`ParserCommands.swift`). The parser holds one token,
/// `current`; where words are due it looks at the bytes from that token's start instead and goes on behind the word.
///
/// Line ends are a property of tokens, not tokens: inside brackets nobody asks for them, a line that begins with `|` or
/// `else` goes on for the same reason, and `newlinesVanish` says which rule holds.
///
/// Mistakes. A mistake in what a word *is* (an escape, a number, an operator among words) is reported and parsing goes
/// on. A mistake in *structure* throws `Abandon`, which carries nothing: it was reported before. It is caught where
/// reading can go on without guessing: at the end of a command, at the `{` of a head, at the end of a statement. What
/// could not be read becomes a `.missing` node, about which the checker is silent; so one cause gives one message.
///
/// No input crashes it: `level` bounds recursion here, `height` bounds the depth of the tree (a chain of operators or
/// accesses is deep without recursion), and beyond either the rest of the text is left unread.
package struct Parser {
    /// The nesting at which source text is refused.
    package static let maximumNesting = 256
    /// The size in bytes at which source text is refused: nobody writes it by hand, and the tree is many times as big.
    package static let maximumSize = 16 << 20

    let text: SourceText
    let file: FileID
    var lexer: Lexer
    var current: Token
    /// The end of what was taken last.
    var previousEnd: UInt32
    var diagnostics: [Diagnostic] = []
    /// Whether line ends mean nothing here: inside `(`, `[` and a map's `{`.
    var newlinesVanish = false
    /// Brackets that were opened in the statement and not yet closed, for recovery.
    var openBrackets = 0
    /// How many `${` are being read, one inside another.
    var openInterpolations = 0
    /// Whether the last mistake is a bracket left open before a line that begins a statement: there reading goes on.
    var leftBracketOpen = false
    var blockDepth = 0
    /// What is known already of the statement that is being read, kept when its rest cannot be read: a `let` with a
    /// mistake in its value still makes its variable.
    var partial: Statement.Kind?
    /// How deep the parser's own recursion is.
    var level = 0
    /// How deep the tree is that was built last.
    var height = 0
    /// What is left unread, behind a mistake that was reported: each part of the parser then finds the text at its end,
    /// and what would be said of that is unsaid.
    enum Unread {
        /// The rest of the outermost `${ }`. Read on inside it, each level would read the same lines anew.
        case interpolation
        case text
    }
    private(set) var unread: Unread?
    var isStopped: Bool { unread != nil }
    /// Whether the first mistake is that the text ends too early.
    var isIncomplete = false
    /// The tokens and calls that were read, where somebody asks for them.
    var notes: ParserNotes?
    /// Whether the text was typed at the prompt, where a line that is whole runs at once.
    private var isPrompt = false

    /// Thrown behind a reported mistake to where reading can go on.
    struct Abandon: Error {}

    private init(_ text: SourceText, file: FileID) {
        self.text = text
        self.file = file
        lexer = Lexer(bytes: text.bytes, file: file)
        previousEnd = UInt32(lexer.start)
        current = lexer.token(at: lexer.start)
    }

    /// Reads a whole text. Every mistake in it is among the diagnostics, in the order of the text.
    ///
    /// At the prompt a line does not go on the one before by beginning with `|`, `else` or `catch`.
    package static func parse(
        _ text: SourceText, file: FileID, isPrompt: Bool = false
    ) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
        let parser = parsed(text, file: file, isPrompt: isPrompt)
        return (parser.tree, parser.diagnostics)
    }

    /// Whether the text of a prompt ends too early, in an open block, bracket or `"""`, or behind an operator: then the
    /// prompt asks for another line.
    package static func isIncomplete(_ text: String) -> Bool {
        parsed(SourceText(name: "", text: text), file: FileID(index: 0)).endsOpen
    }

    /// Whether the text of a prompt ends too early: see `isIncomplete(_:)`.
    var endsOpen: Bool { isIncomplete || diagnostics.isEmpty && lexer.endsInContinuation }

    var tree: SyntaxTree {
        SyntaxTree(file: file, statements: read, comments: lexer.comments, isWhole: diagnostics.isEmpty)
    }
    private var read: [Statement] = []

    /// Reads a whole text; with `notes`, the tokens and calls in it are noted, too.
    static func parsed(
        _ text: SourceText, file: FileID, isPrompt: Bool = false, notes: ParserNotes? = nil
    ) -> Parser {
        guard text.bytes.count <= maximumSize else {
            var parser = Parser(SourceText(name: text.name, bytes: []), file: file)
            parser.report(.textTooLarge(at: Span(file: file, start: 0, end: 0)))
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

// What all parts of the parser use.
extension Parser {
    /// The span from a byte to the end of what was taken last.
    func span(from start: UInt32) -> Span { Span(file: file, start: start, end: max(start, previousEnd)) }

    /// The span of a token.
    func span(of token: Token) -> Span { Span(file: file, start: token.start, end: token.end) }

    /// The text between two offsets.
    func string(_ start: Int, _ end: Int) -> String { String(decoding: lexer.bytes[start..<end], as: UTF8.self) }

    /// The text of a token.
    func string(of token: Token) -> String { string(Int(token.start), Int(token.end)) }

    /// Takes the current token; `kind` is what it is here, where that is not what it looks like.
    mutating func advance(as kind: ClassifiedToken.Kind? = nil) {
        if notes != nil { note(kind ?? ClassifiedToken.Kind(current.kind), Int(current.start), Int(current.end)) }
        resume(at: Int(current.end))
    }

    /// Goes on behind an offset up to which something was taken.
    mutating func resume(at offset: Int) {
        previousEnd = UInt32(offset)
        current = lexer.token(at: offset)
    }

    func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

    func at(_ keyword: Keyword) -> Bool { current.kind == .keyword(keyword) }

    /// Whether the current token is on the line of the one before, or lines mean nothing.
    var isOnSameLine: Bool { newlinesVanish || !current.isOnNewLine }

    /// Whether a `|`, `else` or `catch` here goes on what was before: one that begins a line does not at the prompt, unless
    /// something is open.
    var joinsLine: Bool { !isPrompt || !current.isOnNewLine || newlinesVanish || blockDepth > 0 }

    /// Whether the current token touches what was taken last.
    var touches: Bool { !current.isApart }

    /// Takes the current token if it is this symbol.
    mutating func take(_ symbol: Symbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    /// Notes a mistake. A second one at the same place has the same cause.
    mutating func report(_ diagnostic: Diagnostic) {
        if isStopped { return }
        if let last = diagnostics.last, last.span.start == diagnostic.span.start { return }
        if diagnostics.isEmpty { isIncomplete = isIncomplete || endsTooEarly }
        diagnostics.append(diagnostic)
    }

    /// Notes a mistake in structure and gives what to throw.
    mutating func abandon(_ diagnostic: Diagnostic) -> Abandon {
        report(diagnostic)
        return Abandon()
    }

    /// Whether the text ends inside something that another line could end.
    private var endsTooEarly: Bool {
        guard current.kind == .end else { return false }
        guard blockDepth == 0, openBrackets == 0, previousEnd > 0 else { return true }
        let last = lexer.byte(Int(previousEnd) - 1)
        return "=|+-*/%<>~?.".utf8.contains(last) || [" and", " or", " not", " in"].contains { endsIn($0) }
    }

    private func endsIn(_ word: String) -> Bool {
        lexer.bytes[..<Int(previousEnd)].suffix(word.utf8.count).elementsEqual(word.utf8)
    }

    /// Runs what is nested one level deeper: its recursion and the tree it makes are counted.
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

    /// Runs something beside what was built before: neither makes the other deeper.
    mutating func measured<Result>(
        _ body: (inout Parser) throws(Abandon) -> Result
    ) throws(Abandon) -> Result {
        let outer = height
        height = 0
        let result = try body(&self)
        height = max(outer, height)
        return result
    }

    /// Counts one more link of a chain, `other` being the height of the link's other side.
    mutating func grow(over other: Int = 0) throws(Abandon) {
        height = max(height, other) + 1
        if height > Parser.maximumNesting { throw tooDeep() }
    }

    /// Reports that the text nests too deep and leaves the rest unread.
    private mutating func tooDeep() -> Abandon {
        let mistake = abandon(.nestingTooDeep(at: span(of: current)))
        leaveUnread(.text)
        return mistake
    }

    /// Goes to the end of the text.
    mutating func leaveUnread(_ part: Unread) {
        unread = part
        resume(at: lexer.bytes.count)
    }

    /// Whether reading can go on behind the outermost `${ }`.
    mutating func endsInterpolation() -> Bool {
        if unread == .interpolation { unread = nil }
        return unread == nil
    }
}
