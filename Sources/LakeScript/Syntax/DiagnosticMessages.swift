// The wording of what is wrong with a text's bytes and words: E01xx. Alphabetical.
//
// A message says what is wrong, in the words of the script; the label at the caret says what to write instead.
extension Diagnostic {
    static func badNumber(_ text: String, _ problem: NumberLiteral.Problem, at span: Span) -> Diagnostic {
        switch problem {
        case .notANumber:
            Diagnostic("E0107", "`\(text)` is no number", at: span, label: "put text in quotes: \"\(text)\"")
        case .unknownUnit(let unit):
            Diagnostic(
                "E0108", "`\(unit)` is no unit", at: span,
                label: NumberLiteral.similarUnit(to: unit).map { "did you mean `\($0)`?" } ?? "put text in quotes",
                notes: ["units are ms s m h d, and B KB MB GB TB KiB MiB GiB TiB"])
        case .overflow: Diagnostic("E0109", "`\(text)` does not fit in 64 bits", at: span)
        case .leadingZero:
            Diagnostic(
                "E0110", "a number has no leading zeros", at: span,
                label: "write \(text.drop { $0 == "0" }) for the number, \"\(text)\" for text")
        case .fractionWithUnit:
            Diagnostic("E0111", "a unit takes a whole number", at: span, label: "use a smaller unit: 1500ms, not 1.5s")
        }
    }

    static func badOption(_ text: String, at span: Span) -> Diagnostic {
        let isBare = text == "--"
        return Diagnostic(
            "E0117", isBare ? "`--` names no option" : "`\(text)` is no option", at: span,
            label: isBare ? "write --name, or \"--\" for text" : "an option is --name, --name value or --name=value")
    }

    static func badUnicodeEscape(at span: Span) -> Diagnostic {
        Diagnostic("E0106", "this escape names no character", at: span, label: "write it as \\u{1F600}")
    }

    static func commaBetweenArguments(at span: Span) -> Diagnostic {
        Diagnostic("E0124", "arguments have blanks between them, no commas", at: span, label: "leave it out")
    }

    static func dollarAlone(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0123", "a variable's name is due after `$`", at: span, label: "write $name; ${…} belongs in quotes")
    }

    static func dollarInWord(quoted: String, at span: Span) -> Diagnostic {
        let isSubstitution = quoted.hasPrefix("\"$${(") && quoted.hasSuffix(")}\"")
        let label =
            isSubstitution
            ? "a command's value is \(quoted.dropFirst(4).dropLast(2))" : "quote it to interpolate: \(quoted)"
        return Diagnostic("E0115", "`$` inside a word", at: span, label: label)
    }

    static func emptyInterpolation(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0121", "nothing stands in `${}`", at: span, label: "write a variable's path, or \\${} for the text")
    }

    static func foreignOperator(_ text: String, at span: Span) -> Diagnostic {
        let own = ["||": "or", "&&": "and", "!": "not"][text]
        return Diagnostic(
            "E0122", "`\(text)` is no operator here", at: span,
            label: own.map { "write `\($0)` between values; commands stand on lines of their own" }
                ?? "one statement a line")
    }

    static func indentationOfString(at span: Span) -> Diagnostic {
        Diagnostic(
            "E0113", "this line is indented less than the closing \"\"\"", at: span,
            label: "begin it with the same blanks: they are taken off every line")
    }

    static func invalidEncoding(at span: Span) -> Diagnostic {
        Diagnostic("E0101", "these bytes are no UTF-8", at: span, label: "save the file as UTF-8")
    }

    static func otherEncoding(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic("E0101", "this text is \(name)", at: span, label: "save the file as UTF-8")
    }

    static func notAPath(advice: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0119", "`${` and a letter is a variable's path and nothing else", at: span, label: "write \(advice)")
    }

    static func operatorWord(_ text: String, at span: Span) -> Diagnostic {
        let label =
            switch text {
            case "&&", "&", "!": "one statement a line; for text, quote it"
            case ">>": "a file is written by `| write_file FILE`; for text, quote it"
            case "+=", "-=", "*=", "/=": "write x = $x \(text.dropLast()) …"
            case "+": "calculate in ( ); for text, quote it"
            case "=": "a variable is set by x = …, an option by --name=…; for text, quote it"
            case ">": "put ( ) around the command to compare its value; a file is written by `| write_file FILE`"
            default: "put ( ) around the command to compare its value, { } behind `where`; for text, quote it"
            }
        return Diagnostic("E0114", "`\(text)` cannot be an argument", at: span, label: label)
    }

    static func optionValueExpected(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0118", "a value touches the `=` of `--\(name)=`", at: span, label: "write --\(name)=value, no blank")
    }

    static func textBehindTripleQuote(at span: Span) -> Diagnostic {
        Diagnostic("E0112", "`\"\"\"` ends its line", at: span, label: "begin the text on the next line")
    }

    static func textTooLarge(at span: Span) -> Diagnostic {
        Diagnostic("E0102", "the script is larger than 16 MiB", at: span, label: "read data from a file instead")
    }

    static func touchingArguments(quoted: String, at span: Span) -> Diagnostic {
        Diagnostic("E0116", "two arguments touch", at: span, label: "write \(quoted), or leave a blank between them")
    }

    static func unclosedInterpolation(at span: Span) -> Diagnostic {
        Diagnostic("E0120", "this `${` is not closed", at: span, label: "its } is due on this line; \\${ is the text")
    }

    static func unclosedString(_ quote: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0104", "this string is not closed", at: span,
            label: "\(quote) is due on this line" + (quote == "\"" ? "; longer text stands in \"\"\"" : ""))
    }

    static func unknownCharacter(_ character: String, at span: Span) -> Diagnostic {
        let scalar = character.unicodeScalars.first.map { "U+" + hexadecimal($0.value) } ?? ""
        if let meant = lookalikes[character] {
            return Diagnostic("E0103", "\(meant.name) (\(scalar)) cannot stand here", at: span, label: meant.advice)
        }
        let isPrintable = character.unicodeScalars.allSatisfy { $0.value > 0xA0 || (0x20..<0x7F).contains($0.value) }
        let shown = isPrintable ? "`\(character)`" : "a control character (\(scalar))"
        let label = character == "#" ? "a comment has a blank before its #" : "put text in quotes"
        return Diagnostic("E0103", "\(shown) cannot stand here", at: span, label: isPrintable ? label : "take it out")
    }

    static func unknownEscape(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            "E0105", "`\(text)` is no escape", at: span, label: "in '…' nothing is special; in \"…\" write \\\\ for \\",
            notes: ["escapes are \\n \\t \\r \\\\ \\\" \\$ \\u{…}"])
    }

    /// Characters that look like others, as word processors and web pages put them in.
    static let lookalikes: [String: (name: String, advice: String)] = [
        "\u{A0}": ("a no-break space", "write a blank"), "\u{2007}": ("a figure space", "write a blank"),
        "\u{202F}": ("a narrow no-break space", "write a blank"), "\u{3000}": ("a wide space", "write a blank"),
        "\u{200B}": ("a zero-width space", "take it out"), "\u{FEFF}": ("a byte order mark", "take it out"),
        "\u{201C}": ("a curly quote", "write \""), "\u{201D}": ("a curly quote", "write \""),
        "\u{2018}": ("a curly quote", "write '"), "\u{2019}": ("a curly quote", "write '"),
        "\u{2013}": ("a dash", "write -"), "\u{2014}": ("a dash", "write -"), "\u{2212}": ("a minus sign", "write -"),
    ]

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
