import LakeScript

/// What is known of the server that calls go to, so that what it does not have is said before anything is sent.
///
/// Each question is asked once, and only before the first call that its answer matters to: the kind of access control
/// before a write that needs users and groups, the version before an operation that only some versions have.
struct KnownServer {
    /// Nil until it was asked.
    private(set) var mode: AccessMode?
    private var version = Version.notAsked
    /// Whether the set-up state looks as it did before lakeFS 1; nil until it was seen.
    private var isEarly: Bool?

    private enum Version {
        case notAsked
        case number(ServerVersion)
        /// Built from source (`dev`), or the question was refused.
        case untold
    }

    private static let versionQuestion = "get_lake_fs_version"

    /// The operation whose answer is wanted before a call; nil where all that matters is known.
    func question(before operation: Operation) -> String? {
        if operation.needsAccessControl, operation.effect != .read, mode == nil { return AccessMode.question }
        guard operation.since != nil || operation.until != nil else { return nil }
        switch version {
        case .notAsked: return KnownServer.versionQuestion
        case .number: return nil
        case .untold: return mode == nil ? AccessMode.question : nil
        }
    }

    /// Takes the answer to a question; null where none came.
    mutating func learn(_ answer: Value, to question: String) {
        guard question == AccessMode.question else {
            version = ServerVersion(answer["version"].text ?? "").map(Version.number) ?? .untold
            return
        }
        mode = AccessMode(answer)
        if !answer["state"].isNull { isEarly = answer["login_config"].isNull }
    }

    /// What to say where the server lacks an operation; nil where it has it, or where that is not known.
    func refusal(of operation: Operation) -> Failure? {
        if let server = lackingServer(operation) {
            var failure = Failure(.operation, "this server is \(server), which has no `\(operation.name)`")
            failure.operation = operation.name
            failure.notes = ["only \(operation.versions) has it"]
            return failure
        }
        return operation.effect == .read ? nil : mode?.refusal(of: operation)
    }

    /// How the server is called, where its version lacks the operation.
    private func lackingServer(_ operation: Operation) -> String? {
        switch version {
        case .number(let version): return operation.isLacking(in: version) ? "lakeFS \(version)" : nil
        case .notAsked, .untold:
            // Without a number the set-up state tells the times before lakeFS 1 from those after.
            guard case .untold = version, let isEarly,
                operation.isLacking(in: Operation.sampledVersions[isEarly ? 0 : Operation.sampledVersions.count - 1])
            else { return nil }
            return isEarly ? "a lakeFS from before 1.0" : "a lakeFS of 1.0 or later"
        }
    }

    /// What a 501 means of an operation that needs access control.
    func unsupported(_ operation: Operation) -> Failure {
        if let refusal = mode?.refusal(of: operation) { return refusal }
        switch mode {
        case .single, nil: return AccessMode.noGroups(operation)
        case .lists, .full:
            var failure = Failure(.operation, "this server has no `\(operation.name)`: it is not set up for it")
            failure.operation = operation.name
            return failure
        }
    }

    /// Whether the server is known to have one user only.
    var hasOneUser: Bool { if case .single = mode { true } else { false } }
}
