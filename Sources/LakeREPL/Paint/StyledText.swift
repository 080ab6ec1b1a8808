package import LakeRunner
internal import LakeScript

/// A piece of text in one style.
package struct Piece: Equatable, Sendable {
    package let text: String
    package let style: Style

    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}

/// A line of styled text.
package typealias StyledText = [Piece]

/// A character on the screen: the text written for it, its style and its width in columns.
struct Cell: Equatable {
    let text: String
    let style: Style
    let width: Int

    init(_ character: Character, _ style: Style) {
        self.style = style
        switch character {
        case "\t":
            (text, width) = ("  ", 2)
        case _ where character.isControl:
            // Control characters are shown as carets, so that typed or pasted text cannot control the terminal.
            let caret = character.unicodeScalars.first.flatMap { UnicodeScalar(($0.value & 0x1F) | 0x40) }
            (text, width) = ("^" + String(Character(caret ?? "?")), 2)
        default:
            (text, width) = (String(character), character.displayWidth)
        }
    }

    /// True if terminals disagree about its width, so that the cursor must be positioned again after it.
    var isUncertain: Bool {
        text.unicodeScalars.contains {
            $0.value == 0x200D || $0.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains($0.value)
        }
    }
}

/// The cells of one row on the screen.
typealias Row = [Cell]

extension Row {
    /// The width in columns.
    var width: Int { reduce(0) { $0 + $1.width } }

    init(_ text: StyledText) {
        self = text.flatMap { piece in piece.text.map { Cell($0, piece.style) } }
    }

    /// Returns the prompt of continuation lines, as wide as the first prompt.
    static func continuation(below prompt: Row) -> Row {
        let sign = Row([Piece("· ", .dim)])
        let gap = prompt.width - sign.width
        return gap > 0 ? Array(repeating: Cell(" ", .plain), count: gap) + sign : sign
    }

    /// Returns the row's end, after `…` if it was cut: a long prompt must leave room for the text.
    func keepingEnd(of width: Int) -> Row {
        guard self.width > width else { return self }
        var kept: Row = []
        var used = 1
        for cell in reversed() {
            used += cell.width
            if used > width { break }
            kept.append(cell)
        }
        return [Cell("…", .dim)] + kept.reversed()
    }

    /// Returns the row cut to a width, with `…` if it was longer.
    func truncated(to width: Int) -> Row {
        guard self.width > width else { return self }
        var kept: Row = []
        var used = 0
        for cell in self {
            used += cell.width
            if used > width - 1 { break }
            kept.append(cell)
        }
        return kept + [Cell("…", .dim)]
    }
}

extension Character {
    private var value: UInt32 { unicodeScalars.first?.value ?? 0 }

    /// True for a C0 or C1 control character.
    var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }
}
