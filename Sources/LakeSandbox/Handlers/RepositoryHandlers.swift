import LakeScript

/// Repositories: made, listed, read, removed, and the fields that users put on them.
enum RepositoryHandlers {
    static let handlers: [String: Handler] = [
        "list_repositories": list,
        "create_repository": handler(needsToCreate, checks: [], create),
        "get_repository": handler("fs:ReadRepository", Subjects.repository, get),
        "delete_repository": handler("fs:DeleteRepository", Subjects.repository, delete),
        "get_repository_metadata": handler("fs:ReadRepository", Subjects.repository, metadata),
        "set_repository_metadata": handler("fs:UpdateRepository", Subjects.repository, checks: [], setMetadata),
        "delete_repository_metadata": handler(
            "fs:UpdateRepository", Subjects.repository, checks: [], deleteMetadata),
    ]

    private static let needsToCreate: @Sendable (Exchange) -> Requirement = { exchange in
        let repository = ARN.repository(exchange.body["name"].text ?? "")
        let namespace = ARN.namespace(exchange.body["storage_namespace"].text ?? "")
        return .all([
            .need("fs:CreateRepository", repository),
            .need("fs:AttachStorageNamespace", namespace),
        ])
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let namespace = body["storage_namespace"].text ?? ""
        let scheme = state.configuration.storage.rawValue + "://"
        guard body["storage_id"].text?.isEmpty ?? true else {
            throw Fault(.invalid, "storage id: invalid value: validation error")
        }
        let name = body["name"].text ?? ""
        // Since 1.0 the name is looked at before the namespace.
        guard state.profile.isOld || state.repositories.all[name] == nil else { throw RepositoryStore.nameTaken }
        guard namespace.begins(with: scheme) else {
            throw Fault(.invalid, "failed to match required regex ^\(scheme): invalid namespace")
        }
        let (isBare, defaultBranch) = (exchange.flag("bare"), body["default_branch"].text ?? "")
        var repository = Repository(
            id: name, created: exchange.seconds, namespace: namespace,
            defaultBranch: defaultBranch.isEmpty ? "main" : defaultBranch, isReadOnly: exchange.bodyFlag("read_only"),
            isBare: isBare)
        if exchange.bodyFlag("sample_data"), !isBare { try SampleData.add(to: &repository, &state, exchange) }
        // Nothing can be written to one that is read-only: its namespace may be another's.
        try state.repositories.add(repository, isBare: isBare || repository.isReadOnly)
        return .json(201, value(of: repository, in: state, showsReadOnly: !isBare))
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        .json(200, value(of: try state.repositories[exchange.repositoryID], in: state))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.repositories.delete(exchange.repositoryID, force: exchange.isForced)
        return .noContent
    }

    private static let list: Handler = { state, exchange throws(Refusal) in
        let isVisible = try exchange.authorizeListing("fs:ListRepositories", in: state)
        let search = exchange.query("search")
        var found = SortedMap<Repository>()
        for entry in state.repositories.all where isVisible(ARN.repository(entry.key)) {
            if search.isEmpty || entry.key.contains(search) { found[entry.key] = entry.item }
        }
        return .listing(found.page(exchange.page(state.profile), .exact)) { value(of: $0.item, in: state) }
    }

    private static let metadata: Rule = { state, exchange throws(Fault) in
        .json(200, .map(try state.repositories[exchange.repositoryID].metadata))
    }

    /// Where nothing is to be changed the repository is not looked for; so too in `deleteMetadata`.
    private static let setMetadata: Rule = { state, exchange throws(Fault) in
        let fields = exchange.body["metadata"].record ?? Record()
        guard fields.count > 0 else { return .noContent }
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            for (key, value) in fields { repository.metadata[key] = value }
        }
        return .noContent
    }

    private static let deleteMetadata: Rule = { state, exchange throws(Fault) in
        let keys = exchange.body["keys"].items ?? []
        guard !keys.isEmpty else { return .noContent }
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            for key in keys { repository.metadata[key.text ?? ""] = nil }
        }
        return .noContent
    }

    private static func value(of repository: Repository, in state: SandboxState, showsReadOnly: Bool = true) -> Value {
        var record = Record([
            ("creation_date", .int(repository.created)), ("default_branch", .string(repository.defaultBranch)),
            ("id", .string(repository.id)), ("storage_namespace", .string(repository.namespace)),
        ])
        guard !state.profile.isOld else { return .map(record) }
        record["storage_id"] = ""
        if showsReadOnly { record["read_only"] = .bool(repository.isReadOnly) }
        return .map(record)
    }
}
