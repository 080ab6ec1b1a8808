internal import LakeAPI
package import LakeScript

/// A few commands like lakeFS's, for tests of the language, which does not know the real catalogue.
package enum ToyVocabulary {
    package static let vocabulary = Vocabulary(
        users + groups + keys + branches + objects + others, conventions: .lakeFS)

    // MARK: schemas

    package static let pagination = ValueType.record(
        RecordType(
            "Pagination",
            [
                Field("has_more", .bool), Field("next_offset", .string), Field("results", .int),
                Field("max_per_page", .int),
            ]))

    package static let user = ValueType.record(
        RecordType(
            "User",
            [
                Field("id", .string), Field("creation_date", .int, format: .time),
                Field("friendly_name", .string, isRequired: false), Field("email", .string, isRequired: false),
            ]))

    package static let group = ValueType.record(
        RecordType(
            "Group",
            [
                Field("id", .string), Field("name", .string), Field("creation_date", .int, format: .time),
                Field("description", .string, isRequired: false),
            ]))

    package static let credentials = ValueType.record(
        RecordType("Credentials", [Field("access_key_id", .string), Field("creation_date", .int, format: .time)]))

    package static let credentialsWithSecret = ValueType.record(
        RecordType(
            "CredentialsWithSecret",
            [
                Field("access_key_id", .string), Field("secret_access_key", .secret),
                Field("creation_date", .int, format: .time),
            ]))

    package static let ref = ValueType.record(RecordType("Ref", [Field("id", .string), Field("commit_id", .string)]))

    package static let commit = ValueType.record(
        RecordType(
            "Commit",
            [
                Field("id", .string), Field("parents", .list(.string)), Field("committer", .string),
                Field("message", .string), Field("creation_date", .int, format: .time), Field("meta_range_id", .string),
                Field("metadata", .map(.string), isRequired: false), Field("generation", .int, isRequired: false),
            ]))

    package static let diff = ValueType.record(
        RecordType(
            "Diff",
            [
                Field("type", .enumeration(["added", "removed", "changed", "conflict"])), Field("path", .string),
                Field("path_type", .enumeration(["common_prefix", "object"])),
                Field("size_bytes", .int, isRequired: false, format: .size),
            ]))

    package static let object = ValueType.record(
        RecordType(
            "ObjectStats",
            [
                Field("path", .string), Field("checksum", .string), Field("mtime", .int, format: .time),
                Field("size_bytes", .int, isRequired: false, format: .size),
                Field("metadata", .map(.string), isRequired: false),
            ]))

    package static let statement = ValueType.record(
        RecordType(
            "Statement",
            [
                Field("effect", .enumeration(["allow", "deny"])), Field("resource", .string),
                Field("action", .list(.string)),
            ]))

    package static let policy = ValueType.record(
        RecordType(
            "Policy",
            [
                Field("id", .string), Field("creation_date", .int, isRequired: false, format: .time),
                Field("statement", .list(statement)),
            ]))

    /// Makes a page schema such as `UserList`.
    package static func page(_ name: String, of item: ValueType) -> ValueType {
        .record(RecordType(name, [Field("pagination", pagination), Field("results", .list(item))], page: .lakeFS))
    }

    // MARK: parameters

    private static let userID = Parameter(
        "user_id", role: .user, refusal: { $0.isEmpty || $0.contains("%") ? "no user is called so" : nil })
    private static let groupID = Parameter("group_id", role: .group)
    private static let repository = Parameter("repository", role: .repository)
    private static let branch = Parameter("branch", role: .branch)
    private static let anyRef = Parameter("ref", role: .ref)
    private static let path = Parameter("path", role: .path)
    private static let paging = [
        Parameter("prefix", isRequired: false, role: .prefix), Parameter("after", isRequired: false),
        Parameter("amount", .int, default: 100, bounds: -1...1000),
    ]

    private static func read(_ name: String, _ parameters: [Parameter], _ result: ValueType) -> Command {
        Command(Signature(name, parameters, result: result), effect: .read)
    }

    private static func list(_ name: String, _ parameters: [Parameter], _ page: String, of item: ValueType) -> Command {
        Command(
            Signature(name, parameters + paging, result: self.page(page, of: item)), effect: .read, paging: .lakeFS)
    }

    private static func write(
        _ name: String, _ parameters: [Parameter], _ result: ValueType, canEnsure: Bool = true,
        options: [CallOption] = [], bodyFields: Set<String> = []
    ) -> Command {
        Command(
            Signature(name, parameters, result: result), effect: .write, canEnsure: canEnsure, options: options,
            bodyFields: bodyFields)
    }

    private static func destroy(_ name: String, _ parameters: [Parameter], canEnsure: Bool = false) -> Command {
        Command(Signature(name, parameters, result: .null), effect: .destroy, canEnsure: canEnsure)
    }

    // MARK: commands

    private static let users = [
        list("list_users", [], "UserList", of: user),
        read("get_user", [userID], user),
        read(
            "get_current_user", [], .record(RecordType("CurrentUser", [Field("user", user)]))),
        write(
            "create_user", [Parameter("id", role: .user), Parameter("invite_user", .bool, isRequired: false)], user,
            options: [.body], bodyFields: ["id", "invite_user"]),
        destroy("delete_user", [userID], canEnsure: true),
        list("list_user_groups", [userID], "GroupList", of: group),
    ]

    private static let groups = [
        list("list_groups", [], "GroupList", of: group),
        read("get_group", [groupID], group),
        write(
            "create_group", [Parameter("id"), Parameter("description", isRequired: false)], group, options: [.body],
            bodyFields: ["id", "description"]),
        list("list_group_members", [groupID], "UserList", of: user),
        write("add_group_membership", [groupID, userID], .null),
        destroy("delete_group_membership", [groupID, userID], canEnsure: true),
        list("list_policies", [], "PolicyList", of: policy),
        write(
            "create_policy", [Parameter("id", role: .policy), Parameter("statement", .list(statement))], policy,
            options: [.body], bodyFields: ["id", "statement"]),
    ]

    private static let keys = [
        list("list_user_credentials", [userID], "CredentialsList", of: credentials),
        write("create_credentials", [userID], credentialsWithSecret, canEnsure: false),
        destroy(
            "delete_credentials", [userID, Parameter("access_key_id", role: .accessKey)], canEnsure: true),
        write(
            "login", [Parameter("access_key_id"), Parameter("secret_access_key", .secret)],
            .record(RecordType("AuthenticationToken", [Field("token", .secret)])), canEnsure: false),
    ]

    private static let branches = [
        list("list_branches", [repository], "RefList", of: ref),
        read("get_branch", [repository, branch], ref),
        write(
            "create_branch", [repository, Parameter("name", role: .branch), Parameter("source", role: .ref)], .string),
        destroy("delete_branch", [repository, branch], canEnsure: true),
        destroy(
            "hard_reset_branch", [repository, branch, anyRef, Parameter("force", .bool, default: false)]),
        list("diff_branch", [repository, branch], "DiffList", of: diff),
        read("get_commit", [repository, Parameter("commit_id", role: .commit)], commit),
        list("log_commits", [repository, anyRef], "CommitList", of: commit),
        write(
            "commit",
            [
                repository, branch, Parameter("message"), Parameter("metadata", .map(.string), isRequired: false),
                Parameter("date", .int, isRequired: false),
            ], commit, canEnsure: false, options: [.body], bodyFields: ["message", "metadata", "date"]),
        list(
            "diff_refs", [repository, Parameter("left_ref", role: .ref), Parameter("right_ref", role: .ref)],
            "DiffList", of: diff),
    ]

    private static let presign = CallOption("presign", .bool, "")
    private static let from = CallOption("from", .string, "", role: .file)
    private static let to = CallOption("to", .string, "", role: .file, result: .null, effect: .write)

    private static let objects = [
        list("list_objects", [repository, anyRef], "ObjectStatsList", of: object),
        read("stat_object", [repository, anyRef, path], object),
        Command(
            Signature("get_object", [repository, anyRef, path], result: .bytes), effect: .read, options: [to]),
        write(
            "upload_object", [repository, branch, path, Parameter("content", .bytes, isRequired: false)], object,
            canEnsure: false, options: [presign, from]),
        destroy("delete_object", [repository, branch, path], canEnsure: true),
        write(
            "delete_objects", [repository, branch, Parameter("paths", .list(.string))], .null, canEnsure: false,
            options: [.body], bodyFields: ["paths"]),
    ]

    private static let others = [
        write(
            "set_protection",
            [repository, Parameter("enabled", .bool), Parameter("mode", .enumeration(["soft", "hard"]))],
            .null, canEnsure: false),
        write(
            "dump_refs", [repository, Parameter("limit", .float, isRequired: false)],
            .record(RecordType("Task", [Field("id", .string), Field("done", .bool)])), canEnsure: false),
    ]
}
