internal import LakeScript

/// What stands around the cursor, as far as completion asks: what can stand there, and what has been typed of it.
struct CursorContext {
    var position = Position.none
    /// What has been typed of the word at the cursor, without quotes.
    var typed = ""
    /// The bytes that a candidate replaces.
    var range: Range<Int>
    /// The quote that the word at the cursor began with.
    var quote: Character?
    /// The call that the cursor is in.
    var call: CallContext?
    /// The text up to the cursor; nil for a command line of the system's shell, which quotes candidates by itself.
    var analysis: SourceAnalysis?

    enum Position: Equatable {
        /// A command or a keyword may start; one of the shell's own only as the text's first word.
        case command(isFirst: Bool)
        /// An argument of a call, or an option's value.
        case argument
        /// `--na`
        case option
        /// `$na`, `${na`
        case variable
        /// `$user.na`, `(get_user ana).na`
        case field
        /// An expression, a comment, a name that is new.
        case none
    }

    /// The context of a command line of the system's shell.
    init(_ position: Position, typed: String, in call: CallContext) {
        self.position = position
        self.typed = typed
        range = 0..<0
        self.call = call
    }

    /// Reads the end of a text.
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
            readString()
        case .unread where typed.hasPrefix("$"): readVariable(prefix: "$")
        default: readPlace(analysis)
        }
    }

    /// What can stand where the word at the cursor begins.
    private mutating func readPlace(_ analysis: SourceAnalysis) {
        let start = range.lowerBound
        if analysis.mayStartCommand(at: start), quote == nil {
            position = .command(isFirst: analysis.tokens.allSatisfy { $0.range.lowerBound >= start })
        } else if let call = analysis.call(at: start) {
            position = .argument
            self.call = CallContext(call, at: range.upperBound)
        }
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

    /// In an open string: a variable behind `$` or `${`, else the argument itself.
    private mutating func readString() {
        quote = typed.first
        typed = String(typed.dropFirst())
        range = range.upperBound - typed.utf8.count..<range.upperBound
        guard quote == "\"", let sign = typed.lastIndex(of: "$") else { return }
        let name = typed[sign...].dropFirst()
        let isBraced = name.first == "{"
        guard name.dropFirst(isBraced ? 1 : 0).allSatisfy({ $0.isLetter || $0.isNumber || "_.?[]".contains($0) }) else {
            return
        }
        typed = String(name)
        readVariable(prefix: isBraced ? "{" : "")
    }
}

/// The call that the cursor is in, as completion sees it.
struct CallContext {
    let signature: Signature
    /// What it takes by name beside its parameters.
    var options: [Parameter] = []
    /// The names of those that were given by name.
    let given: Set<String>
    /// The literal texts of the other arguments, by the parameters that they fill.
    let texts: [String: String]
    /// The literal arguments before the cursor.
    var words: Set<String> = []
    /// The parameter that the word at the cursor fills, or that is due there.
    let parameter: Parameter?
    /// Whether something must stand at the cursor, where nothing does yet.
    var isDue = false
    /// Whether an argument touches the cursor.
    var isTyping = false
    /// The type of what a pipe brings.
    var input: ValueType?
}

extension CallContext {
    /// A call of a text.
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
    /// Whether a cursor that touches its end is still in it.
    fileprivate var isWordLike: Bool {
        switch self {
        case .command, .keyword, .option, .word, .string(isOpen: true), .variable, .field, .accessor, .name, .number,
            .unread:
            true
        case .string(isOpen: false), .comment, .open, .close, .separator, .pipe, .assignment, .symbol: false
        }
    }
}
