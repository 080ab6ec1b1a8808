import LakeScript

/// A path at which two states of a repository differ.
struct Difference: Sendable {
    /// Kind of difference. Raw values are the API's.
    enum Kind: String, Sendable {
        case added, removed, changed
        /// Both sides changed the path since the merge base, each in its own way.
        case conflict
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
        return pairs(with: other).compactMap(Tree.difference)
    }

    /// Returns what a merge of the source into this tree brings, in order of the paths.
    ///
    /// What only this tree changed since the base, and what both changed alike, is left out.
    func differences(merging source: Tree, since base: Tree) -> [Difference] {
        guard !isSame(as: source), !source.isSame(as: base) else { return [] }
        return pairs(with: source).compactMap { pair in
            guard let difference = Tree.difference(pair) else { return nil }
            let old = base[pair.path]
            if Tree.isSame(pair.new, old) { return nil }
            return Tree.isSame(pair.old, old)
                ? difference : Difference(pair.path, .conflict, size: difference.size, entry: difference.entry)
        }
    }

    /// Returns this tree with the changes from the base to the source: the core of merge, revert and cherry-pick.
    ///
    /// Where both sides hold the same content the source's record is kept.
    ///
    /// - Throws: a conflict if this tree also changed a path since the base, in another way, and no side wins.
    func applying(
        changesFrom base: Tree, to source: Tree, strategy: MergeStrategy = .none
    ) throws(Fault) -> Tree {
        if source.isSame(as: base) { return self }
        if isSame(as: base) { return source }
        var result = self
        result.isWritten = false
        for pair in pairs(with: source) {
            guard let ours = pair.old, let theirs = pair.new, ours.isSame(as: theirs) else { continue }
            if !ours.isSameRecord(as: theirs) { result[pair.path] = theirs }
        }
        for change in differences(merging: source, since: base) {
            switch (change.kind, strategy) {
            case (.conflict, .none): throw .conflict
            case (.conflict, .destinationWins): continue
            case (.conflict, .sourceWins), (.added, _), (.removed, _), (.changed, _):
                result[change.path] = source[change.path]
            }
        }
        return result
    }

    private static func difference(_ pair: Pairs.Element) -> Difference? {
        switch (pair.old, pair.new) {
        case (nil, nil): nil
        case (let old?, nil): Difference(pair.path, .removed, size: old.size, entry: old)
        case (nil, let new?): Difference(pair.path, .added, size: new.size, entry: new)
        case (let old?, let new?):
            old.isSame(as: new) ? nil : Difference(pair.path, .changed, size: new.size, entry: new)
        }
    }

    private static func isSame(_ left: ObjectEntry?, _ right: ObjectEntry?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.isSame(as: right)
        case (nil, _?), (_?, nil): false
        }
    }

    /// Returns the objects of both trees by path.
    private func pairs(with other: Tree) -> Pairs {
        var (olds, news) = (entries.makeIterator(), other.entries.makeIterator())
        return Pairs(old: olds.next(), new: news.next(), olds: olds, news: news)
    }

    /// Iterator over the paths of two trees, in order.
    private struct Pairs: Sequence, IteratorProtocol {
        var old: SortedMap<ObjectEntry>.Entry?
        var new: SortedMap<ObjectEntry>.Entry?
        var olds: SortedMap<ObjectEntry>.Entries
        var news: SortedMap<ObjectEntry>.Entries

        mutating func next() -> (path: String, old: ObjectEntry?, new: ObjectEntry?)? {
            let (before, after) = (old, new)
            let takesOld = before.map { entry in after.map { !precedes($0.key, entry.key) } ?? true } ?? false
            let takesNew = after.map { entry in before.map { !precedes($0.key, entry.key) } ?? true } ?? false
            guard let path = takesOld ? before?.key : after?.key else { return nil }
            if takesOld { old = olds.next() }
            if takesNew { new = news.next() }
            return (path, takesOld ? before?.item : nil, takesNew ? after?.item : nil)
        }
    }
}
