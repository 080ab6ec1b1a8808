/// A piece of a text and what it is at its place: for colours, masks and completion.
///
/// The parser notes each when it takes or skips it, so there is one truth about where words, strings and commands are,
/// for texts with mistakes, too. A string is one token, whatever is inside of it. Every byte that is no blank is part of
/// a token.
package struct ClassifiedToken: Equatable, Sendable {
    package let kind: Kind
    /// Bytes of the text's UTF-8.
    package let range: Range<Int>

    package enum Kind: Equatable, Sendable {
        /// A name that is called.
        case command
        case keyword
        /// `--name`, with its `=`.
        case option
        /// A bare word among arguments.
        case word
        /// A quoted string; open where its closing quote is missing.
        case string(isOpen: Bool)
        /// `$name`, or a `$` alone.
        case variable
        /// A field's name behind a dot.
        case field
        /// `.` and `?.`
        case accessor
        /// A name that is given, a key, a type.
        case name
        case number
        case comment
        /// `(`, `[`, a block's or a map's `{`.
        case open
        case close
        /// `;`
        case separator
        case pipe
        case assignment
        /// Other operators, commas and colons.
        case symbol
        /// What was left out behind a mistake.
        case unread
    }

    package init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}

extension ClassifiedToken.Kind {
    /// The kind of a token of value position.
    init(_ kind: Token.Kind) {
        switch kind {
        case .name: self = .name
        case .keyword: self = .keyword
        case .variable: self = .variable
        case .number: self = .number
        case .quote: self = .string(isOpen: true)
        case .end, .unknown: self = .unread
        case .symbol(let symbol): self.init(symbol)
        }
    }

    private init(_ symbol: Symbol) {
        switch symbol {
        case .openParenthesis, .openBracket, .openBrace: self = .open
        case .closeParenthesis, .closeBracket, .closeBrace: self = .close
        case .semicolon: self = .separator
        case .pipe: self = .pipe
        case .assign: self = .assignment
        case .dot, .optionalDot: self = .accessor
        case .dollar: self = .variable
        case .comma, .colon, .range, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .matches,
            .coalesce, .plus, .minus, .star, .slash, .percent, .doublePipe, .doubleAmpersand, .ampersand, .bang:
            self = .symbol
        }
    }
}
