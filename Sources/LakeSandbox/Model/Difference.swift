/// A path at which two states of a repository differ.
struct Difference: Sendable {
    /// Kind of difference. Raw values are the API's.
    enum Kind: String, Sendable {
        case added, removed, changed
    }

    let path: String
    let kind: Kind
    /// Size in bytes of the new object, or of the removed one.
    let size: Int
    /// The new object, or the removed one.
    let entry: ObjectEntry

    init(_ path: String, _ kind: Kind, size: Int, entry: ObjectEntry) {
        self.path = path
        self.kind = kind
        self.size = size
        self.entry = entry
    }
}

/// Side that wins if both sides of a merge changed a path. Raw values are the API's, and are stored in the merge
/// commit.
enum MergeStrategy: String, Sendable {
    case none = "default"
    case destinationWins = "dest-wins"
    case sourceWins = "source-wins"
}

extension Tree {
    /// Returns the changes that turn this tree into the other one, in order of the paths.
    func differences(to other: Tree) -> [Difference] {
        guard !isSame(as: other) else { return [] }
        var result: [Difference] = []
        var (olds, news) = (entries.makeIterator(), other.entries.makeIterator())
        var (old, new) = (olds.next(), news.next())
        while old != nil || new != nil {
            if let removed = old, new.map({ precedes(removed.key, $0.key) }) ?? true {
                result.append(Difference(removed.key, .removed, size: removed.item.size, entry: removed.item))
                old = olds.next()
            } else if let added = new, old.map({ precedes(added.key, $0.key) }) ?? true {
                result.append(Difference(added.key, .added, size: added.item.size, entry: added.item))
                new = news.next()
            } else if let before = old, let after = new {
                if !before.item.isSame(as: after.item) {
                    result.append(Difference(after.key, .changed, size: after.item.size, entry: after.item))
                }
                (old, new) = (olds.next(), news.next())
            }
        }
        return result
    }

    /// Returns this tree with the changes between two others applied: the core of merge, revert and cherry-pick.
    ///
    /// - Throws: a conflict if this tree also changed a path since the base, in another way, and no side wins.
    func applying(
        changesFrom base: Tree, to source: Tree, strategy: MergeStrategy = .none
    ) throws(Fault) -> Tree {
        var result = self
        for change in base.differences(to: source) {
            let (ours, theirs) = (self[change.path], source[change.path])
            if Tree.isSame(ours, theirs) { continue }
            if !Tree.isSame(ours, base[change.path]) {
                switch strategy {
                case .none: throw .conflict
                case .destinationWins: continue
                case .sourceWins: break
                }
            }
            result[change.path] = theirs
        }
        return result
    }

    private static func isSame(_ left: ObjectEntry?, _ right: ObjectEntry?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.isSame(as: right)
        case (nil, _?), (_?, nil): false
        }
    }
}
