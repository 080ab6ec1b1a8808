import LakeScript

/// Branches: create, list, read, delete and move them, drop their changes, undo and pick commits.
enum BranchHandlers {
    static let handlers: [String: Handler] = [
        "list_branches": Handler("fs:ListBranches", Resource.repository, list),
        "create_branch": Handler(
            "fs:CreateBranch", Resource.branch("name"), checks: [Checks.repository, newNames], create),
        "get_branch": Handler("fs:ReadBranch", Resource.branch, checks: [Checks.repository, Checks.branch], get),
        "delete_branch": Handler(
            "fs:DeleteBranch", Resource.branch, checks: [Checks.repository, Checks.branch("branch", as: "name")],
            delete),
        "reset_branch": Handler(
            "fs:RevertBranch", Resource.branch, checks: [Checks.repository, Checks.branch, resetPath], reset),
        "hard_reset_branch": Handler(
            "fs:RevertBranch", Resource.branch, checks: [Checks.repository, Checks.branch, resetRef], hardReset),
        "revert_branch": Handler(
            "fs:RevertBranch", Resource.branch,
            checks: [Checks.repository, Checks.branch, Checks.refInBody, parentToRevert], revert),
        "cherry_pick": Handler(
            .permissions([
                Permission("fs:CreateCommit", Resource.branch), Permission("fs:ReadCommit", Resource.repository),
            ]), checks: [Checks.repository, Checks.branch, Checks.refInBody, parentToPick], cherryPick),
        "diff_branch": Handler(
            "fs:ListObjects", Resource.repository, checks: [Checks.repository, Checks.branch], diff),
    ]

    // MARK: Checks

    private static let newNames: Check = { exchange throws(Fault) in
        try Names.checkBranch(exchange.field("name"), advises: true)
        try Names.checkRef(exchange.field("source"))
    }

    /// Only a reset of a single object needs a path.
    private static let resetPath: Check = { exchange throws(Fault) in
        if exchange.body["type"] == "object" { try Names.checkPath(exchange.field("path")) }
    }

    private static let resetRef: Check = { exchange throws(Fault) in try Names.checkRef(exchange.query("ref")) }

    private static let parentToRevert: Check = { exchange throws(Fault) in
        guard exchange.body["parent_number"].integer ?? 0 >= 0 else {
            throw Fault(.invalid, "argument parentNumber: invalid value: validation error")
        }
    }

    private static let parentToPick: Check = { exchange throws(Fault) in
        guard exchange.body["parent_number"].integer ?? 1 > 0 else {
            let reason = "value should be greater than 0: invalid value: validation error"
            throw Fault(.invalid, "argument parentNumber: " + reason)
        }
    }

    // MARK: Rules

    private static let list = reading { repository, exchange throws(Fault) in
        var shown = repository.branches
        if !exchange.flag("show_hidden") {
            for branch in repository.branches where branch.item.isHidden { shown[branch.key] = nil }
        }
        return .listing(shown.page(exchange.page, .exact)) { value(of: $0.key, at: $0.item.head) }
    }

    private static let create = changing { repository, exchange throws(Fault) in
        let head = try repository.createBranch(
            exchange.field("name"), from: exchange.field("source"), isHidden: exchange.bodyFlag("hidden"),
            force: exchange.isForced)
        return Reply(201, .bytes(Array(head.utf8), contentType: "text/plain; charset=utf-8"))
    }

    private static let get = reading { repository, exchange throws(Fault) in
        .json(200, value(of: exchange.branchID, at: try repository.branch(exchange.branchID).head))
    }

    private static let delete = changing { repository, exchange throws(Fault) in
        try repository.deleteBranch(exchange.branchID, force: exchange.isForced)
        return .noContent
    }

    private static let hardReset = changing { repository, exchange throws(Fault) in
        try repository.hardReset(exchange.branchID, to: exchange.query("ref"), force: exchange.isForced)
        return .noContent
    }

    private static let reset = changing { repository, exchange throws(Fault) in
        let path = exchange.field("path")
        let scope: Repository.ResetScope =
            switch exchange.field("type") {
            case "object": .object(path)
            case "common_prefix": .prefix(path)
            default: .everything
            }
        try repository.reset(exchange.branchID, scope, force: exchange.isForced)
        return .noContent
    }

    private static let revert = changing { repository, exchange throws(Fault) in
        let (body, ref) = (exchange.body, exchange.field("ref"))
        let draft = CommitDraft(
            committer: exchange.user ?? "", message: "Revert " + ref, created: exchange.seconds
        ).overridden(by: body["commit_overrides"])
        try repository.revert(
            ref, parent: body["parent_number"].integer ?? 0, on: exchange.branchID, draft,
            allowsEmpty: exchange.bodyFlag("allow_empty"), allowsSame: exchange.profile.isOld,
            force: exchange.isForced)
        return .noContent
    }

    private static let cherryPick = changing { repository, exchange throws(Fault) in
        let body = exchange.body
        let commit = try repository.cherryPick(
            exchange.field("ref"), parent: body["parent_number"].integer, on: exchange.branchID,
            by: exchange.user ?? "", at: exchange.seconds, overrides: body["commit_overrides"],
            force: exchange.isForced)
        return .json(201, commit.shown(by: exchange.profile))
    }

    private static let diff = reading { repository, exchange throws(Fault) in
        DiffHandlers.page(of: try repository.differences(on: exchange.branchID), exchange)
    }

    private static func value(of name: String, at head: String) -> Value {
        ["commit_id": .string(head), "id": .string(name)]
    }
}
