import LakeAPI
import LakeScript

/// Version and configuration of a server.
enum ConfigurationHandlers {
    static let handlers: [String: Handler] = [
        "health_check": Handler(.open, checks: []) { _, _ throws(Fault) in .noContent },
        "get_lake_fs_version": Handler(.login, checks: []) { state, _ throws(Fault) in .json(200, version(state)) },
        "get_storage_config": Handler(.permissions([toRead]), checks: []) { state, _ throws(Fault) in
            .json(200, storage(state))
        },
        "get_config": Handler(.login, checks: [], later: [toRead], getConfig),
        "get_garbage_collection_config": Handler(.login, checks: []) { _, _ throws(Fault) in
            .json(200, ["grace_period": 86_400])
        },
        "post_stats_events": Handler(.login, checks: [validEvents]) { _, _ throws(Fault) in .noContent },
        "get_usage_report_summary": Handler(.login, checks: []) { _, exchange throws(Fault) in
            let today = CalendarTime(exchange.seconds)
            let report: Value = ["count": 0, "month": .int(today.month), "year": .int(today.year)]
            return .json(200, ["installation_id": "sandbox", "reports": [report]])
        },
    ]

    private static let toRead = Permission("fs:ReadConfig", Resource.any)

    /// Statistics are checked, then ignored.
    private static let validEvents: Check = { exchange throws(Fault) in
        for event in exchange.body["events"].items ?? [] {
            for field in ["class", "name"] where event[field].text?.isEmpty ?? true {
                throw Fault(.invalid, "invalid value: \(field) is required")
            }
            guard event["count"].integer ?? 0 >= 0 else {
                throw Fault(.invalid, "invalid value: count must be a non-negative integer")
            }
        }
    }

    private static func version(_ state: SandboxState) -> Value {
        var version = Record([("version", .string(state.profile.release.description))])
        if !state.profile.isOld { version["version_context"] = "lakeFS" }
        return .map(version)
    }

    private static func storage(_ state: SandboxState) -> Value {
        let storage = state.configuration.storage
        let name = storage.rawValue
        var record = Record([
            ("blockstore_type", .string(name)),
            ("blockstore_namespace_example", .string(name + "://example-bucket/")),
            ("blockstore_namespace_ValidityRegex", .string("^" + name + "://")), ("default_namespace_prefix", ""),
        ])
        guard !state.profile.isOld else { return .map(record) }
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

    /// Without the permission the answer still has the version, and empty facts about the storage.
    private static let getConfig: Rule = { state, exchange throws(Fault) in
        let mayRead = (try? exchange.authorize([toRead], in: state)) != nil
        let silent: Value = [
            "blockstore_type": "", "blockstore_namespace_example": "", "blockstore_namespace_ValidityRegex": "",
            "pre_sign_support": false, "pre_sign_support_ui": false, "import_support": false,
            "import_validity_regex": "",
        ]
        return .json(
            200,
            [
                "version_config": version(state),
                "storage_config": mayRead ? storage(state) : silent,
                "storage_config_list": [], "ui_config": [:], "capabilities_config": [:],
            ])
    }
}
