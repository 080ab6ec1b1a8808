/// The repositories of a sandbox, by id.
struct RepositoryStore: Sendable {
    init() {}
}
