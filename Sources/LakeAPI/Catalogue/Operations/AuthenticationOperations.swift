import LakeScript

/// Logins, passwords, and what the server can do of them.
enum AuthenticationOperations {
    /// In the order that help lists them.
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
        summary: "a token for a pair of keys",
        example: "login AKIAJSANDBOXAAAAAAAQ (env \"SECRET_ACCESS_KEY\" --or \"none\" --secret)")

    private static let stsLogin = Operation(
        "sts_login", "stsLogin", .post, "/sts/login",
        body: .init(.fields(.stsAuthRequest)),
        answers: [200: .record(.authenticationToken)], errors: [400, 401, 429],
        effect: .write, repetition: .opaque,
        since: "1.16", area: "experimental",
        needsLogin: false,
        summary: "a token for what an identity provider gave",
        example: "sts_login code-ana state-ana \"https://lake.example.com/callback\"")

    private static let externalPrincipalLogin = Operation(
        "external_principal_login", "externalPrincipalLogin", .post, "/auth/external/principal/login",
        body: .init(.fields(.externalLoginInformation), isRequired: false),
        answers: [200: .record(.authenticationToken)], errors: [400, 401, 403, 404, 429],
        effect: .write, repetition: .opaque,
        since: "1.18", area: "external", needsAccessControl: true,
        needsLogin: false,
        summary: "a token for a cloud role, proved by a signed request",
        example:
            "external_principal_login {access_key_id: \"dev:ana\", signature: \"signed:dev:ana\", date: \"2026-01-01\"}"
    )

    private static let oauthCallback = Operation(
        "oauth_callback", "oauthCallback", .get, "/oidc/callback",
        answers: [302: nil], errors: [401],
        area: "auth",
        needsLogin: false,
        summary: "where an identity provider sends a browser back to",
        example: "oauth_callback")

    private static let forgotPassword = Operation(
        "forgot_password", "forgotPassword", .post, "/auth/password/forgot",
        body: .init(.fields(.forgotPasswordRequest)),
        answers: [204: nil], errors: [400],
        effect: .write, repetition: .append,
        until: "0.109", area: "auth",
        needsLogin: false,
        summary: "asks the server to mail a link for a new password",
        example: "forgot_password ana@example.com")

    private static let updatePassword = Operation(
        "update_password", "updatePassword", .post, "/auth/password",
        body: .init(.fields(.updatePasswordByToken)),
        answers: [201: nil], errors: [401],
        effect: .write, repetition: .opaque,
        until: "0.109", area: "auth",
        needsLogin: false,
        summary: "sets a password with the token of such a mail",
        example: "update_password (env \"RESET_TOKEN\" --secret) (env \"NEW_PASSWORD\" --secret)")

    private static let getAuthCapabilities = Operation(
        "get_auth_capabilities", "getAuthCapabilities", .get, "/auth/capabilities",
        answers: [200: .record(.authCapabilities)], errors: [429],
        area: "internal",
        needsLogin: false,
        summary: "whether the server can mail invitations and password links",
        example: "get_auth_capabilities")
}
