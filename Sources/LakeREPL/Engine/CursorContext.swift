/// What stands around the cursor, as far as completion asks: which command, which of its arguments are there, and what
/// has been typed of the one that is due.
struct CursorContext: Equatable {
    var place: Place
    /// What has been typed of the word at the cursor, without quotes.
    var typed = ""
    /// The bytes that a candidate replaces.
    var range: Range<Int>
    /// The command of the segment, and the arguments before the cursor's.
    var command = ""
    var arguments: [Argument] = []
    /// The byte of the pipe that brings the command its first argument; nil where none does.
    var pipe: Int?
    var isPiped: Bool { pipe != nil }
    /// The text up to the cursor.
    var before: [UInt8] = []
    /// The quote that the word at the cursor began with.
    var quote: Character?
    /// Whether the text is a command line of the system's shell, which quotes candidates by itself.
    var isOfSystemShell = false

    enum Place: Equatable {
        /// A command or a keyword may start.
        case command
        /// An argument of a command.
        case argument
        /// `--na`
        case option
        /// `--name=va`
        case optionValue(String)
        /// `$na`, `${na`
        case variable
        /// `$user.na`, `(get_user ana).na`
        case field
        /// An expression, a comment, a name that is new.
        case none
    }

    /// An argument that is there.
    enum Argument: Equatable {
        case word(String)
        case option(String)
        /// A string, a variable, parentheses: its text is not known.
        case value
    }

    /// Reads a text up to the cursor, a byte of its UTF-8.
    init(_ text: String, cursor: Int) {
        let bytes = Array(text.utf8.prefix(cursor))
        before = bytes
        let tokens = TextScanner.tokens(of: bytes)
        place = .none
        range = cursor..<cursor
        let last = tokens.last.flatMap { $0.range.upperBound == cursor && $0.kind.isWordLike ? $0 : nil }
        readSegment(last == nil ? tokens : tokens.dropLast(), bytes)
        if let last { read(last, bytes) }
    }

    /// The tokens of the segment that the cursor is in: since the last open bracket, separator or pipe.
    private mutating func readSegment(_ tokens: [Token], _ bytes: [UInt8]) {
        var stack: [Segment] = []
        var segment = Segment()
        for token in tokens {
            let text = String(decoding: bytes[token.range], as: UTF8.self)
            switch token.kind {
            case .separator: segment = Segment()
            case .pipe: segment = Segment(pipe: token.range.lowerBound)
            case .assignment: segment = Segment()
            case .open:
                stack.append(segment)
                segment = Segment(holdsValues: text == "[")
            case .close:
                segment = stack.popLast() ?? Segment()
                segment.add(.value)
            case .keyword: segment = Segment(holdsValues: !Keywords.beforeCommand.contains(text))
            case .command: segment.command = text
            case .option: segment.add(.option(text))
            case .word: segment.add(.word(text))
            case .string(isOpen: false): segment.add(.word(String(text.dropFirst().dropLast())))
            case .string(isOpen: true), .variable: segment.add(.value)
            case .comment: break
            }
        }
        command = segment.command
        arguments = segment.arguments
        pipe = segment.pipe
        if !segment.command.isEmpty {
            place = .argument
        } else if !segment.holdsValues, segment.arguments.isEmpty {
            place = .command
        }
        if tokens.last?.kind == .comment { place = .none }
    }

    private struct Segment {
        var command = ""
        var arguments: [Argument] = []
        var pipe: Int?
        var holdsValues = false

        mutating func add(_ argument: Argument) {
            // `--name="…"`: one argument of two tokens.
            if case .option(let text)? = arguments.last, text.hasSuffix("="), argument != .option(text) {
                arguments.removeLast()
                if case .word(let value) = argument { return arguments.append(.option(text + value)) }
                return arguments.append(.option(text + "$"))
            }
            arguments.append(argument)
        }
    }

    /// The word that the cursor touches.
    private mutating func read(_ token: Token, _ bytes: [UInt8]) {
        typed = String(decoding: bytes[token.range], as: UTF8.self)
        range = token.range
        switch token.kind {
        case .variable: readVariable(prefix: "$")
        case .option: readOption()
        case .string(isOpen: true):
            if case .option(let text)? = arguments.last, text.hasSuffix("=") {
                place = .optionValue(String(text.dropFirst(2).dropLast()))
            }
            readString()
        case .keyword, .command: place = .command
        case .word where place == .command && arguments.isEmpty: place = .command
        default: break
        }
    }

    private mutating func readVariable(prefix: String) {
        // A path behind `)` has no `$`.
        if typed.hasPrefix(prefix) { typed = String(typed.dropFirst(prefix.count)) }
        place = .variable
        if let point = typed.lastIndex(of: ".") {
            place = .field
            typed = String(typed[typed.index(after: point)...])
        }
        range = range.upperBound - typed.utf8.count..<range.upperBound
    }

    private mutating func readOption() {
        guard let sign = typed.firstIndex(of: "=") else {
            place = .option
            return
        }
        let name = typed[..<sign].dropFirst(2)
        place = .optionValue(String(name))
        typed = String(typed[typed.index(after: sign)...])
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

extension Token.Kind {
    /// Whether a cursor that touches its end is still in it.
    fileprivate var isWordLike: Bool {
        switch self {
        case .command, .keyword, .option, .word, .string(isOpen: true), .variable: true
        case .string(isOpen: false), .comment, .open, .close, .separator, .pipe, .assignment: false
        }
    }
}
