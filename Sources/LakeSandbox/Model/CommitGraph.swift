import LakeScript

/// A snapshot of a repository with its history.
struct Commit: Sendable {
    /// 64 hexadecimal digits, made from all that follows.
    let id: String
    let committer: String
    let message: String
    /// Seconds since 1970.
    let created: Int
    let metadata: Record
    /// The ids of its parents; the first is what the branch was at.
    let parents: [String]
    /// One more than the highest of the parents'.
    let generation: Int
    /// The name of its content; empty for the first commit of a repository, which has none.
    let metaRange: String
    let tree: Tree
    /// Its number among the repository's commits, in the order they were made: which of two of one second is later.
    let sequence: Int
}

/// What is to become a commit.
struct CommitDraft: Sendable {
    var committer = ""
    var message: String
    /// Seconds since 1970.
    var created: Int
    var metadata = Record()

    /// What a merge is called where the client has no words of its own.
    static func merge(
        of source: String, into destination: String, strategy: MergeStrategy, by committer: String, at now: Int,
        overrides: Value = .null
    ) -> CommitDraft {
        let message = "Merge '\(source)' into '\(destination)'"
        var draft = CommitDraft(committer: committer, message: message, created: now).overridden(by: overrides)
        draft.metadata[".lakefs.merge.strategy"] = .string(strategy.rawValue)
        return draft
    }

    /// Takes over the message and the fields that a client wants instead of the usual ones.
    func overridden(by overrides: Value) -> CommitDraft {
        var draft = self
        if let message = overrides["message"].text, !message.isEmpty { draft.message = message }
        for (key, value) in overrides["metadata"].record ?? Record() { draft.metadata[key] = value }
        return draft
    }
}

/// The commits of a repository.
struct CommitGraph: Sendable {
    private var commits = SortedMap<Commit>()

    init() {}

    subscript(id: String) -> Commit? { commits[id] }

    /// All commits in the order of their ids.
    var all: [Commit] { commits.map(\.item) }

    /// Makes a commit that follows parents, the first parent first.
    ///
    /// Its generation is one more than the parents', or what is given: a squashed merge counts what it does not name.
    mutating func add(_ draft: CommitDraft, _ tree: Tree, parents: [Commit], generation: Int? = nil) -> Commit {
        let isFirst = parents.isEmpty
        let metaRange = isFirst ? "" : tree.metaRange
        let parentIDs = parents.map(\.id)
        let commit = Commit(
            id: CommitGraph.id(of: draft, metaRange, parentIDs), committer: draft.committer, message: draft.message,
            created: draft.created, metadata: draft.metadata, parents: parentIDs,
            generation: generation ?? (parents.map(\.generation).max() ?? 0) + 1, metaRange: metaRange, tree: tree,
            sequence: commits.count)
        commits[commit.id] = commit
        return commit
    }

    /// Takes over a commit from elsewhere, with its id; nothing changes where it is there.
    ///
    /// - Throws: a fault where such a commit has another id.
    mutating func add(
        _ id: String, _ draft: CommitDraft, metaRange: String, _ tree: Tree, parents: [String], generation: Int
    ) throws(Fault) {
        guard isEqual(id, CommitGraph.id(of: draft, metaRange, parents)) else {
            throw Fault(.invalid, "commit id: invalid value: validation error")
        }
        guard commits[id] == nil else { return }
        commits[id] = Commit(
            id: id, committer: draft.committer, message: draft.message, created: draft.created,
            metadata: draft.metadata, parents: parents, generation: generation, metaRange: metaRange, tree: tree,
            sequence: commits.count)
    }

    /// The content of that name, if a commit has it.
    func tree(named metaRange: String) -> Tree? { all.first { isEqual($0.metaRange, metaRange) }?.tree }

    /// The id that begins with a text, if exactly one does.
    func id(beginningWith prefix: String) -> String? {
        let isHexadecimal = prefix.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
        }
        guard isHexadecimal, !prefix.isEmpty else { return nil }
        var entries = commits.entries(from: prefix)
        guard let found = entries.next(), found.key.begins(with: prefix) else { return nil }
        if let second = entries.next(), second.key.begins(with: prefix) { return nil }
        return found.key
    }

    /// A commit's history, the newest first, itself included.
    func log(from commit: Commit, firstParentOnly: Bool = false) -> Log {
        Log(graph: self, front: [commit], seen: [commit.id], firstParentOnly: firstParentOnly)
    }

    /// The nearest common ancestor: of all that both have, one of the highest generation.
    func mergeBase(_ left: Commit, _ right: Commit) -> Commit? {
        let ancestors = Set(log(from: left).map(\.id))
        return log(from: right).filter { ancestors.contains($0.id) }.max { $0.generation < $1.generation }
    }

    private static func id(of draft: CommitDraft, _ metaRange: String, _ parents: [String]) -> String {
        var hash = FieldHash()
        for field in [draft.committer, draft.message, metaRange, String(draft.created)] { hash.add(field) }
        hash.add(draft.metadata)
        for parent in parents { hash.add(parent) }
        return Digest.hexadecimal(hash.digest)
    }

    /// Walks over a history: of the commits that are next, always the newest.
    struct Log: Sequence, IteratorProtocol {
        fileprivate let graph: CommitGraph
        /// The commits that are next, the newest last.
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
