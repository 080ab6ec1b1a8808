package import LakeRunner
internal import LakeScript

/// A stretch of text in one style.
package struct Piece: Equatable, Sendable {
    package let text: String
    package let style: Style

    package init(_ text: String, _ style: Style = .plain) {
        self.text = text
        self.style = style
    }
}

/// A line of text with styles in it.
package typealias StyledText = [Piece]

/// One character as it stands on the screen: what is written for it, how, and how many columns it takes.
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
            // Nothing that is typed or pasted may steer the terminal.
            let caret = character.unicodeScalars.first.flatMap { UnicodeScalar(($0.value & 0x1F) | 0x40) }
            (text, width) = ("^" + String(Character(caret ?? "?")), 2)
        default:
            (text, width) = (String(character), character.displayWidth)
        }
    }

    /// Whether terminals disagree on its width, so that the column must be said again after it.
    var isUncertain: Bool {
        text.unicodeScalars.contains {
            $0.value == 0x200D || $0.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains($0.value)
        }
    }
}

/// The cells of one row of the screen.
typealias Row = [Cell]

extension Row {
    /// The columns that the row takes.
    var width: Int { reduce(0) { $0 + $1.width } }

    init(_ text: StyledText) {
        self = text.flatMap { piece in piece.text.map { Cell($0, piece.style) } }
    }

    /// What stands before each further line of a text, as wide as the prompt.
    static func continuation(below prompt: Row) -> Row {
        let sign = Row([Piece("· ", .dim)])
        let gap = prompt.width - sign.width
        return gap > 0 ? Array(repeating: Cell(" ", .plain), count: gap) + sign : sign
    }

    /// The row's end, after `…` where it is longer: of a long prompt the text must leave room.
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

    /// The row, cut to a width with `…` where it is longer.
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

    /// Whether it is a control character, C0 or C1.
    var isControl: Bool { value < 0x20 || (0x7F..<0xA0).contains(value) }
}
