/// The repositories of a sandbox, by id, and the store their objects are in.
struct RepositoryStore: Sendable {
    private(set) var all = SortedMap<Repository>()
    var objects = ObjectStore()
    /// What dumps have written, by address.
    var dumps: [String: ReferenceDump] = [:]
    /// The namespaces that have ever held a repository: what is in the store stays when a repository is deleted.
    private var usedNamespaces: Set<String> = []

    init() {}

    /// A repository by its id.
    ///
    /// - Throws: a fault where nothing has it.
    subscript(id: String) -> Repository {
        get throws(Fault) {
            guard let repository = all[id] else { throw .repositoryNotFound }
            return repository
        }
    }

    /// Follows a rule that changes a repository: all of it, or where it throws, nothing.
    mutating func change<Result>(
        _ id: String, _ rule: (inout Repository) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        var repository = try self[id]
        let result = try rule(&repository)
        all[id] = repository
        return result
    }

    static let nameTaken = Fault.notUnique.within("error creating repository")

    /// Adds a repository whose namespace nobody has had. For a bare one the store is not looked at and not marked.
    mutating func add(_ repository: Repository, isBare: Bool) throws(Fault) {
        let namespace = repository.namespace
        if !isBare {
            guard usedNamespaces.insert(namespace).inserted else {
                let found = "found lakeFS objects in the storage (:\(namespace)) key(_lakefs/dummy)"
                let fault = Fault(.invalid, found + ": storage namespace already in use")
                throw fault.within("failed to create repository")
            }
        }
        guard all[repository.id] == nil else { throw RepositoryStore.nameTaken }
        all[repository.id] = repository
    }

    /// Removes a repository. Its objects stay where they are.
    mutating func delete(_ id: String, force: Bool) throws(Fault) {
        try self[id].checkWritable(force: force)
        all[id] = nil
    }
}
