/// A map in byte order of its keys, like lakeFS's key-value store, whose lists have that order.
///
/// Keys are compared byte by byte, not as Swift compares strings ("é" can be two different keys). Entries are in sorted
/// chunks of a few hundred. So an insertion into a hundred thousand entries moves few, two binary searches find a page,
/// and copies share unchanged chunks.
struct SortedMap<Item: Sendable>: Sendable {
    struct Entry: Sendable {
        let key: String
        var item: Item
    }

    private var chunks: [[Entry]] = []
    private(set) var count = 0

    private static var chunkLimit: Int { 512 }

    init() {}

    /// Position of an entry, or of its insertion.
    private struct Position {
        var chunk: Int
        var offset: Int
        var isFound: Bool
    }

    var isEmpty: Bool { count == 0 }

    /// Item of a key; assigning nil removes it.
    subscript(key: String) -> Item? {
        get {
            let position = position(of: key)
            return position.isFound ? chunks[position.chunk][position.offset].item : nil
        }
        set {
            let position = position(of: key)
            switch (position.isFound, newValue) {
            case (true, let item?): chunks[position.chunk][position.offset].item = item
            case (true, nil): remove(at: position)
            case (false, let item?): insert(Entry(key: key, item: item), at: position)
            case (false, nil): break
            }
        }
    }

    /// Item of a key, changed in place; a missing key starts with the default.
    subscript(key: String, default start: @autoclosure () -> Item) -> Item {
        get { self[key] ?? start() }
        _modify {
            var position = position(of: key)
            if !position.isFound {
                insert(Entry(key: key, item: start()), at: position)
                position = self.position(of: key)
            }
            yield &chunks[position.chunk][position.offset].item
        }
    }

    func contains(_ key: String) -> Bool { position(of: key).isFound }

    /// All keys in order.
    var keys: [String] { chunks.flatMap { $0.map(\.key) } }

    /// Returns the entries from a key on, inclusive.
    func entries(from key: String) -> Entries {
        let position = position(of: key)
        return Entries(chunks: chunks, chunk: position.chunk, offset: position.offset)
    }

    private func position(of key: String) -> Position {
        let chunk = chunks.partition { $0.last.map { precedes($0.key, key) } ?? true }
        guard chunk < chunks.count else { return Position(chunk: chunk, offset: 0, isFound: false) }
        let entries = chunks[chunk]
        let offset = entries.partition { precedes($0.key, key) }
        return Position(chunk: chunk, offset: offset, isFound: !precedes(key, entries[offset].key))
    }

    private mutating func insert(_ entry: Entry, at position: Position) {
        count += 1
        guard !chunks.isEmpty else {
            chunks = [[entry]]
            return
        }
        let isBehindAll = position.chunk == chunks.count
        let chunk = isBehindAll ? position.chunk - 1 : position.chunk
        chunks[chunk].insert(entry, at: isBehindAll ? chunks[chunk].count : position.offset)
        guard chunks[chunk].count > Self.chunkLimit else { return }
        // A chunk that grows at its end, as it does for ordered keys, is left nearly full.
        let middle = isBehindAll ? chunks[chunk].count - 1 : chunks[chunk].count / 2
        chunks.insert(Array(chunks[chunk][middle...]), at: chunk + 1)
        chunks[chunk].removeSubrange(middle...)
    }

    private mutating func remove(at position: Position) {
        count -= 1
        chunks[position.chunk].remove(at: position.offset)
        if chunks[position.chunk].isEmpty { chunks.remove(at: position.chunk) }
    }
}

extension SortedMap: Sequence {
    /// Iterator over entries in order.
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

/// A set of keys.
typealias SortedSet = SortedMap<Void>

extension SortedMap where Item == Void {
    /// Adds a key; returns true if it is new.
    @discardableResult
    mutating func insert(_ key: String) -> Bool {
        guard !contains(key) else { return false }
        self[key] = ()
        return true
    }
}

/// Returns true if a string precedes another in byte order.
func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}

extension String {
    /// Returns true if the bytes begin with those of the prefix.
    func begins(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    /// Returns the text without its first bytes.
    func droppingBytes(_ count: Int) -> String { String(decoding: utf8.dropFirst(count), as: UTF8.self) }
}

extension StringProtocol {
    /// Returns the text without the characters at both ends that meet the condition.
    func trimming(_ isPadding: (Character) -> Bool) -> SubSequence {
        let start = firstIndex { !isPadding($0) } ?? endIndex
        return self[start..<(lastIndex { !isPadding($0) }.map(index(after:)) ?? start)]
    }
}

extension Array {
    /// Returns the number of leading elements that meet the condition, which no later element meets.
    fileprivate func partition(isBefore: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
