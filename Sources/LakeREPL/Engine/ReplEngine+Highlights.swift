package import LakeRunner
internal import LakeScript

/// Colours while typing.
extension ReplEngine {
    /// The styles of the text's stretches. A command that nobody knows is red, unless it may still become one.
    func highlights(of text: String) -> [Highlight] {
        let bytes = Array(text.utf8)
        if let start = lineStart(in: text) {
            let rest = highlights(of: String(decoding: bytes[start...], as: UTF8.self))
            let shifted = rest.map { Highlight($0.range.lowerBound + start..<$0.range.upperBound + start, $0.style) }
            return [Highlight(0..<start, .blue)] + shifted
        }
        return TextScanner.tokens(of: bytes).compactMap { token in
            style(
                of: token, String(decoding: bytes[token.range], as: UTF8.self),
                isLast: token.range.upperBound == bytes.count
            )
            .map { Highlight(token.range, $0) }
        }
    }

    private func style(of token: Token, _ text: String, isLast: Bool) -> Style? {
        switch token.kind {
        case .command:
            if signature(named: text) != nil { return .blue }
            return isLast && isBeginning(text) ? nil : .red
        case .keyword: return .bold
        case .option: return .cyan
        case .string: return .green
        case .variable: return .yellow
        case .comment: return .dim
        case .word, .open, .close, .separator, .pipe, .assignment: return nil
        }
    }

    /// Whether something begins so that a person may be about to type.
    private func isBeginning(_ text: String) -> Bool {
        vocabulary.names.contains { $0.hasUTF8Prefix(text) }
            || Builtins.all.contains { $0.signature.name.hasUTF8Prefix(text) }
            || Keywords.all.contains { $0.name.hasUTF8Prefix(text) }
            || (definitions + metaCommands).contains { $0.name.hasUTF8Prefix(text) }
    }
}

extension ReplEngine {
    /// A text of the language in its colours, where there are colours.
    package func coloured(_ text: String, _ styler: Styler) -> String {
        let bytes = Array(text.utf8)
        var result = ""
        var place = 0
        for highlight in highlights(of: text) {
            result += String(decoding: bytes[place..<highlight.range.lowerBound], as: UTF8.self)
            result += styler(highlight.style, String(decoding: bytes[highlight.range], as: UTF8.self))
            place = highlight.range.upperBound
        }
        return result + String(decoding: bytes[place...], as: UTF8.self)
    }
}
