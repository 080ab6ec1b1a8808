import LakeScript

/// Commits: create, read and list them.
enum CommitHandlers {
    static let handlers: [String: Handler] = [
        "commit": Handler("fs:CreateCommit", Resource.branch, checks: [Checks.repository, Checks.branch], create),
        "get_commit": Handler("fs:ReadCommit", Resource.repository, checks: [], get),
        "log_commits": Handler(
            "fs:ReadBranch", Resource.branch("ref"), checks: [Checks.repository, Checks.ref("ref")],
            log(from: "ref")),
        "log_branch_commits": Handler(
            "fs:ReadBranch", Resource.branch, checks: [Checks.repository, Checks.branch],
            log(from: "branch")),
    ]

    private static let create: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let draft = CommitDraft(
            committer: exchange.user ?? "", message: exchange.field("message"),
            created: body["date"].integer ?? exchange.seconds, metadata: body["metadata"].record ?? Record())
        let run = SortableID.new(at: exchange.seconds, random: &state.random)
        let commit = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.commit(
                draft, on: exchange.branchID, metaRange: exchange.query("source_metarange"),
                allowEmpty: exchange.bodyFlag("allow_empty"), force: exchange.isForced, run: run)
        }
        return .json(201, commit.shown(by: state.profile, isNew: true))
    }

    /// Reports invalid arguments as status 500, as the real server does here.
    private static let get: Rule = { state, exchange throws(Fault) in
        do throws(Fault) {
            try Checks.repository(exchange)
            let repository = try state.repositories[exchange.repositoryID]
            let reference = exchange.path("commitId")
            return .json(200, try repository.commitToRead(at: reference).shown(by: state.profile, as: reference))
        } catch {
            guard error != .repositoryNotFound else { throw error }
            guard error.kind != .notFound else { throw Fault(.notFound, "commit not found") }
            throw Fault(.untranslated, error.text)
        }
    }

    private static func log(from parameter: String) -> Rule {
        reading { repository, exchange throws(Fault) in
            let start = try within(exchange.profile.isOld ? "branch ref" : "ref") { () throws(Fault) in
                try repository.commitToRead(at: exchange.path(parameter))
            }
            let wanted = try LogFilter(exchange, repository).commits(from: start, in: repository.commits)
            let shown = wanted.prefix(exchange.page.amount)
            let next = shown.count < wanted.count && !exchange.flag("limit") ? shown.last?.id ?? "" : ""
            return .listing(shown.map { $0.shown(by: exchange.profile) }, next: next)
        }
    }
}

/// Filter of a history.
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

    /// Returns the texts of a list without empty ones.
    private static func texts(_ value: Value?) -> [String] {
        (value?.items?.compactMap(\.text) ?? []).filter { !$0.isEmpty }
    }

    /// Returns the wanted commits of a history, newest first.
    ///
    /// The walk ends at the first commit that is too old, whatever follows. It ends at `stopAt` only if that commit
    /// itself is wanted.
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

    /// Returns true if a commit changed one of the wanted paths. Merges and the first commit never count.
    private func touches(_ commit: Commit, in graph: CommitGraph) -> Bool {
        guard !paths.isEmpty || !prefixes.isEmpty else { return true }
        guard commit.parents.count == 1, let parent = graph[commit.parents[0]] else { return false }
        return parent.tree.differences(to: commit.tree).contains { difference in
            paths.contains { isEqual($0, difference.path) } || prefixes.contains { difference.path.begins(with: $0) }
        }
    }
}

extension Commit {
    /// Returns JSON of the commit.
    ///
    /// 0.90 leaves out the generation, names a commit by the ref that was asked for, and does not tell the content of
    /// a new one.
    func shown(by profile: ServerProfile, as reference: String? = nil, isNew: Bool = false) -> Value {
        var record = Record([
            ("committer", .string(committer)), ("creation_date", .int(created)), ("id", .string(id)),
            ("message", .string(message)), ("meta_range_id", .string(metaRange)), ("metadata", .map(metadata)),
            ("parents", .list(parents.map(Value.string))),
        ])
        guard !profile.isOld else {
            if let reference { record["id"] = .string(reference) }
            if isNew { record["meta_range_id"] = "" }
            return .map(record)
        }
        record["generation"] = .int(generation)
        record["version"] = 1
        return .map(record)
    }
}
