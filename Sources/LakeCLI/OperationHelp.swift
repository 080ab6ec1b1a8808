internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `lakesh help create_user`: an operation with its request, its parameters, what its answers mean, who may call it.
struct OperationHelp {
    let operation: Operation
    let styler: Styler

    var text: String {
        let sections = [call, request, answers, facts, example]
        return sections.filter { !$0.isEmpty }.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    private var call: [String] {
        let help = SignatureHelp(signature: operation.command.signature, prefix: "", styler: styler)
        return help.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }

    private var request: [String] {
        ["\(operation.method.rawValue) /api/v1\(operation.path)"]
            + operation.parameters.filter { $0.place != .path }.map {
                "  \($0.place.rawValue) \($0.wireName)\($0.isRequired ? "" : " (optional)")"
            }
    }

    private var answers: [String] {
        operation.answers.sorted { $0.key < $1.key }.map { status, type in
            "  \(styler(.green, String(status)))  \(type.map(\.phrase) ?? "nothing")"
        } + operation.errors.map { "  \(styler(.red, String($0)))  \(StatusMeaning.text($0))" }
    }

    private var facts: [String] {
        var lines = ["\(effectText) · \(repetitionText)"]
        if let permission = operation.permission { lines.append("needs \(permission)") }
        if let since = operation.since { lines.append("since lakeFS \(since)") }
        if let until = operation.until { lines.append("until lakeFS \(until)") }
        if operation.needsAccessControl { lines.append("needs a lakeFS with access control") }
        lines.append(operation.lakectl.map { "lakectl: \($0)" } ?? "lakectl has no command for it")
        return lines
    }

    private var example: [String] { [styler(.dim, "for example"), "  " + operation.example] }

    private var effectText: String {
        switch operation.effect {
        case .read: "reads"
        case .write: "changes"
        case .destroy: "destroys"
        }
    }

    private var repetitionText: String {
        switch operation.repetition {
        case .read, .converge: "may be sent again"
        case .createByName: "sent again, it says that it is there"
        case .append: "sent again, it happens again"
        case .opaque: "sent again, it happens again, and nothing tells whether it happened"
        }
    }
}

/// What an error's status means on lakeFS.
enum StatusMeaning {
    static func text(_ status: Int) -> String {
        switch status {
        case 400: "the request is not well-formed, or a value is refused"
        case 401: "not authenticated, or a permission is missing (the message tells)"
        case 403: "forbidden: a protected branch, a read-only repository, an expired session"
        case 404: "it does not exist"
        case 409: "it exists already, or conflicts"
        case 410: "it is being deleted"
        case 412: "a precondition does not hold"
        case 416: "the range is not satisfiable"
        case 420, 423, 429: "too many attempts: try again later"
        case 501: "this server does not have it"
        default: "the server failed"
        }
    }
}
