/// Repositories.
enum RepositoryHandlers {
    static let handlers: [String: Handler] = [:]
}
