// Strings: three kinds of quotes, escapes, interpolations.
extension Parser {
    /// Parses the string whose opening quote is the current token.
    mutating func string() throws(Abandon) -> Expression {
        let start = Int(current.start)
        let known = notes?.tokens.count ?? 0
        defer { noteString(from: start, since: known) }
        if lexer.bytes[start] == UInt8(ascii: "'") { return literalString(from: start) }
        if lexer.isTripleQuote(start) { return try multilineString(from: start) }
        var builder = StringBuilder()
        let end = try content(from: start + 1, frame: nil, into: &builder)
        guard lexer.byte(end) == UInt8(ascii: "\""), end < lexer.bytes.count else { return unclosedString(start, end) }
        resume(at: end + 1)
        return Expression(.string(builder.finish()), span: span(from: UInt32(start)))
    }

    private mutating func literalString(from start: Int) -> Expression {
        var end = start + 1
        while end < lexer.bytes.count, lexer.bytes[end] != UInt8(ascii: "'"), !lexer.isLineEnd(end) { end += 1 }
        guard lexer.byte(end) == UInt8(ascii: "'") else { return unclosedString(start, end) }
        let text = string(start + 1, end)
        resume(at: end + 1)
        return Expression(.string(text.isEmpty ? [] : [.text(text)]), span: span(from: UInt32(start)))
    }

    private mutating func unclosedString(_ start: Int, _ end: Int) -> Expression {
        let quote = string(start, start + 1)
        let place = Span(file: file, start: UInt32(start), end: UInt32(end))
        report(.unclosedString(quote, at: place))
        resume(at: quote == "\"" ? closingQuote(below: end) ?? end : end)
        return Expression(.missing, span: place)
    }

    /// Returns the offset behind the quote that closes a string some lines below: the first line with an odd number of
    /// quotes has it. Nil if there is none nearby.
    private func closingQuote(below end: Int) -> Int? {
        var line = end
        for _ in 0..<Parser.linesOfAString {
            while line < lexer.bytes.count, lexer.bytes[line] != .newline { line += 1 }
            line += 1
            guard line < lexer.bytes.count else { return nil }
            let next = lexer.lineEnd(from: line)
            let quotes = (line..<next).filter {
                lexer.bytes[$0] == UInt8(ascii: "\"") && lexer.byte($0 - 1) != UInt8(ascii: "\\")
            }
            guard let first = quotes.first, !quotes.count.isMultiple(of: 2) else { continue }
            let isEnd =
                first + 1 >= next || lexer.bytes[first + 1].endsWord || "],".utf8.contains(lexer.bytes[first + 1])
            return isEnd ? first + 1 : next
        }
        return nil
    }

    /// The number of lines that a string may have which was meant to have several.
    private static let linesOfAString = 30

    /// Parses a multi-line string: from `"""` at the end of a line to `"""` on a line of its own, whose indentation is
    /// removed from every line.
    private mutating func multilineString(from start: Int) throws(Abandon) -> Expression {
        let opening = Span(file: file, start: UInt32(start), end: UInt32(start + 3))
        var first = start + 3
        while lexer.byte(first).isBlank { first += 1 }
        guard lexer.isLineEnd(first) || first == lexer.bytes.count else {
            throw abandon(.textBehindTripleQuote(at: opening))
        }
        let body = lexer.lineEnd(from: first) + (lexer.byte(first) == .carriageReturn ? 2 : 1)
        guard body <= lexer.bytes.count, let closing = lexer.closingTripleQuote(from: body) else {
            resume(at: lexer.bytes.count)
            isIncomplete = diagnostics.isEmpty
            throw abandon(.unclosed("\"\"\"", at: opening))
        }
        let frame = MultilineFrame(
            end: contentEnd(of: body, before: closing.line), indentation: closing.line..<closing.quote)
        var builder = StringBuilder()
        if closing.line > body { _ = try content(from: indented(body, frame), frame: frame, into: &builder) }
        resume(at: closing.quote + 3)
        return Expression(.string(builder.finish()), span: span(from: UInt32(start)))
    }

