package import LakeScript

// Which releases have an operation and its parts, and what of it a call uses.

extension Operation {
    /// A part of an operation that came or went by itself.
    package struct Element: Hashable, Sendable {
        package let kind: Kind
        /// As it is on the wire: a parameter's name, a path's template, a field with those that it stands in
        /// (`statement[].condition`), a content type, a status.
        package let name: String

        package enum Kind: String, Sendable, CaseIterable {
            case path, query, header
            /// A content type of the body.
            case content
            /// A field of the body.
            case body
            /// A field of the body that had to be given.
            case required
            /// A status of success.
            case success
            /// A field of the answer.
            case answer
        }

        package init(_ kind: Kind, _ name: String) {
            self.kind = kind
            self.name = name
        }
    }

    /// The releases that have it.
    package var releases: Releases { ReleaseTable[name]?.releases ?? .all }

    /// The releases that have a part of it. What is not known to have come or gone by itself was there as long as the
    /// operation.
    package func releases(of element: Element) -> Releases {
        guard let entry = ReleaseTable[name] else { return .all }
        return entry.elements.first { $0.element == element }?.releases ?? entry.releases
    }

    /// The parts that came or went by themselves, of a kind, with their releases.
    package func elements(_ kind: Element.Kind) -> [(name: String, releases: Releases)] {
        (ReleaseTable[name]?.elements ?? []).filter { $0.element.kind == kind }.map { ($0.element.name, $0.releases) }
    }

    /// The path's template on a server of which it is known that its release is one of these.
    package func path(on releases: Releases.Run?) -> String {
        guard let releases else { return path }
        let fitting = elements(.path).filter { $0.releases.overlaps(releases) }
        return fitting.count == 1 ? fitting[0].name : path
    }

    /// Whether a release is known by another path.
    var hasPaths: Bool { !elements(.path).isEmpty }

    /// The releases that have a parameter: one in the path was there as long as the operation.
    package func releases(of parameter: OperationParameter) -> Releases {
        element(of: parameter).map { releases(of: $0) } ?? releases
    }

    /// The part of the operation that a parameter is; nil of one in the path.
    private func element(of parameter: OperationParameter) -> Element? {
        switch parameter.place {
        case .path: nil
        case .query: Element(.query, parameter.wireName)
        case .header: Element(.header, parameter.wireName)
        }
    }

    /// The releases that have the parameter of a command; nil where it was there as long as the operation.
    package func ownReleases(ofParameter name: String) -> Releases? {
        let own =
            parameters.first { $0.name == name }.map { releases(of: $0) }
            ?? bodyFields.first { $0.name.snakeCased == name }.map { releases(of: Element(.body, $0.name)) }
        return own == releases ? nil : own
    }

    // MARK: What a call uses

    /// What a call uses and not every release has, the operation itself first.
    package func demands(of call: OperationCall) -> [Demand] {
        guard let entry = ReleaseTable[name] else { return [] }
        var demands: [Demand] = []
        if !entry.releases.isEverywhere { demands.append(Demand(name, entry.releases)) }
        guard !entry.elements.isEmpty || call.options.presign else { return demands }
        for parameter in parameters {
            guard let element = element(of: parameter), let value = call.arguments.given(parameter.name),
                !value.saysNothing, let known = entry.elements.first(where: { $0.element == element })
            else { continue }
            // Where a path of the operation holds it, it is no option there.
            let holders = elements(.path).filter { $0.name.contains("{\(parameter.wireName)}") }
            let releases = Releases(known.releases.runs + holders.flatMap(\.releases.runs))
            demands.append(Demand(name, releases, option: parameter.name))
        }
        if call.options.presign, let begin = Catalogue["create_presign_multipart_upload"] {
            demands.append(Demand(name, begin.releases, option: "presign", loss: nil))
        }
        return demands + fieldDemands(of: call, entry)
    }

    private func fieldDemands(of call: OperationCall, _ entry: ReleaseTable.Entry) -> [Demand] {
        let isWhole = call.arguments.given("body") != nil
        guard case .fields = body?.content, let sent = sentBody(call.arguments) else { return [] }
        var found: [String] = []
        return entry.elements.compactMap { element, releases in
            // Within a field that is new itself there is nothing to add.
            guard element.kind == .body, sent.says(element.name),
                !found.contains(where: { element.name.hasPrefix($0 + ".") || element.name.hasPrefix($0 + "[") })
            else { return nil }
            found.append(element.name)
            let loss = Operation.losses[element.name] ?? Demand.ignored
            let isOption = !isWhole && !element.name.contains(".")
            return isOption
                ? Demand(name, releases, option: element.name.snakeCased, loss: loss)
                : Demand(name, releases, field: element.name, loss: loss)
        }
    }

