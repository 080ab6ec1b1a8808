/// Repositories of a sandbox by id, and the store of their objects.
struct RepositoryStore: Sendable {
    private(set) var all = SortedMap<Repository>()
    var objects = ObjectStore()
    /// Written dumps by address.
    var dumps: [String: RefsDump] = [:]
    /// Namespaces that ever held a repository. The content of the store survives the deletion of a repository.
    private var usedNamespaces: Set<String> = []

    init() {}

    /// Returns an existing repository.
    subscript(id: String) -> Repository {
        get throws(Fault) {
            guard let repository = all[id] else { throw .repositoryNotFound }
            return repository
        }
    }

    /// Runs a rule that changes a repository; all of its changes but what it sealed are discarded if it throws.
    mutating func change<Result>(
        _ id: String, _ rule: (inout Repository) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        var repository = try self[id]
        do throws(Fault) {
            let result = try rule(&repository)
            all[id] = repository
            return result
        } catch {
            all[id]?.sealed = repository.sealed
            throw error
        }
    }

    static let nameTaken = Fault.notUnique.within("error creating repository")

    /// Adds a repository whose namespace is unused. For a bare one the namespace is neither checked nor marked as used.
    mutating func add(_ repository: Repository, isBare: Bool, _ profile: ServerProfile) throws(Fault) {
        let namespace = repository.namespace
        if !isBare {
            guard usedNamespaces.insert(namespace).inserted else {
                let text =
                    profile.isOld
                    ? "namespace(\(namespace)): lakeFS repositories can't share storage namespace"
                    : "(:\(namespace)) key(_lakefs/dummy): storage namespace already in use"
                let fault = Fault(.invalid, "found lakeFS objects in the storage " + text)
                throw fault.within("failed to create repository")
            }
        }
        guard all[repository.id] == nil else { throw RepositoryStore.nameTaken }
        all[repository.id] = repository
    }

    /// Deletes a repository. Its objects stay in the store.
    mutating func delete(_ id: String, force: Bool) throws(Fault) {
        try self[id].checkWritable(force: force)
        all[id] = nil
    }
}
