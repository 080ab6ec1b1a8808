internal import LakeScript

/// A list of flat records as a table: a dim head, and columns as wide as their widest cell, of which the widest are cut
/// to fit the window. In a pipe the cells are separated by tabs, without a head.
struct Table {
    private let columns: [String]
    private let rows: [[String]]
    private let presenter: ValuePresenter

    init(records: [Record], type: ValueType, presenter: ValuePresenter) {
        let columns = Table.columns(of: records, type, isWide: presenter.width == nil)
        self.columns = columns
        self.presenter = presenter
        let formats = columns.map { type.format(of: $0) }
        rows = records.map { record in
            zip(columns, formats).map { presenter.scalar(record[$0] ?? .null, format: $1) }
        }
    }

    /// The fields that the records have: those of the schema in its order, but what names the record first, then others
    /// in the order of their first use.
    private static func columns(of records: [Record], _ type: ValueType, isWide: Bool) -> [String] {
        var columns: [String] = []
        var seen: Set<ScalarText> = []
        for record in records {
            if record.keys.isSame(as: columns) { continue }
            // On a terminal a column that says nothing is left out.
            for (key, value) in record where isWide || !type.hides(key, value) {
                if seen.insert(ScalarText(key)).inserted { columns.append(key) }
            }
        }
        guard let schema = type.record, !schema.name.isEmpty else { return columns }
        let known = schema.fields.map(\.name)
        let first = Field.names.filter(known.contains).prefix(1)
        let order = first + known.filter { !first.contains($0) }
        return order.filter { seen.contains(ScalarText($0)) } + columns.filter { !order.contains($0) }
    }

    /// The text with its columns as wide as their cells, under their names.
    var wholeText: String { rows.isEmpty ? "" : ([columns] + rows.map { $0.map(Table.onOneLine) }).aligned().lined }

    /// A cell whose line ends and tabs would begin another row or cell.
    private static func onOneLine(_ cell: String) -> String {
        guard cell.utf8.contains(where: { "\t\r\n".utf8.contains($0) }) else { return cell }
        let marks: [Unicode.Scalar: String] = ["\t": "\\t", "\r": "\\r", "\n": "\\n"]
        return cell.unicodeScalars.map { marks[$0] ?? String($0) }.joined()
    }

    var text: String {
        guard let width = presenter.width else {
            return rows.map { $0.map(Table.onOneLine).joined(separator: "\t") }.lined
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
