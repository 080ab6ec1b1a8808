internal import LakeScript

/// The syntactic context of the cursor for completion: the kind of text expected there, and the part already typed.
struct CursorContext {
    var position = Position.none
    /// The typed part of the word at the cursor, without quotes.
    var typed = ""
    /// The bytes that a candidate replaces.
    var range: Range<Int>
    /// The opening quote of the word at the cursor.
    var quote: Character?
    /// The call that contains the cursor.
    var call: CallContext?
    /// The text up to the cursor; nil for a command line of the system's shell, which quotes candidates itself.
    var analysis: SourceAnalysis?

    enum Position: Equatable {
        /// A command or a keyword; one of the shell's own commands only as the text's first word.
        case command(isFirst: Bool)
        /// An argument of a call or an option's value.
        case argument
        /// `--na`
        case option
        /// `$na`, `${na`
        case variable
        /// `$user.na`, `(get_user ana).na`
        case field
        /// No candidates: an expression, a comment, a new name.
        case none
    }

    /// Makes the context of a command line of the system's shell.
    init(_ position: Position, typed: String, in call: CallContext) {
        self.position = position
        self.typed = typed
        range = 0..<0
        self.call = call
    }

    /// Finds the context at the end of a text.
    init(_ analysis: SourceAnalysis) {
        let cursor = analysis.text.bytes.count
        self.analysis = analysis
        range = cursor..<cursor
        guard let last = analysis.tokens.last, last.range.upperBound == cursor, last.kind.isWordLike else {
            if analysis.tokens.last?.range.upperBound != cursor || analysis.tokens.last?.kind != .comment {
                readPlace(analysis)
            }
            return
        }
        if last.kind != .accessor { range = last.range }
        typed = analysis.string(range)
        switch last.kind {
        case .variable: readVariable(prefix: "$")
        case .field, .accessor: position = .field
        case .option where typed.hasSuffix("="):
            (typed, range) = ("", cursor..<cursor)
            readPlace(analysis)
        case .option:
            position = .option
            call = analysis.call(at: range.lowerBound).map { CallContext($0, at: cursor) }
        case .string:
            readPlace(analysis)
            if position == .none, let keyword = analysis.tokens.dropLast().last, keyword.kind == .keyword {
                readName(behind: analysis.string(keyword.range))
            }
            readString()
        case .unread where typed.hasPrefix("$"): readVariable(prefix: "$")
        default: readPlace(analysis)
        }
    }

    /// Finds the kind of text expected at the start of the word at the cursor.
    private mutating func readPlace(_ analysis: SourceAnalysis) {
        let start = range.lowerBound
        if analysis.mayStartCommand(at: start), quote == nil {
            position = .command(isFirst: analysis.tokens.allSatisfy { $0.range.lowerBound >= start })
        } else if let call = analysis.call(at: start) {
            position = .argument
            self.call = CallContext(call, at: range.upperBound)
        }
    }

    /// The names that a keyword takes as a string: `run "a.lfs"`, `on "production"`.
    private mutating func readName(behind keyword: String) {
        let roles: [String: Parameter.Role] = ["run": .file, "include": .file, "on": .profile]
        guard let role = roles[keyword] else { return }
        let name = Parameter("name", role: role)
        position = .argument
        call = CallContext(
            signature: Signature(keyword, [name]), given: [], texts: [:], parameter: name, isTyping: true)
    }

    private mutating func readVariable(prefix: String) {
        typed = String(typed.dropFirst(prefix.count))
        position = .variable
        if let point = typed.lastIndex(of: ".") {
            position = .field
            typed = String(typed[typed.index(after: point)...])
        }
        range = range.upperBound - typed.utf8.count..<range.upperBound
    }

    /// Finds the context inside an open string: a variable behind `$` or `${`, otherwise the argument itself.
    private mutating func readString() {
        quote = typed.first
        typed = String(typed.dropFirst())
        range = range.upperBound - typed.utf8.count..<range.upperBound
        guard quote == "\"" else { return }
        let raw = typed
        typed = String(raw.filter { $0 != "\\" })
        guard let sign = raw.lastIndex(of: "$"), !raw[..<sign].hasSuffix("\\") else { return }
        let name = raw[sign...].dropFirst()
        let isBraced = name.first == "{"
        guard name.dropFirst(isBraced ? 1 : 0).allSatisfy({ $0.isLetter || $0.isNumber || "_.?[]".contains($0) }) else {
            return
        }
        typed = String(name)
        readVariable(prefix: isBraced ? "{" : "")
    }
}

/// The call that contains the cursor.
struct CallContext {
    let signature: Signature
    /// The options it accepts besides its parameters.
    var options: [Parameter] = []
    /// The names of the arguments given by name.
    let given: Set<String>
    /// The literal texts of the other arguments, by parameter.
    let texts: [String: String]
    /// The literal arguments before the cursor.
    var words: Set<String> = []
    /// The parameter that is bound to the word at the cursor, or to the next word.
    let parameter: Parameter?
    /// True if an argument is required at the cursor and missing.
    var isDue = false
    /// True if an argument ends at the cursor.
    var isTyping = false
    /// The type of the piped value.
    var input: ValueType?
}

extension CallContext {
    /// Describes a call of the text.
    fileprivate init(_ call: BoundCall, at cursor: Int) {
        let current = call.argument(at: cursor)
        let others = call.arguments.filter { $0.range != current?.range }
        self.init(
            signature: call.signature, options: call.options, given: Set(others.compactMap(\.option)),
            texts: Dictionary(
                call.values.compactMap { given in
                    let name = given.parameter.name
                    return name == current?.parameter?.name ? nil : call.text(of: name).map { (name, $0) }
                }, uniquingKeysWith: { first, _ in first }),
            parameter: current == nil ? call.due : current?.parameter)
        words = Set(others.compactMap { if case .text(let text) = $0.form { text } else { nil } })
        isDue = current == nil && call.isDue
        isTyping = current != nil
        input = call.input
    }
}

extension ClassifiedToken.Kind {
    /// True if a cursor directly behind the token is still part of it.
    fileprivate var isWordLike: Bool {
        switch self {
        case .command, .keyword, .option, .word, .string(isOpen: true), .variable, .field, .accessor, .name, .number,
            .unread:
            true
        case .string(isOpen: false), .comment, .open, .close, .separator, .pipe, .assignment, .symbol: false
        }
    }
}
