internal import LakeScript

/// A list of flat records as a table: a dim head, and columns as wide as their widest cell, of which the widest are cut
/// to fit the window. In a pipe the cells are separated by tabs, without a head.
struct Table {
    private let columns: [String]
    private let rows: [[String]]
    private let presenter: ValuePresenter

    init(records: [Record], type: ValueType, presenter: ValuePresenter) {
        var columns: [String] = []
        var seen: Set<String> = []
        for record in records {
            for (key, value) in record where !(presenter.width != nil && type.hides(key, value)) {
                if seen.insert(key).inserted { columns.append(key) }
            }
        }
        self.columns = columns
        self.presenter = presenter
        let formats = columns.map { type.format(of: $0) }
        rows = records.map { record in
            zip(columns, formats).map { presenter.scalar(record[$0] ?? .null, format: $1) }
        }
    }

    var text: String {
        guard let width = presenter.width else {
            return rows.map { $0.joined(separator: "\t") }.lined
        }
        let widths = fitted(to: width)
        let lines = ([columns] + rows).map { zip($0, widths).map { $0.truncated(to: $1) } }.aligned().map { "  " + $0 }
        return ([presenter.styler(.dim, lines[0])] + lines.dropFirst()).lined
    }

    /// Returns the columns' widths: the widest ones are reduced, to 8 columns at least, until the line fits.
    private func fitted(to width: Int) -> [Int] {
        var widths = columns.indices.map { column in
            max(columns[column].displayWidth, rows.map { $0[column].displayWidth }.max() ?? 0)
        }
        let gaps = 2 * widths.count
        while widths.reduce(gaps, +) > width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > 8
        {
            widths[widest] -= 1
        }
        return widths
    }
}
