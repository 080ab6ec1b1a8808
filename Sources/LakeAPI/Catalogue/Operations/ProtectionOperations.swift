import LakeScript

/// Protected branches, which only merges may change.
enum ProtectionOperations {
    static let all: [Operation] = [
        getBranchProtectionRules, setBranchProtectionRules, createBranchProtectionRulePreflight,
        createBranchProtectionRule, deleteBranchProtectionRule, internalGetBranchProtectionRules,
        internalCreateBranchProtectionRule, internalDeleteBranchProtectionRule,
    ]

    private static let getBranchProtectionRules = Operation(
        "get_branch_protection_rules", "getBranchProtectionRules", .get,
        "/repositories/{repository}/settings/branch_protection",
        parameters: [.repository],
        answers: [200: .list(.record(.branchProtectionRule))], errors: [400, 401, 404, 429],
        permission: "branches:GetBranchProtectionRules on repository/{repository}", area: "repositories",
        lakectl: "lakectl branch-protect list lakefs://REPOSITORY",
        summary: "the patterns of protected branches",
        example: "get_branch_protection_rules lake")

    private static let setBranchProtectionRules = Operation(
        "set_branch_protection_rules", "setBranchProtectionRules", .put,
        "/repositories/{repository}/settings/branch_protection",
        parameters: [.repository, .ifMatch], body: .init(.list(.record(.branchProtectionRule))),
        answers: [204: nil], errors: [400, 401, 403, 404, 412, 429],
        effect: .write, repetition: .converge,
        permission: "branches:SetBranchProtectionRules on repository/{repository}",
        area: "repositories", lakectl: "lakectl branch-protect add lakefs://REPOSITORY PATTERN",
        summary: "replaces the patterns of protected branches",
        example: "set_branch_protection_rules lake [{pattern: \"release-*\"}]")

    private static let createBranchProtectionRulePreflight = Operation(
        "create_branch_protection_rule_preflight", "createBranchProtectionRulePreflight", .get,
        "/repositories/{repository}/branch_protection/set_allowed",
        parameters: [.repository],
        answers: [204: nil], errors: [400, 401, 404, 409, 429],
        permission: "branches:SetBranchProtectionRules on repository/{repository}", area: "internal",
        summary: "checks the permission to protect branches",
        example: "create_branch_protection_rule_preflight lake")

    private static let createBranchProtectionRule = Operation(
        "create_branch_protection_rule", "createBranchProtectionRule", .post,
        "/repositories/{repository}/branch_protection",
        parameters: [.repository], body: .init(.fields(.branchProtectionRule)),
        answers: [204: nil], errors: [401, 404],
        effect: .write, repetition: .converge,
        permission: "branches:SetBranchProtectionRules on repository/{repository}",
        area: "repositories", lakectl: "lakectl branch-protect add lakefs://REPOSITORY PATTERN",
        summary: "protects the branches of a pattern",
        example: "create_branch_protection_rule lake \"release-*\"")

    private static let deleteBranchProtectionRule = Operation(
        "delete_branch_protection_rule", "deleteBranchProtectionRule", .delete,
        "/repositories/{repository}/branch_protection",
        parameters: [.repository],
        body: .init(
            .fields(RecordType("", [Field("pattern", .string, summary: "a pattern of branches: `release-*`")]))),
        answers: [204: nil], errors: [401, 404],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "branches:SetBranchProtectionRules on repository/{repository}",
        area: "repositories", lakectl: "lakectl branch-protect delete lakefs://REPOSITORY PATTERN",
        summary: "ends the protection of the branches of a pattern",
        example: "ensure delete_branch_protection_rule lake \"release-*\"")

    private static let internalGetBranchProtectionRules = Operation(
        "internal_get_branch_protection_rules", "internalGetBranchProtectionRules", .get,
        "/repositories/{repository}/branch_protection",
        parameters: [.repository],
        answers: [200: .list(.record(.branchProtectionRule))], errors: [400, 401, 404, 429],
        permission: "branches:GetBranchProtectionRules on repository/{repository}", area: "internal",
        summary: "the patterns of protected branches, as used by the web UI",
        example: "internal_get_branch_protection_rules lake")

    private static let internalCreateBranchProtectionRule = Operation(
        "internal_create_branch_protection_rule", "internalCreateBranchProtectionRule", .post,
        "/repositories/{repository}/branch_protection",
        parameters: [.repository], body: .init(.fields(.branchProtectionRule)),
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "branches:SetBranchProtectionRules on repository/{repository}", area: "internal",
        summary: "protects the branches of a pattern, as used by the web UI",
        example: "internal_create_branch_protection_rule lake \"hotfix-*\"")

    private static let internalDeleteBranchProtectionRule = Operation(
        "internal_delete_branch_protection_rule", "internalDeleteBranchProtectionRule", .delete,
        "/repositories/{repository}/branch_protection",
        parameters: [.repository],
        body: .init(
            .fields(RecordType("", [Field("pattern", .string, summary: "a pattern of branches: `release-*`")]))),
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "branches:SetBranchProtectionRules on repository/{repository}", area: "internal",
        summary: "ends the protection of a pattern, as used by the web UI",
        example: "ensure internal_delete_branch_protection_rule lake \"hotfix-*\"")
}
