import LakeScript

/// Cloud roles that log in as a user.
enum ExternalPrincipalsOperations {
    static let all: [Operation] = [
        listUserExternalPrincipals, getExternalPrincipal, createUserExternalPrincipal, deleteUserExternalPrincipal,
    ]

    private static let listUserExternalPrincipals = Operation(
        "list_user_external_principals", "listUserExternalPrincipals", .get,
        "/auth/users/{userId}/external/principals/ls",
        parameters: [.user] + .page,
        answers: [200: .record(.externalPrincipalList)], errors: [400, 401, 404, 429],
        permission: "auth:ReadUser on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users aws-iam list --id ID", needsAccessControl: true,
        meanings: [
            501: "the server has no external principals"
        ],
        summary: "the cloud roles attached to a user",
        example: "list_user_external_principals admin")

    private static let getExternalPrincipal = Operation(
        "get_external_principal", "getExternalPrincipal", .get, "/auth/external/principals",
        parameters: [.principal],
        answers: [200: .record(.externalPrincipal)], errors: [400, 401, 404, 429],
        permission: "auth:ReadExternalPrincipal on externalPrincipal/{principal_id}", area: "auth",
        lakectl: "lakectl auth users aws-iam lookup --principal-id ARN", needsAccessControl: true,
        meanings: [
            404: "the role is not attached to a user",
            501: "the server has no external principals",
        ],
        summary: "the user that a cloud role logs in as",
        example: """
            ensure create_user_external_principal admin "arn:aws:sts::123456789012:assumed-role/dev"
            get_external_principal "arn:aws:sts::123456789012:assumed-role/dev"
            """)

    private static let createUserExternalPrincipal = Operation(
        "create_user_external_principal", "createUserExternalPrincipal", .post,
        "/auth/users/{userId}/external/principals",
        parameters: [.user, .principal], body: .init(.fields(.externalPrincipalCreation), isRequired: false),
        answers: [201: nil], errors: [400, 401, 404, 409, 429],
        effect: .write, repetition: .createByName,
        ensure: .existing(compare: ["user_id"], update: nil),
        probe: Probe("get_external_principal", ["principal_id": "principal_id"]),
        permission: "auth:CreateUserExternalPrincipal on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users aws-iam attach --id ID --principal-id ARN", needsAccessControl: true,
        meanings: [
            409: "the role is already attached to a user",
            501: "the server has no external principals",
        ],
        summary: "lets a cloud role log in as a user",
        example: "ensure create_user_external_principal admin \"arn:aws:sts::123456789012:assumed-role/dev\"")

    private static let deleteUserExternalPrincipal = Operation(
        "delete_user_external_principal", "deleteUserExternalPrincipal", .delete,
        "/auth/users/{userId}/external/principals",
        parameters: [.user, .principal],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DeleteUserExternalPrincipal on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users aws-iam detach --id ID --principal-id ARN", needsAccessControl: true,
        meanings: [
            404: "no such user, or the role is not attached to the user",
            501: "the server has no external principals",
        ],
        summary: "no longer lets a cloud role log in as a user",
        example: "ensure delete_user_external_principal admin \"arn:aws:sts::123456789012:assumed-role/dev\"")
}
