/// Which part of a list a client asks for.
struct PageRequest: Sendable {
    var prefix = ""
    /// Where to begin, exclusive; what it means depends on the style.
    var after = ""
    /// How many at most; at least 1.
    var amount: Int

    /// How a server cuts lists into pages.
    enum Style: Sendable {
        /// As the built-in key-value store does it: `after` is read behind the prefix, the token is the last id
        /// without the prefix, and every full page has one. So a last page that is full is followed by an empty one,
        /// and an id that is the prefix itself ends the list.
        case stripped
        /// As the remote service does it: whole ids, and a token only where more follows.
        case exact
    }
}

/// A part of a list.
struct Page<Item: Sendable>: Sendable {
    var items: [Item]
    /// Where the next page begins; empty where the server says that there is none.
    var next: String
}

extension SortedMap {
    /// A page of the map's entries.
    func page(_ request: PageRequest, _ style: PageRequest.Style) -> Page<Entry> {
        switch style {
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
