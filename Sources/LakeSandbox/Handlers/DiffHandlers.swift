import LakeScript

/// References against one another: differences, merge bases, merges.
enum DiffHandlers {
    static let handlers: [String: Handler] = [
        "diff_refs": handler(
            "fs:ListObjects", Subjects.repository,
            checks: [
                repository, Argument.reference("leftRef", as: "left"), Argument.reference("rightRef", as: "right"),
            ], diff),
        "find_merge_base": handler(
            "fs:ListCommits", Subjects.repository,
            checks: [
                Argument.repository, Argument.reference("destinationBranch", as: "destination"),
                Argument.reference("sourceRef", as: "source"),
            ], mergeBase),
        "merge_into_branch": handler(
            "fs:CreateCommit", Subjects.branch("destinationBranch"),
            checks: [
                Argument.repository, Argument.branch("destinationBranch", as: "destination"),
                Argument.reference("sourceRef", as: "source"), validStrategy,
            ], merge),
    ]

    private static func isDirect(_ exchange: Exchange) -> Bool { isEqual(exchange.query("type"), "two_dot") }

    /// The two kinds of differences have different words for the repository.
    private static let repository: Argument.Check = { exchange throws(Fault) in
        try Argument.repository(as: isDirect(exchange) ? "repository" : "repositoryName")(exchange)
    }

    private static let diff: Rule = { state, exchange throws(Fault) in
        let (left, right) = (exchange.path("leftRef"), exchange.path("rightRef"))
        let repository = try state.repositories[exchange.repositoryID]
        let differences = try repository.differences(left, right, isDirect: isDirect(exchange))
        return page(of: differences, exchange, state)
    }

    private static let mergeBase: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        let (source, destination) = try repository.sides(
            exchange.path("sourceRef"), exchange.path("destinationBranch"))
        guard let base = repository.commits.mergeBase(source, destination) else { throw .notFound }
        // The real server has the two the wrong way round.
        return .json(
            200,
            [
                "base_commit_id": .string(base.id), "destination_commit_id": .string(source.id),
                "source_commit_id": .string(destination.id),
            ])
    }

    private static let merge: Rule = { state, exchange throws(Fault) in
        let (source, destination) = (exchange.path("sourceRef"), exchange.path("destinationBranch"))
        do throws(Fault) {
            let options = try mergeOptions(exchange)
            let draft = CommitDraft.merge(
                of: source, into: destination, strategy: options.strategy, by: exchange.user ?? "",
                at: exchange.seconds, overrides: exchange.body)
            let commit = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
                try repository.merge(source, into: destination, draft, options)
            }
            return .json(200, ["reference": .string(commit.id)])
        } catch {
            guard error.kind == .conflict else { throw error }
            return .json(409, ["reference": ""])
        }
    }

    private static let validStrategy: Argument.Check = { exchange throws(Fault) in _ = try strategy(exchange) }

    private static func strategy(_ exchange: Exchange) throws(Fault) -> MergeStrategy {
        let name = exchange.body["strategy"].text ?? ""
        guard let strategy = name.isEmpty ? MergeStrategy.none : MergeStrategy(rawValue: name), name != "default" else {
            throw Fault(.invalid, "argument strategy: invalid value: validation error")
        }
        return strategy
    }

    private static func mergeOptions(_ exchange: Exchange) throws(Fault) -> Repository.MergeOptions {
        Repository.MergeOptions(
            strategy: try strategy(exchange), squashes: exchange.bodyFlag("squash_merge"),
            allowsEmpty: exchange.bodyFlag("allow_empty"), force: exchange.isForced)
    }

    /// A page of differences.
    static func page(of differences: [Difference], _ exchange: Exchange, _ state: SandboxState) -> Reply {
        let listing = Listing(
            page: exchange.page(state.profile), delimiter: exchange.query("delimiter"), passesOver: true)
        let page = listing.lines(of: differences.map { (path: $0.path, item: $0) })
        let showsRight = exchange.flag("include_right_stats")
        return .listing(page.items.map { value(of: $0, showsRight: showsRight) }, next: page.next)
    }

    private static func value(of line: Listing.Line<Difference>, showsRight: Bool) -> Value {
        switch line {
        case .commonPrefix(let prefix):
            return ["path": .string(prefix), "path_type": "common_prefix", "type": "prefix_changed"]
        case .item(let path, let difference):
            var record = Record([
                ("path", .string(path)), ("path_type", "object"), ("size_bytes", .int(difference.size)),
                ("type", .string(difference.kind.rawValue)),
            ])
            if showsRight {
                let entry = difference.entry
                record["right"] = [
                    "checksum": .string(entry.checksum), "content_type": .string(entry.contentType),
                    "metadata": .map(entry.metadata), "mtime": .int(entry.modified),
                ]
            }
            return .map(record)
        }
    }
}
