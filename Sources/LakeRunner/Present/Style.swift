/// The styles of text on a terminal: bold for names, green, yellow and red for outcomes, dim for context.
package enum Style: String, Sendable {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case cyan = "36"
}

/// Styles text, or leaves it plain: without a terminal, with NO_COLOR, on a dumb terminal.
package struct Styler: Sendable {
    package let isColoured: Bool

    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// Returns the text in a style.
    package func callAsFunction(_ style: Style, _ text: String) -> String {
        guard isColoured, style != .plain, !text.isEmpty else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }
}
