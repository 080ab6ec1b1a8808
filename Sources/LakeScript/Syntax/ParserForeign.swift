// Habits of other languages, each with what to write instead: calls with parentheses, `f"…"`, `<<EOF`, `a ? b : c`.
extension Parser {
    /// Returns the mistake of a name with parentheses, such as `len($x)`, for the argument that begins at an offset and
    /// ends before the current `(`.
    func functionCall(from start: Int) -> Diagnostic? {
        guard at(.openParenthesis), lexer.byte(start).isNameStart, lexer.nameEnd(from: start) == Int(previousEnd) else {
            return nil
        }
        let place = Span(file: file, start: UInt32(start), end: previousEnd)
        return functionCall(Name(text: string(start, Int(previousEnd)), span: place), from: Int(previousEnd), "(", ")")
    }

    /// Returns the mistake of a command whose arguments stand in parentheses.
    func functionCall(_ name: Name, from parenthesis: Int, _ open: String = "", _ close: String = "") -> Diagnostic {
        let given = argumentsForm(parenthesis)
        let command = Diagnostic.foreignFunctions[name.text] ?? name.text
        let form = open + ([command] + (given.isEmpty ? [] : [given])).joined(separator: " ") + close
        return .callWithParentheses(advice: Diagnostic.foreignForms[name.text] ?? "write \(form)", at: name.span)
    }

    /// Returns the mistake of `$text.lower()`, where the current token is the `(`.
    func methodCall(of base: Expression, _ name: Name) -> Diagnostic {
        var subject = string(Int(base.span.start), Int(base.span.end))
        if subject.utf8.first?.isNameStart == true { subject = "$" + subject }
        let given = argumentsForm(Int(current.start))
        let command = Diagnostic.foreignFunctions[name.text] ?? name.text
        let form = ([command, subject] + (given.isEmpty ? [] : [given])).joined(separator: " ")
        return .callWithParentheses(advice: "write (\(form))", at: name.span)
    }

    /// Returns the text between parentheses on one line with blanks for its commas.
    private func argumentsForm(_ parenthesis: Int) -> String {
        var text = ""
        var open = 0
        var at = parenthesis + 1
        let end = max(at, bracketEnd(parenthesis) - 1)
        while at < end {
            let byte = lexer.bytes[at]
            let next = [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(byte) ? lexer.stringEnd(from: at) : at + 1
            if "([{".utf8.contains(byte) { open += 1 }
            if ")]}".utf8.contains(byte) { open -= 1 }
            if byte != UInt8(ascii: ",") || open > 0 { text += string(at, min(next, end)) }
            at = next
        }
        return text
    }

    /// Returns the mistake of letters before a quote, such as `f"…"`, for the word that begins at an offset.
    func prefixedString(from start: Int) -> Diagnostic? {
        let end = Int(previousEnd)
        guard current.kind == .quote, lexer.byte(start).isNameStart, lexer.nameEnd(from: start) == end else {
            return nil
        }
        let place = Span(file: file, start: UInt32(start), end: UInt32(end))
        return prefixedString(string(start, end), at: place, quote: end)
    }

    func prefixedString(_ letters: String, at place: Span, quote: Int) -> Diagnostic? {
        let end = lexer.stringEnd(from: quote)
        guard ["f", "r", "b", "u", "rb", "br", "fr", "rf", "s"].contains(letters.lowercased()), end > quote + 1,
            lexer.bytes[end - 1] == lexer.bytes[quote]
        else { return nil }
        let text = string(quote + 1, end - 1)
        let form: String =
            switch letters.lowercased() {
            case "f", "s": "\"\(interpolatedForm(of: text))\""
            case "b", "u": string(quote, end)
            default: text.contains("'") ? string(quote, end) : "'\(text)'"
            }
        return .letterBeforeString(letters, advice: form, at: place)
    }

    /// Returns a text with `$name` for `{name}`, and `${…}` for what is more than a name.
    private func interpolatedForm(of text: String) -> String {
        var form = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let inner = rest[rest.index(after: open)..<close]
            let isName = inner.utf8.first?.isNameStart == true && inner.utf8.allSatisfy(\.isNamePart)
            let next = rest[close...].dropFirst().utf8.first
            let isDollarThere = rest[..<open].hasSuffix("$")
            let name = isName && !isDollarThere && next?.isNamePart != true ? "$\(inner)" : "${\(inner)}"
            form += rest[..<open] + (isDollarThere ? String(name.dropFirst()) : name)
            rest = rest[rest.index(after: close)...]
        }
        return form + rest
    }

