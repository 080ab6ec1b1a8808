/// A text with possible line breaks, and its width on one line.
///
/// This is Wadler's document algebra. Each node caches its width, so a group decides in constant time if it fits.
struct Layout: Sendable {
    let kind: Kind
    /// The width on one line, up to the first forced line break.
    let width: Int
    /// True if it contains a forced line break.
    let isMultiline: Bool

    indirect enum Kind: Sendable {
        case text(String)
        /// A text of several lines: the first continues the current line, the others are indented.
        case lines([String])
        case row([Layout])
        /// A layout whose lines are indented by two more columns.
        case indented(Layout)
        /// Like `indented`, but only if the enclosing group is broken.
        case hanging(Layout)
        /// A line break if the enclosing group is broken, with an empty line if `isBlank`; otherwise `flat`.
        case line(flat: String, isBlank: Bool)
        /// A text that is printed only if the enclosing group is broken.
        case whenBroken(String)
        /// A forced line break.
        case lineEnd
        /// A comment behind the text of the line; a line break follows.
        case comment(String)
        /// A layout that is printed on one line if it fits, unless `isBroken` is set.
        case group(Layout, isBroken: Bool)
    }

    private init(_ kind: Kind, width: Int, isMultiline: Bool) {
        self.kind = kind
        self.width = width
        self.isMultiline = isMultiline
    }

    static let empty = Layout.row([])
    static let lineEnd = Layout(.lineEnd, width: 0, isMultiline: true)

    static func text(_ text: String) -> Layout { Layout(.text(text), width: text.displayWidth, isMultiline: false) }

    /// Makes a comment on a line of its own.
    static func remark(_ text: String) -> Layout { Layout(.text(text), width: 0, isMultiline: true) }

    static func lines(_ lines: [String]) -> Layout {
        Layout(.lines(lines), width: lines.first?.displayWidth ?? 0, isMultiline: lines.count > 1)
    }

    static func row(_ parts: [Layout]) -> Layout {
        let shown = parts.prefix { !$0.isMultiline }
        let last = shown.count < parts.count ? parts[shown.count].width : 0
        return Layout(
            .row(parts), width: shown.reduce(last) { $0 + $1.width }, isMultiline: shown.count < parts.count)
    }

    static func indented(_ inner: Layout) -> Layout {
        Layout(.indented(inner), width: inner.width, isMultiline: inner.isMultiline)
    }

    static func hanging(_ inner: Layout) -> Layout {
        Layout(.hanging(inner), width: inner.width, isMultiline: inner.isMultiline)
    }

    static func line(_ flat: String, isBlank: Bool = false) -> Layout {
        Layout(.line(flat: flat, isBlank: isBlank), width: flat.utf8.count, isMultiline: false)
    }

    static func whenBroken(_ text: String) -> Layout { Layout(.whenBroken(text), width: 0, isMultiline: false) }

    static func comment(_ text: String) -> Layout { Layout(.comment(text), width: 0, isMultiline: true) }

    static func group(_ inner: Layout, isBroken: Bool) -> Layout {
        Layout(.group(inner, isBroken: isBroken), width: inner.width, isMultiline: inner.isMultiline || isBroken)
    }
}
