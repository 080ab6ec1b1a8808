/// Commits, branches and tags of a repository, as a dump writes them to the store.
struct RefsDump: Sendable {
    let commits: CommitGraph
    /// Heads by branch.
    let branches: SortedMap<String>
    /// Commit ids by tag.
    let tags: SortedMap<String>

    /// Ids of the three parts, computed from their content: a dump of the same refs has the same ids.
    struct MetaRanges: Sendable, Equatable {
        let commits: String
        let branches: String
        let tags: String
    }

    init(of repository: Repository) {
        commits = repository.commits
        tags = repository.tags
        var heads = SortedMap<String>()
        for branch in repository.branches { heads[branch.key] = branch.item.head }
        branches = heads
    }

    var metaRanges: MetaRanges {
        MetaRanges(
            commits: RefsDump.name(of: commits.all.map(\.id)),
            branches: RefsDump.name(of: branches.flatMap { [$0.key, $0.item] }),
            tags: RefsDump.name(of: tags.flatMap { [$0.key, $0.item] }))
    }

    private static func name(of fields: [String]) -> String {
        var hash = FieldHash()
        for field in fields { hash.add(field) }
        return Digest.hexadecimal(hash.digest)
    }
}

// Dumps are stored by namespace, so they survive the deletion of their repository.
extension RepositoryStore {
    /// Writes the refs of a repository to its namespace and returns their ids.
    mutating func dump(_ id: String) throws(Fault) -> RefsDump.MetaRanges {
        let repository = try self[id]
        let dump = RefsDump(of: repository)
        let names = dump.metaRanges
        for name in [names.commits, names.branches, names.tags] { dumps[repository.addressPrefix + name] = dump }
        return names
    }

    /// Throws if a repository is not bare.
    func checkBare(_ id: String) throws(Fault) {
        let repository = try self[id]
        guard !repository.branches.contains(repository.defaultBranch) else {
            throw Fault(.invalid, "can only restore into a bare repository")
        }
    }

    /// Restores the refs of a dump in the namespace of a bare repository.
    mutating func restore(_ names: RefsDump.MetaRanges, into id: String) throws(Fault) {
        try checkBare(id)
        var repository = try self[id]
        let prefix = repository.addressPrefix
        guard let commits = dumps[prefix + names.commits]?.commits, let tags = dumps[prefix + names.tags]?.tags,
            let branches = dumps[prefix + names.branches]?.branches
        else { throw .noData }
        (repository.commits, repository.tags) = (commits, tags)
        for branch in branches { repository.branches[branch.key] = Repository.Branch(head: branch.item) }
        try change(id) { $0 = repository }
    }
}
