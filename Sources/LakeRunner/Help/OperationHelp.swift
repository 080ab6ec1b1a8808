package import LakeAPI
internal import LakeScript

/// `lakesh help create_user`: the page on an operation. It shows usage, result, request, the meaning of each status,
/// effect, permission, authentication, releases and examples.
package struct OperationHelp {
    private let operation: Operation
    private let styler: Styler

    /// Makes the help on an operation.
    package init(operation: Operation, styler: Styler) {
        self.operation = operation
        self.styler = styler
    }

    /// The whole page.
    package var text: String {
        let sections = [call, result, request, answers, facts, example]
        return sections.filter { !$0.isEmpty }.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    private var call: [String] {
        var signature = operation.command.signature
        for place in signature.parameters.indices {
            guard let releases = operation.ownReleases(ofParameter: signature.parameters[place].name) else { continue }
            let words = [signature.parameters[place].summary, releases.words].filter { !$0.isEmpty }
            signature.parameters[place].summary = words.joined(separator: "; ")
        }
        let help = SignatureHelp(signature: signature, prefix: "", styler: styler)
        return help.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    // MARK: Result

    private var result: [String] {
        guard operation.result != .null else { return [styler(.bold, "gives") + " nothing"] }
        let rows = FieldRow.rows(of: operation.result, depth: 1)
        return [styler(.bold, "gives") + " " + operation.result.phrase] + rows.map { [$0.name, $0.words] }.aligned()
    }

    // MARK: The request

    private var request: [String] {
        let sent = operation.parameters.map { parameter in
            [
                "  " + parameter.wireName, parameter.place.rawValue,
                parameter.type.annotation + limits(of: parameter) + (parameter.isRequired ? "" : ", optional")
                    + since(operation.releases(of: parameter)),
            ]
        }
        return [styler(.bold, "request") + "  \(operation.method.rawValue) /api/v1\(operation.path)"] + formerPaths
            + (sent + body).aligned()
    }

    private var formerPaths: [String] {
        operation.elements(.path).filter { $0.name != operation.path }.map { path in
            "  on \(path.releases.words): /api/v1\(path.name)"
        }
    }

    /// Returns the releases of an element, if they differ from the operation's.
    private func since(_ releases: Releases) -> String {
        releases == operation.releases ? "" : ", \(releases.words)"
    }

    private func limits(of parameter: OperationParameter) -> String {
        let bounds = [parameter.minimum.map { "\($0)" } ?? "", parameter.maximum.map { "\($0)" } ?? ""]
        let range = bounds == ["", ""] ? "" : " from \(bounds[0]) to \(bounds[1])"
        let plain = ValuePresenter(styler: Styler(isColoured: false), width: nil)
        return range + (parameter.defaultValue.map { ", by default \(plain.compact($0))" } ?? "")
    }

    private var body: [[String]] {
        switch operation.body?.content {
        case .fields(let record):
            FieldRow.rows(of: .record(record), depth: 1).map { row in
                [row.name, "body", row.words + since(operation.releases(of: Operation.Element(.body, row.path)))]
            }
        case .list(let item): [["  (the list itself)", "body", ValueType.list(item).noun]]
        case .bytes: [["  (the bytes)", "body", "the file `content` of a form"]]
        case nil: []
        }
    }

    // MARK: Statuses and facts

    private var answers: [String] {
        [styler(.bold, "answers")]
            + operation.statuses.map { status in
                "  \(styler(status < 400 ? .green : .red, String(status)))  \(operation.meaning(of: status))"
            }
    }

    private var facts: [String] {
        let secrets = operation.secretFields
        let rows = [
            ["effect", effectText], ["sent twice", repetitionText], ["ensure", ensureText],
            [
                "secret",
                words(secrets.sent, "sends ")
                    + words(secrets.received, secrets.sent.isEmpty ? "returns " : "; returns "),
            ],
            ["needs", operation.permission ?? ""], ["log in", authentication],
            ["servers", operation.releases.words + (operation.needsAccessControl ? ", with access control" : "")],
            ["lakectl", operation.lakectl ?? "has no command for it"],
        ]
        return rows.filter { !$0[1].isEmpty }.aligned()
    }

    private func words(_ fields: [String], _ verb: String) -> String {
        fields.isEmpty ? "" : verb + fields.joined(separator: ", ")
    }

    private var authentication: String {
        guard !operation.authentication.isEmpty else { return "not needed" }
        let cookies = zip([Operation.Authentication.session, .oidc, .saml], IdentityForm.cookies)
            .filter { operation.authentication.contains($0.0) }.map(\.1.fields[0].name)
        let others = operation.authentication.contains(.basic) ? "by a pair of keys, a token, or " : "by "
        return others + "the session cookie " + cookies.joined(separator: ", ")
            + (operation.needsLogin ? "" : " (in the specification; servers need none)")
    }

    private var example: [String] {
        [styler(.bold, "for example")] + operation.example.split(separator: "\n").map { "  " + $0 }
    }

    private var effectText: String {
        switch operation.effect {
        case .read: "reads"
        case .write: "writes"
        case .destroy: "destroys"
        }
    }

    private var repetitionText: String {
        switch operation.repetition {
        case .read: "harmless: a read"
        case .converge: "harmless: idempotent (converge)"
        case .createByName: "the second call reports a conflict (create_by_name)"
        case .append: "it takes effect twice (append)"
        case .opaque: "it takes effect twice, and nothing shows if the first call did (opaque)"
        }
    }

    private var ensureText: String {
        switch operation.ensure {
        case .existing(let fields, let update, let listing):
            "accepts 409 if `\((listing ?? operation.probe)?.read ?? "")` shows "
                + (fields.isEmpty
                    ? "it" : "the same " + fields.map { String($0.prefix { $0 != "=" }) }.joined(separator: ", "))
                + (update.map { "; otherwise use `\($0)`" } ?? "")
        case .conflict: "accepts 409"
        case .absent: "accepts 404"
        case nil: ""
        }
    }
}

/// A field of a schema as a line of help: its name, indented by its depth, its type and its summary.
struct FieldRow {
    let name: String
    let words: String
    /// The path of the field with its parents: `statement[].condition`.
    let path: String

    /// Returns the fields of a type, each followed by those of its nested schema.
    static func rows(of type: ValueType, depth: Int, below path: String = "") -> [FieldRow] {
        guard let record = type.innerRecord else { return [] }
        return record.fields.flatMap { field in
            let name = String(repeating: "  ", count: depth) + field.name
            let own = path + field.name
            return [FieldRow(name: name, words: words(field, depth), path: own)]
                + rows(of: field.type, depth: depth + 1, below: own + (field.type.isListed ? "[]." : "."))
        }
    }

    private static func words(_ field: Field, _ depth: Int) -> String {
        let unit =
            switch field.format {
            case .plain: ""
            case .time: ", seconds since 1970"
            case .size: ", bytes"
            }
        // A top-level field is a parameter of the command, and described there.
        let summary = field.summary.isEmpty ? "" : ": " + field.summary
        return field.type.noun + unit + (field.isRequired ? "" : ", optional") + (depth > 1 ? summary : "")
    }
}

extension ValueType {
    /// True if it is a list or an optional list.
    fileprivate var isListed: Bool {
        switch self {
        case .list: true
        case .optional(let wrapped): wrapped.isListed
        default: false
        }
    }

    /// The schema within lists, maps and optionals; nil if there is none.
    fileprivate var innerRecord: RecordType? {
        switch self {
        case .record(let record): record
        case .list(let item), .map(let item), .optional(let item): item.innerRecord
        case .any, .null, .bool, .int, .float, .string, .secret, .enumeration, .duration, .bytes: nil
        }
    }
}
