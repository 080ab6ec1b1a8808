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

extension [[String]] {
    /// Returns the rows as lines with aligned columns, two blanks apart. The last cell of a row is not padded. `style`
    /// styles the padded cells of a column.
    package func aligned(_ style: (_ column: Int, _ cell: String) -> String = { $1 }) -> [String] {
        let widths = (0..<(map(\.count).max() ?? 0)).map { column in
            compactMap { $0.indices.contains(column) ? $0[column].displayWidth : nil }.max() ?? 0
        }
        return map { row in
            row.indices.map { column in
                style(column, column == row.count - 1 ? row[column] : row[column].padded(to: widths[column]))
            }.joined(separator: "  ")
        }
    }
}
