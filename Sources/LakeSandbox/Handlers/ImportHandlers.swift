import LakeScript

/// Imports of what lies in the object store. The real server runs them after its answer; the sandbox does them at once.
enum ImportHandlers {
    static let handlers: [String: Handler] = [
        "import_start": Handler("fs:CreateCommit", Resource.branch, checks: [], later: toImport, start),
        "import_status": Handler("fs:ReadBranch", Resource.branch, status),
        "import_cancel": Handler("fs:ImportCancel", Resource.branch, cancel),
    ]

    /// Permissions for each of the paths to import.
    private static let toImport = [
        Permission("fs:ImportFromStorage", ARN.namespace("{path}")),
        Permission("fs:WriteObject", Resource.object("destination")),
    ]

    private static let start: Rule = { state, exchange throws(Fault) in
        let paths = exchange.body["paths"].items ?? []
        for path in paths { try exchange.authorize(toImport, with: path, in: state) }
        try Checks.repository(exchange)
        let repository = try state.repositories[exchange.repositoryID]
        guard state.configuration.storage == .s3 else {
            throw Fault(.forbidden, "import is not supported for this storage")
        }
        try repository.checkWritable(force: exchange.isForced)
        _ = try repository.branch(exchange.branchID)
        for source in paths.map({ $0["path"].text ?? "" }) where source.begins(with: repository.namespace) {
            let reason = "in repository namespace (\(repository.namespace)) is prohibited: invalid import source"
            throw Fault(.invalid, "import path (\(source)) \(reason)")
        }
        let id = SortableID.new(at: exchange.seconds, random: &state.random)
        let result = result(of: paths, &state, exchange)
        try state.repositories.change(exchange.repositoryID) { $0.imports[id] = .map(result) }
        return .json(202, ["id": .string(id)])
    }

    /// Imports, and returns the status that tells how it ended.
    private static func result(of paths: [Value], _ state: inout SandboxState, _ exchange: Exchange) -> Record {
        var status = Record([
            ("completed", false), ("ingested_objects", 0),
            ("update_time", .string(CalendarTime(exchange.seconds).stamp)),
        ])
        do throws(Fault) {
            var found: [(path: String, entry: ObjectEntry)] = []
            for path in paths { found += try objects(at: path, &state, exchange) }
            status["ingested_objects"] = .int(found.count)
            let commit = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
                try within("merge import") { () throws(Fault) in
                    try repository.add(
                        imported: found, to: paths.map { $0["destination"].text ?? "" }, on: exchange.branchID,
                        draft(exchange))
                }
            }
            status["commit"] = commit.shown(by: exchange.profile)
            status["metarange_id"] = .string(commit.metaRange)
            status["completed"] = true
        } catch {
            status["error"] = ["message": .string("import error: " + error.text)]
        }
        return status
    }

    private static func draft(_ exchange: Exchange) -> CommitDraft {
        let commit = exchange.body["commit"]
        var metadata = commit["metadata"].record ?? Record()
        metadata[CommitDraft.strategyKey] = .string(MergeStrategy.sourceWins.rawValue)
        return CommitDraft(
            committer: exchange.user ?? "", message: commit["message"].text ?? "", created: exchange.seconds,
            metadata: metadata)
    }

    /// Returns the object at a path of the store, or those below a prefix, by their new paths.
    private static func objects(
        at path: Value, _ state: inout SandboxState, _ exchange: Exchange
    ) throws(Fault) -> [(path: String, entry: ObjectEntry)] {
        let (source, destination) = (path["path"].text ?? "", path["destination"].text ?? "")
        try checkSource(source, &state)
        let isPrefix = path["type"] == "common_prefix"
        return state.repositories.objects.addresses(beginningWith: source).compactMap { address in
            guard isPrefix || isEqual(address, source), let object = state.repositories.objects[address] else {
                return nil
            }
            let entry = ObjectEntry(
                checksum: object.etag, size: object.size, address: address, contentType: ObjectAnswer.anyType,
                metadata: Record(), modified: exchange.seconds)
            return (isPrefix ? destination + address.droppingBytes(source.utf8.count) : destination, entry)
        }
    }

    /// Throws if a source is not in a bucket. The buckets are those that repositories are in.
    private static func checkSource(_ source: String, _ state: inout SandboxState) throws(Fault) {
        let scheme = "s3://"
        guard source.begins(with: scheme) else {
            let name = source.contains("://") ? String(source.prefix { $0 != ":" }) : ""
            let reason = "creating object-store walker on path \(source): invalid storage scheme \(name)"
            throw Fault(.invalid, "error on ingest: \(reason): invalid address")
        }
        let bucket = { (address: String) in String(address.droppingBytes(scheme.utf8.count).prefix { $0 != "/" }) }
        let wanted = bucket(source)
        guard !state.repositories.all.contains(where: { isEqual(bucket($0.item.namespace), wanted) }) else { return }
        let (request, host) = (Digest.hexadecimal(state.random.bytes(8)), Digest.hexadecimal(state.random.bytes(8)))
        let answer = "https response error StatusCode: 404, RequestID: \(request), HostID: \(host)"
        let reason = "NoSuchBucket: The specified bucket does not exist"
        throw Fault(.untranslated, "error on ingest: operation error S3: ListObjectsV2, \(answer), \(reason)")
    }

    private static let status = reading { repository, exchange throws(Fault) in
        guard let status = repository.imports[exchange.query("id")] else { throw .notFound }
        return .json(200, status)
    }

    /// An import has ended before it can be cancelled.
    private static let cancel = reading { repository, exchange throws(Fault) in
        guard repository.imports.contains(exchange.query("id")) else { throw .notFound }
        throw .conflict
    }
}
