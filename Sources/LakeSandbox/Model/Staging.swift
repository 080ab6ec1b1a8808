/// Uncommitted changes of a branch.
///
/// They belong to the branch, not to its head: a hard reset moves the head and leaves them unchanged.
struct Staging: Sendable {
    /// Change of a path.
    enum Change: Sendable {
        case put(ObjectEntry)
        /// Tombstone: hides the path even if the head has it.
        case remove
    }

    private(set) var changes = SortedMap<Change>()

    init() {}

    var isEmpty: Bool { changes.isEmpty }

    subscript(path: String) -> Change? {
        get { changes[path] }
        set { changes[path] = newValue }
    }

    /// Drops the changes below a prefix.
    mutating func drop(prefix: String) {
        let paths = changes.entries(from: prefix).prefix { $0.key.begins(with: prefix) }.map(\.key)
        for path in paths { changes[path] = nil }
    }

    /// Returns the tree with the changes applied.
    func applied(to tree: Tree) -> Tree {
        var tree = tree
        for entry in changes {
            switch entry.item {
            case .put(let object):
                // The same content keeps the committed object and its address.
                if let old = tree[entry.key], old.isSame(as: object) { continue }
                tree[entry.key] = object
            case .remove: tree[entry.key] = nil
            }
        }
        return tree
    }

    /// Returns the differences from a tree. The size of a removed object is unknown.
    func differences(from tree: Tree) -> [Difference] { changes.compactMap { Staging.difference($0, from: tree) } }

    /// Returns true if the changes differ from a tree. Restaged content and objects that were added and removed do not.
    func changesSomething(in tree: Tree) -> Bool { changes.contains { Staging.difference($0, from: tree) != nil } }

    private static func difference(_ entry: SortedMap<Change>.Entry, from tree: Tree) -> Difference? {
        let old = tree[entry.key]
        switch (entry.item, old) {
        case (.put(let new), let old?):
            return old.isSame(as: new) ? nil : Difference(entry.key, .changed, size: new.size, entry: new)
        case (.put(let new), nil): return Difference(entry.key, .added, size: new.size, entry: new)
        case (.remove, let old?): return Difference(entry.key, .removed, size: 0, entry: old)
        case (.remove, nil): return nil
        }
    }
}

/// Objects that are visible at a ref: a tree, optionally with a branch's uncommitted changes.
struct View: Sequence, Sendable {
    let tree: Tree
    let staging: Staging

    subscript(path: String) -> ObjectEntry? {
        switch staging[path] {
        case .put(let entry): entry
        case .remove: nil
        case nil: tree[path]
        }
    }

    func makeIterator() -> Objects { objects(from: "") }

    /// Returns the objects from a path on, in order.
    func objects(from path: String) -> Objects {
        var (committed, changed) = (tree.entries.entries(from: path), staging.changes.entries(from: path))
        return Objects(old: committed.next(), new: changed.next(), committed: committed, changed: changed)
    }

    /// Merges two ordered iterators; a change hides the committed object at its path.
    struct Objects: Sequence, IteratorProtocol {
        fileprivate var old: SortedMap<ObjectEntry>.Entry?
        fileprivate var new: SortedMap<Staging.Change>.Entry?
        fileprivate var committed: SortedMap<ObjectEntry>.Entries
        fileprivate var changed: SortedMap<Staging.Change>.Entries

        mutating func next() -> (path: String, item: ObjectEntry)? {
            while true {
                if let old, new.map({ precedes(old.key, $0.key) }) ?? true {
                    self.old = committed.next()
                    return (old.key, old.item)
                }
                guard let change = new else { return nil }
                if let old, !precedes(change.key, old.key) { self.old = committed.next() }
                new = changed.next()
                if case .put(let entry) = change.item { return (change.key, entry) }
            }
        }
    }
}
