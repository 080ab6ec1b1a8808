/// Page of a list that a client requests.
struct PageRequest: Sendable {
    var prefix = ""
    /// Start of the page, exclusive; its meaning depends on the pagination.
    var after = ""
    /// Largest number of items; at least 1.
    var amount: Int
}

/// Way in which a server cuts lists into pages.
enum Pagination: Sendable {
    /// Pagination of the built-in key-value store: `after` is relative to the prefix, the token is the last id without
    /// the prefix, and every full page has a token.
    ///
    /// So a full last page is followed by an empty one, and an id that equals the prefix ends the list.
    case stripped
    /// Pagination of the remote service: tokens are whole ids, and only a page that is followed by more items has one.
    case exact
}

/// A page of a list.
struct Page<Item: Sendable>: Sendable {
    var items: [Item]
    /// Token for the next page; empty on the last page.
    var next: String
}

extension SortedMap {
    /// Returns a page of the map's entries.
    func page(_ request: PageRequest, _ pagination: Pagination) -> Page<Entry> {
        switch pagination {
        case .stripped: strippedPage(request)
        case .exact: exactPage(request)
        }
    }

    private func strippedPage(_ request: PageRequest) -> Page<Entry> {
        let start = request.prefix + request.after
        var items: [Entry] = []
        for entry in entries(from: start) {
            guard entry.key.begins(with: request.prefix) else { break }
            if !request.after.isEmpty, !precedes(start, entry.key) { continue }
            items.append(entry)
            if items.count == request.amount {
                return Page(items: items, next: entry.key.droppingBytes(request.prefix.utf8.count))
            }
        }
        return Page(items: items, next: "")
    }

    private func exactPage(_ request: PageRequest) -> Page<Entry> {
        let start = precedes(request.after, request.prefix) ? request.prefix : request.after
        var items: [Entry] = []
        for entry in entries(from: start) {
            guard entry.key.begins(with: request.prefix) else {
                if precedes(entry.key, request.prefix) { continue }
                break
            }
            if !request.after.isEmpty, !precedes(request.after, entry.key) { continue }
            if items.count == request.amount { return Page(items: items, next: items.last?.key ?? "") }
            items.append(entry)
        }
        return Page(items: items, next: "")
    }
}
