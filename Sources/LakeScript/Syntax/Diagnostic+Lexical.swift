// `E01xx`: bytes and words. Each factory stands below the code that explains it.
//
// A message says what is wrong, in the words of the script; the label at the caret says why, or what to write instead.
extension Diagnostic {
    static let lexicalCodes = [
        e0101, e0102, e0103, e0104, e0105, e0106, e0107, e0108, e0109, e0110, e0111, e0112, e0113, e0114, e0115, e0116,
        e0117, e0118, e0119, e0120, e0121, e0122, e0123, e0124, e0125, e0126, e0127,
    ]

    static let e0101 = Code(
        "E0101",
        "Scripts are UTF-8. These bytes are not: the file was saved in another encoding, or is not text.",
        wrong: "print \"caf\u{FFFD}\"",
        right: "print \"café\"",
        // As Latin-1 has it.
        whole: { Array("print \"caf".utf8) + [0xE9] + Array("\"".utf8) })
    static func invalidEncoding(at span: Span) -> Diagnostic {
        Diagnostic(e0101, "these bytes are not UTF-8", at: span, label: "save the file as UTF-8")
    }

    static func otherEncoding(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(e0101, "this text is \(name)", at: span, label: "save the file as UTF-8")
    }

    static let e0102 = Code(
        "E0102",
        "A script is at most 16 MiB, and a line of it at most 1 MiB. Data belongs in a file that the script reads.",
        wrong: "print \"ana,2026-11-22,… and so on for 17 MB\"",
        right: "let rows = read_csv \"rows.csv\"\nprint $rows",
        whole: {
            Array("print \"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 17_000_000) + Array("\"".utf8)
        })
    static func textTooLarge(at span: Span) -> Diagnostic {
        Diagnostic(e0102, "the script is larger than 16 MiB", at: span, label: "read data from a file instead")
    }

    static func lineTooLong(at span: Span) -> Diagnostic {
        Diagnostic(e0102, "this line is longer than 1 MiB", at: span, label: "read data from a file instead")
    }

    static let e0103 = Code(
        "E0103",
        "No expression begins with this character. Curly quotes, dashes and no-break blanks come from "
            + "web pages and word processors.",
        wrong: "let a = “x”\nprint $a",
        right: "let a = \"x\"\nprint $a")
    static func unknownCharacter(_ character: String, at span: Span) -> Diagnostic {
        let scalar = character.unicodeScalars.first.map { "U+" + hexadecimal($0.value) } ?? ""
        if let meant = lookalikes[character] {
            return Diagnostic(e0103, "\(meant.name) (\(scalar)) cannot stand here", at: span, label: meant.advice)
        }
        let isPrintable = character.unicodeScalars.allSatisfy { $0.value > 0xA0 || (0x20..<0x7F).contains($0.value) }
        let shown = isPrintable ? "`\(character)`" : "a control character (\(scalar))"
        let label = character == "#" ? "a comment has a blank before its #" : "put text in quotes"
        return Diagnostic(e0103, "\(shown) cannot stand here", at: span, label: isPrintable ? label : "take it out")
    }

    /// Characters that look like others; word processors and web pages insert them.
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

