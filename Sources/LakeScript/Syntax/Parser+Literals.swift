extension Parser {
    /// Units of durations, in milliseconds.
    private static let durations: [String: Int] = [
        "ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]
    /// Units of sizes, in bytes.
    private static let sizes: [String: Int] = [
        "B": 1, "KB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000, "KiB": 1 << 10,
        "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40,
    ]

    /// A number's literal, from its first digit; `start` is its sign where it has one.
    mutating func number(isNegative: Bool, from start: Int) throws(Abort) -> Expression {
        let digitsStart = cursor.place
        cursor.skip { $0.isDigit || $0 == UInt8(ascii: "_") }
        let digits = source.text(of: span(from: digitsStart)).filter { $0 != "_" }
        let hasLeadingZero = digits.count > 1 && digits.hasPrefix("0")
        var text = (isNegative ? "-" : "") + digits
        var isFloat = false
        if cursor.byte == UInt8(ascii: "."), cursor.byte(1).isDigit {
            isFloat = true
            let from = cursor.place
            cursor.place += 1
            cursor.skip { $0.isDigit }
            text += source.text(of: span(from: from))
        }
        if let exponent = exponent() {
            isFloat = true
            text += exponent
        }
        let unitStart = cursor.place
        cursor.skip { $0.startsName }
        let unit = source.text(of: span(from: unitStart))
        guard !hasLeadingZero, endsNumber else { throw badNumber(from: start) }
        return try literal(text, unit: unit, isFloat: isFloat, from: start)
    }

    /// `e-3`, gone past; nil where no exponent stands.
    private mutating func exponent() -> String? {
        guard cursor.byte | 0x20 == UInt8(ascii: "e") else { return nil }
        var scan = cursor
        scan.place += 1
        if scan.byte == UInt8(ascii: "-") || scan.byte == UInt8(ascii: "+") { scan.place += 1 }
        guard scan.byte.isDigit else { return nil }
        let start = cursor.place
        scan.skip { $0.isDigit }
        cursor.place = scan.place
        return source.text(of: span(from: start))
    }

    /// Whether a number may end here: not before a letter, a digit, a single `.` or `-` and a digit.
    private var endsNumber: Bool {
        switch cursor.byte {
        case UInt8(ascii: "."): cursor.byte(1) == UInt8(ascii: ".")
        case UInt8(ascii: "-"): !cursor.byte(1).isDigit
        case let byte: !byte.continuesName && byte < 0x80
        }
    }

    private mutating func badNumber(from start: Int) -> Abort {
        cursor.skip { $0.continuesName || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
        return abort(.number(source.text(of: span(from: start)), at: span(from: start)))
    }

    private mutating func literal(
        _ text: String, unit: String, isFloat: Bool, from start: Int
    ) throws(Abort) -> Expression {
        let whole = span(from: start)
        guard !unit.isEmpty else {
            if isFloat { return Expression(.float(Double(text) ?? 0), span: whole) }
            guard let integer = Int(text) else { throw abort(.numberTooLarge(text, at: whole)) }
            return Expression(.int(integer), span: whole)
        }
        guard let factor = Parser.durations[unit] ?? Parser.sizes[unit] else { throw badNumber(from: start) }
        guard let scaled = scale(text, by: factor, isFloat: isFloat) else {
            throw abort(.numberTooLarge(source.text(of: whole), at: whole))
        }
        return Expression(Parser.durations[unit] == nil ? .int(scaled) : .duration(scaled), span: whole)
    }

    private func scale(_ text: String, by factor: Int, isFloat: Bool) -> Int? {
        if isFloat { return Double(text).flatMap { Int(exactly: ($0 * Double(factor)).rounded()) } }
        guard let number = Int(text) else { return nil }
        let (product, overflows) = number.multipliedReportingOverflow(by: factor)
        return overflows ? nil : product
    }

    /// A string's literal, from its quote.
    mutating func string() throws(Abort) -> Expression {
        let start = cursor.place
        if cursor.has("\"\"\"") { return try tripleQuoted() }
        let quote = cursor.byte
        cursor.place += 1
        if quote == UInt8(ascii: "'") {
            cursor.skip { $0 != quote && !$0.isLineEnd }
            let text = source.text(of: span(start + 1, cursor.place))
            guard cursor.take("'") else { throw abort(.quoteNotClosed("'", at: span(from: start))) }
            return Expression(.string(text.isEmpty ? [] : [.text(text)]), span: span(from: start))
        }
        var pieces = StringPieces()
        while !cursor.take("\"") {
            guard !cursor.isAtEnd, !cursor.byte.isLineEnd else {
                // A string ends on its line: at the prompt another line would not close it.
                diagnostics.append(.quoteNotClosed("\"", at: span(from: start)))
                throw Abort()
            }
            do throws(Abort) {
                try piece(into: &pieces)
            } catch {
                // What is left of the string is text: the mistake in it brings no others.
                cursor.skip { $0 != UInt8(ascii: "\"") && !$0.isLineEnd }
                _ = cursor.take("\"")
                throw error
            }
        }
        return Expression(.string(pieces.parts), span: span(from: start))
    }

    /// One escape, interpolation or run of plain bytes.
    private mutating func piece(into pieces: inout StringPieces) throws(Abort) {
        switch cursor.byte {
        case UInt8(ascii: "\\"): pieces.add(try escape())
        case UInt8(ascii: "$") where cursor.byte(1) == UInt8(ascii: "{"): pieces.add(try interpolation())
        case UInt8(ascii: "$") where cursor.byte(1).startsName:
            let start = cursor.place
            cursor.place += 1
            let name = cursor.name() ?? ""
            pieces.add(Expression(.variable(name), span: span(from: start)))
        default:
            let start = cursor.place
            cursor.place += 1
            cursor.skip {
                $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "$") && $0 != UInt8(ascii: "\"") && !$0.isLineEnd
            }
            pieces.add(source.text(of: span(from: start)))
        }
    }

    private mutating func escape() throws(Abort) -> String {
        let start = cursor.place
        cursor.place += 1
        let byte = cursor.byte
        let simple: [UInt8: String] = [
            UInt8(ascii: "n"): "\n", UInt8(ascii: "t"): "\t", UInt8(ascii: "r"): "\r", UInt8(ascii: "\\"): "\\",
            UInt8(ascii: "\""): "\"", UInt8(ascii: "$"): "$",
        ]
        if let text = simple[byte] {
            cursor.place += 1
            return text
        }
        if byte == UInt8(ascii: "u") { return try unicodeEscape(from: start) }
        guard !cursor.isAtEnd, !byte.isLineEnd else { throw abort(.quoteNotClosed("\"", at: span(from: start))) }
        let character = Character(source.text(of: hereSpan))
        let whole = span(start, Int(hereSpan.end))
        throw abort(.escape(character, at: whole))
    }

    private mutating func unicodeEscape(from start: Int) throws(Abort) -> String {
        cursor.place += 1
        let digitsStart = cursor.place + 1
        if cursor.take("{") {
            cursor.skip { $0.continuesName }
            let digits = source.text(of: span(from: digitsStart))
            if cursor.take("}"), digits.count <= 6, let number = UInt32(digits, radix: 16),
                let scalar = Unicode.Scalar(number)
            {
                return String(Character(scalar))
            }
        }
        throw abort(.unicodeEscape(at: span(from: start)))
    }

    /// `${ … }`: a variable's path without its `$`, or an expression.
    private mutating func interpolation() throws(Abort) -> Expression {
        let start = cursor.place
        cursor.place += 2
        let kept = linesMatter
        linesMatter = true
        defer { linesMatter = kept }
        return try nested { parser throws(Abort) in
            parser.cursor.skip { $0.isBlank }
            let inner = parser.cursor.place
            var expression: Expression
            if let name = parser.cursor.name() {
                let variable = Expression(.variable(name), span: parser.span(from: inner))
                expression = try parser.path(of: variable, from: inner)
                parser.cursor.skip { $0.isBlank }
                if parser.cursor.byte != UInt8(ascii: "}"), !parser.cursor.byte.isLineEnd, !parser.cursor.isAtEnd {
                    parser.cursor.skip { $0 != UInt8(ascii: "}") && !$0.isLineEnd && $0 != UInt8(ascii: "\"") }
                    let text = parser.source.text(of: parser.span(from: inner))
                    throw parser.abort(.interpolationNeedsDollar(text, at: parser.span(from: inner)))
                }
            } else {
                expression = try parser.value()
                parser.skipBlanks()
            }
            guard parser.cursor.take("}") else {
                throw parser.abort(.lineEndsInInterpolation(at: parser.span(start, start + 2)))
            }
            return expression
        }
    }

    /// `"""` to `"""`: whole lines, without the closing line's indentation; `\` at a line's end joins.
    private mutating func tripleQuoted() throws(Abort) -> Expression {
        let start = cursor.place
        cursor.place += 3
        cursor.skip { $0.isBlank }
        guard cursor.take("\n") || cursor.take("\r\n") else {
            throw abort(.tripleQuote("text follows `\"\"\"` on its line", at: span(start, start + 3)))
        }
        guard let indentation = closingIndentation() else {
            cursor.place = cursor.bytes.count
            throw abort(.tripleQuote("`\"\"\"` is not closed", at: span(start, start + 3)))
        }
        var pieces = StringPieces()
        var isFirst = true
        while true {
            let lineStart = cursor.place
            cursor.skip { $0.isBlank }
            if cursor.has("\"\"\"") {
                cursor.place += 3
                return Expression(.string(pieces.parts), span: span(from: start))
            }
            let indent = cursor.place - lineStart
            if !isFirst { pieces.endLine() }
            isFirst = false
            if cursor.byte.isLineEnd {
                takeLineEnd()
                continue
            }
            guard indent >= indentation else {
                throw abort(.tripleQuote("the line is indented less than the closing `\"\"\"`", at: hereSpan))
            }
            cursor.place = lineStart + indentation
            try tripleQuotedLine(into: &pieces)
        }
    }

    private mutating func tripleQuotedLine(into pieces: inout StringPieces) throws(Abort) {
        while !cursor.byte.isLineEnd, !cursor.isAtEnd {
            if cursor.byte == UInt8(ascii: "\\"), cursor.byte(1).isLineEnd {
                cursor.place += 1
                takeLineEnd()
                pieces.joinsNextLine = true
                return
            }
            if cursor.byte == UInt8(ascii: "\"") {
                cursor.place += 1
                pieces.add("\"")
            } else {
                try piece(into: &pieces)
            }
        }
        takeLineEnd()
    }

    private mutating func takeLineEnd() {
        if !cursor.take("\r\n"), !cursor.isAtEnd { cursor.place += 1 }
    }

    /// The blanks before the closing `"""`; nil where none closes.
    private func closingIndentation() -> Int? {
        var scan = cursor
        while !scan.isAtEnd {
            let start = scan.place
            scan.skip { $0.isBlank }
            if scan.has("\"\"\"") { return scan.place - start }
            scan.skip { $0 != 0x0A }
            scan.place += 1
        }
        return nil
    }
}

/// The parts of a string while it is read: neighbouring texts become one.
private struct StringPieces {
    private(set) var parts: [StringPart] = []
    /// A `\` ended the line before: no line end comes between.
    var joinsNextLine = false

    mutating func add(_ text: String) {
        if case .text(let before)? = parts.last {
            parts[parts.count - 1] = .text(before + text)
        } else {
            parts.append(.text(text))
        }
    }

    mutating func add(_ expression: Expression) { parts.append(.interpolation(expression)) }

    mutating func endLine() {
        if !joinsNextLine { add("\n") }
        joinsNextLine = false
    }
}
