import LakeScript

/// Commits: made, read, listed.
enum CommitHandlers {
    static let handlers: [String: Handler] = [
        "commit": handler("fs:CreateCommit", Subjects.branch, checks: [Argument.repository, Argument.branch], create),
        "get_commit": handler("fs:ReadCommit", Subjects.repository, checks: [], get),
        "log_commits": handler(
            "fs:ReadBranch", Subjects.branch("ref"), checks: [Argument.repository, Argument.reference("ref")],
            { state, exchange throws(Fault) in
                try log(state, exchange, from: exchange.path("ref"))
            }),
        "log_branch_commits": handler(
            "fs:ReadBranch", Subjects.branch, checks: [Argument.repository, Argument.reference("branch")],
            { state, exchange throws(Fault) in
                try log(state, exchange, from: exchange.branchID)
            }),
    ]

    private static let create: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let draft = CommitDraft(
            committer: exchange.user ?? "", message: body["message"].text ?? "",
            created: body["date"].integer ?? exchange.seconds, metadata: body["metadata"].record ?? Record())
        let run = SortableID.new(at: exchange.seconds, random: &state.random)
        let commit = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.commit(
                draft, on: exchange.branchID, metaRange: exchange.query("source_metarange"),
                allowEmpty: exchange.bodyFlag("allow_empty"), force: exchange.isForced, run: run)
        }
        return .json(201, commit.shown(by: state.profile))
    }

    /// What is wrong with the arguments is not translated here.
    private static let get: Rule = { state, exchange throws(Fault) in
        do throws(Fault) {
            try Argument.repository(exchange)
            let repository = try state.repositories[exchange.repositoryID]
            return .json(200, try repository.commitToRead(at: exchange.path("commitId")).shown(by: state.profile))
        } catch {
            guard error != .repositoryNotFound else { throw error }
            guard error.kind != .notFound else { throw Fault(.notFound, "commit not found") }
            throw Fault(.untranslated, error.text)
        }
    }

    private static func log(
        _ state: SandboxState, _ exchange: Exchange, from reference: String
    ) throws(Fault) -> Reply {
        let repository = try state.repositories[exchange.repositoryID]
        let start = try within("ref") { () throws(Fault) in try repository.commitToRead(at: reference) }
        let filter = try LogFilter(exchange, repository)
        let amount = exchange.page(state.profile).amount
        var found: [Commit] = []
        var hasMore = false
        for commit in filter.commits(from: start, in: repository.commits) {
            hasMore = found.count == amount
            guard !hasMore else { break }
            found.append(commit)
        }
        let next = hasMore && !exchange.flag("limit") ? found.last?.id ?? "" : ""
        return .listing(found.map { $0.shown(by: state.profile) }, next: next)
    }
}

/// Which commits of a history a client wants to see.
private struct LogFilter {
    private let after: String?
    private let stopAt: String?
    private let since: Int?
    private let paths: [String]
    private let prefixes: [String]
    private let isFirstParentOnly: Bool

    init(_ exchange: Exchange, _ repository: Repository) throws(Fault) {
        let (after, stopAt) = (exchange.query("after"), exchange.query("stop_at"))
        self.stopAt =
            stopAt.isEmpty
            ? nil : try within("stop_at") { () throws(Fault) in try repository.commitToRead(at: stopAt).id }
        self.after =
            after.isEmpty
            ? nil : try within("from ref") { () throws(Fault) in try repository.commitToRead(at: after).id }
        since = try? CalendarTime.parse(exchange.query("since"))
        paths = LogFilter.texts(exchange.query["objects"])
        prefixes = LogFilter.texts(exchange.query["prefixes"])
        isFirstParentOnly = exchange.flag("first_parent")
    }

    /// The texts of a list; empty ones ask for nothing.
    private static func texts(_ value: Value?) -> [String] {
        (value?.items?.compactMap(\.text) ?? []).filter { !$0.isEmpty }
    }

    /// The commits of a history that are wanted, the newest first.
    ///
    /// The walk ends at the first one that is too old, whatever is behind it, and at the one to stop at if that is
    /// wanted itself: else it is passed over.
    func commits(from start: Commit, in graph: CommitGraph) -> [Commit] {
        var found: [Commit] = []
        var isReached = after == nil
        for commit in graph.log(from: start, firstParentOnly: isFirstParentOnly) {
            if let since, commit.created < since { break }
            guard isReached else {
                isReached = after.map { isEqual(commit.id, $0) } ?? true
                continue
            }
            guard touches(commit, in: graph) else { continue }
            found.append(commit)
            if let stopAt, isEqual(commit.id, stopAt) { break }
        }
        return found
    }

    /// Whether a commit changed what is asked for. Merges never count, and neither does the first commit.
    private func touches(_ commit: Commit, in graph: CommitGraph) -> Bool {
        guard !paths.isEmpty || !prefixes.isEmpty else { return true }
        guard commit.parents.count == 1, let parent = graph[commit.parents[0]] else { return false }
        return parent.tree.differences(to: commit.tree).contains { difference in
            paths.contains { isEqual($0, difference.path) } || prefixes.contains { difference.path.begins(with: $0) }
        }
    }
}

extension Commit {
    /// The commit as the API gives it; 0.90 does not tell its generation.
    func shown(by profile: ServerProfile) -> Value {
        var record = Record([
            ("committer", .string(committer)), ("creation_date", .int(created)), ("id", .string(id)),
            ("message", .string(message)), ("meta_range_id", .string(metaRange)), ("metadata", .map(metadata)),
            ("parents", .list(parents.map(Value.string))),
        ])
        guard !profile.isOld else { return .map(record) }
        record["generation"] = .int(generation)
        record["version"] = 1
        return .map(record)
    }
}
