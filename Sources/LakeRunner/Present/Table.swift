internal import LakeScript

/// A list of records as a table: a dim head, and columns in the order of their schema, the name first. On a terminal empty
/// columns are left out, ids are shortened, and where the window is too narrow the columns that say least are left out,
/// with a note. In a pipe the cells are separated by tabs, without a head.
struct Table {
    /// A column: its name and its cells.
    private struct Column {
        let name: String
        var cells: [String]
        /// True if all of its cells are hashes.
        var isHash = false

        var width: Int { Swift.max(name.displayWidth, cells.map(\.displayWidth).max() ?? 0) }
        var isEmpty: Bool { cells.allSatisfy(\.isEmpty) }
        /// True if it is the same in several rows, so that it tells none from another.
        var isConstant: Bool { cells.count > 1 && Set(cells).count == 1 }
    }

    private var columns: [Column]
    private let presenter: ValuePresenter

    init(records: [Record], type: ValueType, presenter: ValuePresenter) {
        self.presenter = presenter
        columns = Table.names(of: records, type).map { name in
            let format = type.format(of: name)
            return Column(name: name, cells: records.map { presenter.cell($0[name] ?? .null, format: format) })
        }
        guard presenter.width != nil else { return }
        let filled = columns.filter { !$0.isEmpty }
        columns = (filled.isEmpty ? columns : filled).map(Table.shortened)
    }

    /// The names of the columns: in the order of the schema with the name first, else in that of the records.
    private static func names(of records: [Record], _ type: ValueType) -> [String] {
        var names: [String] = []
        var seen: Set<ScalarText> = []
        for record in records where !record.keys.isSame(as: names) {
            for key in record.keys where seen.insert(ScalarText(key)).inserted { names.append(key) }
        }
        guard let schema = type.record, !schema.name.isEmpty else { return names }
        let known = schema.fields.map(\.name).filter { seen.contains(ScalarText($0)) }
        names = known + names.filter { !known.contains($0) }
        guard let first = Field.naming.lazy.compactMap(names.firstIndex).first else { return names }
        names.insert(names.remove(at: first), at: 0)
        return names
    }

    /// The column with its hashes as short as they stay different.
    private static func shortened(_ column: Column) -> Column {
        let hashes = Set(column.cells.flatMap(\.listed).filter { !$0.isEmpty })
        guard !hashes.isEmpty, hashes.allSatisfy(\.isHash) else { return column }
        let length = (8...).first { length in Set(hashes.map { $0.prefix(length) }).count == hashes.count } ?? 64
        var column = column
        column.isHash = true
        column.cells = column.cells.map { $0.listed.map { String($0.prefix(length)) }.joined(separator: ", ") }
        return column
    }

    /// The cells of columns by rows.
    private func rows(of columns: [Column]) -> [[String]] {
        (columns.first?.cells ?? []).indices.map { row in columns.map { $0.cells[row] } }
    }

    /// The text with its columns as wide as their cells, under their names.
    var wholeText: String {
        columns.isEmpty ? "" : ([columns.map(\.name)] + rows(of: columns)).aligned().lined
    }

    var text: String {
        guard let width = presenter.width else {
            return rows(of: columns).map { $0.joined(separator: "\t") }.lined
        }
        let (shown, left) = fitted(to: width - 2)
        let widths = Table.widths(of: shown, within: width - 2)
        let rows = [shown.map(\.name)] + rows(of: shown)
        let lines = rows.map { zip($0, widths).map { $0.truncated(to: $1) } }.aligned().map { "  " + $0 }
        let names = left.joined(separator: ", ")
        let note = left.isEmpty ? [] : ["  not shown (\(presenter.wayToAll)): \(names)".truncated(to: width)]
        return ([presenter.styler(.dim, lines[0])] + lines.dropFirst() + note.map { presenter.styler(.dim, $0) }).lined
    }

    /// The columns that fit, and the names of the others. Those are left out first that are the same in all rows, then
    /// hashes, then the widest.
    private func fitted(to width: Int) -> (shown: [Column], left: [String]) {
        var shown = columns
        while shown.count > 1, Table.least(shown) > width {
            let others = shown.indices.dropFirst()
            let candidates = [
                others.filter { shown[$0].isConstant }, others.filter { shown[$0].isHash }, Array(others),
            ]
            let place = candidates.first { !$0.isEmpty }?.max { shown[$0].width < shown[$1].width }
            shown.remove(at: place ?? shown.count - 1)
        }
        let names = Set(shown.map(\.name))
        return (shown, columns.map(\.name).filter { !names.contains($0) })
    }

    /// The columns to which a cell is cut at most.
    private static let most = 24

    /// The width of a row whose wide cells are cut.
    private static func least(_ columns: [Column]) -> Int {
        columns.reduce(2 * (columns.count - 1)) { $0 + min($1.width, most) }
    }

    /// Returns the columns' widths: the widest ones are reduced until the row fits.
    private static func widths(of columns: [Column], within width: Int) -> [Int] {
        var widths = columns.map(\.width)
        let gaps = 2 * (widths.count - 1)
        while widths.reduce(gaps, +) > width, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > 1
        {
            widths[widest] -= 1
        }
        return widths
    }
}

extension String {
    /// The items of a cell that holds a list.
    fileprivate var listed: [Substring] {
        var items: [Substring] = []
        var start = startIndex
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(", ") {
                items.append(self[start..<place])
                place = index(place, offsetBy: 2)
                start = place
            } else {
                formIndex(after: &place)
            }
        }
        return items + [self[start...]]
    }
}

extension Substring {
    /// True if it is a hash: at least 32 hexadecimal digits.
    fileprivate var isHash: Bool {
        utf8.count >= 32 && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
