import LakeScript

/// Repositories: create, list, read and delete them, and their metadata.
enum RepositoryHandlers {
    static let handlers: [String: Handler] = [
        "list_repositories": Handler(.login, checks: [], later: [toList], list),
        "create_repository": Handler(
            .permissions([
                Permission("fs:CreateRepository", ARN.repository("{name}")),
                Permission("fs:AttachStorageNamespace", ARN.namespace("{storage_namespace}")),
            ]), checks: [], create),
        "get_repository": Handler("fs:ReadRepository", Resource.repository, get),
        "delete_repository": Handler("fs:DeleteRepository", Resource.repository, delete),
        "get_repository_metadata": Handler("fs:ReadRepository", Resource.repository, metadata),
        "set_repository_metadata": Handler("fs:UpdateRepository", Resource.repository, checks: [], setMetadata),
        "delete_repository_metadata": Handler(
            "fs:UpdateRepository", Resource.repository, checks: [], deleteMetadata),
    ]

    private static let create: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let namespace = exchange.field("storage_namespace")
        let scheme = state.configuration.storage.rawValue + "://"
        guard body["storage_id"].text?.isEmpty ?? true else {
            throw Fault(.invalid, "storage id: invalid value: validation error")
        }
        let name = exchange.field("name")
        // Since 1.0 the name is checked before the namespace.
        guard state.profile.isOld || state.repositories.all[name] == nil else { throw RepositoryStore.nameTaken }
        guard namespace.begins(with: scheme) else {
            throw Fault(.invalid, "failed to match required regex ^\(scheme): invalid namespace")
        }
        let (isBare, defaultBranch) = (exchange.flag("bare"), exchange.field("default_branch"))
        var repository = Repository(
            id: name, created: exchange.seconds, namespace: namespace,
            defaultBranch: defaultBranch.isEmpty ? "main" : defaultBranch, isReadOnly: exchange.bodyFlag("read_only"),
            isBare: isBare)
        if exchange.bodyFlag("sample_data"), !isBare { try SampleData.add(to: &repository, &state, exchange) }
        // A read-only repository writes nothing, so it may share its namespace.
        try state.repositories.add(repository, isBare: isBare || repository.isReadOnly, state.profile)
        return .json(201, value(of: repository, by: state.profile, showsReadOnly: !isBare))
    }

    private static let get = reading { repository, exchange throws(Fault) in
        .json(200, value(of: repository, by: exchange.profile))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.repositories.delete(exchange.repositoryID, force: exchange.isForced)
        return .noContent
    }

    private static let toList = Permission("fs:ListRepositories", Resource.any)

    private static let list: Rule = { state, exchange throws(Fault) in
        let isVisible = try exchange.authorizeListing(toList, in: state)
        let search = exchange.query("search")
        var found = SortedMap<Repository>()
        for entry in state.repositories.all where isVisible(ARN.repository(entry.key)) {
            if search.isEmpty || entry.key.contains(search) { found[entry.key] = entry.item }
        }
        return .listing(found.page(exchange.page, .exact)) { value(of: $0.item, by: exchange.profile) }
    }

    private static let metadata = reading { repository, _ throws(Fault) in .json(200, .map(repository.metadata)) }

    /// Does not look for the repository if there is nothing to change; the same holds for `deleteMetadata`.
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

    private static func value(
        of repository: Repository, by profile: ServerProfile, showsReadOnly: Bool = true
    ) -> Value {
        var record = Record([
            ("creation_date", .int(repository.created)), ("default_branch", .string(repository.defaultBranch)),
            ("id", .string(repository.id)), ("storage_namespace", .string(repository.namespace)),
        ])
        guard !profile.isOld else { return .map(record) }
        record["storage_id"] = ""
        if showsReadOnly { record["read_only"] = .bool(repository.isReadOnly) }
        return .map(record)
    }
}