    /// The JSON object that a call's arguments make, by the names on the wire: a whole body, what it leaves out by the
    /// fields that are given. Nil where the body is none.
    package func sentBody(_ arguments: Record) -> Value? {
        guard case .fields(let record) = body?.content else { return nil }
        var sent = Record((arguments.given("body")?.record ?? Record()).filter { !$0.1.isNull })
        for field in record.fields where sent[field.name] == nil {
            if let value = arguments.given(field.name.snakeCased) { sent[field.name] = value }
        }
        return .map(sent)
    }

    /// The fields whose loss must not pass in silence that were sent and are not in the answer: the server dropped them.
    func dropped(_ arguments: Record, answer: Value) -> [String] {
        guard let sent = sentBody(arguments) else { return [] }
        return elements(.body).map(\.name).filter { field in
            guard Operation.losses[field] != nil, sent.says(field) else { return false }
            let (there, wanted) = (answer.values(at: field[...]), sent.values(at: field[...]))
            return there.count < wanted.count || zip(wanted, there).contains { !$0.saysNothing && $1.saysNothing }
        }
    }

    /// What to do where the server dropped such a field; what stands in braces is the call's.
    var adviceOnLoss: String? {
        switch name {
        case "create_policy": "take it away before somebody has it: delete_policy {id}"
        case "update_policy": "take it away: delete_policy {policy_id}, or update_policy with what was there before"
        default: nil
        }
    }

    /// What is lost with a field that a server ignores, where that is worse than the field.
    private static let losses = [
        "statement[].condition": "it would drop it, and give the right without a condition"
    ]
}

/// Something that a call uses and that not every release of lakeFS has.
package struct Demand: Sendable, Equatable {
    /// As messages call it: `` `create_branch` ``, `` `--hidden` of `create_branch` ``.
    package let what: String
    package let releases: Releases
    /// The parameter that it was given by; nil where it is the operation itself.
    package let parameter: String?
    /// What a server that does not know it would do with it; nil where it would refuse.
    package let loss: String?

    static let ignored = "it would ignore it"

    init(_ operation: String, _ releases: Releases) {
        self.init(what: "`\(operation)`", releases: releases, parameter: nil, loss: nil)
    }

    init(_ operation: String, _ releases: Releases, option: String, loss: String? = ignored) {
        self.init(what: "`--\(option)` of `\(operation)`", releases: releases, parameter: option, loss: loss)
    }

    init(_ operation: String, _ releases: Releases, field: String, loss: String?) {
        let top = String(field.prefix { $0 != "." && $0 != "[" }).snakeCased
        self.init(what: "field `\(field)` of `\(operation)`", releases: releases, parameter: top, loss: loss)
    }

    private init(what: String, releases: Releases, parameter: String?, loss: String?) {
        self.what = what
        self.releases = releases
        self.parameter = parameter
        self.loss = loss
    }
}

extension Value {
    /// Whether it asks for nothing, so that nothing is lost where it is ignored: null, false, an empty list or map.
    var saysNothing: Bool {
        switch self {
        case .null, .bool(false): true
        case .list(let items): items.isEmpty
        case .map(let record): record.isEmpty
        case .bool, .int, .float, .string, .secret, .bytes, .duration: false
        }
    }

    /// Whether the field at a path, `statement[].condition`, asks for something.
    func says(_ path: String) -> Bool { !values(at: path[...]).allSatisfy(\.saysNothing) }

    /// Whether there is a field at a path, whatever it says.
    func holds(_ path: String) -> Bool { !values(at: path[...]).allSatisfy(\.isNull) }

    /// The values of the fields at a path: several where it leads through a list.
    fileprivate func values(at path: Substring) -> [Value] {
        guard !path.isEmpty else { return [self] }
        let step = path.prefix { $0 != "." }
        let rest = path.dropFirst(step.count + 1)
        guard step.hasSuffix("[]") else { return self[String(step)].values(at: rest) }
        return (self[String(step.dropLast(2))].items ?? []).flatMap { $0.values(at: rest) }
    }
}
