import LakeScript

/// Users, and the identity of the caller.
enum UsersOperations {
    static let all: [Operation] = [
        listUsers, getUser, createUser, deleteUser, getCurrentUser, listUserGroups, listUserPolicies,
        attachPolicyToUser, detachPolicyFromUser,
    ]

    private static let listUsers = Operation(
        "list_users", "listUsers", .get, "/auth/users",
        parameters: .page,
        answers: [200: .record(.userList)], errors: [400, 401, 429],
        permission: "auth:ListUsers on *", area: "auth", lakectl: "lakectl auth users list",
        summary: "the users, page by page",
        example: "list_users --prefix ad")

    private static let getUser = Operation(
        "get_user", "getUser", .get, "/auth/users/{userId}",
        parameters: [.user],
        answers: [200: .record(.user)], errors: [400, 401, 404, 429],
        permission: "auth:ReadUser on user/{user_id}", area: "auth",
        summary: "one user",
        example: "get_user admin")

    private static let createUser = Operation(
        "create_user", "createUser", .post, "/auth/users",
        body: .init(.fields(.userCreation), isRequired: false),
        answers: [201: .record(.user)], errors: [400, 401, 409, 429],
        effect: .write, repetition: .createByName, ensure: .existing(compare: [], update: nil),
        probe: Probe("get_user", ["user_id": "id"]), permission: "auth:CreateUser on user/{id}", area: "auth",
        lakectl: "lakectl auth users create --id ID",
        needsAccessControl: true,
        meanings: [
            400: "the id is missing, empty, or holds `/` or `%`",
            409: "a user with this id exists; the one-user server answers so for every id",
        ],
        summary: "creates a user without keys or permissions",
        example: "create_user ana")

    private static let deleteUser = Operation(
        "delete_user", "deleteUser", .delete, "/auth/users/{userId}",
        parameters: [.user],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DeleteUser on user/{user_id}", area: "auth", lakectl: "lakectl auth users delete --id ID",
        meanings: [
            204: "the user is deleted; lakeFS 0.90 keeps its keys, which work again if the id is reused"
        ],
        summary: "deletes a user; lakeFS 0.90 keeps its keys, which work again if the id is reused",
        example: "ensure delete_user ana")

    private static let getCurrentUser = Operation(
        "get_current_user", "getCurrentUser", .get, "/user",
        answers: [200: .record(.currentUser)], errors: [],
        area: "auth", lakectl: "lakectl identity",
        meanings: [
            401: "not logged in; servers after 0.90 return a user without an id instead"
        ],
        summary: "the user of the current keys, token or cookie",
        example: "get_current_user")

    private static let listUserGroups = Operation(
        "list_user_groups", "listUserGroups", .get, "/auth/users/{userId}/groups",
        parameters: [.user] + .page,
        answers: [200: .record(.groupList)], errors: [400, 401, 404, 429],
        permission: "auth:ReadUser on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users groups list --id ID", needsAccessControl: true,
        meanings: [
            501: "the server has one user and no groups"
        ],
        summary: "the groups that a user is in",
        example: "list_user_groups admin")

    private static let listUserPolicies = Operation(
        "list_user_policies", "listUserPolicies", .get, "/auth/users/{userId}/policies",
        parameters: [.user] + .page + [
            .init("effective", .query, .bool, default: false, summary: "includes policies of the user's groups")
        ],
        answers: [200: .record(.policyList)], errors: [400, 401, 404, 429],
        permission: "auth:ReadUser on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users policies list --id ID", needsAccessControl: true,
        meanings: [
            200: "a PolicyList; lakeFS 0.90 returns an empty one for an unknown user",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "the policies attached to a user; with `effective` also those of its groups",
        example: "list_user_policies admin --effective")

    private static let attachPolicyToUser = Operation(
        "attach_policy_to_user", "attachPolicyToUser", .put, "/auth/users/{userId}/policies/{policyId}",
        parameters: [.user, .policy],
        answers: [201: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge, ensure: .conflict,
        permission: "auth:AttachPolicy on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users policies attach --id ID --policy POLICY", needsAccessControl: true,
        meanings: [
            409: "the user has the policy already",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "attaches a policy to a user",
        example: "ensure attach_policy_to_user admin FSReadAll")

    private static let detachPolicyFromUser = Operation(
        "detach_policy_from_user", "detachPolicyFromUser", .delete, "/auth/users/{userId}/policies/{policyId}",
        parameters: [.user, .policy],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DetachPolicy on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users policies detach --id ID --policy POLICY", needsAccessControl: true,
        meanings: [
            204: "the user does not have it, even if it did not before",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "detaches a policy from a user",
        example: "ensure detach_policy_from_user admin FSReadAll")
}
