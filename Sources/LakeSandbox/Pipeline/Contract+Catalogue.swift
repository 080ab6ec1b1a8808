import LakeAPI
import LakeScript

/// What the imitated server demands of requests: the catalogue's operations that its version has, with the limits that
/// the specification sets and the catalogue has no use for.
enum Contract {
    /// The operations of a server, 0.90 or 1.84.
    static func operations(isOld: Bool) -> [WireOperation] { isOld ? old : new }

    private static let old = make(isOld: true)
    private static let new = make(isOld: false)

    private static func make(isOld: Bool) -> [WireOperation] {
        let listed = Catalogue.all.filter { isOld ? $0.since == nil : $0.until == nil }.map { wire($0, isOld) }
        let names = Set(listed.map(\.command))
        let operations =
            listed
            + beyond.filter { isOld ? $0.isOfOld : $0.isOfNew }.map(\.operation)
            .filter { !names.contains($0.command) }
        // A literal segment goes before a parameter: `/auth/users/{id}/…/ls`.
        return operations.sorted { literals($0) > literals($1) }
    }

    private static func literals(_ operation: WireOperation) -> Int {
        operation.path.count { if case .literal = $0 { true } else { false } }
    }

    private static func wire(_ operation: Operation, _ isOld: Bool) -> WireOperation {
        WireOperation(
            command: operation.name, method: operation.method.rawValue, path: segments(path(of: operation, isOld)),
            parameters: operation.parameters.map(wire), body: operation.body.map(wire), isOpen: !operation.needsLogin)
    }

    /// The path, which one operation has changed since 0.90.
    private static func path(of operation: Operation, _ isOld: Bool) -> String {
        isOld && operation.name == "get_branch_protection_rules"
            ? "/repositories/{repository}/branch_protection" : operation.path
    }

    /// A path's template taken apart.
    private static func segments(_ path: String) -> [WireOperation.Segment] {
        path.split(separator: "/").map { segment in
            segment.first == "{" ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }

    private static func wire(_ parameter: OperationParameter) -> WireParameter {
        var limits = Schema.Limits(minimum: parameter.minimum, maximum: parameter.maximum)
        if parameter.wireName == "Range" { limits.pattern = byteRange }
        if parameter.wireName == "since" { limits.format = "date-time" }
        let place: WireParameter.Place =
            switch parameter.place {
            case .path: .path
            case .query: .query
            case .header: .header
            }
        return WireParameter(
            name: parameter.wireName, place: place, schema: schema(parameter.type, limits),
            isRequired: parameter.isRequired, defaultValue: parameter.defaultValue,
            allowsEmpty: mayBeEmpty.contains(parameter.wireName))
    }

    private static func wire(_ body: Operation.Body) -> WireBody {
        switch body.content {
        case .fields(let record):
            WireBody(isRequired: body.isRequired, types: ["application/json"], schema: schema(.record(record)))
        case .list(let item):
            WireBody(isRequired: body.isRequired, types: ["application/json"], schema: schema(.list(item)))
        case .bytes: WireBody(isRequired: false, types: [], schema: nil)
        }
    }

    // MARK: What the specification says and the catalogue does not

    private static let byteRange = #"^bytes=((\d*-\d*,? ?)+)$"#

    /// The parameters marked `allowEmptyValue` at 1.84.
    private static let mayBeEmpty: Set<String> = [
        "prefix", "after", "delimiter", "search", "If-Match", "since", "stop_at", "repository", "branch", "commit",
    ]

    /// Required fields in the specification's order, where it is not that of the fields.
    private static let requiredOrder = [
        "RevertCreation": ["parent_number", "ref"],
        "RefsRestore": ["branches_meta_range_id", "tags_meta_range_id", "commits_meta_range_id"],
    ]

    /// Limits of fields, by schema and field.
    private static let fieldLimits: [String: Schema.Limits] = [
        "RepositoryCreation.name": .init(pattern: "^[a-z0-9][a-z0-9-]{2,62}$"),
        "RepositoryCreation.storage_namespace": .init(pattern: "^(s3|gs|https?|mem|local|transient)://.*$"),
        "AccessKeyCredentials.access_key_id": .init(minimumLength: 1),
        "AccessKeyCredentials.secret_access_key": .init(minimumLength: 1),
        "BranchProtectionRule.pattern": .init(minimumLength: 1),
        ".pattern": .init(minimumLength: 1),
        "Policy.statement": .init(minimumItems: 1),
        "Statement.action": .init(minimumItems: 1),
        "StagingLocation.presigned_url": .init(isNullable: true),
        "MetaRangeCreation.ranges": .init(minimumItems: 1),
        "CommitRecordCreation.version": .init(minimum: 0, maximum: 1),
        "CopyPartSource.range": .init(pattern: byteRange),
    ]

    /// The schema of a type.
    static func schema(_ type: ValueType, _ limits: Schema.Limits = .init()) -> Schema {
        switch type {
        case .any, .null, .bytes, .duration: Schema(.any)
        case .bool: Schema(.boolean)
        case .int: Schema(.integer, limits: limits)
        case .float: Schema(.number, limits: limits)
        case .string, .secret: Schema(.string, limits: limits)
        case .enumeration(let values): Schema(.string, limits: .init(values: values))
        case .list(let item): Schema(.array(of: schema(item)), limits: limits)
        case .map(let item): Schema(.object(fields: [], required: [], others: schema(item)))
        case .record(let record): schema(record)
        case .optional(let inner): schema(inner, limits)
        }
    }

    private static func schema(_ record: RecordType) -> Schema {
        let fields = record.fields.map { field in
            (name: field.name, schema: schema(field.type, fieldLimits[record.name + "." + field.name] ?? .init()))
        }
        let required = requiredOrder[record.name] ?? record.fields.filter(\.isRequired).map(\.name)
        return Schema(
            .object(fields: fields, required: required, others: nil), name: record.name.isEmpty ? nil : record.name)
    }

    // MARK: Operations that lakesh has no command for

    /// What the real servers answer beside the catalogue, and which of them.
    private static let beyond: [(operation: WireOperation, isOfOld: Bool, isOfNew: Bool)] = [
        (plain("get_garbage_collection_config", "GET", "/config/garbage-collection"), true, true),
        (plain("get_usage_report_summary", "GET", "/usage-report/summary"), false, true),
        (plain("post_stats_events", "POST", "/statistics", statistics), true, true),
    ]

    private static func plain(
        _ command: String, _ method: String, _ path: String, _ body: RecordType? = nil
    ) -> WireOperation {
        WireOperation(
            command: command, method: method, path: segments(path), parameters: [],
            body: body.map { wire(Operation.Body(.fields($0))) }, isOpen: false)
    }

    private static let statistics = RecordType(
        "StatsEventsList",
        [
            Field(
                "events",
                .list(
                    .record(
                        RecordType(
                            "StatsEvent",
                            [Field("class", .string), Field("name", .string), Field("count", .int)]))))
        ])
}
