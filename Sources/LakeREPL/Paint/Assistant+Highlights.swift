package import LakeAssist
package import LakeRunner
internal import LakeScript

/// Colours while typing.
extension Assistant {
    /// Returns the styles of the text. An unknown command is red unless a command begins with it.
    func highlights(of analysis: SourceAnalysis) -> [Highlight] {
        analysis.tokens.compactMap { token in style(of: token, in: analysis).map { Highlight(token.range, $0) } }
    }

    private func style(of token: ClassifiedToken, in analysis: SourceAnalysis) -> Style? {
        switch token.kind {
        case .command:
            let isOwn = analysis.shellCommand(at: token.range.lowerBound) != nil
            if isOwn || analysis.call(named: token.range) != nil { return .blue }
            let isLast = token.range.upperBound == analysis.text.bytes.count
            return isLast && isBeginning(analysis.string(token.range)) ? nil : .red
        case .keyword: return .bold
        case .option: return .cyan
        case .string: return .green
        case .variable, .accessor, .field: return .yellow
        case .comment: return .dim
        case .word, .name, .number, .open, .close, .separator, .pipe, .assignment, .symbol, .unread: return nil
        }
    }
}

extension Assistant {
    /// Returns a text of the language with syntax highlighting, if colours are on.
    package func coloured(_ text: String, _ styler: Styler) -> String {
        let bytes = Array(text.utf8)
        var result = ""
        var place = 0
        for highlight in highlights(of: analysis(of: text)) {
            result += String(decoding: bytes[place..<highlight.range.lowerBound], as: UTF8.self)
            result += styler(highlight.style, String(decoding: bytes[highlight.range], as: UTF8.self))
            place = highlight.range.upperBound
        }
        return result + String(decoding: bytes[place...], as: UTF8.self)
    }
}
