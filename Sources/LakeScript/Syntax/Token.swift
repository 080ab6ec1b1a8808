/// A token of value position, as the lexer finds it at a byte.
///
/// Bare words of command position are no tokens: there the parser reads bytes from the token's start on (`language.md`
/// calls it two positions). Quotes are tokens of their own; the parser reads the string behind them.
struct Token: Sendable {
    let kind: Kind
    let start: UInt32
    let end: UInt32
    /// Whether a line ended between the token before and this one.
    let isOnNewLine: Bool
    /// Whether anything, be it a blank or a comment, stands between the token before and this one.
    let isApart: Bool

    enum Kind: Equatable, Sendable {
        case end
        case name
        case keyword(Keyword)
        /// `$name`
        case variable
        /// A digit and what hangs on it; whether that is a number is said when it is read.
        case number
        case quote
        case symbol(Symbol)
        /// A byte that begins no token.
        case unknown
    }
}

/// Words that are no names.
package enum Keyword: String, CaseIterable, Sendable {
    case and, `as`, assert
    case `break`
    case `catch`, confirm
    case `continue`
    case def
    case `else`, ensure, every
    case expectError = "expect_error"
    case fail
    case `false`, `for`
    case `if`, `in`, include
    case keepGoing = "keep_going"
    case `let`
    case not, null, on
    case onExit = "on_exit"
    case onFailure = "on_failure"
    case or, parallel, param, retry
    case `return`
    case run, step, test, timeout
    case `true`, `try`
    case `var`, `while`

    /// For each first letter from `a`, the keywords that begin with it: few, and none of them long.
    private static let byLetter: [[(bytes: [UInt8], keyword: Keyword)]] = {
        var table = [[(bytes: [UInt8], keyword: Keyword)]](repeating: [], count: 26)
        for keyword in allCases {
            let bytes = Array(keyword.rawValue.utf8)
            table[Int(bytes[0] - UInt8(ascii: "a"))].append((bytes, keyword))
        }
        return table
    }()

    /// The keyword of a name's text, or nil.
    init?(bytes: ArraySlice<UInt8>) {
        guard let first = bytes.first, first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z"), bytes.count < 16 else {
            return nil
        }
        for known in Keyword.byLetter[Int(first - UInt8(ascii: "a"))] where known.bytes.count == bytes.count {
            if known.bytes.elementsEqual(bytes) {
                self = known.keyword
                return
            }
        }
        return nil
    }

    /// Whether it begins an expression: a literal or `not`.
    var isValue: Bool {
        switch self {
        case .true, .false, .null, .not: true
        default: false
        }
    }
}

/// Brackets, operators, and what people write for them in other languages.
package enum Symbol: String, CaseIterable, Sendable {
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBracket = "["
    case closeBracket = "]"
    case openBrace = "{"
    case closeBrace = "}"
    case comma = ","
    case semicolon = ";"
    case pipe = "|"
    case colon = ":"
    case dot = "."
    case optionalDot = "?."
    case range = ".."
    case assign = "="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case matches = "=~"
    case coalesce = "??"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case slash = "/"
    case percent = "%"
    case doublePipe = "||"
    case doubleAmpersand = "&&"
    case ampersand = "&"
    case bang = "!"
    case dollar = "$"

    /// How many bytes it has.
    var length: Int {
        switch self {
        case .optionalDot, .range, .equal, .notEqual, .lessOrEqual, .greaterOrEqual, .matches, .coalesce, .doublePipe,
            .doubleAmpersand:
            2
        case .openParenthesis, .closeParenthesis, .openBracket, .closeBracket, .openBrace, .closeBrace, .comma,
            .semicolon, .pipe, .colon, .dot, .assign, .less, .greater, .plus, .minus, .star, .slash, .percent,
            .ampersand, .bang, .dollar:
            1
        }
    }
}
