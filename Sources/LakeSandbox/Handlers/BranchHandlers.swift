import LakeScript

/// Branches: made, listed, read, removed, moved, cleaned, and commits undone or picked on them.
enum BranchHandlers {
    static let handlers: [String: Handler] = [
        "list_branches": handler("fs:ListBranches", Subjects.repository, list),
        "create_branch": handler(
            "fs:CreateBranch", { ARN.branch($0.body["name"].text ?? "", in: $0.repositoryID) },
            checks: [Argument.repository, newNames], create),
        "get_branch": handler("fs:ReadBranch", Subjects.branch, checks: [Argument.repository, Argument.branch], get),
        "delete_branch": handler(
            "fs:DeleteBranch", Subjects.branch,
            checks: [Argument.repository, Argument.branch("branch", as: "name")], delete),
        "reset_branch": handler(
            "fs:RevertBranch", Subjects.branch, checks: [Argument.repository, Argument.branch, resetPath], reset),
        "hard_reset_branch": handler(
            "fs:RevertBranch", Subjects.branch, checks: [Argument.repository, Argument.branch, resetReference],
            hardReset),
        "revert_branch": handler(
            "fs:RevertBranch", Subjects.branch,
            checks: [Argument.repository, Argument.branch, Argument.referenceOfBody, parentToRevert], revert),
        "cherry_pick": handler(
            needsToPick,
            checks: [Argument.repository, Argument.branch, Argument.referenceOfBody, parentToPick], cherryPick),
        "diff_branch": handler(
            "fs:ListObjects", Subjects.repository, checks: [Argument.repository, Argument.branch], diff),
    ]

    // MARK: What is checked of the arguments

    private static let newNames: Argument.Check = { exchange throws(Fault) in
        try Names.checkBranch(exchange.body["name"].text ?? "", advises: true)
        try Names.checkReference(exchange.body["source"].text ?? "")
    }

    /// Only to reset one object its path must be told.
    private static let resetPath: Argument.Check = { exchange throws(Fault) in
        if exchange.body["type"] == "object" { try Names.checkPath(exchange.body["path"].text ?? "") }
    }

    private static let resetReference: Argument.Check = { exchange throws(Fault) in
        try Names.checkReference(exchange.query("ref"))
    }

    private static let parentToRevert: Argument.Check = { exchange throws(Fault) in
        guard exchange.body["parent_number"].integer ?? 0 >= 0 else {
            throw Fault(.invalid, "argument parentNumber: invalid value: validation error")
        }
    }

    private static let parentToPick: Argument.Check = { exchange throws(Fault) in
        guard exchange.body["parent_number"].integer ?? 1 > 0 else {
            let reason = "value should be greater than 0: invalid value: validation error"
            throw Fault(.invalid, "argument parentNumber: " + reason)
        }
    }

    // MARK: The rules

    private static let needsToPick: @Sendable (Exchange) -> Requirement = { exchange in
        .all([
            .need("fs:CreateCommit", Subjects.branch(exchange)),
            .need("fs:ReadCommit", Subjects.repository(exchange)),
        ])
    }

    private static let list: Rule = { state, exchange throws(Fault) in
        let branches = try state.repositories[exchange.repositoryID].branches
        var shown = branches
        if !exchange.flag("show_hidden") {
            for branch in branches where branch.item.isHidden { shown[branch.key] = nil }
        }
        return .listing(shown.page(exchange.page(state.profile), .exact)) { value(of: $0.key, at: $0.item.head) }
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let head = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.createBranch(
                body["name"].text ?? "", from: body["source"].text ?? "", isHidden: exchange.bodyFlag("hidden"),
                force: exchange.isForced)
        }
        return Reply(201, .bytes(Array(head.utf8), contentType: "text/plain; charset=utf-8"))
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        let repository = try state.repositories[exchange.repositoryID]
        return .json(200, value(of: exchange.branchID, at: try repository.branch(exchange.branchID).head))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.deleteBranch(exchange.branchID, force: exchange.isForced)
        }
        return .noContent
    }

    private static let hardReset: Rule = { state, exchange throws(Fault) in
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.hardReset(exchange.branchID, to: exchange.query("ref"), force: exchange.isForced)
        }
        return .noContent
    }

    private static let reset: Rule = { state, exchange throws(Fault) in
        let path = exchange.body["path"].text ?? ""
        let scope: Repository.ResetScope =
            switch exchange.body["type"].text {
            case "object": .object(path)
            case "common_prefix": .prefix(path)
            default: .everything
            }
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.reset(exchange.branchID, scope, force: exchange.isForced)
        }
        return .noContent
    }

    private static let revert: Rule = { state, exchange throws(Fault) in
        let (body, reference) = (exchange.body, exchange.body["ref"].text ?? "")
        let draft = CommitDraft(
            committer: exchange.user ?? "", message: "Revert " + reference, created: exchange.seconds
        ).overridden(by: body["commit_overrides"])
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.revert(
                reference, parent: body["parent_number"].integer ?? 0, on: exchange.branchID, draft,
                allowsEmpty: exchange.bodyFlag("allow_empty"), force: exchange.isForced)
        }
        return .noContent
    }

    private static let cherryPick: Rule = { state, exchange throws(Fault) in
        let body = exchange.body
        let commit = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.cherryPick(
                body["ref"].text ?? "", parent: body["parent_number"].integer, on: exchange.branchID,
                by: exchange.user ?? "", at: exchange.seconds, overrides: body["commit_overrides"],
                force: exchange.isForced)
        }
        return .json(201, commit.shown(by: state.profile))
    }

    private static let diff: Rule = { state, exchange throws(Fault) in
        let differences = try state.repositories[exchange.repositoryID].differences(on: exchange.branchID)
        return DiffHandlers.page(of: differences, exchange, state)
    }

    private static func value(of name: String, at head: String) -> Value {
        ["commit_id": .string(head), "id": .string(name)]
    }
}
