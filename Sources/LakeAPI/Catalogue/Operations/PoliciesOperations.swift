import LakeScript

/// Policies: statements that allow or deny actions.
enum PoliciesOperations {
    static let all: [Operation] = [
        listPolicies, getPolicy, createPolicy, updatePolicy, deletePolicy,
    ]

    private static let listPolicies = Operation(
        "list_policies", "listPolicies", .get, "/auth/policies",
        parameters: .page,
        answers: [200: .record(.policyList)], errors: [400, 401, 429],
        permission: "auth:ListPolicies on *", area: "auth", lakectl: "lakectl auth policies list",
        needsAccessControl: true,
        meanings: [
            501: "the server has one user and no policies, or uses access control lists"
        ],
        summary: "the policies, page by page",
        example: "list_policies --prefix FS")

    private static let getPolicy = Operation(
        "get_policy", "getPolicy", .get, "/auth/policies/{policyId}",
        parameters: [.policy],
        answers: [200: .record(.policy)], errors: [400, 401, 404, 429],
        permission: "auth:ReadPolicy on policy/{policy_id}", area: "auth",
        lakectl: "lakectl auth policies show --id ID", needsAccessControl: true,
        meanings: [
            501: "the server has one user and no policies, or uses access control lists"
        ],
        summary: "a policy with its statements",
        example: "get_policy FSReadAll")

    private static let createPolicy = Operation(
        "create_policy", "createPolicy", .post, "/auth/policies",
        body: .init(.fields(.policy)),
        answers: [201: .record(.policy)], errors: [400, 401, 409, 429],
        effect: .write, repetition: .createByName,
        ensure: .existing(compare: ["statement"], update: "update_policy"),
        probe: Probe("get_policy", ["policy_id": "id"]), permission: "auth:CreatePolicy on policy/{id}", area: "auth",
        lakectl: "lakectl auth policies create --id ID --statement-document FILE", needsAccessControl: true,
        meanings: [
            400: "a field is missing, or an id, effect, action or resource is refused",
            409: "a policy with this id exists",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "creates a policy that is not attached yet",
        example: "create_policy read-lake --statement [{effect: \"allow\", action: [\"fs:Read*\"], resource: \"*\"}]")

    private static let updatePolicy = Operation(
        "update_policy", "updatePolicy", .put, "/auth/policies/{policyId}",
        parameters: [.policy], body: .init(.fields(.policy)),
        answers: [200: .record(.policy)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "auth:UpdatePolicy on policy/{policy_id}", area: "auth", needsAccessControl: true,
        meanings: [
            400: "as for `create_policy`, or the two ids differ",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "replaces a whole policy, including its creation date",
        example:
            "update_policy FSReadAll FSReadAll [{effect: \"allow\", action: [\"fs:Read*\", \"fs:List*\"], resource: \"*\"}]"
    )

    private static let deletePolicy = Operation(
        "delete_policy", "deletePolicy", .delete, "/auth/policies/{policyId}",
        parameters: [.policy],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DeletePolicy on policy/{policy_id}", area: "auth",
        lakectl: "lakectl auth policies delete --id ID", needsAccessControl: true,
        meanings: [
            501: "the server has one user and no policies, or uses access control lists"
        ],
        summary: "deletes a policy and detaches it from all users and groups",
        example: "ensure delete_policy read-lake")
}
