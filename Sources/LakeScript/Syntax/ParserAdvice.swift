// Corrected source text, for the advice in messages.
extension Parser {
    /// Returns the text between two offsets as one quoted string: `$repo/dev` as `"$repo/dev"`.
    func quotedForm(_ start: Int, _ end: Int) -> String {
        var text = ""
        var at = start
        while at < end {
            let next = min(pieceEnd(at), end)
            let piece = string(at, next)
            switch lexer.bytes[at] {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): text += piece.dropFirst().dropLast()
            case UInt8(ascii: "("): text += "${\(piece)}"
            case UInt8(ascii: "$") where piece.contains(where: { ".[?".contains($0) }):
                text += "${\(piece.dropFirst())}"
            default: text += piece
            }
            at = next
        }
        return "\"\(text)\""
    }

    /// Returns the end of a string, a bracket, a variable with its path, or a single byte.
    private func pieceEnd(_ start: Int) -> Int {
        switch lexer.bytes[start] {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return lexer.stringEnd(from: start)
        case UInt8(ascii: "("): return bracketEnd(start)
        case UInt8(ascii: "$") where lexer.byte(start + 1).isNameStart:
            var end = lexer.nameEnd(from: start + 1)
            while true {
                if lexer.byte(end) == UInt8(ascii: "["), !lexer.byte(end + 1).endsWord {
                    end = bracketEnd(end)
                } else if lexer.byte(end) == UInt8(ascii: "."), lexer.byte(end + 1).isNameStart, !isFileEnding(end) {
                    end = lexer.nameEnd(from: end + 1)
                } else {
                    return end
                }
            }
        default: return lexer.characterEnd(from: start)
        }
    }

    /// True if a `.` begins the ending of a file's name: `$user_id.json` is a text, `$user.id` a field.
    private func isFileEnding(_ point: Int) -> Bool {
        let end = lexer.nameEnd(from: point + 1)
        return lexer.byte(end) != UInt8(ascii: ".") && Parser.fileEndings.contains(string(point + 1, end))
    }

    private static let fileEndings: Set<String> = [
        "avro", "bak", "csv", "gz", "html", "json", "jsonl", "lfs", "log", "md", "orc", "out", "parquet", "pem", "py",
        "sh", "sql", "tar", "tmp", "tsv", "txt", "xml", "yaml", "yml", "zip",
    ]

    func bracketEnd(_ start: Int) -> Int {
        var open = 0
        for at in start..<lexer.lineEnd(from: start) {
            switch lexer.bytes[at] {
            case UInt8(ascii: "("), UInt8(ascii: "["): open += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                open -= 1
                if open == 0 { return at + 1 }
            default: break
            }
        }
        return lexer.lineEnd(from: start)
    }

    /// Returns the content of `${ }` with the missing `$` or parentheses: `a ?? b` as `${$a ?? $b}`, `now | …` as
    /// `${(now | …)}`.
    func dollarForm(_ start: Int, _ end: Int) -> String {
        let text = string(start, end)
        let operators = ["??", "+", "- ", "*", "/", "%", "==", "!=", "<", ">", "and ", "or ", "in "]
        let behindPath = text.drop { $0.isLetter || $0.isNumber || "_.[]?".contains($0) }.drop { $0 == " " }
        let isOperation = operators.contains { behindPath.hasPrefix($0) } || text.contains("??")
        guard isOperation, !behindPath.contains("|") else { return "${(\(text))}" }
        var result = ""
        var at = start
        while at < end {
            let isName = lexer.bytes[at].isNameStart && !isInsideWord(at)
            let next =
                isName
                ? lexer.nameEnd(from: at)
                : lexer.bytes[at] == UInt8(ascii: "\"") ? min(lexer.stringEnd(from: at), end) : at + 1
            let isKeyword = isName && Keyword(bytes: lexer.bytes[at..<next]) != nil
            result += (isName && !isKeyword ? "$" : "") + string(at, next)
            at = next
        }
        return "${\(result)}"
    }

    private func isInsideWord(_ offset: Int) -> Bool {
        let before = lexer.bytes[offset - 1]
        return before.isNamePart || before == UInt8(ascii: "$") || before == UInt8(ascii: ".")
    }
}
