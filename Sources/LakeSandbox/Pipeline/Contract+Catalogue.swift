import LakeAPI
import LakeScript

/// Requirements of the imitated server: the operations that its release has, from the catalogue, with limits of the
/// specification that the catalogue lacks. Elements that the release does not have are ignored.
enum Contract {
    /// Returns the operations of an imitated release.
    static func operations(of release: ServerVersion) -> [WireOperation] { release == ServerProfile.old ? old : new }

    private static let old = make(ServerProfile.old)
    private static let new = make(ServerProfile.new)

    /// Returns true if a release accepts raw bytes as an upload, not only a form.
    static func takesRawBodies(_ release: ServerVersion) -> Bool {
        let raw = Operation.Element(.content, "application/octet-stream")
        return Catalogue["upload_object"]?.releases(of: raw).contains(release) ?? true
    }

    private static func make(_ release: ServerVersion) -> [WireOperation] {
        let operations = Catalogue.all.filter { $0.releases.contains(release) }.map { wire($0, release) }
        // Literal segments take precedence over parameters: `/auth/users/{id}/…/ls`.
        let byLiterals = Dictionary(grouping: operations) { operation in
            operation.path.count { if case .literal = $0 { true } else { false } }
        }
        return byLiterals.keys.sorted(by: >).flatMap { byLiterals[$0] ?? [] }
    }

    private static func wire(_ operation: Operation, _ release: ServerVersion) -> WireOperation {
        WireOperation(
            command: operation.name, method: operation.method.rawValue,
            path: segments(operation.path(on: Releases.Run(from: release, to: release))), isOpen: !operation.needsLogin
        ) {
            let parameters = operation.parameters.filter { operation.releases(of: $0).contains(release) }
            return WireOperation.Demands(
                title: title(of: operation), parameters: parameters.map(wire),
                body: operation.body.map { wire($0, of: operation, release) })
        }
    }

    /// Returns the operation's id with an upper-case first letter in each word.
    private static func title(of operation: Operation) -> String {
        operation.operationID.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Splits the template of a path.
    private static func segments(_ path: String) -> [WireOperation.Segment] {
        path.split(separator: "/").map { segment in
            segment.first == "{" ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }

    private static func wire(_ parameter: OperationParameter) -> WireParameter {
        var limits = Schema.Limits(minimum: parameter.minimum, maximum: parameter.maximum)
        if parameter.wireName == "Range" { limits.pattern = byteRange }
        if parameter.wireName == "since" { limits.format = "date-time" }
        let location: WireParameter.Location =
            switch parameter.place {
            case .path: .path
            case .query: .query
            case .header: .header
            }
        return WireParameter(
            name: parameter.wireName, location: location, schema: schema(parameter.type, limits),
            isRequired: parameter.isRequired, defaultValue: parameter.defaultValue,
            allowsEmpty: mayBeEmpty.contains(parameter.wireName))
    }

    private static func wire(
        _ body: Operation.Body, of operation: Operation, _ release: ServerVersion
    ) -> WireBody {
        let json = ["application/json"]
        let isKnown: (String) -> Bool = { operation.releases(of: Operation.Element(.body, $0)).contains(release) }
        return switch body.content {
        case .fields(let record):
            WireBody(isRequired: body.isRequired, types: json, schema: schema(.record(record), isKnown: isKnown))
        case .list(let item):
            WireBody(isRequired: body.isRequired, types: json, schema: schema(.list(item), isKnown: isKnown))
        case .bytes:
            WireBody(isRequired: false, types: [], schema: nil)
        }
    }

    // MARK: What the specification says and the catalogue does not

    private static let byteRange = #"^bytes=((\d*-\d*,? ?)+)$"#

    /// Parameters with `allowEmptyValue` at 1.84.
    private static let mayBeEmpty: Set<String> = [
        "prefix", "after", "delimiter", "search", "If-Match", "since", "stop_at", "repository", "branch", "commit",
    ]

    /// Required fields in the specification's order, if it differs from that of the fields.
    private static let requiredOrder = [
        "RevertCreation": ["parent_number", "ref"],
        "RefsRestore": ["branches_meta_range_id", "tags_meta_range_id", "commits_meta_range_id"],
    ]

    /// Required fields of old releases that clients of today need not send, by schema.
    private static let fieldsOfOld = ["StagingLocation": [Field("token", .string)]]

    /// Limits by schema and field.
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

    /// Returns the schema of a type. `path` is the type's place in the body, and `isKnown` tells which fields the
    /// release has, by their paths.
    static func schema(
        _ type: ValueType, _ limits: Schema.Limits = .init(), at path: String = "",
        isKnown: (String) -> Bool = { _ in true }
    ) -> Schema {
        switch type {
        case .any, .null, .bytes, .duration: Schema(.any)
        case .bool: Schema(.boolean)
        case .int: Schema(.integer, limits: limits)
        case .float: Schema(.number, limits: limits)
        case .string, .secret: Schema(.string, limits: limits)
        case .enumeration(let values): Schema(.string, limits: .init(values: values))
        case .list(let item): Schema(.array(of: schema(item, at: path + "[]", isKnown: isKnown)), limits: limits)
        case .map(let item): Schema(.object(fields: [], required: [], others: schema(item)))
        case .record(let record): schema(record, at: path, isKnown)
        case .optional(let inner): schema(inner, limits, at: path, isKnown: isKnown)
        }
    }

    private static func schema(_ record: RecordType, at path: String, _ isKnown: (String) -> Bool) -> Schema {
        let all = record.fields + (fieldsOfOld[record.name] ?? [])
        let fields = all.compactMap { field -> (name: String, schema: Schema)? in
            let own = path.isEmpty ? field.name : path + "." + field.name
            guard isKnown(own) else { return nil }
            let limits = fieldLimits[record.name + "." + field.name] ?? .init()
            return (field.name, schema(field.type, limits, at: own, isKnown: isKnown))
        }
        let required =
            requiredOrder[record.name]
            ?? all.filter { $0.isRequired && isKnown(path.isEmpty ? $0.name : path + "." + $0.name) }.map(\.name)
        return Schema(
            .object(fields: fields, required: required, others: nil), name: record.name.isEmpty ? nil : record.name)
    }
}
