internal import LakeScript

extension String {
    /// Returns the text padded with blanks to a width.
    package func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - displayWidth))
    }

    /// Returns the text cut to a width, with `…` if it was longer.
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
