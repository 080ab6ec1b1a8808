import LakeScript

/// Pull requests: create, read, change and merge them.
enum PullHandlers {
    static let handlers: [String: Handler] = [
        "list_pull_requests": Handler("pr:ListPullRequests", Resource.repository, list),
        "create_pull_request": Handler(
            "pr:WritePullRequest", Resource.repository, checks: [Checks.repository, branches], create),
        "get_pull_request": Handler("pr:ReadPullRequest", Resource.repository, checks: [Checks.repository, id], get),
        "update_pull_request": Handler(
            "pr:WritePullRequest", Resource.repository, checks: [Checks.repository, id], update),
        "merge_pull_request": Handler(
            "pr:WritePullRequest", Resource.repository, checks: [Checks.repository, id], later: [toMerge], merge),
    ]

    private static let branches: Check = { exchange throws(Fault) in
        let (source, destination) = (exchange.field("source_branch"), exchange.field("destination_branch"))
        try Names.checkBranch(destination, as: "dest")
        try Names.checkBranch(source, as: "src")
        guard source != destination else {
            let reason = "source and destination branches are the same"
            throw Fault(.invalid, reason + ": same branch validation error")
        }
    }

    private static let id: Check = { exchange throws(Fault) in
        guard SortableID.seconds(of: exchange.path("pull_request")) != nil else {
            throw Fault(.invalid, "argument pullRequestID: pull request id: invalid value: validation error")
        }
    }

    private static let list = reading { repository, exchange throws(Fault) in
        let wanted = exchange.query("status")
        var pulls = repository.pulls
        for entry in pulls where !isShown(entry.item.status, wanted) { pulls[entry.key] = nil }
        return .listing(pulls.page(exchange.page, .exact)) { value(of: $0.item, $0.key, isWhole: false) }
    }

    /// Returns true if a status fits the filter of a listing. Merged pull requests count as closed.
    private static func isShown(_ status: PullRequest.Status, _ wanted: String) -> Bool {
        switch wanted {
        case "open": status == .open
        case "closed": status != .open
        default: true
        }
    }

    private static let create = changing { repository, exchange throws(Fault) in
        let pull = PullRequest(
            author: exchange.user ?? "", source: exchange.field("source_branch"),
            destination: exchange.field("destination_branch"), created: exchange.seconds,
            title: exchange.field("title"), description: exchange.field("description"))
        return .json(201, ["id": .string(try repository.open(pull))])
    }

    private static let get = reading { repository, exchange throws(Fault) in
        let id = exchange.path("pull_request")
        return .json(200, value(of: try repository.pull(id), id, isWhole: true))
    }

    private static let update = changing { repository, exchange throws(Fault) in
        let body = exchange.body
        try repository.update(
            exchange.path("pull_request"), title: body["title"].text, description: body["description"].text,
            status: body["status"].text.flatMap(PullRequest.Status.init), at: exchange.seconds)
        return .noContent
    }

    private static let toMerge = Permission("fs:CreateCommit", Resource.branch("destination"))

    /// Asks for the permission on the destination as soon as the pull request is known.
    private static let merge: Rule = { state, exchange throws(Fault) in
        let (repositoryID, id) = (exchange.repositoryID, exchange.path("pull_request"))
        let destination = try state.repositories[repositoryID].pull(id).destination
        try exchange.authorize([toMerge], with: ["destination": .string(destination)], in: state)
        let commit = try state.repositories.change(repositoryID) { repository throws(Fault) in
            try repository.mergePull(id, by: exchange.user ?? "", at: exchange.seconds)
        }
        return .json(200, ["reference": .string(commit.id)])
    }

    /// Returns a pull request as the API shows it; listings leave its description out.
    private static func value(of pull: PullRequest, _ id: String, isWhole: Bool) -> Value {
        var record = Record([
            ("id", .string(id)), ("status", .string(pull.status.rawValue)), ("title", .string(pull.title)),
            ("author", .string(pull.author)), ("creation_date", .string(CalendarTime(pull.created).stamp)),
            ("source_branch", .string(pull.source)), ("destination_branch", .string(pull.destination)),
        ])
        if isWhole { record["description"] = .string(pull.description) }
        if let closed = pull.closed { record["closed_date"] = .string(CalendarTime(closed).stamp) }
        if let merged = pull.merged { record["merged_commit_id"] = .string(merged) }
        return .map(record)
    }
}

extension CalendarTime {
    /// The moment as answers show it: `2026-11-23T10:00:00Z`.
    var stamp: String {
        // A format of known letters cannot fail.
        (try? text("%Y-%m-%dT%H:%M:%SZ")) ?? ""
    }
}