    /// Returns the mistake of a quote in a word or at its end, such as `it's`, for the word that begins at an offset.
    func quoteInWord(from start: Int) -> Diagnostic? {
        let quote = Int(current.start)
        guard current.kind == .quote, !"\"'$([".utf8.contains(lexer.byte(start)) else { return nil }
        let next = lexer.byte(quote + 1)
        let isAtEnd = quote + 1 >= lexer.bytes.count || next.endsWord || lexer.isLineEnd(quote + 1)
        let isApostrophe = lexer.byte(quote) == UInt8(ascii: "'") && next.isLetter
        guard isAtEnd || isApostrophe else { return nil }
        var end = quote + 1
        while end < lexer.bytes.count, !lexer.isLineEnd(end) {
            let byte = lexer.bytes[end]
            if byte.endsWord, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'") { break }
            end += 1
        }
        let word = string(start, end)
        let place = Span(file: file, start: current.start, end: current.start + 1)
        return .markAtEnd("a quote", of: word, at: place)
    }

    /// Reports a text in lines below `<<EOF`, and goes on behind it.
    mutating func hereDocument(from start: Int) -> Diagnostic {
        var tag = start + 2
        while "-'\"".utf8.contains(lexer.byte(tag)) { tag += 1 }
        let end = max(lexer.nameEnd(from: tag), start + 2)
        let word = lexer.bytes[tag..<max(tag, end)]
        var line = lexer.lineEnd(from: end)
        while !word.isEmpty, line < lexer.bytes.count {
            let next = line + (lexer.bytes[line] == .carriageReturn ? 2 : 1)
            line = lexer.lineEnd(from: min(next, lexer.bytes.count))
            guard lexer.bytes[min(next, line)..<line].drop(while: \.isBlank).elementsEqual(word) else { continue }
            resume(at: line)
            break
        }
        return .hereDocument(at: Span(file: file, start: UInt32(start), end: UInt32(end)))
    }

    /// The diagnostic for an operator of another language behind a value, or nil.
    var foreignOperator: Diagnostic? {
        let text = string(of: current)
        switch current.kind {
        case .symbol(.bang) where lexer.byte(Int(current.end)) == UInt8(ascii: "~"):
            return .foreignOperator("!~", at: span(of: current))
        case .symbol(let symbol)
        where [.doublePipe, .doubleAmpersand, .ampersand, .bang, .assign].contains(symbol):
            return .foreignOperator(text, at: span(of: current))
        case .unknown where text == "?": return .foreignOperator(text, at: span(of: current))
        case .name where isOnSameLine && Diagnostic.foreignOperators[text] != nil:
            return .foreignOperator(text, at: span(of: current))
        default: return nil
        }
    }

    /// The diagnostic for an operator of another language that begins with one of this language, such as `<>`; the
    /// current token is its second half.
    var doubledOperator: Diagnostic? {
        guard touches, previousEnd > 0, current.end > current.start else { return nil }
        var start = Int(previousEnd)
        while start > 0, "=!<>*/+~".utf8.contains(lexer.bytes[start - 1]) { start -= 1 }
        let text = string(start, Int(current.end))
        guard text.utf8.count > 1, Diagnostic.foreignOperators[text] != nil else { return nil }
        return .foreignOperator(text, at: Span(file: file, start: UInt32(start), end: current.end))
    }
}
