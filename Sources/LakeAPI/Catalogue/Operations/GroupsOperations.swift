import LakeScript

/// Groups and their members.
enum GroupsOperations {
    static let all: [Operation] = [
        listGroups, getGroup, createGroup, deleteGroup, listGroupMembers, addGroupMembership, deleteGroupMembership,
        listGroupPolicies, attachPolicyToGroup, detachPolicyFromGroup, getGroupAcl, setGroupAcl,
    ]

    private static let listGroups = Operation(
        "list_groups", "listGroups", .get, "/auth/groups",
        parameters: .page,
        answers: [200: .record(.groupList)], errors: [400, 401, 429],
        permission: "auth:ListGroups on *", area: "auth", lakectl: "lakectl auth groups list",
        needsAccessControl: true,
        meanings: [
            501: "the server has one user and no groups"
        ],
        summary: "the groups, page by page",
        example: "list_groups")

    private static let getGroup = Operation(
        "get_group", "getGroup", .get, "/auth/groups/{groupId}",
        parameters: [.group],
        answers: [200: .record(.group)], errors: [400, 401, 404, 429],
        permission: "auth:ReadGroup on group/{group_id}", area: "auth", needsAccessControl: true,
        meanings: [
            501: "the server has one user and no groups"
        ],
        summary: "one group",
        example: "get_group Developers")

    private static let createGroup = Operation(
        "create_group", "createGroup", .post, "/auth/groups",
        body: .init(.fields(.groupCreation), isRequired: false),
        answers: [201: .record(.group)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .createByName,
        ensure: .existing(compare: ["description"], update: nil),
        probe: Probe("get_group", ["group_id": "id"]), permission: "auth:CreateGroup on group/{id}", area: "auth",
        lakectl: "lakectl auth groups create --id ID",
        needsAccessControl: true,
        meanings: [
            400: "the id is missing, empty, or holds `/` or `%`",
            404: "in the specification; no server sends it",
            409: "a group with this id exists",
            501: "the server has one user and no groups",
        ],
        summary: "creates a group without members or policies",
        example: "create_group analysts --description \"people who ask\"")

    private static let deleteGroup = Operation(
        "delete_group", "deleteGroup", .delete, "/auth/groups/{groupId}",
        parameters: [.group],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DeleteGroup on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups delete --id ID", needsAccessControl: true,
        meanings: [
            501: "the server has one user and no groups"
        ],
        summary: "deletes a group, its memberships and attachments",
        example: "ensure delete_group analysts")

    private static let listGroupMembers = Operation(
        "list_group_members", "listGroupMembers", .get, "/auth/groups/{groupId}/members",
        parameters: [.group] + .page,
        answers: [200: .record(.userList)], errors: [400, 401, 429],
        permission: "auth:ReadGroup on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups members list --id ID", needsAccessControl: true,
        meanings: [
            404: "no such group",
            501: "the server has one user and no groups",
        ],
        summary: "the users in a group",
        example: "list_group_members Admins")

    private static let addGroupMembership = Operation(
        "add_group_membership", "addGroupMembership", .put, "/auth/groups/{groupId}/members/{userId}",
        parameters: [.group, .user],
        answers: [201: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge, ensure: .conflict,
        permission: "auth:AddGroupMember on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups members add --id GROUP --user USER", needsAccessControl: true,
        meanings: [
            409: "the user is in the group already",
            501: "the server has one user and no groups",
        ],
        summary: "adds a user to a group",
        example: "ensure add_group_membership Developers admin")

    private static let deleteGroupMembership = Operation(
        "delete_group_membership", "deleteGroupMembership", .delete, "/auth/groups/{groupId}/members/{userId}",
        parameters: [.group, .user],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:RemoveGroupMember on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups members remove --id GROUP --user USER", needsAccessControl: true,
        meanings: [
            204: "the user is not in the group, even if it was not before",
            501: "the server has one user and no groups",
        ],
        summary: "removes a user from a group",
        example: "ensure delete_group_membership Developers admin")

    private static let listGroupPolicies = Operation(
        "list_group_policies", "listGroupPolicies", .get, "/auth/groups/{groupId}/policies",
        parameters: [.group] + .page,
        answers: [200: .record(.policyList)], errors: [400, 401, 404, 429],
        permission: "auth:ReadGroup on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups policies list --id ID", needsAccessControl: true,
        meanings: [
            200: "a PolicyList; lakeFS 0.90 returns an empty one for an unknown group",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "the policies attached to a group",
        example: "list_group_policies Developers")

    private static let attachPolicyToGroup = Operation(
        "attach_policy_to_group", "attachPolicyToGroup", .put, "/auth/groups/{groupId}/policies/{policyId}",
        parameters: [.group, .policy],
        answers: [201: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge, ensure: .conflict,
        permission: "auth:AttachPolicy on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups policies attach --id ID --policy POLICY", needsAccessControl: true,
        meanings: [
            409: "the group has the policy already",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "attaches a policy to a group",
        example: "ensure attach_policy_to_group Viewers FSReadAll")

    private static let detachPolicyFromGroup = Operation(
        "detach_policy_from_group", "detachPolicyFromGroup", .delete, "/auth/groups/{groupId}/policies/{policyId}",
        parameters: [.group, .policy],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DetachPolicy on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups policies detach --id ID --policy POLICY", needsAccessControl: true,
        meanings: [
            204: "the group does not have it, even if it did not before",
            501: "the server has one user and no policies, or uses access control lists",
        ],
        summary: "detaches a policy from a group",
        example: "ensure detach_policy_from_group Developers FSReadAll")

    private static let getGroupAcl = Operation(
        "get_group_acl", "getGroupACL", .get, "/auth/groups/{groupId}/acl",
        parameters: [.group],
        answers: [200: .record(.acl)], errors: [400, 401, 404, 429],
        permission: "auth:ReadGroup on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups acl get --id ID", needsAccessControl: true,
        summary: "the permissions of a group on a server with access control lists",
        example: "get_group_acl Developers --or null")

    private static let setGroupAcl = Operation(
        "set_group_acl", "setGroupACL", .post, "/auth/groups/{groupId}/acl",
        parameters: [.group], body: .init(.fields(.acl)),
        answers: [201: nil], errors: [400, 401, 404, 429],
        effect: .write, repetition: .converge,
        permission: "auth:AttachPolicy on group/{group_id}", area: "auth",
        lakectl: "lakectl auth groups acl set --id ID --permission PERMISSION", needsAccessControl: true,
        summary: "sets the permissions of a group on a server with access control lists",
        example: "set_group_acl Viewers Read")
}
