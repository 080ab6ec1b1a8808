internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The candidates under the line: which of them shows, which is chosen. A value; the editor shows its rows.
struct Menu: Equatable {
    let candidates: [Candidate]
    /// The chosen candidate; nil until a second TAB.
    private(set) var selected: Int?
    /// How many rows fit.
    let pageSize: Int

    init(_ candidates: [Candidate], pageSize: Int) {
        self.candidates = candidates
        self.pageSize = max(1, pageSize)
    }

    /// Chooses the next candidate, or the one before, round the ends.
    mutating func move(by step: Int) {
        guard !candidates.isEmpty else { return }
        guard let current = selected else {
            selected = step > 0 ? 0 : candidates.count - 1
            return
        }
        selected = (current + step % candidates.count + candidates.count) % candidates.count
    }

    /// The candidates that show.
    var page: Range<Int> {
        let first = (selected ?? 0) / pageSize * pageSize
        return first..<min(candidates.count, first + pageSize)
    }

    /// The rows, with a last one that counts where there are more than fit.
    var rows: [StyledText] {
        let width = candidates[page].map { min(40, $0.text.displayWidth) }.max() ?? 0
        var rows = page.map { row(at: $0, width: width) }
        if candidates.count > pageSize {
            rows.append([Piece("  \(page.lowerBound + 1)-\(page.upperBound) of \(candidates.count)", .dim)])
        }
        return rows
    }

    private func row(at index: Int, width: Int) -> StyledText {
        let candidate = candidates[index]
        let isSelected = index == selected
        let name = Piece((isSelected ? "❯ " : "  ") + candidate.text.padded(to: width), isSelected ? .bold : .plain)
        return candidate.description.isEmpty ? [name] : [name, Piece("  " + candidate.description, .dim)]
    }
}
