/// The analysis of a text, complete or not: its tokens, its calls with the parameters that their arguments fill, its
/// declarations with their uses, its secrets, and whether its end is incomplete.
///
/// A text that is being typed mostly has mistakes. It is analysed by the same parser, checker and binder as a text that
/// is run, so colours, masks, completion and the run agree. The analysis is a value, made once for a text. It reads no
/// files, so names from included files are unknown; its diagnostics come from a check, which reads them.
package struct SourceAnalysis {
    package let text: SourceText
    package let tree: SyntaxTree
    /// The tokens in the order of the text; they cover everything except blanks.
    package let tokens: [ClassifiedToken]
    package let calls: [BoundCall]
    package let declarations: [Declaration]
    /// The byte ranges of secrets without their quotes, ascending; see `findSecrets`.
    package private(set) var secretRanges: [Range<Int>] = []
    /// True if the text ends in an open block, bracket or `"""`, or behind an operator.
    package let isIncomplete: Bool
    /// The parts of the text: the shell's own commands, and the statements between them.
    package let pieces: [Piece]
    /// The offsets at which a command may start.
    let commandPlaces: Set<Int>
    let surroundings: Checker.Surroundings
    private let shellCommands: [Signature]

    /// Analyses a text; `shellCommands` are the shell's own commands that may be among its statements.
    package init(
        _ text: SourceText, in surroundings: Checker.Surroundings, shellCommands: [Signature] = []
    ) {
        self.init(text, isWhole: true, surroundings, shellCommands)
    }

    /// Returns the analysis of the text up to an offset, for completion: strings and brackets that are open there are
    /// closed.
    package func upTo(_ end: Int) -> SourceAnalysis {
        let part = SourceText(name: text.name, bytes: Array(text.bytes.prefix(end)))
        return SourceAnalysis(part, isWhole: false, surroundings, shellCommands)
    }

    private init(
        _ text: SourceText, isWhole: Bool, _ surroundings: Checker.Surroundings, _ shellCommands: [Signature]
    ) {
        pieces = SourceAnalysis.pieces(of: text, among: shellCommands)
        let own = pieces.compactMap(\.shellCommand)
        var sources = SourceMap()
        let line = SourceText(name: text.name, bytes: text.bytes.blanking(own.filter(\.takesLine).map(\.name)))
        let file = sources.add(line)
        var parser = Parser.parsed(line, file: file, isPrompt: surroundings.isPrompt, notes: ParserNotes())
        let notes = parser.notes ?? ParserNotes()
        var tokens = notes.allTokens(of: text.bytes, from: parser.lexer.start, comments: parser.lexer.comments)
        tokens += own.filter(\.takesLine).map { ClassifiedToken(.command, $0.name) }
        tokens.sort { $0.range.lowerBound < $1.range.lowerBound }
        self.text = text
        self.tokens = tokens
        let takesAnyText = pieces.last?.shellCommand.map { !$0.takesLine } ?? false
        isIncomplete = parser.endsOpen && !takesAnyText
        commandPlaces = notes.commandPlaces
        if !isWhole {
            let closed = SourceText(name: text.name, bytes: line.bytes + SourceAnalysis.closing(tokens, text.bytes))
            if closed.bytes.count > text.bytes.count {
                sources = SourceMap()
                parser = Parser.parsed(
                    closed, file: sources.add(closed), isPrompt: surroundings.isPrompt, notes: ParserNotes())
            }
        }
        tree = parser.tree
        let checked = Checker.analyse(
            parser.tree, parser.notes?.calls ?? [], sources: sources, in: surroundings, own: own)
        calls = checked.calls
        declarations = checked.declarations
        self.surroundings = surroundings
        self.shellCommands = shellCommands
        secretRanges = findSecrets()
    }

    /// Returns the quotes and brackets that close a text.
    private static func closing(_ tokens: [ClassifiedToken], _ text: [UInt8]) -> [UInt8] {
        var closing: [UInt8] = []
        for token in tokens {
            switch token.kind {
            case .open:
                let bracket = text[token.range.lowerBound]
                closing.append(bracket == UInt8(ascii: "(") ? bracket + 1 : bracket + 2)
            case .close: _ = closing.popLast()
            case .string(isOpen: true):
                let string = text[token.range]
                let sign = string.lastIndex(of: UInt8(ascii: "$")) ?? string.startIndex
                closing.append(string[string.startIndex])
                if string[sign...].starts(with: "${".utf8) { closing.append(UInt8(ascii: "}")) }
            case .command, .keyword, .option, .word, .string(isOpen: false), .variable, .field, .accessor, .name,
                .number, .comment, .separator, .pipe, .assignment, .symbol, .unread:
                break
            }
        }
        return closing.reversed()
    }
}

