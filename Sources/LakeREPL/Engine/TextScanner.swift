/// Cuts a text into tokens, whole or not: bytes in one pass, no error ever.
///
/// The parser needs a text that is right so far; while a line is typed it mostly is not. This scanner knows only what
/// colours and completion need: where words, strings and brackets are, and whether a command may start.
struct TextScanner {
    private let bytes: [UInt8]
    private var place = 0
    private var tokens: [Token] = []
    /// Whether a command may start here.
    private var isCommandDue = true
    /// For each open bracket, whether commands stand in it: not in lists and maps.
    private var openings: [UInt8] = []

    private init(_ text: some Sequence<UInt8>) {
        bytes = Array(text)
    }

    /// The tokens of a text.
    static func tokens(of text: some Sequence<UInt8>) -> [Token] {
        var scanner = TextScanner(text)
        while scanner.place < scanner.bytes.count { scanner.step() }
        return scanner.tokens
    }

    private var byte: UInt8 { bytes[place] }

    private mutating func step() {
        let start = place
        switch byte {
        case 0x20, 0x09, 0x0D: place += 1
        case UInt8(ascii: "\n"), UInt8(ascii: ";"): single(.separator, commandDue: commandsStandHere)
        case UInt8(ascii: "#") where isCommentDue: comment()
        case UInt8(ascii: "|"): single(.pipe, commandDue: true)
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["): open()
        case UInt8(ascii: ")"), UInt8(ascii: "}"), UInt8(ascii: "]"): close()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            string()
            isCommandDue = false
        case UInt8(ascii: "$"):
            variable()
            isCommandDue = false
        default:
            word()
        }
        assert(place > start)
    }

    private mutating func add(_ kind: Token.Kind, from start: Int) {
        tokens.append(Token(kind: kind, range: start..<place))
    }

    private mutating func single(_ kind: Token.Kind, commandDue: Bool) {
        place += 1
        add(kind, from: place - 1)
        isCommandDue = commandDue
    }

    private var isCommentDue: Bool { place == 0 || " \t\n;{[(,".utf8.contains(bytes[place - 1]) }

    private mutating func comment() {
        let start = place
        skip { $0 != UInt8(ascii: "\n") }
        add(.comment, from: start)
    }

    private var commandsStandHere: Bool { openings.last.map { $0 == UInt8(ascii: "{") } ?? true }

    private mutating func open() {
        let isMap = byte == UInt8(ascii: "{") && startsMap
        openings.append(isMap ? UInt8(ascii: "[") : byte)
        single(.open, commandDue: !isMap && byte != UInt8(ascii: "["))
    }

    private mutating func close() {
        _ = openings.popLast()
        let isBlockEnd = byte == UInt8(ascii: "}")
        single(.close, commandDue: false)
        // A path may follow at once: `(get_user ana).id`.
        if !isBlockEnd, place < bytes.count, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "?") {
            let start = place
            skipPath()
            add(.variable, from: start)
        }
    }

    /// Whether a key and `:` follow the brace.
    private var startsMap: Bool {
        var ahead = TextScanner(bytes[(place + 1)...])
        ahead.skip { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
        guard ahead.place < ahead.bytes.count else { return false }
        if ahead.byte == UInt8(ascii: "\"") || ahead.byte == UInt8(ascii: "'") {
            ahead.string()
        } else {
            ahead.skip(while: \.isNamePart)
        }
        return ahead.place > 0 && ahead.place < ahead.bytes.count && ahead.byte == UInt8(ascii: ":")
    }

    private mutating func string() {
        let start = place
        let quote = byte
        let isLong = quote == UInt8(ascii: "\"") && bytes[place...].starts(with: "\"\"\"".utf8)
        place += isLong ? 3 : 1
        while place < bytes.count {
            if isLong ? bytes[place...].starts(with: "\"\"\"".utf8) : byte == quote {
                place += isLong ? 3 : 1
                return add(.string(isOpen: false), from: start)
            }
            if !isLong, byte == UInt8(ascii: "\n") { break }
            place += byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? min(2, bytes.count - place) : 1
        }
        add(.string(isOpen: true), from: start)
    }

    private mutating func variable() {
        let start = place
        place += 1
        skip(while: \.isNamePart)
        skipPath()
        add(.variable, from: start)
    }

    /// `.name`, `?.name`, `[index]` as far as they touch.
    private mutating func skipPath() {
        while place < bytes.count {
            switch byte {
            case UInt8(ascii: "."):
                if bytes[place...].starts(with: "..".utf8) { return }
                place += 1
            case UInt8(ascii: "?") where bytes[place...].starts(with: "?.".utf8): place += 2
            case UInt8(ascii: "[") where bytes[place...].contains(UInt8(ascii: "]")):
                skip { $0 != UInt8(ascii: "]") }
                place += 1
            default: return
            }
            skip(while: \.isNamePart)
        }
    }

    private mutating func word() {
        let start = place
        let isOption = bytes[place...].starts(with: "--".utf8)
        skip { byte in !" \t\r\n;|(){}\"'".utf8.contains(byte) }
        if place == start { place += 1 }
        let text = String(decoding: bytes[start..<place], as: UTF8.self)
        if text == "=" {
            add(.assignment, from: start)
            isCommandDue = true
        } else if isOption {
            add(.option, from: start)
            isCommandDue = false
        } else if Keywords.names.contains(text), isCommandDue || isKeywordPlace(text) {
            add(.keyword, from: start)
            isCommandDue = Keywords.beforeCommand.contains(text)
        } else {
            let isName = text.utf8.allSatisfy(\.isNamePart) && text.utf8.first.map { !$0.isDigit } == true
            add(isCommandDue && isName ? .command : .word, from: start)
            isCommandDue = false
        }
    }

    /// Whether a keyword that does not start a statement may stand here: `in`, `and`, `else`, … behind a value.
    private func isKeywordPlace(_ text: String) -> Bool {
        guard ["else", "catch", "in", "and", "or", "not", "parallel", "keep_going", "every"].contains(text) else {
            return false
        }
        let line = tokens.reversed().prefix { $0.kind != .separator }
        return !line.contains { $0.kind == .command }
    }

    private mutating func skip(while condition: (UInt8) -> Bool) {
        while place < bytes.count, condition(bytes[place]) { place += 1 }
    }
}

extension UInt8 {
    /// Whether a name may hold it.
    var isNamePart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: isDigit
        }
    }

    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
