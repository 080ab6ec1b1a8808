import LakeAPI
import LakeScript

/// What a server tells of itself.
enum ConfigurationHandlers {
    static let handlers: [String: Handler] = [
        "health_check": { _, _ throws(Refusal) in .noContent },
        "get_lake_fs_version": getVersion, "get_storage_config": getStorage, "get_config": getConfig,
        "get_garbage_collection_config": getCollection, "post_stats_events": postStatistics,
        "get_usage_report_summary": getUsage,
    ]

    private static func getVersion(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try exchange.requireUser()
        return .json(200, version(state))
    }

    private static func version(_ state: SandboxState) -> Value {
        var version = Record([("version", .string(state.profile.release.description))])
        if !state.profile.isOld { version["version_context"] = "lakeFS" }
        return .map(version)
    }

    private static func getStorage(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try exchange.authorize("fs:ReadConfig", "*", in: state)
        return .json(200, storage(state.configuration.storage, isOld: state.profile.isOld))
    }

    private static func storage(_ storage: SandboxConfiguration.Storage, isOld: Bool) -> Value {
        let name = storage.rawValue
        var record = Record([
            ("blockstore_type", .string(name)),
            ("blockstore_namespace_example", .string(name + "://example-bucket/")),
            ("blockstore_namespace_ValidityRegex", .string("^" + name + "://")), ("default_namespace_prefix", ""),
        ])
        guard !isOld else { return .map(record) }
        if storage == .local { record["default_namespace_prefix"] = "local://" }
        let isCloud = Value.bool(storage == .s3)
        for (field, value) in [
            ("pre_sign_support", isCloud), ("pre_sign_support_ui", false), ("import_support", isCloud),
            ("import_validity_regex", .string("^" + name + "://")), ("pre_sign_multipart_upload", isCloud),
            ("blockstore_id", ""), ("blockstore_description", ""),
        ] as [(String, Value)] {
            record[field] = value
        }
        return .map(record)
    }

    /// Who may not read the configuration still gets the version, and a storage that says nothing.
    private static func getConfig(_ state: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try exchange.requireUser()
        let mayRead = (try? exchange.authorize("fs:ReadConfig", "*", in: state)) != nil
        let silent: Value = [
            "blockstore_type": "", "blockstore_namespace_example": "", "blockstore_namespace_ValidityRegex": "",
            "pre_sign_support": false, "pre_sign_support_ui": false, "import_support": false,
            "import_validity_regex": "",
        ]
        return .json(
            200,
            [
                "version_config": version(state),
                "storage_config": mayRead ? storage(state.configuration.storage, isOld: false) : silent,
                "storage_config_list": [], "ui_config": [:], "capabilities_config": [:],
            ])
    }

    private static func getCollection(_: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try exchange.requireUser()
        return .json(200, ["grace_period": 86_400])
    }

    /// Statistics are taken and forgotten.
    private static func postStatistics(_: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try exchange.requireUser()
        return .noContent
    }

    private static func getUsage(_: inout SandboxState, _ exchange: Exchange) throws(Refusal) -> Reply {
        try exchange.requireUser()
        return .json(200, ["installation_id": "sandbox", "reports": []])
    }
}
