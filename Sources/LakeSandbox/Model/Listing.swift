/// Which part of an ordered list of paths a client asks for, and how deep.
struct Listing: Sendable {
    var page: PageRequest
    /// Paths are cut behind its first occurrence after the prefix; empty for none.
    var delimiter = ""
    /// Whether a page of gathered lines begins behind everything that begins with `after`, as in lists of differences.
    var passesOver = false

    /// One line of a listing.
    enum Line<Item: Sendable>: Sendable {
        case item(path: String, Item)
        /// All paths that begin so, in one line.
        case commonPrefix(String)

        /// What the next page begins after.
        var path: String {
            switch self {
            case .item(let path, _), .commonPrefix(let path): path
            }
        }
    }

    /// The page of a list that is in order.
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
