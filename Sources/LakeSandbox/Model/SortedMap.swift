/// A map in the byte order of its keys, as lakeFS's key-value store keeps them: lists come out in that order.
///
/// Keys are compared byte by byte, not as Swift compares strings ("é" written in two ways is two keys). Entries stand
/// in sorted chunks of a few hundred, so that adding one to a hundred thousand moves little, a page is found by two
/// binary searches, and a copy shares what does not change.
struct SortedMap<Item: Sendable>: Sendable {
    /// A key and its item.
    struct Entry: Sendable {
        let key: String
        var item: Item
    }

    private var chunks: [[Entry]] = []
    private(set) var count = 0

    private static var chunkLimit: Int { 512 }

    init() {}

    /// Where an entry stands, or would stand.
    private struct Place {
        var chunk: Int
        var offset: Int
        var isFound: Bool
    }

    var isEmpty: Bool { count == 0 }

    /// The item of a key; assigning nil removes it.
    subscript(key: String) -> Item? {
        get {
            let place = place(of: key)
            return place.isFound ? chunks[place.chunk][place.offset].item : nil
        }
        set {
            let place = place(of: key)
            switch (place.isFound, newValue) {
            case (true, let item?): chunks[place.chunk][place.offset].item = item
            case (true, nil): remove(at: place)
            case (false, let item?): insert(Entry(key: key, item: item), at: place)
            case (false, nil): break
            }
        }
    }

    /// The item of a key, changed in place; begins with the default where there is none.
    subscript(key: String, default start: @autoclosure () -> Item) -> Item {
        get { self[key] ?? start() }
        _modify {
            var place = place(of: key)
            if !place.isFound {
                insert(Entry(key: key, item: start()), at: place)
                place = self.place(of: key)
            }
            yield &chunks[place.chunk][place.offset].item
        }
    }

    func contains(_ key: String) -> Bool { place(of: key).isFound }

    /// All keys in their order.
    var keys: [String] { chunks.flatMap { $0.map(\.key) } }

    /// The entries from a key on, it included where it is there.
    func entries(from key: String) -> Entries {
        let place = place(of: key)
        return Entries(chunks: chunks, chunk: place.chunk, offset: place.offset)
    }

    private func place(of key: String) -> Place {
        let chunk = chunks.partition { $0.last.map { precedes($0.key, key) } ?? true }
        guard chunk < chunks.count else { return Place(chunk: chunk, offset: 0, isFound: false) }
        let entries = chunks[chunk]
        let offset = entries.partition { precedes($0.key, key) }
        return Place(chunk: chunk, offset: offset, isFound: !precedes(key, entries[offset].key))
    }

    private mutating func insert(_ entry: Entry, at place: Place) {
        count += 1
        guard !chunks.isEmpty else {
            chunks = [[entry]]
            return
        }
        let isBehindAll = place.chunk == chunks.count
        let chunk = isBehindAll ? place.chunk - 1 : place.chunk
        chunks[chunk].insert(entry, at: isBehindAll ? chunks[chunk].count : place.offset)
        guard chunks[chunk].count > Self.chunkLimit else { return }
        // A chunk that grows at its end, as keys in order make it, is left nearly full.
        let middle = isBehindAll ? chunks[chunk].count - 1 : chunks[chunk].count / 2
        chunks.insert(Array(chunks[chunk][middle...]), at: chunk + 1)
        chunks[chunk].removeSubrange(middle...)
    }

    private mutating func remove(at place: Place) {
        count -= 1
        chunks[place.chunk].remove(at: place.offset)
        if chunks[place.chunk].isEmpty { chunks.remove(at: place.chunk) }
    }
}

extension SortedMap: Sequence {
    /// Entries in order.
    struct Entries: Sequence, IteratorProtocol {
        fileprivate let chunks: [[Entry]]
        fileprivate var chunk: Int
        fileprivate var offset: Int

        mutating func next() -> Entry? {
            guard chunk < chunks.count else { return nil }
            defer {
                offset += 1
                if offset == chunks[chunk].count { (chunk, offset) = (chunk + 1, 0) }
            }
            return chunks[chunk][offset]
        }
    }

    func makeIterator() -> Entries { Entries(chunks: chunks, chunk: 0, offset: 0) }
}

/// Keys without items.
typealias SortedSet = SortedMap<Void>

extension SortedMap where Item == Void {
    /// Adds a key; whether it was new.
    @discardableResult
    mutating func insert(_ key: String) -> Bool {
        guard !contains(key) else { return false }
        self[key] = ()
        return true
    }
}

/// Whether a string comes before another in byte order.
func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}

extension String {
    /// Whether the bytes begin with those of the prefix.
    func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    /// The text without that many bytes at its beginning.
    func droppingBytes(_ count: Int) -> String { String(decoding: utf8.dropFirst(count), as: UTF8.self) }
}

extension Array {
    /// How many elements at the front hold the condition, which no element after them does.
    fileprivate func partition(isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
