/// Suggestions for misspelled names.
package enum DidYouMean {
    /// Returns the closest of the known names, if one is close: one edit per three letters, where swapped neighbours
    /// are one edit, or the same words in another order. A single letter only matches its capital. Names longer than a
    /// line are never corrected.
    package static func closest(to name: String, in known: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().utf8)
        guard wanted.count <= 120 else { return nil }
        let words = name.split(separator: "_").sorted()
        let limit = wanted.count == 1 ? 0 : max(1, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in known {
            let letters = Array(candidate.lowercased().utf8)
            if words.count > 1, letters.count == wanted.count, candidate.split(separator: "_").sorted() == words {
                return candidate
            }
            guard abs(letters.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, letters)
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// Returns the number of insertions, deletions, replacements and swaps of neighbours between two names.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var cost = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
