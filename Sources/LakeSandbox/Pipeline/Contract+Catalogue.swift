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
        let operations = Catalogue.all.filter { isOld ? $0.since == nil : $0.until == nil }.map { wire($0, isOld) }
        // A literal segment goes before a parameter: `/auth/users/{id}/…/ls`.
        let byLiterals = Dictionary(grouping: operations) { operation in
            operation.path.count { if case .literal = $0 { true } else { false } }
        }
        return byLiterals.keys.sorted(by: >).flatMap { byLiterals[$0] ?? [] }
    }

    private static func wire(_ operation: Operation, _ isOld: Bool) -> WireOperation {
        WireOperation(
            command: operation.name, method: operation.method.rawValue, path: segments(path(of: operation, isOld)),
            isOpen: !operation.needsLogin
        ) {
            let parameters = operation.parameters.filter { !isOld || !laterParameters.contains($0.wireName) }
            return WireOperation.Demands(
                title: title(of: operation), parameters: parameters.map(wire),
                body: operation.body.map { wire($0, isOld) })
        }
    }

    /// The operation's id with capitals.
    private static func title(of operation: Operation) -> String {
        operation.operationID.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
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
            name: parameter.wireName, place: place, schema: schema(parameter.type, limits, isOld: false),
            isRequired: parameter.isRequired, defaultValue: parameter.defaultValue,
            allowsEmpty: mayBeEmpty.contains(parameter.wireName))
    }

    private static func wire(_ body: Operation.Body, _ isOld: Bool) -> WireBody {
        let json = ["application/json"]
        return switch body.content {
        case .fields(let record):
            WireBody(isRequired: body.isRequired, types: json, schema: schema(.record(record), isOld: isOld))
        case .list(let item):
            WireBody(isRequired: body.isRequired, types: json, schema: schema(.list(item), isOld: isOld))
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

    /// The parameters that 0.90 does not know, and pays no attention to.
    private static let laterParameters: Set<String> = [
        "force", "no_tombstone", "include_right_stats", "search", "show_hidden", "first_parent", "since", "stop_at",
        "If-Match",
    ]

    /// The fields of bodies that 0.90 does not know.
    private static let laterFields: [String: Set<String>] = [
        "CommitCreation": ["allow_empty", "force"], "ObjectCopyCreation": ["force", "shallow"],
        "BranchCreation": ["force", "hidden"], "GroupCreation": ["description"], "Statement": ["condition"],
        "RepositoryCreation": ["storage_id", "sample_data", "read_only"], "TagCreation": ["force"],
        "ResetCreation": ["force"], "Merge": ["force", "allow_empty", "squash_merge"], "RefsRestore": ["force"],
        "RevertCreation": ["commit_overrides", "force", "allow_empty"], "ObjectStageCreation": ["force"],
        "StagingMetadata": ["mtime", "force"], "StagingLocation": ["presigned_url_expiry"],
        "Setup": ["firstName", "lastName", "email", "companyName", "featureUpdates", "securityUpdates"],
        "CommPrefsInput": ["firstName", "lastName", "companyName"],
    ]

    /// The schema of a type.
    static func schema(_ type: ValueType, _ limits: Schema.Limits = .init(), isOld: Bool) -> Schema {
        switch type {
        case .any, .null, .bytes, .duration: Schema(.any)
        case .bool: Schema(.boolean)
        case .int: Schema(.integer, limits: limits)
        case .float: Schema(.number, limits: limits)
        case .string, .secret: Schema(.string, limits: limits)
        case .enumeration(let values): Schema(.string, limits: .init(values: values))
        case .list(let item): Schema(.array(of: schema(item, isOld: isOld)), limits: limits)
        case .map(let item): Schema(.object(fields: [], required: [], others: schema(item, isOld: isOld)))
        case .record(let record): schema(record, isOld)
        case .optional(let inner): schema(inner, limits, isOld: isOld)
        }
    }

    private static func schema(_ record: RecordType, _ isOld: Bool) -> Schema {
        let later = isOld ? laterFields[record.name] ?? [] : []
        let fields = record.fields.filter { !later.contains($0.name) }.map { field in
            let limits = fieldLimits[record.name + "." + field.name] ?? .init()
            return (name: field.name, schema: schema(field.type, limits, isOld: isOld))
        }
        let required = requiredOrder[record.name] ?? record.fields.filter(\.isRequired).map(\.name)
        return Schema(
            .object(fields: fields, required: required, others: nil), name: record.name.isEmpty ? nil : record.name)
    }
}
