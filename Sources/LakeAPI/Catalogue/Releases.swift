/// The releases of lakeFS that have something: an operation, a path, an option, a field. Things come, go, and come again,
/// so these are runs of releases, oldest first.
package struct Releases: Sendable, Equatable {
    /// Releases one after the other, both ends included; an end that is nil is open: the oldest, the newest.
    package struct Run: Sendable, Equatable {
        package let first: ServerVersion?
        package let last: ServerVersion?

        package init(from first: ServerVersion? = nil, to last: ServerVersion? = nil) {
            self.first = first
            self.last = last
        }

        /// Whether the two have a release in common.
        func overlaps(_ other: Run) -> Bool { begins(before: other.last) && other.begins(before: last) }

        private func begins(before last: ServerVersion?) -> Bool {
            guard let first, let last else { return true }
            return first <= last
        }

        /// What both have.
        func narrowed(to other: Run) -> Run {
            Run(
                from: [first, other.first].compactMap(\.self).max(), to: [last, other.last].compactMap(\.self).min())
        }

        /// `1.7.0 and later`.
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

    /// Reads runs as the table has them, `-0.93.0,1.57.0-`; nil where it is none.
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

    /// Those of every release.
    package static let all = Releases([Run()])

    /// Whether a release has it.
    package func contains(_ version: ServerVersion) -> Bool { overlaps(Run(from: version, to: version)) }

    /// Whether one of some releases has it: where it is not known which of them a server is.
    package func overlaps(_ run: Run) -> Bool { runs.contains { $0.overlaps(run) } }

    /// Whether there is no release without it.
    package var isEverywhere: Bool { self == .all }

    /// `lakeFS 1.7.0 and later`.
    package var words: String { "lakeFS " + runs.map(\.words).joined(separator: ", ") }

    /// `lakeFS 1.7.0 and later have it`.
    package var sentence: String {
        guard runs.count == 1, let run = runs.first, run.first != nil, run.first == run.last else {
            return words + " have it"
        }
        return words + " alone has it"
    }
}
