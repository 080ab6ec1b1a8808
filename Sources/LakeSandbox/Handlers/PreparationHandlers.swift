import LakeScript

/// Preparation of a garbage collection. The sandbox answers where it would write, and collects nothing.
enum PreparationHandlers {
    static let handlers: [String: Handler] = [
        "prepare_garbage_collection_commits": Handler(toPrepare, Resource.repository, prepare),
        "prepare_garbage_collection_commits_async": Handler(toPrepare, Resource.repository, submit),
        "prepare_garbage_collection_commits_status": Handler(
            toPrepare, Resource.repository, checks: [], Tasks.status(of: .preparation)),
        "prepare_garbage_collection_uncommitted": Handler(
            "retention:PrepareGarbageCollectionUncommitted", Resource.repository,
            checks: [continuation, Checks.repository], prepareUncommitted),
    ]

    private static let toPrepare = "retention:PrepareGarbageCollectionCommits"
    private static let folder = "_lakefs/retention/gc/"

    /// Returns the repository; throws if it is read-only.
    private static func repository(_ state: SandboxState, _ exchange: Exchange) throws(Fault) -> Repository {
        let repository = try state.repositories[exchange.repositoryID]
        try repository.checkWritable(force: false)
        return repository
    }

    private static func run(_ state: inout SandboxState, _ exchange: Exchange) throws(Fault) -> Record {
        let repository = try repository(state, exchange)
        guard !repository.collectionRules.isNull else { throw Fault.notFound.within("get gc rules") }
        let run = SortableID.new(at: exchange.seconds, random: &state.random)
        let prefix = repository.addressPrefix + folder
        let commits = prefix + "commits/run_id=\(run)/commits.csv"
        var result = Record([
            ("run_id", .string(run)), ("gc_commits_location", .string(commits)),
            ("gc_addresses_location", .string(prefix + "addresses/")),
        ])
        if state.configuration.storage == .s3 {
            result["gc_commits_presigned_url"] = .string(PresignedURL.get(commits, exchange, key: state.signingKey))
        }
        return result
    }

    private static let prepare: Rule = { state, exchange throws(Fault) in .json(201, .map(try run(&state, exchange))) }

    /// Missing rules are reported by the task.
    private static let submit: Rule = { state, exchange throws(Fault) in
        _ = try repository(state, exchange)
        var result = Record()
        do throws(Fault) { result["result"] = .map(try run(&state, exchange)) } catch {
            result["error"] = ["message": .string(error.text)]
        }
        return .json(202, ["id": .string(try Tasks.add(.preparation, result, &state, exchange))])
    }

    /// Every answer is complete, so no continuation token is valid.
    private static let continuation: Check = { exchange throws(Fault) in
        guard exchange.field("continuation_token").isEmpty else {
            throw Fault(.invalid, "invalid continuation token")
        }
    }

    /// The location is empty unless there are uncommitted objects.
    private static let prepareUncommitted: Rule = { state, exchange throws(Fault) in
        let repository = try repository(state, exchange)
        let run = SortableID.new(at: exchange.seconds, random: &state.random)
        let isClean = repository.branches.allSatisfy { $0.item.staging.isEmpty }
        let location = isClean ? "" : repository.addressPrefix + folder + "uncommitted/\(run)/uncommitted/"
        return .json(201, ["run_id": .string(run), "gc_uncommitted_location": .string(location)])
    }
}
