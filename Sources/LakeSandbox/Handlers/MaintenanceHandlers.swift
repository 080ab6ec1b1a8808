import LakeScript

/// Dumps and restores, commits carried over, and where metadata is stored.
enum MaintenanceHandlers {
    static let handlers: [String: Handler] = [
        "dump_refs": handler(toDump, dump),
        "restore_refs": handler(toRestore, restore),
        "dump_submit": handler(toDump, checks: [], submitDump),
        "dump_status": handler(toDump, checks: [], Tasks.status(of: .dump)),
        "restore_submit": handler(toRestore, checks: [], submitRestore),
        "restore_status": handler(toRestore, checks: [], Tasks.status(of: .restore)),
        "create_commit_record": handler(
            "fs:CreateCommit", Subjects.repository, checks: [], createCommitRecord),
        "get_meta_range": handler(toLocate, location(of: "meta_range")),
        "get_range": handler(toLocate, location(of: "range")),
        "get_metadata_object": handler(toLocate, metadataObject),
        "create_symlink_file": handler(
            "fs:WriteObject", { ARN.object($0.branchID, in: $0.repositoryID) }, createSymlinkFile),
    ]

    private static let toDump: @Sendable (Exchange) -> Requirement = { exchange in
        needs(["fs:ListTags", "fs:ListBranches", "fs:ListCommits"], exchange)
    }

    private static let toRestore: @Sendable (Exchange) -> Requirement = { exchange in
        needs(["fs:CreateTag", "fs:CreateBranch", "fs:CreateCommit"], exchange)
    }

    private static let toLocate: @Sendable (Exchange) -> Requirement = { exchange in
        needs(["fs:ListObjects", "fs:ReadRepository"], exchange)
    }

    private static func needs(_ actions: [String], _ exchange: Exchange) -> Requirement {
        .all(actions.map { .need($0, Subjects.repository(exchange)) })
    }

    private static let dump: Rule = { state, exchange throws(Fault) in
        .json(201, value(of: try state.repositories.dump(exchange.repositoryID)))
    }

    private static let submitDump: Rule = { state, exchange throws(Fault) in
        let refs = value(of: try state.repositories.dump(exchange.repositoryID))
        return .json(202, ["id": .string(try Tasks.add(.dump, ["refs": refs], &state, exchange))])
    }

    private static func value(of names: ReferenceDump.Names) -> Value {
        [
            "commits_meta_range_id": .string(names.commits), "tags_meta_range_id": .string(names.tags),
            "branches_meta_range_id": .string(names.branches),
        ]
    }

    private static func names(_ body: Value) -> ReferenceDump.Names {
        ReferenceDump.Names(
            commits: body["commits_meta_range_id"].text ?? "", branches: body["branches_meta_range_id"].text ?? "",
            tags: body["tags_meta_range_id"].text ?? "")
    }

    private static let restore: Rule = { state, exchange throws(Fault) in
        try state.repositories.restore(names(exchange.body), into: exchange.repositoryID)
        return Reply(200)
    }

    /// Whether the repository is bare is looked at now, whether the dump is there, by the task.
    private static let submitRestore: Rule = { state, exchange throws(Fault) in
        try state.repositories.checkBare(exchange.repositoryID)
        var result = Record()
        do throws(Fault) {
            try state.repositories.restore(names(exchange.body), into: exchange.repositoryID)
        } catch { result["error"] = .string(error.text) }
        return .json(202, ["id": .string(try Tasks.add(.restore, result, &state, exchange))])
    }

    private static let createCommitRecord: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let draft = CommitDraft(
            committer: body["committer"].text ?? "", message: body["message"].text ?? "",
            created: body["creation_date"].integer ?? 0, metadata: body["metadata"].record ?? Record())
        let metaRange = body["metarange_id"].text ?? ""
        let namespace = try state.repositories[exchange.repositoryID].namespace
        let tree = state.repositories.all.lazy.filter { isEqual($0.item.namespace, namespace) }
            .compactMap { $0.item.commits.tree(named: metaRange) }.first
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.checkWritable(force: exchange.isForced)
            try repository.commits.add(
                body["commit_id"].text ?? "", draft, metaRange: metaRange, tree ?? Tree(),
                parents: body["parents"].items?.compactMap(\.text) ?? [], generation: body["generation"].integer ?? 0)
        }
        return .noContent
    }

    /// Where something would be stored; whether it is there nobody looks.
    private static func location(of parameter: String) -> Rule {
        { state, exchange throws(Fault) in
            _ = try state.repositories[exchange.repositoryID]
            let location = "_lakefs/" + exchange.path(parameter)
            return Reply(200, .json(["location": .string(location)]), headers: [("Location", location)])
        }
    }

    /// The sandbox keeps ranges in memory only: none is stored.
    private static let metadataObject: Rule = { state, exchange throws(Fault) in
        _ = try state.repositories[exchange.repositoryID]
        throw .notFound
    }

    private static let createSymlinkFile: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        _ = try repository.branch(exchange.branchID)
        return .json(201, ["location": .string(repository.addressPrefix + "symlinks")])
    }
}

/// What runs on after its request was answered at the real server. Here it is done at once.
enum Tasks {
    /// What a task does. Raw values are what its ids begin with.
    enum Kind: String, Sendable {
        case dump = "DR"
        case restore = "RR"
        case preparation = "GPC"

        /// The parameter that names the task when one asks for it.
        fileprivate var parameter: String { self == .preparation ? "id" : "task_id" }
    }

    /// Keeps what a task has come to; its id.
    static func add(
        _ kind: Kind, _ result: Record, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) -> String {
        let id = kind.rawValue + SortableID.new(at: exchange.seconds, random: &state.random)
        var status =
            kind == .preparation
            ? Record([("task_id", .string(id)), ("completed", true)]) : Record([("id", .string(id)), ("done", true)])
        status["update_time"] = .string(CalendarTime(exchange.seconds).stamp)
        for (name, value) in result { status[name] = value }
        try state.repositories.change(exchange.repositoryID) { $0.tasks[id] = .map(status) }
        return id
    }

    /// Tells how far a task is.
    static func status(of kind: Kind) -> Rule {
        { state, exchange throws(Fault) in
            let id = exchange.query(kind.parameter)
            let tasks = try state.repositories[exchange.repositoryID].tasks
            guard id.begins(with: kind.rawValue), let status = tasks[id] else { throw .notFound }
            return .json(200, status)
        }
    }
}
