/// Handlers of all areas, by the name of the operation's command.
enum HandlerTable {
    static let handlers: [String: Handler] = [
        UserHandlers.handlers, GroupHandlers.handlers, PolicyHandlers.handlers, AttachmentHandlers.handlers,
        CredentialHandlers.handlers, SessionHandlers.handlers, ExternalHandlers.handlers, GroupACLHandlers.handlers,
        SetupHandlers.handlers, ConfigurationHandlers.handlers, RepositoryHandlers.handlers, BranchHandlers.handlers,
        DiffHandlers.handlers, CommitHandlers.handlers, TagHandlers.handlers, ProtectionHandlers.handlers,
        CollectionHandlers.handlers, ObjectHandlers.handlers, ObjectReadHandlers.handlers, MultipartHandlers.handlers,
        PullHandlers.handlers, ActionHandlers.handlers, ImportHandlers.handlers, MaintenanceHandlers.handlers,
        PreparationHandlers.handlers,
    ].reduce(into: [:]) { $0.merge($1) { $1 } }
}
