/// Which handler answers an operation, by command name: the tables of all areas in one.
enum HandlerTable {
    static let handlers: [String: Handler] = [
        RepositoryHandlers.handlers
    ].reduce(into: [:]) { $0.merge($1) { $1 } }
}
