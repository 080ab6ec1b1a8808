package import LakeScript

/// The lakeFS API as lakesh knows it: every operation, by name.
///
/// There is one literal an operation, in the file of its area, and everything that speaks of operations is derived from
/// it: the language's vocabulary (`Catalogue.vocabulary`), requests, answers, help, completion and redaction. Nothing is
/// generated and nothing is read at start-up: making the table takes a tenth of a millisecond.
///
///     Operation.swift        what a literal can say
///     Operation+Facts.swift  what follows from it: secret fields, what a status means
///     ReleaseTable.swift     which releases have what; Operation+Releases.swift asks it
///     OperationParameter+Names.swift  which names can stand in a path
///     Operations/            the literals, one file an area of the API
///     Schemas/               what bodies and answers look like
///     Catalogue.swift        the table, and an operation as a command of the language
///
/// What the literals say of names, places, types and statuses is held to `Tests/Fixtures/operations.json` by a test,
/// in both directions. What they say beyond it (what a call does to the world, what a conflict means) has no other
/// source than the server's behaviour, and one place: here.
package enum Catalogue {
    /// All operations, area by area.
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

    /// The operation of that name.
    package static subscript(name: String) -> Operation? { byName[name] }

    /// The operations as commands of the language.
    package static let vocabulary = Vocabulary(names: all.map(\.name)) { Catalogue[$0]?.command }
}

extension Operation {
    /// The operation as a command: its required parameters in positional order (the path's template, query, body
    /// fields), then the optional ones. Defaults stay the server's: what is left out is not sent.
    package var command: Command {
        let ordered = parameters.map(\.parameter) + bodyParameters
        let signature = Signature(
            name, ordered.filter(\.isRequired) + ordered.filter { !$0.isRequired }, result: result, summary: summary)
        return Command(
            signature, effect: effect, paging: paging, canEnsure: ensure != nil, extras: extras,
            bodyFields: Set(bodyFields.map(\.name.snakeCased)), exclusions: exclusions)
    }

    /// What cannot be honoured beside `--presign`, `--from` and `--to`.
    var exclusions: [Command.Exclusion] {
        var exclusions: [Command.Exclusion] = []
        if extras.contains(.presign) {
            let others = (parameters.map(\.parameter) + bodyParameters).filter { !$0.isRequired }.map(\.name)
            exclusions.append(.init("presign", others, "an upload in parts does not carry it"))
        }
        if extras.contains(.from) { exclusions.append(.init("from", ["content"], "the body is one of them")) }
        if extras.contains(.to), parameters.contains(where: { $0.name == "presign" }) {
            exclusions.append(.init("to", ["presign"], "an address is given instead of the content"))
        }
        return exclusions
    }

    /// Refuses what a call's way of being sent would drop, where only the values tell.
    ///
    /// - Throws: a mistake that names both options.
    func checkOptions(of call: OperationCall) throws(Failure) {
        let options = ["presign": call.options.presign, "from": call.options.from != nil, "to": call.options.to != nil]
        guard options.values.contains(true) else { return }
        for exclusion in exclusions where options[exclusion.option] == true {
            guard let other = exclusion.others.first(where: { call.arguments.given($0).map { $0 != false } ?? false })
            else { continue }
            throw Failure(
                .mistake, "`\(other)` has no place beside `--\(exclusion.option)`: \(exclusion.reason)",
                notes: ["nothing was sent"])
        }
    }

    /// The fields of a JSON body that is an object.
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

    /// What fields of bodies name, where that is something that is there already.
    private static let roles: [String: Parameter.Role] = [
        "source": .ref, "ref": .ref, "src_ref": .ref, "path": .path, "src_path": .path,
    ]

    /// What a call gives: the body of its first successful answer.
    package var result: ValueType {
        let type = answers.sorted { $0.key < $1.key }.first { (200..<300).contains($0.key) }?.value
        return type ?? .null
    }

    /// How pages are walked: every listing has `pagination` and `results`, and takes `after`.
    package var paging: Command.Paging? {
        guard case .record(let page) = result, page.field("pagination") != nil, page.field("results") != nil,
            parameters.contains(where: { $0.name == "after" })
        else { return nil }
        return Command.Paging(
            items: "results", more: ["pagination", "has_more"], cursor: ["pagination", "next_offset"],
            parameter: "after")
    }

    private var extras: Set<Command.Extra> {
        var extras: Set<Command.Extra> = []
        if !bodyFields.isEmpty { extras.insert(.body) }
        if case .bytes = body?.content { extras.formUnion([.from, .presign]) }
        if result == .bytes { extras.insert(.to) }
        if mayLockOut { extras.insert(.lockMeOut) }
        return extras
    }
}

extension OperationParameter {
    /// As a parameter of the command.
    var parameter: Parameter {
        var parameter = Parameter(name, type, isRequired: isRequired, summary: summary, role: role)
        if place == .path, type == .string { parameter.refusal = { refusal(of: $0) } }
        return parameter
    }
}
