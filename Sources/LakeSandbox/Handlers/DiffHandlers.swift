import LakeScript

/// Operations on two refs: differences, merge bases, merges.
enum DiffHandlers {
    static let handlers: [String: Handler] = [
        "diff_refs": Handler(
            "fs:ListObjects", Resource.repository,
            checks: [
                repository, Checks.ref("leftRef", as: "left"), Checks.ref("rightRef", as: "right"),
            ], diff),
        "find_merge_base": Handler(
            "fs:ListCommits", Resource.repository,
            checks: [
                Checks.repository, Checks.ref("destinationBranch", as: "destination"),
                Checks.ref("sourceRef", as: "source"),
            ], mergeBase),
        "merge_into_branch": Handler(
            "fs:CreateCommit", Resource.branch("destinationBranch"),
            checks: [
                Checks.repository, Checks.branch("destinationBranch", as: "destination"),
                Checks.ref("sourceRef", as: "source"), validStrategy,
            ], merge),
    ]

    private static func isDirect(_ exchange: Exchange) -> Bool { isEqual(exchange.query("type"), "two_dot") }

    /// The two types of a difference have different names for the repository argument.
    private static let repository: Check = { exchange throws(Fault) in
        try Checks.repository(as: isDirect(exchange) ? "repository" : "repositoryName")(exchange)
    }

    private static let diff = reading { repository, exchange throws(Fault) in
        let (left, right) = (exchange.path("leftRef"), exchange.path("rightRef"))
        return page(of: try repository.differences(left, right, isDirect: isDirect(exchange)), exchange)
    }

    private static let mergeBase = reading { repository, exchange throws(Fault) in
        let (source, destination) = try repository.sides(
            exchange.path("sourceRef"), exchange.path("destinationBranch"))
        guard let base = repository.commits.mergeBase(source, destination) else { throw .notFound }
        // The real server swaps the two ids.
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
            var draft = CommitDraft.merge(
                of: source, into: destination, strategy: options.strategy, by: exchange.user ?? "",
                at: exchange.seconds, overrides: exchange.body)
            if exchange.profile.isOld { draft.metadata[CommitDraft.strategyKey] = nil }
            let commit = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
                try repository.merge(source, into: destination, draft, options)
            }
            return .json(200, result(commit.id, exchange))
        } catch {
            guard error.kind == .conflict else { throw error }
            return .json(409, result("", exchange))
        }
    }

    /// Answer of a merge. The summary of 0.90 counts nothing.
    private static func result(_ reference: String, _ exchange: Exchange) -> Value {
        let none: Value = ["added": 0, "changed": 0, "conflict": 0, "removed": 0]
        return exchange.profile.isOld
            ? ["reference": .string(reference), "summary": none] : ["reference": .string(reference)]
    }

    private static let validStrategy: Check = { exchange throws(Fault) in _ = try strategy(exchange) }

    private static func strategy(_ exchange: Exchange) throws(Fault) -> MergeStrategy {
        let name = exchange.field("strategy")
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

    /// Returns a page of differences.
    static func page(of differences: [Difference], _ exchange: Exchange) -> Reply {
        let listing = Listing(
            page: exchange.page, delimiter: exchange.query("delimiter"), passesOver: true)
        let page = listing.lines(of: differences.map { (path: $0.path, item: $0) })
        let showsRight = exchange.flag("include_right_stats")
        // 0.90 gives all objects of a page the size of its last line.
        let common = exchange.profile.isOld ? page.items.last.map(size) : nil
        return .listing(page.items.map { value(of: $0, showsRight: showsRight, size: common) }, next: page.next)
    }

    private static func size(of line: Listing.Line<Difference>) -> Int {
        if case .item(_, let difference) = line { difference.size } else { 0 }
    }

    private static func value(of line: Listing.Line<Difference>, showsRight: Bool, size: Int?) -> Value {
        switch line {
        case .commonPrefix(let prefix):
            return ["path": .string(prefix), "path_type": "common_prefix", "type": "prefix_changed"]
        case .item(let path, let difference):
            var record = Record([
                ("path", .string(path)), ("path_type", "object"), ("size_bytes", .int(size ?? difference.size)),
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
