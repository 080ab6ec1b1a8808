/// Commits, branches and tags of a repository as a dump writes them to the store.
struct ReferenceDump: Sendable {
    let commits: CommitGraph
    /// Heads by branch.
    let branches: SortedMap<String>
    /// Commit ids by tag.
    let tags: SortedMap<String>

    /// The names of the three parts, made from what is in them: a dump of the same references has the same names.
    struct Names: Sendable, Equatable {
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

    var names: Names {
        Names(
            commits: ReferenceDump.name(of: commits.all.map(\.id)),
            branches: ReferenceDump.name(of: branches.flatMap { [$0.key, $0.item] }),
            tags: ReferenceDump.name(of: tags.flatMap { [$0.key, $0.item] }))
    }

    private static func name(of fields: [String]) -> String {
        var hash = FieldHash()
        for field in fields { hash.add(field) }
        return Digest.hexadecimal(hash.digest)
    }
}

// Dumps lie in the store, by namespace: they stay when their repository is deleted.
extension RepositoryStore {
    /// Writes a repository's references to its namespace; their names.
    mutating func dump(_ id: String) throws(Fault) -> ReferenceDump.Names {
        let repository = try self[id]
        let dump = ReferenceDump(of: repository)
        let names = dump.names
        for name in [names.commits, names.branches, names.tags] { dumps[repository.addressPrefix + name] = dump }
        return names
    }

    /// Throws where a repository is not a bare one.
    func checkBare(_ id: String) throws(Fault) {
        let repository = try self[id]
        guard !repository.branches.contains(repository.defaultBranch) else {
            throw Fault(.invalid, "can only restore into a bare repository")
        }
    }

    /// Gives a bare repository the references of a dump that lies in its namespace.
    mutating func restore(_ names: ReferenceDump.Names, into id: String) throws(Fault) {
        try checkBare(id)
        var repository = try self[id]
        let prefix = repository.addressPrefix
        guard let commits = dumps[prefix + names.commits]?.commits, let tags = dumps[prefix + names.tags]?.tags,
            let branches = dumps[prefix + names.branches]?.branches
        else { throw Fault(.gone, "No data") }
        (repository.commits, repository.tags) = (commits, tags)
        for branch in branches { repository.branches[branch.key] = Repository.Branch(head: branch.item) }
        try change(id) { $0 = repository }
    }
}
