internal import LakeScript

extension String {
    /// The text, filled with blanks to a width.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
    }

    /// The text, cut to a width with `…` where it is longer.
    package func truncated(to width: Int) -> String {
        guard displayWidth > width else { return self }
        var kept = ""
        var used = 0
        for character in self {
            used += character.displayWidth
            if used > width - 1 { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
