/// Policies and groups that a new server has.
enum BasePolicies {
    /// A group and the ids of its policies.
    struct BaseGroup: Sendable {
        let id: String
        let policies: [String]
    }

    /// Returns the statements of the base policies by id.
    static func statements(isOld: Bool) -> [(id: String, statements: [Statement])] {
        [
            ("AuthFullAccess", [.allow(["auth:*"])]),
            ("AuthManageOwnCredentials", [manageOwnCredentials]),
            ("FSFullAccess", [fullAccess]),
            ("FSReadAll", [read]),
            ("FSReadWriteAll", [isOld ? oldReadWrite : readWrite]),
            ("RepoManagementFullAccess", [manageRepositories(isOld: isOld)]),
            ("RepoManagementReadAll", [readManagement(isOld: isOld)]),
        ] + (isOld ? [] : newStatements)
    }

    /// Returns the base groups.
    static func groups(isOld: Bool) -> [BaseGroup] {
        let (all, readAll) = (isOld ? [] : ["CatalogReadWriteAll"], isOld ? [] : ["CatalogReadAll"])
        let pulls = isOld ? [] : ["PRReadWriteAll"]
        return [
            BaseGroup(id: "Admins", policies: ["AuthFullAccess", "FSFullAccess", "RepoManagementFullAccess"] + all),
            BaseGroup(
                id: "SuperUsers",
                policies: ["AuthManageOwnCredentials", "FSFullAccess", "RepoManagementReadAll"] + all),
            BaseGroup(
                id: "Developers",
                policies: ["AuthManageOwnCredentials", "FSReadWriteAll", "RepoManagementReadAll"] + pulls + all),
            BaseGroup(id: "Viewers", policies: ["AuthManageOwnCredentials", "FSReadAll"] + readAll),
        ]
    }

    static let manageOwnCredentials = Statement.allow(
        ["auth:CreateCredentials", "auth:DeleteCredentials", "auth:ListCredentials", "auth:ReadCredentials"],
        on: ARN.user("${user}"))
    static let fullAccess = Statement.allow(["fs:*"])
    static let read = Statement.allow(["fs:List*", "fs:Read*"])
    static let readWrite = Statement.allow([
        "fs:Read*", "fs:List*", "fs:WriteObject", "fs:DeleteObject", "fs:RevertBranch", "fs:CreateBranch",
        "fs:CreateTag", "fs:DeleteBranch", "fs:DeleteTag", "fs:CreateCommit",
    ])

    private static let oldReadWrite = Statement.allow([
        "fs:ListRepositories", "fs:ReadRepository", "fs:ReadCommit", "fs:ListBranches", "fs:ListTags",
        "fs:ListObjects", "fs:ReadObject", "fs:WriteObject", "fs:DeleteObject", "fs:RevertBranch", "fs:ReadBranch",
        "fs:ReadTag", "fs:CreateBranch", "fs:CreateTag", "fs:DeleteBranch", "fs:DeleteTag", "fs:CreateCommit",
    ])

    private static func manageRepositories(isOld: Bool) -> Statement {
        .allow(["ci:*", "retention:*", "branches:*"] + (isOld ? [] : ["pr:*"]) + ["fs:ReadConfig"])
    }

    /// Returns the statement of `RepoManagementReadAll`.
    static func readManagement(isOld: Bool) -> Statement {
        .allow(
            ["ci:Read*", "retention:Get*", "branches:Get*"] + (isOld ? [] : ["pr:Read*", "pr:List*"])
                + ["fs:ReadConfig"])
    }

    private static let newStatements: [(id: String, statements: [Statement])] = [
        (
            "CatalogReadAll",
            [
                .allow([
                    "catalog:ListNamespaces", "catalog:GetNamespace", "catalog:ListTables", "catalog:ReadTable",
                    "catalog:ListViews", "catalog:ReadView",
                ])
            ]
        ),
        ("CatalogReadWriteAll", [.allow(["catalog:*"])]),
        ("PRReadWriteAll", [.allow(["pr:*"])]),
    ]
}

/// Access control lists: four permissions, each a set of statements.
enum AccessControlList {
    /// Groups that a new access control list server has, with their permissions.
    static let groups = [("Admins", "Admin"), ("Supers", "Super"), ("Writers", "Write"), ("Readers", "Read")]

    /// Returns the id of the policy that stores a group's list.
    static func policyID(of group: String) -> String { "ACL(_-_)" + group }

    /// Returns the policy of a group with a permission; nil if there is no such permission.
    static func policy(of group: String, _ permission: String, at now: Int) -> Policy? {
        statements(permission).map { statements in
            Policy(id: policyID(of: group), createdAt: now, statements: statements, permission: permission)
        }
    }

    private static func statements(_ permission: String) -> [Statement]? {
        let own = BasePolicies.manageOwnCredentials
        switch permission {
        case "Read": return [BasePolicies.read, .allow(["fs:ReadConfig"]), own]
        case "Write": return [BasePolicies.readWrite, own, BasePolicies.readManagement(isOld: false)]
        case "Super": return [BasePolicies.fullAccess, own, BasePolicies.readManagement(isOld: false)]
        case "Admin": return [.allow(["fs:*", "auth:*", "ci:*", "retention:*", "branches:*", "pr:*"])]
        default: return nil
        }
    }
}
