/// The releases of lakeFS that have an operation, a path, an option or a field. An element may be removed and added
/// again, so these are ranges of releases, oldest first.
package struct Releases: Sendable, Equatable {
    /// A range of consecutive releases, both ends included; a nil end is open.
    package struct Run: Sendable, Equatable {
        package let first: ServerVersion?
        package let last: ServerVersion?

        package init(from first: ServerVersion? = nil, to last: ServerVersion? = nil) {
            self.first = first
            self.last = last
        }

        /// True if the two ranges have a release in common.
        func overlaps(_ other: Run) -> Bool { begins(before: other.last) && other.begins(before: last) }

        private func begins(before last: ServerVersion?) -> Bool {
            guard let first, let last else { return true }
            return first <= last
        }

        /// Returns the intersection.
        func narrowed(to other: Run) -> Run {
            Run(
                from: [first, other.first].compactMap(\.self).max(), to: [last, other.last].compactMap(\.self).min())
        }

        /// A description: `1.7.0 and later`.
        var words: String {
            switch (first, last) {
            case (nil, nil): "of every release"
            case (let first?, nil): "\(first) and later"
            case (nil, let last?): "\(last) and earlier"
            case (let first?, let last?): first == last ? "\(first)" : "\(first) to \(last)"
            }
        }
    }

    package let runs: [Run]

    package init(_ runs: [Run]) {
        self.runs = runs
    }

    /// Parses a range as it is in the table: `-0.93.0`, `1.57.0-`; nil if it is malformed.
    init?(utf8 bytes: some Collection<UInt8>) {
        var runs: [Run] = []
        for part in bytes.split(separator: UInt8(ascii: ",")) {
            let dash = part.firstIndex(of: UInt8(ascii: "-"))
            let (start, end) = (
                part[..<(dash ?? part.endIndex)], part[(dash.map(part.index(after:)) ?? part.startIndex)...]
            )
            let (first, last) = (ServerVersion(utf8: start), ServerVersion(utf8: end))
            guard start.isEmpty || first != nil, end.isEmpty || last != nil else { return nil }
            runs.append(Run(from: first, to: last))
        }
        self.init(runs)
    }

    /// All releases.
    package static let all = Releases([Run()])

    /// True if a release has it.
    package func contains(_ version: ServerVersion) -> Bool { overlaps(Run(from: version, to: version)) }

    /// True if at least one release of a range has it, for a server whose exact release is unknown.
    package func overlaps(_ run: Run) -> Bool { runs.contains { $0.overlaps(run) } }

    /// True if every release has it.
    package var isEverywhere: Bool { self == .all }

    /// A description: `lakeFS 1.7.0 and later`.
    package var words: String { "lakeFS " + runs.map(\.words).joined(separator: ", ") }

    /// A sentence: `lakeFS 1.7.0 and later have it`.
    package var sentence: String {
        guard runs.count == 1, let run = runs.first, run.first != nil, run.first == run.last else {
            return words + " have it"
        }
        return words + " alone has it"
    }
}
