import LakeScript

// Schemas of users, groups, policies, keys and logins, as the specification has them.

extension RecordType {
    /// `UserList` of the specification.
    static let userList = page("UserList", of: .user)

    /// `User` of the specification.
    static let user = RecordType(
        "User",
        [
            Field("id", .string),
            Field("creation_date", .int, format: .time),
            Field("friendly_name", .string, isRequired: false),
            Field("email", .string, isRequired: false),
        ])

    /// `UserCreation` of the specification.
    static let userCreation = RecordType(
        "UserCreation",
        [
            Field("id", .string, summary: "the new user's id, without `/` and `%`"),
            Field("invite_user", .bool, isRequired: false, summary: "mails an invitation; the id is the address"),
        ])

    /// `CurrentUser` of the specification.
    static let currentUser = RecordType(
        "CurrentUser",
        [
            Field("user", .record(.user))
        ])

    /// `GroupList` of the specification.
    static let groupList = page("GroupList", of: .group)

    /// `PolicyList` of the specification.
    static let policyList = page("PolicyList", of: .policy)

    /// `Group` of the specification.
    static let group = RecordType(
        "Group",
        [
            Field("id", .string),
            Field("name", .string, isRequired: false),
            Field("description", .string, isRequired: false),
            Field("creation_date", .int, format: .time),
        ])

    /// `GroupCreation` of the specification.
    static let groupCreation = RecordType(
        "GroupCreation",
        [
            Field("id", .string, summary: "the new group's id, without `/` and `%`"),
            Field("description", .string, isRequired: false, summary: "the purpose of the group"),
        ])

    /// `ACL` of the specification.
    static let acl = RecordType(
        "ACL",
        [
            Field("permission", .string, summary: "Read, Write, Super or Admin")
        ])

    /// `Policy` of the specification.
    static let policy = RecordType(
        "Policy",
        [
            Field("id", .string, summary: "the policy's id, without `/` and `%`"),
            Field(
                "creation_date", .int, isRequired: false, format: .time,
                summary: "ignored: the server uses its own time"),
            Field(
                "statement", .list(.record(.statement)), summary: "at least one statement of what is allowed or denied"),
        ])

    /// `CredentialsList` of the specification.
    static let credentialsList = page("CredentialsList", of: .credentials)

    /// `Credentials` of the specification.
    static let credentials = RecordType(
        "Credentials",
        [
            Field("access_key_id", .string),
            Field("creation_date", .int, format: .time),
        ])

    /// `CredentialsWithSecret` of the specification.
    static let credentialsWithSecret = RecordType(
        "CredentialsWithSecret",
        [
            Field("access_key_id", .string),
            Field("secret_access_key", .secret),
            Field("creation_date", .int, format: .time),
        ])

    /// `LoginInformation` of the specification.
    static let loginInformation = RecordType(
        "LoginInformation",
        [
            Field("access_key_id", .string, summary: "the key's id"),
            Field("secret_access_key", .secret, summary: "its secret"),
        ])

    /// `AuthenticationToken` of the specification.
    static let authenticationToken = RecordType(
        "AuthenticationToken",
        [
            Field("token", .secret),
            Field("token_expiration", .int, isRequired: false, format: .time),
        ])

    /// `StsAuthRequest` of the specification.
    static let stsAuthRequest = RecordType(
        "StsAuthRequest",
        [
            Field("code", .secret, summary: "the response of the identity provider"),
            Field("state", .string, summary: "as it was sent to the identity provider"),
            Field("redirect_uri", .string, summary: "as it was sent to the identity provider: `https://…`"),
            Field(
                "ttl_seconds", .int, isRequired: false,
                summary: "the token's lifetime in seconds: by default 3600, at most 43200"),
        ])

    /// `ExternalLoginInformation` of the specification.
    static let externalLoginInformation = RecordType(
        "ExternalLoginInformation",
        [
            Field(
                "token_expiration_duration", .int, isRequired: false,
                summary: "the token's lifetime in seconds: by default 7 days, at most 14"),
            Field("identityRequest", .map(.any), summary: "the request signed with the role's own credentials"),
        ])

    /// `ForgotPasswordRequest` of the specification.
    static let forgotPasswordRequest = RecordType(
        "ForgotPasswordRequest",
        [
            Field("email", .string, summary: "the mail address for the link")
        ])

    /// `UpdatePasswordByToken` of the specification.
    static let updatePasswordByToken = RecordType(
        "UpdatePasswordByToken",
        [
            Field("token", .secret, summary: "the token of the mailed link"),
            Field("newPassword", .secret, summary: "the new password"),
            Field("email", .string, isRequired: false, summary: "the mail address of the user"),
        ])

    /// `ExternalPrincipalList` of the specification.
    static let externalPrincipalList = page("ExternalPrincipalList", of: .externalPrincipal)

    /// `ExternalPrincipal` of the specification.
    static let externalPrincipal = RecordType(
        "ExternalPrincipal",
        [
            Field("id", .string),
            Field("user_id", .string),
            Field("settings", .map(.any), isRequired: false),
        ])

    /// `ExternalPrincipalCreation` of the specification.
    static let externalPrincipalCreation = RecordType(
        "ExternalPrincipalCreation",
        [
            Field("settings", .map(.any), isRequired: false, summary: "ignored by current servers")
        ])

    /// `Statement` of the specification.
    static let statement = RecordType(
        "Statement",
        [
            Field("effect", .enumeration(["allow", "deny"]), summary: "a matching deny overrides every allow"),
            Field("resource", .string, summary: "an ARN with `*` and `?`, or `*`"),
            Field("action", .list(.string), summary: "at least one, such as `fs:ReadObject` or `fs:*`"),
            Field(
                "condition", .map(.map(.list(.string))), isRequired: false,
                summary: "when it applies: operator, field, values"),
        ])

    /// `AccessKeyCredentials` of the specification.
    static let accessKeyCredentials = RecordType(
        "AccessKeyCredentials",
        [
            Field("access_key_id", .string),
            Field("secret_access_key", .secret),
        ])
}
