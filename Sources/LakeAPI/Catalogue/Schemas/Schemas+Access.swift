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
            Field("description", .string, isRequired: false, summary: "what the group is for"),
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
                summary: "ignored: the server's own time counts"),
            Field("statement", .list(.record(.statement)), summary: "what is allowed and denied, one at least"),
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
            Field("code", .secret, summary: "what the identity provider gave"),
            Field("state", .string, summary: "as it was sent to the identity provider"),
            Field("redirect_uri", .string, summary: "as it was sent to the identity provider: `https://…`"),
            Field(
                "ttl_seconds", .int, isRequired: false,
                summary: "how long the token is good: 3600 where left out, at most 43200"),
        ])

    /// `ExternalLoginInformation` of the specification.
    static let externalLoginInformation = RecordType(
        "ExternalLoginInformation",
        [
            Field(
                "token_expiration_duration", .int, isRequired: false,
                summary: "seconds that the token is good: 7 days where left out, at most 14"),
            Field("identityRequest", .map(.any), summary: "the request that the role's own credentials signed"),
        ])

    /// `ForgotPasswordRequest` of the specification.
    static let forgotPasswordRequest = RecordType(
        "ForgotPasswordRequest",
        [
            Field("email", .string, summary: "where the link goes")
        ])

    /// `UpdatePasswordByToken` of the specification.
    static let updatePasswordByToken = RecordType(
        "UpdatePasswordByToken",
        [
            Field("token", .secret, summary: "what the mailed link holds"),
            Field("newPassword", .secret, summary: "the password from now on"),
            Field("email", .string, isRequired: false, summary: "whose password"),
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
            Field("settings", .map(.any), isRequired: false, summary: "ignored by the servers so far")
        ])

    /// `Statement` of the specification.
    static let statement = RecordType(
        "Statement",
        [
            Field("effect", .enumeration(["allow", "deny"]), summary: "a deny that matches wins over every allow"),
            Field("resource", .string, summary: "an ARN with `*` and `?`, or `*`"),
            Field("action", .list(.string), summary: "as `fs:ReadObject` or `fs:*`, one at least"),
            Field(
                "condition", .map(.map(.list(.string))), isRequired: false,
                summary: "when it counts: operator, field, values"),
        ])

    /// `AccessKeyCredentials` of the specification.
    static let accessKeyCredentials = RecordType(
        "AccessKeyCredentials",
        [
            Field("access_key_id", .string),
            Field("secret_access_key", .secret),
        ])
}
