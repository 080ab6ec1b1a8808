import LakeScript

/// Pairs of keys.
enum CredentialsOperations {
    /// In the order that help lists them.
    static let all: [Operation] = [
        listUserCredentials, getCredentials, createCredentials, deleteCredentials,
    ]

    private static let listUserCredentials = Operation(
        "list_user_credentials", "listUserCredentials", .get, "/auth/users/{userId}/credentials",
        parameters: [.user] + .page,
        answers: [200: .record(.credentialsList)], errors: [400, 401, 404, 429],
        permission: "auth:ListCredentials on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users credentials list --id ID", needsAccessControl: true,
        summary: "the ids of a user's keys; also answers for users that are gone",
        example: "list_user_credentials admin")

    private static let getCredentials = Operation(
        "get_credentials", "getCredentials", .get, "/auth/users/{userId}/credentials/{accessKeyId}",
        parameters: [.user, .accessKey],
        answers: [200: .record(.credentials)], errors: [400, 401, 404, 429],
        permission: "auth:ReadCredentials on user/{user_id}", area: "auth",
        summary: "one of a user's keys, without its secret",
        example: "get_credentials admin AKIAJSANDBOXAAAAAAAQ --or null")

    private static let createCredentials = Operation(
        "create_credentials", "createCredentials", .post, "/auth/users/{userId}/credentials",
        parameters: [.user],
        answers: [201: .record(.credentialsWithSecret)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .opaque,
        evidence: "list_user_credentials {user_id}", permission: "auth:CreateCredentials on user/{user_id}",
        area: "auth",
        lakectl: "lakectl auth users credentials create --id ID",
        summary: "a new pair of keys; its secret is shown this once",
        example: "create_credentials admin")

    private static let deleteCredentials = Operation(
        "delete_credentials", "deleteCredentials", .delete, "/auth/users/{userId}/credentials/{accessKeyId}",
        parameters: [.user, .accessKey],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DeleteCredentials on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users credentials delete --id ID --access-key-id KEY", needsAccessControl: true,
        summary: "deletes one of a user's keys; another user's is left alone in silence",
        example: "ensure delete_credentials admin AKIAJSANDBOXAAAAAAAQ")
}
