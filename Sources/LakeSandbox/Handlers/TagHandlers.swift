import LakeScript

/// Tags.
enum TagHandlers {
    static let handlers: [String: Handler] = [
        "list_tags": handler("fs:ListTags", Subjects.repository, checks: [repository], list),
        "create_tag": handler(
            "fs:CreateTag", { ARN.tag($0.body["id"].text ?? "", in: $0.repositoryID) },
            checks: [Argument.repository, newName], create),
        "get_tag": handler("fs:ReadTag", Subjects.tag, checks: [repository, Argument.tag], get),
        "delete_tag": handler("fs:DeleteTag", Subjects.tag, checks: [repository, Argument.tag], delete),
    ]

    /// What most of these call the repository.
    private static let repository = Argument.repository(as: "name")

    private static let newName: Argument.Check = { exchange throws(Fault) in
        try Names.checkTag(exchange.body["id"].text ?? "")
    }

    private static let list: Rule = { state, exchange throws(Fault) in
        let tags = try state.repositories[exchange.repositoryID].tags
        return .listing(tags.page(exchange.page(state.profile), .exact)) { value(of: $0.key, at: $0.item) }
    }

    private static let create: Rule = { state, exchange throws(Fault) in
        let name = exchange.body["id"].text ?? ""
        let id = try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.createTag(name, at: exchange.body["ref"].text ?? "", force: exchange.isForced)
        }
        return .json(201, value(of: name, at: id))
    }

    private static let get: Rule = { state, exchange throws(Fault) in
        let name = exchange.path("tag")
        return .json(200, value(of: name, at: try state.repositories[exchange.repositoryID].tag(name)))
    }

    private static let delete: Rule = { state, exchange throws(Fault) in
        try state.repositories.change(exchange.repositoryID) { repository throws(Fault) in
            try repository.deleteTag(exchange.path("tag"), force: exchange.isForced)
        }
        return .noContent
    }

    private static func value(of name: String, at id: String) -> Value {
        ["commit_id": .string(id), "id": .string(name)]
    }
}
