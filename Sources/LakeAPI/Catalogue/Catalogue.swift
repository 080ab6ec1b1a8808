package import LakeScript

/// The lakeFS API as data: every operation, by name.
///
/// There is one literal per operation, in the file of its area. Everything else about operations is derived from it:
/// the language's vocabulary (`Catalogue.vocabulary`), requests, answers, help, completion and redaction. Nothing is
/// generated and no file is read at start-up; building the table takes 0.1 ms.
///
///    Operation.swift        the type of the literals
///    Operation+Facts.swift  derived facts: secret fields, the meaning of a status
///    ReleaseTable.swift     which releases have what; Operation+Releases.swift looks it up
///    OperationParameter+Names.swift  names that are allowed in a path
///    Operations/            the literals, one file per API area
///    Schemas/               the types of request and response bodies
///    Catalogue.swift        the table, and an operation as a command of the language
///
/// A test compares the literals' names, paths, types and statuses with `Tests/Fixtures/operations.json`, in both
/// directions. The other facts (an operation's effect, the meaning of a conflict) are known from the server's behaviour
/// alone, and stated only here.
package enum Catalogue {
    /// All operations by area, in the order in which help lists them.
    package static let all: [Operation] = areas.flatMap(\.self)

    private static let areas = [
        UsersOperations.all, GroupsOperations.all, PoliciesOperations.all, CredentialsOperations.all,
        AuthenticationOperations.all, ExternalPrincipalsOperations.all, RepositoriesOperations.all,
        BranchesOperations.all, CommitsOperations.all, RefsOperations.all, TagsOperations.all, ObjectsOperations.all,
        MultipartOperations.all, ProtectionOperations.all, CollectionOperations.all, ConfigurationOperations.all,
        PullsOperations.all, ActionsOperations.all, ImportOperations.all, MaintenanceOperations.all,
        PreparationOperations.all,
    ]

    private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { $1 })

    /// Finds an operation by name.
    package static subscript(name: String) -> Operation? { byName[name] }

    /// The operations as commands of the language.
    package static let vocabulary = Vocabulary(
        names: all.map(\.name), conventions: .lakeFS
    ) { Catalogue[$0]?.command }
}

extension Operation {
    /// The operation as a command: its required parameters in positional order (path, query, body fields), then the
    /// optional ones. Defaults are the server's: an argument that is left out is not sent.
    package var command: Command {
        let ordered = parameters.map(\.parameter) + bodyParameters
        let signature = Signature(
            name, ordered.filter(\.isRequired) + ordered.filter { !$0.isRequired }, result: result, summary: summary)
        return Command(
            signature, effect: effect, paging: paging, canEnsure: ensure != nil, options: options,
            bodyFields: Set(bodyFields.map(\.name.snakeCased)), exclusions: exclusions)
    }

    /// Options that cannot be combined with `--presign`, `--from`, `--to` and `--to_folder`.
    var exclusions: [Command.Exclusion] {
        var exclusions: [Command.Exclusion] = []
        if sendsBytes {
            let others = (parameters.map(\.parameter) + bodyParameters).filter { !$0.isRequired }.map(\.name)
            exclusions.append(.init("presign", others, "an upload in parts does not carry it"))
        }
        if sendsBytes { exclusions.append(.init("from", ["content"], "the body is one of them")) }
        if result == .bytes, parameters.contains(where: { $0.name == "presign" }) {
            for option in ["to", "to_folder"] {
                exclusions.append(.init(option, ["presign"], "an address is given instead of the content"))
            }
        }
        if isDownloadable { exclusions.append(.init("to_folder", ["to"], "the content is written to one file")) }
        return exclusions
    }

    /// Checks combinations of options that only the values of a call reveal.
    ///
    /// - Throws: a failure that names both options.
    func checkOptions(of call: OperationCall) throws(Failure) {
        let given = options.filter { call.options.isOn($0) }.map(\.name)
        guard !given.isEmpty else { return }
        for exclusion in exclusions where given.contains(exclusion.option) {
            let other = exclusion.others.first { name in
                (call.arguments.given(name) ?? call.options[name]).map { !$0.isNull && $0 != false } ?? false
            }
            guard let other else { continue }
            throw .droppedOption(other, exclusion)
        }
    }

    /// The fields of a JSON object body.
    package var bodyFields: [Field] {
        if case .fields(let record) = body?.content { record.fields } else { [] }
    }

    private var bodyParameters: [Parameter] {
        switch body?.content {
        case .fields(let record):
            record.fields.map { field in
                Parameter(
                    field.name.snakeCased, field.type, isRequired: field.isRequired, summary: field.summary,
                    role: Operation.roles[field.name] ?? .plain)
            }
        case .list(let item):
            [Parameter("body", .list(item), isRequired: body?.isRequired == true, summary: "the whole list")]
        case .bytes: [Parameter("content", .bytes, isRequired: false, summary: "the bytes; of a file: --from FILE")]
        case nil: []
        }
    }

    /// The roles of body fields that name an existing entity.
    private static let roles: [String: Parameter.Role] = [
        "source": .ref, "ref": .ref, "src_ref": .ref, "path": .path, "src_path": .path,
    ]

    /// The type of a call's result: the body of its first successful answer.
    package var result: ValueType {
        let type = answers.sorted { $0.key < $1.key }.first { (200..<300).contains($0.key) }?.value
        return type ?? .null
    }

    /// The paging of a listing: every listing returns `pagination` and `results`, and takes `after`.
    package var paging: PageShape? {
        guard case .record(let record) = result, let page = record.page,
            parameters.contains(where: { $0.name == page.parameter })
        else { return nil }
        return page
    }

    /// The options of its calls beside those of every command.
    private var options: [CallOption] {
        var options: [CallOption] = sendsBytes ? [.presign, .from] : []
        if result == .bytes { options.append(.to) }
        if isDownloadable { options.append(.toFolder) }
        if !bodyFields.isEmpty { options.append(.body) }
        if mayLockOut { options.append(.lockMeOut) }
        return options
    }

    /// True if the content of an object is the answer.
    private var isDownloadable: Bool { result == .bytes && parameters.contains { $0.role == .path } }

    /// The path of the object that a call is about.
    func objectPath(in arguments: Record) -> String? {
        parameters.first { $0.role == .path }.flatMap { arguments.given($0.name)?.text }
    }

    private var sendsBytes: Bool { if case .bytes = body?.content { true } else { false } }
}

extension OperationParameter {
    /// The parameter as a parameter of the command.
    var parameter: Parameter {
        var parameter = Parameter(name, type, isRequired: isRequired, summary: summary, role: role)
        if minimum != nil || maximum != nil { parameter.bounds = (minimum ?? .min)...(maximum ?? .max) }
        if place == .path, type == .string { parameter.refusal = { refusal(of: $0) } }
        return parameter
    }
}
