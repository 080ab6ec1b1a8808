/// A piece of a text that may still be typed: what colours it and what completes it, so broken lines have both, too.
struct Token: Equatable {
    let kind: Kind
    /// Bytes of the text's UTF-8.
    let range: Range<Int>

    enum Kind: Equatable {
        /// A name where a command may start.
        case command
        case keyword
        /// `--name`, with its value if they are one word.
        case option
        case word
        /// A quoted string; open where its closing quote is still to come.
        case string(isOpen: Bool)
        /// `$name` and the path behind it.
        case variable
        case comment
        /// `(`, `[`, a block's or a map's `{`.
        case open
        case close
        /// The end of a statement: a line end or `;`.
        case separator
        case pipe
        /// `=` between blanks: a command may follow.
        case assignment
    }
}

/// The words that are no commands.
enum Keywords {
    /// All of the language's keywords with what they do, for the menu.
    static let all: [(name: String, summary: String)] = [
        ("and", ""), ("as", "run a block as another identity"),
        ("assert", "end with an error unless a condition holds"),
        ("break", "leave the loop"), ("catch", ""), ("confirm", "ask before going on"),
        ("continue", "go on with the loop's next item"), ("def", "a command of your own"), ("else", ""),
        ("ensure", "call an operation; done already is fine"), ("every", ""), ("expect_error", "a block must fail so"),
        ("fail", "end with an error"), ("false", ""), ("for", "a block for each item"),
        ("if", "a block on a condition"),
        ("in", ""), ("include", "the defs of another file"), ("keep_going", ""), ("let", "name a value"), ("not", ""),
        ("null", ""), ("on", "run a block on another server"), ("on_exit", "a block that runs when this ends"),
        ("on_failure", "a block that undoes this when it fails"), ("or", ""), ("parallel", ""),
        ("param", "a parameter of the script"), ("retry", "repeat a block until it succeeds"),
        ("return", "leave the def with a value"), ("run", "run another script"), ("step", "a named part"),
        ("test", "a case for lakesh test"), ("timeout", "limit a block's time"), ("true", ""),
        ("try", "go on when a block fails"), ("var", "name a value that changes"),
        ("while", "a block while a condition holds"),
    ]

    static let names = Set(all.map(\.name))

    /// Those that a statement may start with.
    static let starting = all.filter { !$0.summary.isEmpty }

    /// Those after which a command may start; after others comes a value.
    static let beforeCommand: Set<String> = ["return", "ensure", "else", "try", "on_exit", "on_failure"]
}

extension String {
    /// The text as a string literal.
    var quoted: String {
        var quoted = "\""
        for character in self {
            switch character {
            case "\"", "\\", "$": quoted += "\\" + String(character)
            case "\n": quoted += "\\n"
            default: quoted.append(character)
            }
        }
        return quoted + "\""
    }

    /// The text without the quotes around it.
    var unquoted: String {
        guard let first, count > 1, first == last, first == "\"" || first == "'" else { return self }
        return String(dropFirst().dropLast())
    }

    /// The text without blanks and line ends around it.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
