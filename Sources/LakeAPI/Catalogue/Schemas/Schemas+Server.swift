import LakeScript

// Schemas of the server and its configuration, as the specification has them.

extension RecordType {
    /// `AuthCapabilities` of the specification.
    static let authCapabilities = RecordType(
        "AuthCapabilities",
        [
            Field("invite_user", .bool, isRequired: false),
            Field("forgot_password", .bool, isRequired: false),
        ])

    /// `Commit` of the specification.
    static let commit = RecordType(
        "Commit",
        [
            Field("id", .string),
            Field("parents", .list(.string)),
            Field("committer", .string),
            Field("message", .string),
            Field("creation_date", .int, format: .time),
            Field("meta_range_id", .string),
            Field("metadata", .map(.string), isRequired: false),
            Field("generation", .int, isRequired: false),
            Field("version", .int, isRequired: false),
        ])

    /// `CommitCreation` of the specification.
    static let commitCreation = RecordType(
        "CommitCreation",
        [
            Field("message", .string, summary: "the message of the commit"),
            Field("metadata", .map(.string), isRequired: false, summary: "keys and values to keep with it"),
            Field(
                "date", .int, isRequired: false, format: .time,
                summary: "the time of the commit, in seconds since 1970; by default now"),
            Field("allow_empty", .bool, isRequired: false, summary: "also if nothing changes"),
            Field("force", .bool, isRequired: false, summary: "also on a read-only repository"),
        ])

    /// `CommitList` of the specification.
    static let commitList = page("CommitList", of: .commit)

    /// `SetupState` of the specification.
    static let setupState = RecordType(
        "SetupState",
        [
            Field("state", .enumeration(["initialized", "not_initialized"]), isRequired: false),
            Field("comm_prefs_missing", .bool, isRequired: false),
            Field("login_config", .record(.loginConfig), isRequired: false),
        ])

    /// `Setup` of the specification.
    static let setup = RecordType(
        "Setup",
        [
            Field("username", .string, summary: "the first user's name"),
            Field("key", .record(.accessKeyCredentials), isRequired: false, summary: "keys to use instead of new ones"),
            Field("firstName", .string, isRequired: false, summary: "the first name"),
            Field("lastName", .string, isRequired: false, summary: "the last name"),
            Field("email", .string, isRequired: false, summary: "the address for news"),
            Field("companyName", .string, isRequired: false, summary: "the company"),
            Field("featureUpdates", .bool, isRequired: false, summary: "news of features"),
            Field("securityUpdates", .bool, isRequired: false, summary: "news of security"),
        ])

    /// `CommPrefsInput` of the specification.
    static let commPrefsInput = RecordType(
        "CommPrefsInput",
        [
            Field("firstName", .string, isRequired: false, summary: "the first name"),
            Field("lastName", .string, isRequired: false, summary: "the last name"),
            Field("email", .string, isRequired: false, summary: "the address for them"),
            Field("companyName", .string, isRequired: false, summary: "the company"),
            Field("featureUpdates", .bool, summary: "news of features"),
            Field("securityUpdates", .bool, summary: "news of security"),
        ])

    /// `Config` of the specification.
    static let config = RecordType(
        "Config",
        [
            Field("version_config", .record(.versionConfig), isRequired: false),
            Field("storage_config", .record(.storageConfig), isRequired: false),
            Field("storage_config_list", .list(.record(.storageConfig)), isRequired: false),
            Field("ui_config", .record(.uiConfig), isRequired: false),
            Field("capabilities_config", .map(.any), isRequired: false),
        ])

    /// `VersionConfig` of the specification.
    static let versionConfig = RecordType(
        "VersionConfig",
        [
            Field("version", .string, isRequired: false),
            Field("version_context", .string, isRequired: false),
            Field("latest_version", .string, isRequired: false),
            Field("upgrade_recommended", .bool, isRequired: false),
            Field("upgrade_url", .string, isRequired: false),
        ])

    /// `StorageConfig` of the specification.
    static let storageConfig = RecordType(
        "StorageConfig",
        [
            Field("blockstore_type", .string),
            Field("blockstore_namespace_example", .string),
            Field("blockstore_namespace_ValidityRegex", .string),
            Field("default_namespace_prefix", .string, isRequired: false),
            Field("pre_sign_support", .bool),
            Field("pre_sign_support_ui", .bool),
            Field("import_support", .bool),
            Field("import_validity_regex", .string),
            Field("pre_sign_multipart_upload", .bool, isRequired: false),
            Field("blockstore_id", .string, isRequired: false),
            Field("blockstore_description", .string, isRequired: false),
        ])

    /// `CommitOverrides` of the specification.
    static let commitOverrides = RecordType(
        "CommitOverrides",
        [
            Field("message", .string, isRequired: false),
            Field("metadata", .map(.string), isRequired: false),
        ])

    /// `LoginConfig` of the specification.
    static let loginConfig = RecordType(
        "LoginConfig",
        [
            Field("RBAC", .enumeration(["none", "simplified", "internal", "external"]), isRequired: false),
            Field("username_ui_placeholder", .string, isRequired: false),
            Field("password_ui_placeholder", .string, isRequired: false),
            Field("login_url", .string),
            Field("login_url_method", .enumeration(["none", "redirect", "select"]), isRequired: false),
            Field("login_failed_message", .string, isRequired: false),
            Field("fallback_login_url", .string, isRequired: false),
            Field("fallback_login_label", .string, isRequired: false),
            Field("login_cookie_names", .list(.string)),
            Field("logout_url", .string),
        ])

    /// `UIConfig` of the specification.
    static let uiConfig = RecordType(
        "UIConfig",
        [
            Field("custom_viewers", .list(.record(.customViewer)), isRequired: false)
        ])

    /// `CustomViewer` of the specification.
    static let customViewer = RecordType(
        "CustomViewer",
        [
            Field("name", .string),
            Field("url", .string),
            Field("extensions", .list(.string), isRequired: false),
            Field("content_types", .list(.string), isRequired: false),
        ])

    /// `GarbageCollectionRules` of the specification.
    static let garbageCollectionRules = RecordType(
        "GarbageCollectionRules",
        [
            Field("default_retention_days", .int, summary: "for branches without a rule of their own"),
            Field("branches", .list(.record(.garbageCollectionRule)), summary: "rules for single branches"),
        ])

    /// `GarbageCollectionRule` of the specification.
    static let garbageCollectionRule = RecordType(
        "GarbageCollectionRule",
        [
            Field("branch_id", .string),
            Field("retention_days", .int),
        ])
}
