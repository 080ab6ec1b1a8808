/// A token with its meaning in context, for highlighting, masking and completion.
///
/// The parser records each token when it consumes or skips it, so the tokens always agree with the tree, in texts with
/// syntax errors too. A string is one token, including its interpolations. Every byte that is not a blank belongs to a
/// token.
package struct ClassifiedToken: Equatable, Sendable {
    package let kind: Kind
    /// The byte range in the text's UTF-8.
    package let range: Range<Int>

    package enum Kind: Equatable, Sendable {
        /// The name of a called command.
        case command
        case keyword
        /// `--name`, with its `=`.
        case option
        /// A bare word among arguments.
        case word
        /// A quoted string; open if its closing quote is missing.
        case string(isOpen: Bool)
        /// `$name`, or a `$` alone.
        case variable
        /// A field's name after a dot.
        case field
        /// `.` and `?.`
        case accessor
        /// A declared name, a key or a type.
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
        /// Text that the parser skipped after a syntax error.
        case unread
    }

    package init(_ kind: Kind, _ range: Range<Int>) {
        self.kind = kind
        self.range = range
    }
}

extension ClassifiedToken.Kind {
    /// Classifies a token of value position.
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
