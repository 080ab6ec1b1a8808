/// Text that knows where it may be broken into lines, and how wide it is where it is not.
///
/// Wadler's documents, as most formatters have them, with one measure kept in each: so a group decides in constant time.
struct Layout: Sendable {
    let kind: Kind
    /// The columns on one line, up to the first line end that is there anyhow.
    let width: Int
    /// Whether a line end is there anyhow.
    let isMultiline: Bool

    indirect enum Kind: Sendable {
        case text(String)
        /// A text that is several lines: the first goes on the line at hand, the others get the indentation.
        case lines([String])
        case row([Layout])
        /// Lines that begin in it are two columns further right.
        case indented(Layout)
        /// The same, where its group is broken.
        case hanging(Layout)
        /// Where its group is broken a line end, with an empty line if `isBlank`; else `flat`.
        case line(flat: String, isBlank: Bool)
        /// A text that stands where its group is broken.
        case whenBroken(String)
        /// A line end that is there anyhow.
        case lineEnd
        /// A comment behind what stands on the line; a line end follows.
        case comment(String)
        /// On one line if that fits and `isBroken` does not say otherwise.
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

    /// A comment on a line of its own.
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
