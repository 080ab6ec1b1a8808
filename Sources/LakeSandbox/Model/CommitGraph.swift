import LakeScript

/// A commit: a snapshot of a repository, with its parents.
struct Commit: Sendable {
    /// 64 hexadecimal digits, a hash of the fields below.
    let id: String
    let committer: String
    let message: String
    /// Seconds since 1970.
    let created: Int
    let metadata: Record
    /// Ids of the parents; the first is the previous head of the branch.
    let parents: [String]
    /// One more than the highest generation of the parents.
    let generation: Int
    /// Id of the content; empty for the first commit of a repository, which has none.
    let metaRange: String
    let tree: Tree
    /// Number of the commit in the repository, in order of creation. It orders commits of the same second.
    let sequence: Int
}

/// Message, author, date and metadata of a future commit.
struct CommitDraft: Sendable {
    var committer = ""
    var message: String
    /// Seconds since 1970.
    var created: Int
    var metadata = Record()

    /// Metadata with the strategy of a merge.
    static let strategyKey = ".lakefs.merge.strategy"

    /// Returns the draft of a merge commit, with a default message.
    static func merge(
        of source: String, into destination: String, strategy: MergeStrategy, by committer: String, at now: Int,
        overrides: Value = .null
    ) -> CommitDraft {
        let message = "Merge '\(source)' into '\(destination)'"
        var draft = CommitDraft(committer: committer, message: message, created: now).overridden(by: overrides)
        draft.metadata[strategyKey] = .string(strategy.rawValue)
        return draft
    }

    /// Returns the draft with the message and metadata that the client overrides.
    func overridden(by overrides: Value) -> CommitDraft {
        var draft = self
        if let message = overrides["message"].text, !message.isEmpty { draft.message = message }
        for (key, value) in overrides["metadata"].record ?? Record() { draft.metadata[key] = value }
        return draft
    }
}

/// Commits of a repository.
struct CommitGraph: Sendable {
    private var commits = SortedMap<Commit>()

    init() {}

    subscript(id: String) -> Commit? { commits[id] }

    /// All commits in order of their ids.
    var all: [Commit] { commits.map(\.item) }

    /// Creates a commit; the first of its parents comes first.
    ///
    /// Its generation is one more than that of its parents unless it is given: a squashed merge also counts the source,
    /// which is not a parent.
    mutating func add(_ draft: CommitDraft, _ tree: Tree, parents: [Commit], generation: Int? = nil) -> Commit {
        let metaRange = tree.metaRange
        let parentIDs = parents.map(\.id)
        let id = CommitGraph.id(of: draft, metaRange, parentIDs)
        return put(
            id, draft, metaRange, tree, parentIDs,
            generation: generation ?? (parents.map(\.generation).max() ?? 0) + 1)
    }

    /// Imports a commit with its id. Does nothing if it exists.
    ///
    /// - Throws: a fault if the id is not that of the commit.
    mutating func add(
        _ id: String, _ draft: CommitDraft, metaRange: String, _ tree: Tree, parents: [String], generation: Int
    ) throws(Fault) {
        guard isEqual(id, CommitGraph.id(of: draft, metaRange, parents)) else {
            throw Fault(.invalid, "commit id: invalid value: validation error")
        }
        if commits[id] == nil { _ = put(id, draft, metaRange, tree, parents, generation: generation) }
    }

    private mutating func put(
        _ id: String, _ draft: CommitDraft, _ metaRange: String, _ tree: Tree, _ parents: [String], generation: Int
    ) -> Commit {
        let commit = Commit(
            id: id, committer: draft.committer, message: draft.message, created: draft.created,
            metadata: draft.metadata, parents: parents, generation: generation, metaRange: metaRange, tree: tree,
            sequence: commits.count)
        commits[id] = commit
        return commit
    }

    /// Returns the content with that id, if a commit has it.
    func tree(named metaRange: String) -> Tree? { all.first { isEqual($0.metaRange, metaRange) }?.tree }

    /// Returns the id that begins with a prefix, if it is unique.
    func id(beginningWith prefix: String) -> String? {
        let isHexadecimal = prefix.utf8.allSatisfy {
            $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard isHexadecimal, !prefix.isEmpty else { return nil }
        var entries = commits.entries(from: prefix)
        guard let found = entries.next(), found.key.begins(with: prefix) else { return nil }
        if let second = entries.next(), second.key.begins(with: prefix) { return nil }
        return found.key
    }

    /// Returns the history of a commit, newest first, beginning with the commit itself.
    func log(from commit: Commit, firstParentOnly: Bool = false) -> Log {
        Log(graph: self, front: [commit], seen: [commit.id], firstParentOnly: firstParentOnly)
    }

    private static func id(of draft: CommitDraft, _ metaRange: String, _ parents: [String]) -> String {
        var hash = FieldHash()
        for field in [draft.committer, draft.message, metaRange, String(draft.created)] { hash.add(field) }
        hash.add(draft.metadata)
        for parent in parents { hash.add(parent) }
        return Digest.hexadecimal(hash.digest)
    }

    /// Iterator over a history that always continues with the newest of the next commits.
    struct Log: Sequence, IteratorProtocol {
        fileprivate let graph: CommitGraph
        /// Next commits, the newest last.
        fileprivate var front: [Commit]
        fileprivate var seen: Set<String>
        fileprivate let firstParentOnly: Bool

        mutating func next() -> Commit? {
            guard let commit = front.popLast() else { return nil }
            for parent in firstParentOnly ? commit.parents.prefix(1) : commit.parents[...] {
                guard seen.insert(parent).inserted, let parent = graph[parent] else { continue }
                let place = front.lastIndex { $0.isOlder(than: parent) }.map { $0 + 1 } ?? 0
                front.insert(parent, at: place)
            }
            return commit
        }
    }
}

extension Commit {
    fileprivate func isOlder(than other: Commit) -> Bool { (created, sequence) < (other.created, other.sequence) }
}
