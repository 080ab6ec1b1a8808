package import LakeScript

// The releases of an operation and its elements, and the elements that a call uses.

extension Operation {
    /// A part of an operation that was added or removed independently of it.
    package struct Element: Hashable, Sendable {
        package let kind: Kind
        /// Its name on the wire: a parameter's name, a path template, a field with its parents
        /// (`statement[].condition`), a content type, a status.
        package let name: String

        package enum Kind: String, Sendable, CaseIterable {
            case path, query, header
            /// A content type of the body.
            case content
            /// A field of the body.
            case body
            /// A body field that was required.
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

    /// The releases that have the operation.
    package var releases: Releases { ReleaseTable[name]?.releases ?? .all }

    /// Returns the releases that have an element. An element that is not in the table is as old as the operation.
    package func releases(of element: Element) -> Releases {
        guard let entry = ReleaseTable[name] else { return .all }
        return entry.elements.first { $0.element == element }?.releases ?? entry.releases
    }

    /// Returns the elements of a kind that the table lists, with their releases.
    package func elements(_ kind: Element.Kind) -> [(name: String, releases: Releases)] {
        (ReleaseTable[name]?.elements ?? []).filter { $0.element.kind == kind }.map { ($0.element.name, $0.releases) }
    }

    /// Returns the path template for a server of one of these releases.
    package func path(on releases: Releases.Run?) -> String {
        guard let releases else { return path }
        let fitting = elements(.path).filter { $0.releases.overlaps(releases) }
        return fitting.count == 1 ? fitting[0].name : path
    }

    /// True if some releases have another path.
    var hasPaths: Bool { !elements(.path).isEmpty }

    /// Returns the releases that have a parameter; a path parameter is as old as the operation.
    package func releases(of parameter: OperationParameter) -> Releases {
        element(of: parameter).map { releases(of: $0) } ?? releases
    }

    /// Returns the element for a parameter; nil for a path parameter.
    private func element(of parameter: OperationParameter) -> Element? {
        switch parameter.place {
        case .path: nil
        case .query: Element(.query, parameter.wireName)
        case .header: Element(.header, parameter.wireName)
        }
    }

    /// Returns the releases that have a parameter of the command; nil if it is as old as the operation.
    package func ownReleases(ofParameter name: String) -> Releases? {
        let own =
            parameters.first { $0.name == name }.map { releases(of: $0) }
            ?? bodyFields.first { $0.name.snakeCased == name }.map { releases(of: Element(.body, $0.name)) }
        return own == releases ? nil : own
    }

    // MARK: Elements that a call uses

    /// Returns the elements of a call that some releases lack, the operation itself first.
    package func demands(of call: OperationCall) -> [Demand] {
        guard let entry = ReleaseTable[name] else { return [] }
        var demands: [Demand] = []
        if !entry.releases.isEverywhere { demands.append(Demand(name, entry.releases)) }
        guard !entry.elements.isEmpty || call.options.isOn(.presign) else { return demands }
        for parameter in parameters {
            guard let element = element(of: parameter), let value = call.arguments.given(parameter.name),
                !value.saysNothing, let known = entry.elements.first(where: { $0.element == element })
            else { continue }
            // A parameter in the path of some release is not an option in that release.
            let holders = elements(.path).filter { $0.name.contains("{\(parameter.wireName)}") }
            let releases = Releases(known.releases.runs + holders.flatMap(\.releases.runs))
            demands.append(Demand(name, releases, option: parameter.name))
        }
        if call.options.isOn(.presign), let begin = Catalogue["create_presign_multipart_upload"] {
            demands.append(Demand(name, begin.releases, option: "presign", loss: nil))
        }
        return demands + fieldDemands(of: call, entry)
    }

    private func fieldDemands(of call: OperationCall, _ entry: ReleaseTable.Entry) -> [Demand] {
        let isWhole = call.arguments.given("body") != nil
        guard case .fields = body?.content, let sent = sentBody(call.arguments) else { return [] }
        var found: [String] = []
        return entry.elements.compactMap { element, releases in
            // A field inside a new field needs no demand of its own.
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

    /// Returns the JSON object of a call's arguments, by wire names; given fields fill in what a whole body leaves out,
    /// and null leaves a field out. Nil if the body is not an object.
    package func sentBody(_ arguments: Record) -> Value? {
        guard case .fields(let record) = body?.content else { return nil }
        var sent = arguments.given("body")?.record ?? Record()
        for field in record.fields where sent.given(field.name) == nil {
            if let value = arguments.given(field.name.snakeCased) { sent[field.name] = value }
        }
        return Value.map(sent).withoutNulls(of: .record(record))
    }

    /// Returns the fields that were sent but are missing in the answer because the server ignored them, if their loss
    /// is dangerous.
    func dropped(_ arguments: Record, answer: Value) -> [String] {
        guard let sent = sentBody(arguments) else { return [] }
        return elements(.body).map(\.name).filter { field in
            guard Operation.losses[field] != nil, sent.says(field) else { return false }
            let (there, wanted) = (answer.values(at: field[...]), sent.values(at: field[...]))
            return there.count < wanted.count || zip(wanted, there).contains { !$0.saysNothing && $1.saysNothing }
        }
    }

    /// Advice for such a loss; placeholders in braces are filled from the call.
    var adviceOnLoss: String? {
        switch name {
        case "create_policy": "delete it before it is used: delete_policy {id}"
        case "update_policy": "delete it: delete_policy {policy_id}, or restore its statements with update_policy"
        default: nil
        }
    }

    /// The consequence of an ignored field, if it is more than the loss of that field.
    private static let losses = [
        "statement[].condition": "it would drop it and grant the permission without a condition"
    ]
}

/// An element that a call uses and that some releases of lakeFS lack.
package struct Demand: Sendable, Equatable {
    /// Its name in messages: `` `create_branch` ``, `` `--hidden` of `create_branch` ``.
    package let what: String
    package let releases: Releases
    /// The parameter that uses the element; nil for the operation itself.
    package let parameter: String?
    /// The behaviour of a server that does not know the element; nil if it refuses the call.
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
    /// True for null, false, and empty lists and maps: nothing is lost if the server ignores such a value.
    var saysNothing: Bool {
        switch self {
        case .null, .bool(false): true
        case .list(let items): items.isEmpty
        case .map(let record): record.isEmpty
        case .bool, .int, .float, .string, .secret, .bytes, .duration: false
        }
    }

    /// True if the field at a path (`statement[].condition`) has a value that requests something.
    func says(_ path: String) -> Bool { !values(at: path[...]).allSatisfy(\.saysNothing) }

    /// True if there is a field at a path with any value but null.
    func holds(_ path: String) -> Bool { !values(at: path[...]).allSatisfy(\.isNull) }

    /// Returns the values of the fields at a path; several if the path goes through a list.
    fileprivate func values(at path: Substring) -> [Value] {
        guard !path.isEmpty else { return [self] }
        let step = path.prefix { $0 != "." }
        let rest = path.dropFirst(step.count + 1)
        guard step.hasSuffix("[]") else { return self[String(step)].values(at: rest) }
        return (self[String(step.dropLast(2))].items ?? []).flatMap { $0.values(at: rest) }
    }
}
