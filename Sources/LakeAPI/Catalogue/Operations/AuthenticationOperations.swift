import LakeScript

/// Logins, passwords, and which of them the server supports.
enum AuthenticationOperations {
    static let all: [Operation] = [
        login, stsLogin, externalPrincipalLogin, oauthCallback, forgotPassword, updatePassword, getAuthCapabilities,
    ]

    private static let login = Operation(
        "login", "login", .post, "/auth/login",
        body: .init(.fields(.loginInformation), isRequired: false),
        answers: [200: .record(.authenticationToken)], errors: [400, 401, 429],
        effect: .write, repetition: .opaque,
        area: "auth",
        needsLogin: false,
        meanings: [
            401: "the key is unknown, or its secret is wrong"
        ],
        summary: "a token for a pair of keys",
        example: """
            let key = create_credentials admin
            login $key.access_key_id $key.secret_access_key
            """)

    private static let stsLogin = Operation(
        "sts_login", "stsLogin", .post, "/sts/login",
        body: .init(.fields(.stsAuthRequest)),
        answers: [200: .record(.authenticationToken)], errors: [400, 401, 429],
        effect: .write, repetition: .opaque,
        area: "experimental",
        needsLogin: false,
        meanings: [
            400: "the identity provider refuses the request",
            401: "the code is rejected, or its token names no user",
            404: "no user belongs to this identity",
            501: "the server has no remote login service",
        ],
        summary: "a token for the response of an identity provider",
        example: """
            create_user ana
            sts_login code-ana state-ana "https://lake.example.com/callback"
            """)

    private static let externalPrincipalLogin = Operation(
        "external_principal_login", "externalPrincipalLogin", .post, "/auth/external/principal/login",
        body: .init(.fields(.externalLoginInformation), isRequired: false),
        answers: [200: .record(.authenticationToken)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .opaque,
        area: "external", needsAccessControl: true,
        needsLogin: false,
        meanings: [
            400: "the identity request is incomplete",
            401: "the signature is wrong",
            403: "the role's own session has expired",
            404: "the role is not attached to a user",
            501: "the server has no external principals",
        ],
        summary: "a token for a cloud role, proved by a signed request",
        example: """
            ensure create_user_external_principal admin "arn:aws:sts::123456789012:assumed-role/dev/ana"
            external_principal_login {access_key_id: "dev:ana", signature: "signed:dev:ana", date: "2026-01-01"}
            """
    )

    private static let oauthCallback = Operation(
        "oauth_callback", "oauthCallback", .get, "/oidc/callback",
        answers: [302: nil], errors: [401],
        area: "auth",
        needsLogin: false,
        meanings: [
            302: "the browser is redirected; lakeFS 0.90 answers 307, 1.84 without an identity provider 200",
            401: "the identity provider's code is rejected",
        ],
        summary: "the page to which an identity provider sends a browser back",
        example: "oauth_callback")

    private static let forgotPassword = Operation(
        "forgot_password", "forgotPassword", .post, "/auth/password/forgot",
        body: .init(.fields(.forgotPasswordRequest)),
        answers: [204: nil], errors: [400],
        effect: .write, repetition: .append,
        area: "auth",
        needsLogin: false,
        meanings: [
            204: "done, even if the address is unknown, so that the answer does not reveal it",
            400: "not a mail address",
        ],
        summary: "asks the server to mail a link for a new password",
        example: "forgot_password ana@example.com")

    private static let updatePassword = Operation(
        "update_password", "updatePassword", .post, "/auth/password",
        body: .init(.fields(.updatePasswordByToken)),
        answers: [201: nil], errors: [401],
        effect: .write, repetition: .opaque,
        area: "auth",
        needsLogin: false,
        authentication: [.session],
        meanings: [
            401: "the token is unknown, used or expired"
        ],
        summary: "sets a password with the token of that mail",
        example: "update_password (env \"RESET_TOKEN\" --secret) (env \"NEW_PASSWORD\" --secret)")

    private static let getAuthCapabilities = Operation(
        "get_auth_capabilities", "getAuthCapabilities", .get, "/auth/capabilities",
        answers: [200: .record(.authCapabilities)], errors: [429],
        area: "internal",
        needsLogin: false,
        summary: "tells if the server can mail invitations and password links",
        example: "get_auth_capabilities")
}
