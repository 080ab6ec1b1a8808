internal import LakeAssist
internal import LakeRunner
internal import LakeScript

/// The candidates below the line: the visible page and the selection. It is a value; the editor shows its rows.
struct Menu: Equatable {
    let candidates: [Candidate]
    /// True if the server has more.
    let isPart: Bool
    /// The index of the selected candidate; nil until a second TAB.
    private(set) var selected: Int?
    /// The number of rows that fit.
    let pageSize: Int

    init(_ candidates: [Candidate], isPart: Bool = false, pageSize: Int) {
        self.candidates = candidates
        self.isPart = isPart
        self.pageSize = max(1, pageSize)
    }

    /// Selects the next or the previous candidate; wraps around at the ends.
    mutating func move(by step: Int) {
        guard !candidates.isEmpty else { return }
        guard let current = selected else {
            selected = step > 0 ? 0 : candidates.count - 1
            return
        }
        selected = (current + step % candidates.count + candidates.count) % candidates.count
    }

    /// The visible candidates.
    var page: Range<Int> {
        let first = (selected ?? 0) / pageSize * pageSize
        return first..<min(candidates.count, first + pageSize)
    }

    /// The rows; if not all candidates fit, the last row shows their number.
    var rows: [StyledText] {
        let width = candidates[page].map { min(40, $0.label.displayWidth) }.max() ?? 0
        var rows = page.map { row(at: $0, width: width) }
        if candidates.count > pageSize || isPart {
            let count = "\(candidates.count)" + (isPart ? "+" : "")
            rows.append([Piece("  \(page.lowerBound + 1)-\(page.upperBound) of \(count)", .dim)])
        }
        return rows
    }

    private func row(at index: Int, width: Int) -> StyledText {
        let candidate = candidates[index]
        let isSelected = index == selected
        let name = Piece((isSelected ? "❯ " : "  ") + candidate.label.padded(to: width), isSelected ? .bold : .plain)
        return candidate.description.isEmpty ? [name] : [name, Piece("  " + candidate.description, .dim)]
    }
}
