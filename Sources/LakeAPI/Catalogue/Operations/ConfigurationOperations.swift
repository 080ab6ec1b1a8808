import LakeScript

/// The server itself: its setup, version and configuration.
enum ConfigurationOperations {
    static let all: [Operation] = [
        healthCheck, getSetupState, setup, setupCommPrefs, getConfig, getLakeFsVersion, getStorageConfig,
    ]

    private static let healthCheck = Operation(
        "health_check", "healthCheck", .get, "/healthcheck",
        answers: [204: nil], errors: [],
        area: "healthCheck",
        needsLogin: false,
        summary: "checks that the server is running",
        example: "health_check")

    private static let getSetupState = Operation(
        "get_setup_state", "getSetupState", .get, "/setup_lakefs",
        answers: [200: .record(.setupState)], errors: [429],
        area: "internal",
        needsLogin: false,
        summary: "the state of the server's setup, and the ways to log in",
        example: "get_setup_state")

    private static let setup = Operation(
        "setup", "setup", .post, "/setup_lakefs",
        body: .init(.fields(.setup)),
        answers: [200: .record(.credentialsWithSecret)], errors: [400, 409, 429],
        effect: .write, repetition: .opaque,
        probe: Probe("get_setup_state", recognises: .person), area: "internal",
        needsLogin: false,
        summary: "creates the first user of a server and returns its keys",
        example: "setup admin")

    private static let setupCommPrefs = Operation(
        "setup_comm_prefs", "setupCommPrefs", .post, "/setup_comm_prefs",
        body: .init(.fields(.commPrefsInput)),
        answers: [200: nil], errors: [400, 409, 412, 429],
        effect: .write, repetition: .converge,
        area: "internal",
        needsLogin: false,
        summary: "sets the mail preferences before the server's setup",
        example: "setup_comm_prefs false false")

    private static let getConfig = Operation(
        "get_config", "getConfig", .get, "/config",
        answers: [200: .record(.config)], errors: [401],
        permission: "fs:ReadConfig on *", area: "config",
        summary: "version, storage and capabilities",
        example: "get_config")

    private static let getLakeFsVersion = Operation(
        "get_lake_fs_version", "getLakeFSVersion", .get, "/config/version",
        answers: [200: .record(.versionConfig)], errors: [401],
        area: "internal",
        summary: "the version of the server",
        example: "get_lake_fs_version")

    private static let getStorageConfig = Operation(
        "get_storage_config", "getStorageConfig", .get, "/config/storage",
        answers: [200: .record(.storageConfig)], errors: [401],
        permission: "fs:ReadConfig on *", area: "internal",
        summary: "the configuration of the object store",
        example: "get_storage_config")
}
