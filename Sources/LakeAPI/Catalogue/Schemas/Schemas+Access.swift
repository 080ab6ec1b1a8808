import LakeScript

// Schemas of users, groups, policies, keys and logins, as the specification has them.

extension RecordType {
    /// `UserList` of the specification.
    static let userList = RecordType(
        "UserList",
        [
            Field("pagination", .record(.pagination)),
            Field("results", .list(.record(.user))),
        ])

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
            Field("id", .string),
            Field("invite_user", .bool, isRequired: false),
        ])

    /// `CurrentUser` of the specification.
    static let currentUser = RecordType(
        "CurrentUser",
        [
            Field("user", .record(.user))
        ])

    /// `GroupList` of the specification.
    static let groupList = RecordType(
        "GroupList",
        [
            Field("pagination", .record(.pagination)),
            Field("results", .list(.record(.group))),
        ])

    /// `PolicyList` of the specification.
    static let policyList = RecordType(
        "PolicyList",
        [
            Field("pagination", .record(.pagination)),
            Field("results", .list(.record(.policy))),
        ])

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
            Field("id", .string),
            Field("description", .string, isRequired: false),
        ])

    /// `ACL` of the specification.
    static let acl = RecordType(
        "ACL",
        [
            Field("permission", .string)
        ])

    /// `Policy` of the specification.
    static let policy = RecordType(
        "Policy",
        [
            Field("id", .string),
            Field("creation_date", .int, isRequired: false, format: .time),
            Field("statement", .list(.record(.statement))),
        ])

    /// `CredentialsList` of the specification.
    static let credentialsList = RecordType(
        "CredentialsList",
        [
            Field("pagination", .record(.pagination)),
            Field("results", .list(.record(.credentials))),
        ])

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
            Field("access_key_id", .string),
            Field("secret_access_key", .secret),
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
            Field("code", .secret),
            Field("state", .string),
            Field("redirect_uri", .string),
            Field("ttl_seconds", .int, isRequired: false),
        ])

    /// `ExternalLoginInformation` of the specification.
    static let externalLoginInformation = RecordType(
        "ExternalLoginInformation",
        [
            Field("token_expiration_duration", .int, isRequired: false),
            Field("identityRequest", .map(.any)),
        ])

    /// `ForgotPasswordRequest` of the specification.
    static let forgotPasswordRequest = RecordType(
        "ForgotPasswordRequest",
        [
            Field("email", .string)
        ])

    /// `UpdatePasswordByToken` of the specification.
    static let updatePasswordByToken = RecordType(
        "UpdatePasswordByToken",
        [
            Field("token", .secret),
            Field("newPassword", .secret),
            Field("email", .string, isRequired: false),
        ])

    /// `ExternalPrincipalList` of the specification.
    static let externalPrincipalList = RecordType(
        "ExternalPrincipalList",
        [
            Field("pagination", .record(.pagination)),
            Field("results", .list(.record(.externalPrincipal))),
        ])

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
            Field("settings", .map(.any), isRequired: false)
        ])

    /// `Statement` of the specification.
    static let statement = RecordType(
        "Statement",
        [
            Field("effect", .enumeration(["allow", "deny"])),
            Field("resource", .string),
            Field("action", .list(.string)),
            Field("condition", .map(.map(.list(.string))), isRequired: false),
        ])

    /// `AccessKeyCredentials` of the specification.
    static let accessKeyCredentials = RecordType(
        "AccessKeyCredentials",
        [
            Field("access_key_id", .string),
            Field("secret_access_key", .secret),
        ])
}
