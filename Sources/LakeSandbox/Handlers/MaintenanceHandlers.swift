import LakeScript

/// Dumps and restores of refs, imported commits, locations of metadata.
enum MaintenanceHandlers {
    static let handlers: [String: Handler] = [
        "dump_refs": Handler(toDump, dump),
        "restore_refs": Handler(toRestore, restore),
        "dump_submit": Handler(toDump, checks: [], submitDump),
        "dump_status": Handler(toDump, checks: [], Tasks.status(of: .dump)),
        "restore_submit": Handler(toRestore, checks: [], submitRestore),
        "restore_status": Handler(toRestore, checks: [], Tasks.status(of: .restore)),
        "create_commit_record": Handler(
            "fs:CreateCommit", Resource.repository, checks: [], createCommitRecord),
        "get_meta_range": Handler(toLocate, location(of: "meta_range")),
        "get_range": Handler(toLocate, location(of: "range")),
        "get_metadata_object": Handler(toLocate, metadataObject),
        "create_symlink_file": Handler(
            "fs:WriteObject", Resource.object("branch"), createSymlinkFile),
    ]

    private static let toDump = needs("fs:ListTags", "fs:ListBranches", "fs:ListCommits")
    private static let toRestore = needs("fs:CreateTag", "fs:CreateBranch", "fs:CreateCommit")
    private static let toLocate = needs("fs:ListObjects", "fs:ReadRepository")

    private static func needs(_ actions: String...) -> Handler.Access {
        .permissions(actions.map { Permission($0, Resource.repository) })
    }

    private static let dump: Rule = { state, exchange throws(Fault) in
        .json(201, value(of: try state.repositories.dump(exchange.repositoryID)))
    }

    private static let submitDump: Rule = { state, exchange throws(Fault) in
        let refs = value(of: try state.repositories.dump(exchange.repositoryID))
        return .json(202, ["id": .string(try Tasks.add(.dump, ["refs": refs], &state, exchange))])
    }

    private static func value(of names: RefsDump.MetaRanges) -> Value {
        [
            "commits_meta_range_id": .string(names.commits), "tags_meta_range_id": .string(names.tags),
            "branches_meta_range_id": .string(names.branches),
        ]
    }

    private static func names(_ exchange: Exchange) -> RefsDump.MetaRanges {
        RefsDump.MetaRanges(
            commits: exchange.field("commits_meta_range_id"), branches: exchange.field("branches_meta_range_id"),
            tags: exchange.field("tags_meta_range_id"))
    }

    private static let restore: Rule = { state, exchange throws(Fault) in
        try state.repositories.restore(names(exchange), into: exchange.repositoryID)
        return Reply(200)
    }

    /// Refuses a repository that is not bare at once. A missing dump is reported by the task.
    private static let submitRestore: Rule = { state, exchange throws(Fault) in
        try state.repositories.checkBare(exchange.repositoryID)
        var result = Record()
        do throws(Fault) {
            try state.repositories.restore(names(exchange), into: exchange.repositoryID)
        } catch { result["error"] = .string(error.text) }
        return .json(202, ["id": .string(try Tasks.add(.restore, result, &state, exchange))])
    }

    private static let createCommitRecord: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let draft = CommitDraft(
            committer: exchange.field("committer"), message: exchange.field("message"),
            created: body["creation_date"].integer ?? 0, metadata: body["metadata"].record ?? Record())
        let metaRange = exchange.field("metarange_id")
        let namespace = try state.repositories[exchange.repositoryID].namespace
        let tree = state.repositories.all.lazy.filter { isEqual($0.item.namespace, namespace) }
            .compactMap { $0.item.commits.tree(named: metaRange) }.first
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.checkWritable(force: exchange.isForced)
            try repository.commits.add(
                exchange.field("commit_id"), draft, metaRange: metaRange, tree ?? Tree(),
                parents: body["parents"].items?.compactMap(\.text) ?? [], generation: body["generation"].integer ?? 0)
        }
        return .noContent
    }

    /// Answers the location where metadata would be stored. Nothing checks that it exists.
    private static func location(of parameter: String) -> Rule {
        reading { _, exchange throws(Fault) in
            let location = "_lakefs/" + exchange.path(parameter)
            return Reply(200, .json(["location": .string(location)]), headers: [("Location", location)])
        }
    }

    /// Answers the paths and records of a meta range that a commit has. The real server's form is one of its own, which
    /// no client reads; single ranges do not exist here.
    private static let metadataObject = reading { repository, exchange throws(Fault) in
        let id = exchange.path("object_id")
        guard isEqual(exchange.path("type"), "meta_range"), !id.isEmpty, let tree = repository.commits.tree(named: id)
        else { throw .noData }
        let lines = tree.entries.map { "\($0.key)\t\($0.item.checksum)\t\($0.item.address)\n" }
        return Reply(200, .bytes(Array(lines.joined().utf8), contentType: ObjectAnswer.anyType))
    }

    private static let createSymlinkFile = reading { repository, exchange throws(Fault) in
        guard repository.branches.contains(exchange.branchID) else { throw .notFound }
        return .json(201, ["location": .string(repository.addressPrefix + "symlinks")])
    }
}

/// Tasks. The real server runs them after its answer; the sandbox completes them at once.
enum Tasks {
    /// Kind of a task. Raw values are the prefixes of the ids.
    enum Kind: String, Sendable {
        case dump = "DR"
        case restore = "RR"
        case preparation = "GPC"

        /// Parameter with the id in a request for the status.
        fileprivate var parameter: String { self == .preparation ? "id" : "task_id" }
    }

    /// Stores the result of a task and returns its id.
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

    /// Makes the rule that answers the status of a task.
    static func status(of kind: Kind) -> Rule {
        reading { repository, exchange throws(Fault) in
            let id = exchange.query(kind.parameter)
            guard id.begins(with: kind.rawValue), let status = repository.tasks[id] else { throw .notFound }
            return .json(200, status)
        }
    }
}