    static let e0104 = Code(
        "E0104",
        "A string in \"…\" or '…' ends on its line. Longer text stands in three quotes.",
        wrong: "print \"abc",
        right: "print \"abc\"")
    static func unclosedString(_ quote: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0104, "this string is not closed", at: span,
            label: "close it with \(quote) on this line" + (quote == "\"" ? "; longer text stands in \"\"\"" : ""))
    }

    static let e0105 = Code(
        "E0105",
        "In \"…\" a backslash begins an escape, and there are only a few. A regular expression is best written in "
            + "'…', where nothing is special.",
        wrong: "print \"\\d+\"",
        right: "print '\\d+'")
    static func unknownEscape(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0105, "`\(text)` is not an escape", at: span,
            label: "in '…' nothing is special; in \"…\" write \\\\ for \\",
            notes: ["escapes are \\n \\t \\r \\\\ \\\" \\$ \\u{…}"])
    }

    static let e0106 = Code(
        "E0106",
        "An escape names a character by its hexadecimal number in braces.",
        wrong: "print \"\\u41\"",
        right: "print \"\\u{41}\"")
    static func badUnicodeEscape(at span: Span) -> Diagnostic {
        Diagnostic(e0106, "this escape does not name a character", at: span, label: "write it as \\u{1F600}")
    }

    static let e0107 = Code(
        "E0107",
        "What begins with a digit is a number in an expression. Dates, ids and addresses are text, and text "
            + "has quotes. (As a command's argument they need none.)",
        wrong: "let day = 2026-11-22\nprint $day",
        right: "let day = \"2026-11-22\"\nprint $day")

    static let e0108 = Code(
        "E0108",
        "A number may have a unit of time (ms s m h d) or of size (B KB MB GB TB KiB MiB GiB TiB), spelled "
            + "just so.",
        wrong: "let size = 5kb\nprint $size",
        right: "let size = 5KB\nprint $size")

    static let e0109 = Code(
        "E0109",
        "Integers have 64 bits.",
        wrong: "let a = 9223372036854775808\nprint $a",
        right: "let a = 9223372036854775807\nprint $a")

    static let e0110 = Code(
        "E0110",
        "A number has no leading zeros. An id that has some is text.",
        wrong: "let a = 007\nprint $a",
        right: "let a = \"007\"\nprint $a")

    static let e0111 = Code(
        "E0111",
        "A number with a unit is whole.",
        wrong: "let a = 1.5h\nprint $a",
        right: "let a = 90m\nprint $a")
    static func badNumber(_ text: String, _ problem: NumberLiteral.Problem, at span: Span) -> Diagnostic {
        switch problem {
        case .notANumber:
            Diagnostic(e0107, "`\(text)` is not a number", at: span, label: "put text in quotes: \"\(text)\"")
        case .unknownUnit(let unit):
            Diagnostic(
                e0108, "`\(unit)` is not a unit", at: span,
                label: NumberLiteral.similarUnit(to: unit).map { "did you mean `\($0)`?" } ?? "put text in quotes",
                notes: ["units are ms s m h d, and B KB MB GB TB KiB MiB GiB TiB"])
        case .overflow: Diagnostic(e0109, "`\(text)` does not fit in 64 bits", at: span)
        case .leadingZero:
            Diagnostic(
                e0110, "a number has no leading zeros", at: span,
                label: "write \(text.drop { $0 == "0" }) for the number, \"\(text)\" for text")
        case .respelled(let meant):
            Diagnostic(e0107, "`\(text)` is not a number", at: span, label: "write \(meant)")
        case .fractionWithUnit(let whole):
            Diagnostic(
                e0111, "a unit takes a whole number", at: span,
                label: whole.map { "write \($0)" } ?? "leave out the fraction")
        }
    }

    /// Returns the diagnostic for a `+` before a number.
    static func signOfNumber(_ number: String, at span: Span) -> Diagnostic {
        Diagnostic(e0107, "a number has no `+` before it", at: span, label: "write \(number)")
    }

    static let e0112 = Code(
        "E0112",
        "Three quotes open at the end of their line; the text begins on the next.",
        wrong: "let a = \"\"\"x\nprint $a",
        right: "let a = \"\"\"\n  x\n  \"\"\"\nprint $a")
    static func textBehindTripleQuote(at span: Span) -> Diagnostic {
        Diagnostic(e0112, "text begins on the line after `\"\"\"`", at: span, label: "begin the text on the next line")
    }

    static let e0113 = Code(
        "E0113",
        "The blanks before the closing quotes are taken off every line, so every line begins with them.",
        wrong: "let a = \"\"\"\n  x\n y\n  \"\"\"\nprint $a",
        right: "let a = \"\"\"\n  x\n  y\n  \"\"\"\nprint $a")
    static func indentationOfString(at span: Span) -> Diagnostic {
        Diagnostic(
            e0113, "this line is indented less than the closing \"\"\"", at: span,
            label: "begin it with the same blanks: they are taken off every line")
    }

    static let e0114 = Code(
        "E0114",
        "A command's arguments are words. To compare what it gives, put it in parentheses.",
        wrong: "assert (count [1] == 1)",
        right: "assert (count [1]) == 1")
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
        return Diagnostic(e0114, "`\(text)` cannot be an argument", at: span, label: label)
    }

    static let e0115 = Code(
        "E0115",
        "`$` inside a word does nothing. A string in \"…\" takes variables in.",
        wrong: "print dir/$script_folder",
        right: "print \"dir/$script_folder\"")
    static func dollarInWord(quoted: String, at span: Span) -> Diagnostic {
        let isSubstitution = quoted.hasPrefix("\"$${(") && quoted.hasSuffix(")}\"")
        let label =
            isSubstitution
            ? "a command's value is \(quoted.dropFirst(4).dropLast(2))"
            : isOfAShell(quoted.dropFirst(2)) ? argumentsAdvice : "quote it to interpolate: \(quoted)"
        return Diagnostic(e0115, "`$` inside a word", at: span, label: label)
    }

    /// True for `1`, `@`, `#` and the like behind a `$`: the arguments of a script for other shells.
    private static func isOfAShell(_ text: Substring) -> Bool {
        text.utf8.first.map { $0.isDigit || "@*#?!".utf8.contains($0) } ?? false
    }

    private static let argumentsAdvice = "a script's arguments are its params: param NAME at its top, then $NAME"

    static let e0116 = Code(
        "E0116",
        "Arguments are separated by blanks. To join two, write them as one string.",
        wrong: "print $script_folder/dev",
        right: "print \"$script_folder/dev\"")
    static func touchingArguments(quoted: String, at span: Span) -> Diagnostic {
        Diagnostic(e0116, "two arguments touch", at: span, label: "write \(quoted), or leave a blank between them")
    }

    static let e0117 = Code(
        "E0117",
        "An option is `--` and a name.",
        wrong: "print --",
        right: "print \"--\"")
    static func badOption(_ text: String, at span: Span) -> Diagnostic {
        let isBare = text == "--"
        return Diagnostic(
            e0117, "`\(text)` is not an option", at: span,
            label: isBare ? "write --name, or \"--\" for text" : "an option is --name, --name value or --name=value")
    }

    static let e0118 = Code(
        "E0118",
        "The value follows `--name=` without a blank. Without the `=` there is a blank between them.",
        wrong: "print --name= x",
        right: "print x")
    static func optionValueExpected(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0118, "the value of `--\(name)=` follows without a blank", at: span,
            label: "write --\(name)=value, no blank")
    }

    static let e0119 = Code(
        "E0119",
        "`${` and a letter is a variable's path, with its `$` left out. Any other expression keeps its `$`, a"
            + " command stands in parentheses.",
        wrong: "print \"${now | to_string}\"",
        right: "print \"${(now | to_string)}\"")
    static func notAPath(advice: String, at span: Span) -> Diagnostic {
        Diagnostic(
            e0119, "`${` and a letter begin a variable's path, not another expression", at: span,
            label: "write \(advice)")
    }

    static let e0120 = Code(
        "E0120",
        "`${` ends with `}` on its line. To write the two characters, escape the `$`.",
        wrong: "print \"${a\"",
        right: "print \"\\${a\"")
    static func unclosedInterpolation(at span: Span) -> Diagnostic {
        Diagnostic(e0120, "this `${` is not closed", at: span, label: "close it with } on this line; \\${ is the text")
    }

    static let e0121 = Code(
        "E0121",
        "`${ }` holds a variable's path or another value.",
        wrong: "print \"${}\"",
        right: "print \"\\${}\"")
    static func emptyInterpolation(at span: Span) -> Diagnostic {
        Diagnostic(
            e0121, "`${}` is empty", at: span, label: "write a variable's path, or \\${} for the text")
    }

    static let e0122 = Code(
        "E0122",
        "The operators are words: `and`, `or`, `not`. One statement a line stands in place of `&&`.",
        wrong: "let a = true && false\nprint $a",
        right: "let a = true and false\nprint $a")
    static func foreignOperator(_ text: String, at span: Span) -> Diagnostic {
        Diagnostic(e0122, "`\(text)` is not an operator here", at: span, label: foreignOperators[text] ?? "")
    }

    /// The operators of other languages, and what to write instead.
    static let foreignOperators: [String: String] = [
        "||": "write `or` between values; commands stand on lines of their own",
        "&&": "write `and` between values; commands stand on lines of their own",
        "&": "one statement a line", "!": "write `not` before a value",
        "!~": "write not ($text =~ '…')", "?": "a choice is (if $a { 1 } else { 2 })",
        "=": "write `==` to compare; `=` sets a variable, in a statement of its own",
        "===": "write `==`", "!==": "write `!=`", "<>": "write `!=`", "=>": "write `>=`", "=<": "write `<=`",
        "**": "there is no power: write the product", "//": "write `/`: the quotient of two ints is whole",
        "++": "write x += 1 as a statement of its own", "is": "write `==`, or `!=` for `is not`",
        "equals": "write `==`", "eq": "write `==`", "ne": "write `!=`", "lt": "write `<`", "le": "write `<=`",
        "gt": "write `>`", "ge": "write `>=`", "mod": "write `%`", "div": "write `/`",
        "matches": "write `=~`", "elif": "write else if … { … } behind the `}`",
        "elsif": "write else if … { … } behind the `}`", "elseif": "write else if … { … } behind the `}`",
        "then": "a block stands in { }",
    ]

    static let e0123 = Code(
        "E0123",
        "A variable's name follows `$`.",
        wrong: "let a = $\nprint $a",
        right: "let a = $script_folder\nprint $a")
    static func dollarAlone(at span: Span, before next: UInt8) -> Diagnostic {
        Diagnostic(
            e0123, "expected a variable's name after `$`", at: span,
            label: next.isDigit || "@*#?".utf8.contains(next) ? argumentsAdvice : "write $name; ${…} belongs in quotes")
    }

    static let e0124 = Code(
        "E0124",
        "Arguments are separated by blanks, not by commas.",
        wrong: "print $script_folder, b",
        right: "print $script_folder")
    static func commaBetweenArguments(word: String? = nil, at span: Span) -> Diagnostic {
        let meant = word.map { "; a text that ends in one is quoted: \"\($0)\"" } ?? ""
        return Diagnostic(
            e0124, "arguments are separated by blanks, not by commas", at: span, label: "leave it out\(meant)")
    }

    /// Returns the diagnostic for a comma before the message of an `assert`.
    static func commaBeforeMessage(at span: Span) -> Diagnostic {
        Diagnostic(e0124, "the message follows the condition without a comma", at: span, label: "leave out the comma")
    }

    static let e0125 = Code(
        "E0125",
        "A bracket or a quote at the end of a word was most likely left over. Where it belongs to the text, the text has "
            + "quotes.",
        wrong: "print a]",
        right: "print \"a]\"")
    static func markAtEnd(_ mark: String, of word: String, at span: Span) -> Diagnostic {
        let quoted = word.contains("\"") ? "'\(word)'" : "\"\(word)\""
        return Diagnostic(
            e0125, "\(mark) does not belong to the word", at: span,
            label: "take it out, or quote the text: \(quoted)")
    }

    static let e0126 = Code(
        "E0126",
        "No letter stands before a string's quote: a string in \"…\" takes variables in by `$`, and in '…' nothing is "
            + "special.",
        wrong: "let n = 1\nprint $n f\"{n}\"",
        right: "let n = 1\nprint \"$n\"")
    static func letterBeforeString(_ letters: String, advice: String, at span: Span) -> Diagnostic {
        Diagnostic(e0126, "`\(letters)` stands before the string's quote", at: span, label: "write \(advice)")
    }

    static let e0127 = Code(
        "E0127",
        "A text of several lines stands in three quotes.",
        wrong: "let a = <<EOF\nsome words\nEOF\nprint $a",
        right: "let a = \"\"\"\n  some words\n  \"\"\"\nprint $a")
    static func hereDocument(at span: Span) -> Diagnostic {
        Diagnostic(
            e0127, "a text of several lines has no `<<`", at: span,
            label: "put it between \"\"\" at the line's end and \"\"\" on a line below it")
    }
}

extension NumberLiteral {
    /// Returns the unit that was most likely meant.
    static func similarUnit(to unit: String) -> String? {
        let names = (durationUnits + sizeUnits).map(\.name)
        if let same = names.first(where: { $0.lowercased() == unit.lowercased() }) { return same }
        return [
            "sec": "s", "second": "s", "seconds": "s", "min": "m", "minute": "m", "minutes": "m", "hour": "h",
            "hours": "h", "hr": "h", "day": "d", "days": "d", "k": "KB", "M": "MB", "G": "GB", "T": "TB",
        ][unit]
    }
}