    /// Returns the end of the content, without the line end before the closing quotes' line.
    private func contentEnd(of body: Int, before line: Int) -> Int {
        let end = max(body, line - 1)
        return end > body && lexer.bytes[end - 1] == .carriageReturn ? end - 1 : end
    }

    /// Returns the offset behind the indentation of a multi-line string's line.
    private mutating func indented(_ line: Int, _ frame: MultilineFrame) -> Int {
        var at = line
        for offset in frame.indentation {
            guard lexer.byte(at) == lexer.bytes[offset] else {
                if !lexer.isLineEnd(at) {
                    report(.indentationOfString(at: Span(file: file, start: UInt32(line), end: UInt32(at))))
                }
                return at
            }
            at += 1
        }
        return at
    }

    /// Parses text, escapes and interpolations up to the closing quote, the end of the line or of the frame. Returns
    /// the offset where it stopped.
    private mutating func content(
        from start: Int, frame: MultilineFrame?, into builder: inout StringBuilder
    ) throws(Abandon) -> Int {
        var at = start
        var run = start
        let limit = frame?.end ?? lexer.bytes.count
        while at < limit {
            let byte = lexer.bytes[at]
            let next = lexer.byte(at + 1)
            switch byte {
            case UInt8(ascii: "\"") where frame == nil: fallthrough
            case .newline where frame == nil, .carriageReturn where frame == nil && next == .newline:
                builder.add(string(run, at))
                return at
            case .newline,
                .carriageReturn where next == .newline:
                guard let frame else { return at }
                builder.add(string(run, at) + "\n")
                at = indented(at + (byte == .newline ? 1 : 2), frame)
            case UInt8(ascii: "\\"):
                builder.add(string(run, at))
                at = escape(at, frame, into: &builder)
            case UInt8(ascii: "$") where next.isNameStart:
                builder.add(string(run, at))
                at = variable(at, into: &builder)
            case UInt8(ascii: "$") where next == UInt8(ascii: "{"):
                builder.add(string(run, at))
                at = try interpolation(at, frame, into: &builder)
            default:
                at += 1
                continue
            }
            run = at
        }
        if run < limit { builder.add(string(run, limit)) }
        return at
    }

    private mutating func escape(_ start: Int, _ frame: MultilineFrame?, into builder: inout StringBuilder) -> Int {
        if let frame, let line = lexer.continuationEnd(at: start) { return indented(line, frame) }
        switch lexer.byte(start + 1) {
        case UInt8(ascii: "n"): builder.add("\n")
        case UInt8(ascii: "t"): builder.add("\t")
        case UInt8(ascii: "r"): builder.add("\r")
        case UInt8(ascii: "\\"): builder.add("\\")
        case UInt8(ascii: "\""): builder.add("\"")
        case UInt8(ascii: "$"): builder.add("$")
        case UInt8(ascii: "u"): return unicodeEscape(start, into: &builder)
        default:
            let end =
                lexer.isLineEnd(start + 1) ? start + 1 : min(lexer.characterEnd(from: start + 1), lexer.bytes.count)
            let place = Span(file: file, start: UInt32(start), end: UInt32(end))
            report(.unknownEscape(string(start, end), at: place))
            return end
        }
        return start + 2
    }

