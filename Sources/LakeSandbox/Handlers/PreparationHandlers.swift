import LakeScript

/// What garbage collection asks for before it runs. The sandbox says where it would write; it collects nothing.
enum PreparationHandlers {
    static let handlers: [String: Handler] = [
        "prepare_garbage_collection_commits": handler(toPrepare, Subjects.repository, prepare),
        "prepare_garbage_collection_commits_async": handler(toPrepare, Subjects.repository, submit),
        "prepare_garbage_collection_commits_status": handler(
            toPrepare, Subjects.repository, checks: [], Tasks.status(of: .preparation)),
        "prepare_garbage_collection_uncommitted": handler(
            "retention:PrepareGarbageCollectionUncommitted", Subjects.repository,
            checks: [continuation, Argument.repository], prepareUncommitted),
    ]

    private static let toPrepare = "retention:PrepareGarbageCollectionCommits"
    private static let folder = "_lakefs/retention/gc/"

    /// The repository, which must not be read-only.
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
        return Record([
            ("run_id", .string(run)), ("gc_commits_location", .string(prefix + "commits/run_id=\(run)/commits.csv")),
            ("gc_addresses_location", .string(prefix + "addresses/")),
        ])
    }

    private static let prepare: Rule = { state, exchange throws(Fault) in .json(201, .map(try run(&state, exchange))) }

    /// That there are no rules, the task tells.
    private static let submit: Rule = { state, exchange throws(Fault) in
        _ = try repository(state, exchange)
        var result = Record()
        do throws(Fault) { result["result"] = .map(try run(&state, exchange)) } catch {
            result["error"] = ["message": .string(error.text)]
        }
        return .json(202, ["id": .string(try Tasks.add(.preparation, result, &state, exchange))])
    }

    /// All is told in one answer, so that none can be continued.
    private static let continuation: Argument.Check = { exchange throws(Fault) in
        guard (exchange.body["continuation_token"].text ?? "").isEmpty else {
            throw Fault(.invalid, "invalid continuation token")
        }
    }

    /// There is a location only where something is not committed.
    private static let prepareUncommitted: Rule = { state, exchange throws(Fault) in
        let repository = try repository(state, exchange)
        let run = SortableID.new(at: exchange.seconds, random: &state.random)
        let isClean = repository.branches.allSatisfy { $0.item.staging.isEmpty }
        let location = isClean ? "" : repository.addressPrefix + folder + "uncommitted/\(run)/uncommitted/"
        return .json(201, ["run_id": .string(run), "gc_uncommitted_location": .string(location)])
    }
}
