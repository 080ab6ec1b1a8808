/// Part of an ordered list of paths that a client requests, and its depth.
struct Listing: Sendable {
    var page: PageRequest
    /// Paths are cut after its first occurrence behind the prefix; empty for no cut.
    var delimiter = ""
    /// True if a page with common prefixes skips all paths that begin with `after`, as lists of differences do.
    var passesOver = false

    /// One line of a listing.
    enum Line<Item: Sendable>: Sendable {
        case item(path: String, Item)
        /// All paths with that prefix.
        case commonPrefix(String)

        /// Token for the next page.
        var path: String {
            switch self {
            case .item(let path, _), .commonPrefix(let path): path
            }
        }
    }

    /// Returns the page of an ordered list.
    func lines<Item>(of list: some Sequence<(path: String, item: Item)>) -> Page<Line<Item>> {
        var lines: [Line<Item>] = []
        for (path, item) in list {
            guard path.begins(with: page.prefix) else {
                if precedes(path, page.prefix) { continue }
                break
            }
            if precedes(path, page.after) || isPassedOver(path) { continue }
            let line = commonPrefix(of: path).map(Line<Item>.commonPrefix) ?? .item(path: path, item)
            if isEqual(line.path, page.after) { continue }
            if let last = lines.last, !precedes(last.path, line.path) { continue }
            if lines.count == page.amount { return Page(items: lines, next: lines.last?.path ?? "") }
            lines.append(line)
        }
        return Page(items: lines, next: "")
    }

    private func isPassedOver(_ path: String) -> Bool {
        passesOver && !delimiter.isEmpty && !page.after.isEmpty && !precedes(page.after, page.prefix)
            && path.begins(with: page.after)
    }

    private func commonPrefix(of path: String) -> String? {
        guard !delimiter.isEmpty else { return nil }
        let (bytes, wanted) = (Array(path.utf8), Array(delimiter.utf8))
        var place = page.prefix.utf8.count
        while place + wanted.count <= bytes.count {
            if bytes[place...].starts(with: wanted) {
                return String(decoding: bytes[..<(place + wanted.count)], as: UTF8.self)
            }
            place += 1
        }
        return nil
    }
}