    /// Parses `\u{1F600}`.
    private mutating func unicodeEscape(_ start: Int, into builder: inout StringBuilder) -> Int {
        var end = start + 3
        while lexer.byte(end).isDigit || lexer.byte(end).isLetter { end += 1 }
        let digits = lexer.byte(start + 2) == UInt8(ascii: "{") ? string(start + 3, max(start + 3, end)) : ""
        let isClosed = lexer.byte(end) == UInt8(ascii: "}")
        if isClosed, let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number) {
            builder.add(String(Character(scalar)))
        } else {
            let place = Span(file: file, start: UInt32(start), end: UInt32(start + 2))
            report(.badUnicodeEscape(at: place))
        }
        return digits.isEmpty ? start + 2 : isClosed ? end + 1 : end
    }

    private func variable(_ start: Int, into builder: inout StringBuilder) -> Int {
        let end = lexer.nameEnd(from: start + 1)
        let place = Span(file: file, start: UInt32(start), end: UInt32(end))
        builder.add(Expression(.variable(string(start + 1, end)), span: place))
        return end
    }

    /// Parses `${ … }`; returns the offset behind its `}`.
    private mutating func interpolation(
        _ start: Int, _ frame: MultilineFrame?, into builder: inout StringBuilder
    ) throws(Abandon) -> Int {
        let outside = (current, previousEnd, newlinesVanish, openBrackets)
        openInterpolations += 1
        defer { openInterpolations -= 1 }
        do throws(Abandon) {
            builder.add(try nested { (parser) throws(Abandon) in try parser.interpolated(from: start) })
            let end = Int(current.end)
            if frame == nil, lexer.bytes[start..<end].contains(.newline) {
                throw abandon(
                    .unclosedInterpolation(at: Span(file: file, start: UInt32(start), end: UInt32(start + 2))))
            }
            (current, previousEnd, newlinesVanish, openBrackets) = outside
            return end
        } catch {
            guard openInterpolations == 1 else {
                if !isStopped { leaveUnread(.interpolation) }
                throw error
            }
            guard endsInterpolation() else { throw error }
            (current, previousEnd, newlinesVanish, openBrackets) = outside
            return interpolationEnd(from: start + 2)
        }
    }

    /// Parses the expression in `${ … }`. Its `}` is the current token afterwards, since the text behind it is not made
    /// of tokens.
    private mutating func interpolated(from start: Int) throws(Abandon) -> Expression {
        newlinesVanish = true
        openBrackets += 1
        resume(at: start + 2)
        let opening = Span(file: file, start: UInt32(start), end: UInt32(start + 2))
        switch current.kind {
        case .symbol(.closeBrace): throw abandon(.emptyInterpolation(at: opening.joined(with: span(of: current))))
        case .name, .keyword:
            let name = self.name(of: current)
            advance()
            let value = try path(of: Expression(.variable(name.text), span: name.span))
            if !at(.closeBrace) || Keyword(bytes: lexer.bytes[Int(name.span.start)..<Int(name.span.end)]) != nil {
                throw notAPath(start)
            }
            return value
        default:
            let known = diagnostics.count
            let value = try expression()
            if at(.closeBrace) { return value }
            throw diagnostics.count > known ? Abandon() : abandon(.unclosedInterpolation(at: opening))
        }
    }

    private mutating func notAPath(_ start: Int) -> Abandon {
        let opening = Span(file: file, start: UInt32(start), end: UInt32(start + 2))
        guard let end = lexer.closingBrace(from: start + 2) else { return abandon(.unclosedInterpolation(at: opening)) }
        let place = Span(file: file, start: UInt32(start), end: UInt32(end + 1))
        return abandon(.notAPath(advice: dollarForm(start + 2, end), at: place))
    }

    /// Returns the offset where a string continues behind a malformed `${`.
    private func interpolationEnd(from start: Int) -> Int {
        if let brace = lexer.closingBrace(from: start) { return brace + 1 }
        let line = lexer.lineEnd(from: start)
        return lexer.bytes[start..<line].firstIndex(of: UInt8(ascii: "\"")) ?? line
    }
}

/// The layout of a `"""` string, known before its content is parsed.
struct MultilineFrame {
    /// The end of its content.
    let end: Int
    /// The indentation of its closing quotes.
    let indentation: Range<Int>
}

/// Collects the parts of a string and joins adjacent texts.
struct StringBuilder {
    private var parts: [StringPart] = []
    private var text = ""

    mutating func add(_ more: String) { text += more }

    mutating func add(_ expression: Expression) {
        flush()
        parts.append(.interpolation(expression))
    }

    /// Returns the parts; none for an empty string.
    mutating func finish() -> [StringPart] {
        flush()
        return parts
    }

    private mutating func flush() {
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
    }
}
