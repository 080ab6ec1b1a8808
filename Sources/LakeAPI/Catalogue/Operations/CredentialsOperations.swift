import LakeScript

/// Pairs of keys.
enum CredentialsOperations {
    static let all: [Operation] = [
        listUserCredentials, getCredentials, createCredentials, deleteCredentials,
    ]

    private static let listUserCredentials = Operation(
        "list_user_credentials", "listUserCredentials", .get, "/auth/users/{userId}/credentials",
        parameters: [.user] + .page,
        answers: [200: .record(.credentialsList)], errors: [400, 401, 404, 429],
        permission: "auth:ListCredentials on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users credentials list --id ID", needsAccessControl: true,
        meanings: [
            404: "no such user, if a remote service manages users; otherwise 200 and an empty list",
            501: "the server has one user and no groups",
        ],
        summary: "the ids of a user's keys; also for deleted users",
        example: "list_user_credentials admin")

    private static let getCredentials = Operation(
        "get_credentials", "getCredentials", .get, "/auth/users/{userId}/credentials/{accessKeyId}",
        parameters: [.user, .accessKey],
        answers: [200: .record(.credentials)], errors: [400, 401, 404, 429],
        permission: "auth:ReadCredentials on user/{user_id}", area: "auth",
        meanings: [
            404: "no such user or key, or the key is another user's"
        ],
        summary: "a key of a user, without its secret",
        example: """
            let key = create_credentials admin
            get_credentials admin $key.access_key_id
            """)

    private static let createCredentials = Operation(
        "create_credentials", "createCredentials", .post, "/auth/users/{userId}/credentials",
        parameters: [.user],
        answers: [201: .record(.credentialsWithSecret)], errors: [400, 401, 404, 429],
        effect: .write, repetition: .opaque,
        probe: Probe("list_user_credentials", ["user_id": "user_id"], recognises: .person),
        permission: "auth:CreateCredentials on user/{user_id}",
        area: "auth",
        lakectl: "lakectl auth users credentials create --id ID",
        meanings: [
            400: "the one-user server already has its pair of keys"
        ],
        summary: "creates a pair of keys; its secret is shown only once",
        example: "create_credentials admin")

    private static let deleteCredentials = Operation(
        "delete_credentials", "deleteCredentials", .delete, "/auth/users/{userId}/credentials/{accessKeyId}",
        parameters: [.user, .accessKey],
        answers: [204: nil], errors: [400, 401, 404, 429],
        effect: .destroy, repetition: .converge, ensure: .absent,
        permission: "auth:DeleteCredentials on user/{user_id}", area: "auth",
        lakectl: "lakectl auth users credentials delete --id ID --access-key-id KEY", needsAccessControl: true,
        meanings: [
            204: "the key is deleted; another user's key is kept",
            404: "no such user or key",
            501: "the server has one user with one pair of keys",
        ],
        summary: "deletes a key of a user; ignores another user's key",
        example: """
            let key = create_credentials admin
            delete_credentials admin $key.access_key_id
            """)
}
