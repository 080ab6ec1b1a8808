import LakeScript

/// Tags.
enum TagHandlers {
    static let handlers: [String: Handler] = [
        "list_tags": Handler("fs:ListTags", Resource.repository, checks: [repository], list),
        "create_tag": Handler(
            "fs:CreateTag", ARN.tag("{id}", in: "{repository}"), checks: [Checks.repository, newName], create),
        "get_tag": Handler("fs:ReadTag", Resource.tag, checks: [repository, Checks.tag], get),
        "delete_tag": Handler("fs:DeleteTag", Resource.tag, checks: [repository, Checks.tag], delete),
    ]

    /// Most of these operations call the repository `name`.
    private static let repository = Checks.repository(as: "name")

    private static let newName: Check = { exchange throws(Fault) in try Names.checkTag(exchange.field("id")) }

    private static let list = reading { repository, exchange throws(Fault) in
        .listing(repository.tags.page(exchange.page, .exact)) { value(of: $0.key, at: $0.item) }
    }

    private static let create = changing { repository, exchange throws(Fault) in
        let name = exchange.field("id")
        let id = try repository.createTag(name, at: exchange.field("ref"), force: exchange.isForced)
        return .json(201, value(of: name, at: id))
    }

    private static let get = reading { repository, exchange throws(Fault) in
        let name = exchange.path("tag")
        return .json(200, value(of: name, at: try repository.tag(name)))
    }

    private static let delete = changing { repository, exchange throws(Fault) in
        try repository.deleteTag(exchange.path("tag"), force: exchange.isForced)
        return .noContent
    }

    private static func value(of name: String, at id: String) -> Value {
        ["commit_id": .string(id), "id": .string(name)]
    }
}