// Look-ups.
extension SourceAnalysis {
    package func string(_ range: Range<Int>) -> String { String(decoding: text.bytes[range], as: UTF8.self) }

    /// Returns true if a command may start at an offset.
    package func mayStartCommand(at offset: Int) -> Bool {
        commandPlaces.contains(offset) || shellCommand(at: offset) != nil
    }

    /// Returns the shell's own command whose name begins at an offset.
    package func shellCommand(at offset: Int) -> ShellCommand? {
        pieces.lazy.compactMap(\.shellCommand).first { $0.name.lowerBound == offset }
    }

    /// Returns the innermost call whose arguments contain an offset; nil if a bracket is open between its name and the
    /// offset.
    package func call(at offset: Int) -> BoundCall? {
        let call = calls.last { Int($0.name.span.end) < offset && offset <= $0.range.upperBound }
        guard let call else { return nil }
        var open = 0
        for token in tokens where token.range.lowerBound >= call.name.span.end && token.range.upperBound <= offset {
            if token.kind == .open { open += 1 } else if token.kind == .close { open -= 1 }
        }
        return open > 0 ? nil : call
    }

    package func call(named name: Range<Int>) -> BoundCall? {
        var (low, high) = (0, calls.count)
        while low < high {
            let middle = (low + high) / 2
            if calls[middle].range.lowerBound < name.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < calls.count && calls[low].range.lowerBound == name.lowerBound ? calls[low] : nil
    }

    /// Returns the expressions that end at an offset and the variables in scope there. An incomplete expression can be
    /// completed by `name` first.
    package func scope(at offset: Int, completedBy name: String = "") -> ScopeAtPlace {
        let own = pieces.compactMap(\.shellCommand).filter { $0.takesLine && $0.name.lowerBound < offset }
        let part = Array(text.bytes.prefix(offset)).blanking(own.map(\.name))
        let before = tokens.prefix { $0.range.lowerBound < offset }.map { token in
            guard token.range.upperBound > offset else { return token }
            let isString = if case .string = token.kind { true } else { false }
            return ClassifiedToken(isString ? .string(isOpen: true) : token.kind, token.range.lowerBound..<offset)
        }
        let bytes = part + name.utf8 + SourceAnalysis.closing(before, text.bytes)
        let closed = SourceText(name: text.name, bytes: bytes)
        var sources = SourceMap()
        let tree = Parser.parse(closed, file: sources.add(closed), isPrompt: surroundings.isPrompt).tree
        return Checker.scope(at: UInt32(offset + name.utf8.count), of: tree, sources: sources, in: surroundings)
    }
}

extension SourceAnalysis {
    /// Returns the declaration of the name at an offset or right before it, for a declaration and for a use.
    package func declaration(at offset: Int) -> Declaration? {
        let touches: (Range<Int>) -> Bool = { $0.lowerBound <= offset && offset <= $0.upperBound }
        return declarations.first { touches($0.range) || $0.uses.contains(where: touches) }
    }
}

extension Checker {
    /// Returns the bound calls and the declarations of a tree, also those in parts that could not be parsed.
    fileprivate static func analyse(
        _ tree: SyntaxTree, _ read: [ParserNotes.ReadCall], sources: SourceMap, in surroundings: Surroundings,
        own: [SourceAnalysis.ShellCommand]
    ) -> (calls: [BoundCall], declarations: [Declaration]) {
        let context = CheckContext(sources: sources, surroundings: surroundings, of: tree)
        let byName = Dictionary(read.map { ($0.call.name.span.start, $0) }, uniquingKeysWith: { $1 })
        context.notes = CheckNotes(file: tree.file, read: byName)
        var checker = Checker.check(tree, context).checker
        context.notes?.declare(checker.frame.variables)
        let declarations = context.notes?.declarations(with: checker.functions) ?? []
        checker.bindUnchecked()
        for shell in own where !shell.takesLine {
            guard let call = byName[UInt32(shell.name.lowerBound)] else { continue }
            _ = checker.bind(call.call.arguments, piped: nil, ArgumentBinder(shell.signature), call.call.name)
        }
        let calls = context.notes?.calls.values.sorted { $0.range.lowerBound < $1.range.lowerBound } ?? []
        return (calls, declarations)
    }
}
