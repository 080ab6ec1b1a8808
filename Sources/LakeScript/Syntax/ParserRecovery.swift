// Where parsing goes on after an error.
extension Parser {
    /// Skips to the end of the statement, over open brackets. It stops before a line that is indented no more than the
    /// statement itself, because that line begins another statement.
    mutating func recover(from start: Token, closing pending: Int) {
        let indentation = column(of: start)
        var open = leftBracketOpen ? 0 : max(0, pending)
        leftBracketOpen = false
        if current.start == start.start { skipToken() }
        while current.kind != .end {
            if current.isOnNewLine {
                let opensFurther = [.symbol(.closeBrace), .symbol(.closeBracket), .symbol(.closeParenthesis)]
                    .contains(current.kind)
                if open == 0 || !opensFurther && column(of: current) <= indentation { return }
            }
            switch current.kind {
            case .symbol(.openBrace), .symbol(.openBracket), .symbol(.openParenthesis): open += 1
            case .symbol(.closeBrace) where open == 0: return
            case .symbol(.closeBrace), .symbol(.closeBracket), .symbol(.closeParenthesis): open = max(0, open - 1)
            case .symbol(.semicolon) where open == 0: return
            default: break
            }
            skipToken()
        }
    }

    /// Skips the current token; a string or a bare word is skipped whole.
    mutating func skipToken() {
        noteSkippedName()
        guard current.kind == .quote else { return advance() }
        let (start, known) = (Int(current.start), notes?.tokens.count ?? 0)
        resume(at: lexer.stringEnd(from: start))
        noteString(from: start, since: known)
    }

    private func column(of token: Token) -> Int {
        var start = Int(token.start)
        while start > 0, lexer.bytes[start - 1] != .newline { start -= 1 }
        var first = start
        while first < lexer.bytes.count, lexer.bytes[first].isBlank { first += 1 }
        return first - start
    }

    /// Goes to the `{` of a block on this line, if there is one.
    mutating func skipToBlock(closing pending: Int) -> Bool {
        var token = current
        var open = pending
        while !token.isOnNewLine {
            var end = Int(token.end)
            switch token.kind {
            case .end, .symbol(.semicolon): return false
            case .symbol(.openBrace) where open <= 0 && !lexer.startsMap(behind: end):
                previousEnd = token.start
                current = token
                return true
            case .symbol(.openBrace), .symbol(.openBracket), .symbol(.openParenthesis): open += 1
            case .symbol(.closeBrace), .symbol(.closeBracket), .symbol(.closeParenthesis): open -= 1
            case .quote: end = lexer.stringEnd(from: Int(token.start))
            default: break
            }
            token = lexer.token(at: end)
        }
        return false
    }
}
