/// A token of value position.
///
/// Bare words of command position are not tokens: the parser reads their bytes from the start of the current token. A
/// quote is a token of its own; the parser reads the string behind it.
struct Token: Sendable {
    let kind: Kind
    let start: UInt32
    let end: UInt32
    /// True if there is a line end between the previous token and this one.
    let isOnNewLine: Bool
    /// True if there is a blank, a comment or a line end between the previous token and this one.
    let isApart: Bool

    enum Kind: Equatable, Sendable {
        case end
        case name
        case keyword(Keyword)
        /// `$name`
        case variable
        /// A word that begins with a digit; the parser checks that it is a number.
        case number
        case quote
        case symbol(Symbol)
        /// A byte that begins no token.
        case unknown
    }
}

/// Reserved words, which cannot be names.
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

    /// The keywords by their first letter, from `a`.
    private static let byLetter: [[(bytes: [UInt8], keyword: Keyword)]] = {
        var table = [[(bytes: [UInt8], keyword: Keyword)]](repeating: [], count: 26)
        for keyword in allCases {
            let bytes = Array(keyword.rawValue.utf8)
            table[Int(bytes[0] - UInt8(ascii: "a"))].append((bytes, keyword))
        }
        return table
    }()

    /// Finds the keyword with this text, or nil.
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

    /// True if it begins an expression: a literal or `not`.
    var isValue: Bool {
        switch self {
        case .true, .false, .null, .not: true
        default: false
        }
    }
}

/// Brackets, operators, and operators of other languages that get a helpful message.
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

    /// The length in bytes.
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
