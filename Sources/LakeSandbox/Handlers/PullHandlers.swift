import LakeScript

/// Pull requests: proposed, read, changed, merged.
enum PullHandlers {
    static let handlers: [String: Handler] = [
        "list_pull_requests": handler("pr:ListPullRequests", Subjects.repository, list),
        "create_pull_request": handler(
            "pr:WritePullRequest", Subjects.repository, checks: [Argument.repository, branches], create),
        "get_pull_request": handler(
            "pr:ReadPullRequest", Subjects.repository, checks: [Argument.repository, id], get),
        "update_pull_request": handler(
            "pr:WritePullRequest", Subjects.repository, checks: [Argument.repository, id], update),
        "merge_pull_request": merge,
    ]

    private static let branches: Argument.Check = { exchange throws(Fault) in
        let (source, destination) = (exchange.body["source_branch"].text, exchange.body["destination_branch"].text)
        try Names.checkBranch(destination ?? "", as: "dest")
        try Names.checkBranch(source ?? "", as: "src")
        guard source != destination else {
            let reason = "source and destination branches are the same"
            throw Fault(.invalid, reason + ": same branch validation error")
        }
    }

    private static let id: Argument.Check = { exchange throws(Fault) in
        guard SortableID.seconds(of: exchange.path("pull_request")) != nil else {
            throw Fault(.invalid, "argument pullRequestID: pull request id: invalid value: validation error")
        }
    }

    private static let list: Rule = { state, exchange throws(Fault) in
        let wanted = exchange.query("status")
        var pulls = try state.repositories[exchange.repositoryID].pulls
        for entry in pulls where !isShown(entry.item.status, wanted) { pulls[entry.key] = nil }
        return .listing(pulls.page(exchange.page(state.profile), .exact)) { value(of: $0.item, $0.key, isWhole: false) }
    }

    /// What is merged counts as closed.
    private static func isShown(_ status: PullRequest.Status, _ wanted: String) -> Bool {
        switch wanted {
        case "open": status == .open
        case "closed": status != .open
        default: true
        }
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let pull = PullRequest(
            author: exchange.user ?? "", source: body["source_branch"].text ?? "",
            destination: body["destination_branch"].text ?? "", created: exchange.seconds,
            title: body["title"].text ?? "", description: body["description"].text ?? "")
        let id = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.open(pull)
        }
        return .json(201, ["id": .string(id)])
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        let id = exchange.path("pull_request")
        return .json(200, value(of: try state.repositories[exchange.repositoryID].pull(id), id, isWhole: true))
    }

    private static let update: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.update(
                exchange.path("pull_request"), title: body["title"].text, description: body["description"].text,
                status: body["status"].text.flatMap(PullRequest.Status.init), at: exchange.seconds)
        }
        return .noContent
    }

    /// Asks twice: for the pull request, and when that is known, for the branch it goes to.
    private static let merge: Handler = { state, exchange throws(Refusal) in
        let (repositoryID, id) = (exchange.repositoryID, exchange.path("pull_request"))
        try exchange.authorize("pr:WritePullRequest", ARN.repository(repositoryID), in: state)
        let destination: String
        do throws(Fault) {
            try Argument.repository(exchange)
            try PullHandlers.id(exchange)
            destination = try state.repositories[repositoryID].pull(id).destination
        } catch { throw Refusal(error) }
        try exchange.authorize("fs:CreateCommit", ARN.branch(destination, in: repositoryID), in: state)
        do throws(Fault) {
            let commit = try state.repositories.change(repositoryID) { repository throws(Fault) in
                try repository.mergePull(id, by: exchange.user ?? "", at: exchange.seconds)
            }
            return .json(200, ["reference": .string(commit.id)])
        } catch { throw Refusal(error) }
    }

    /// A pull request; lists leave its description out.
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
    /// The moment as answers write it: `2026-11-23T10:00:00Z`.
    var stamp: String {
        // A format of known letters cannot fail.
        (try? text("%Y-%m-%dT%H:%M:%SZ")) ?? ""
    }
}
