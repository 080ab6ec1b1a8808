internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `explain LINE`: the request that a line would send, what it needs, what it does. Nothing is sent.
///
/// The line is checked and run until it wants something from outside: the first call is known with its arguments worked
/// out. What comes after it depends on answers; of that the literals are shown.
extension ReplSession {
    func explain(_ line: String) {
        let (program, diagnostics) = session.check(SourceText(name: "<prompt>", text: line), isPrompt: true)
        if !diagnostics.isEmpty { say(renderer.render(diagnostics), atLineEnd: false) }
        guard let program else { return }
        var calls = engine.uses(in: line).compactMap { use in
            Catalogue[use.signature.name].map { Explanation($0, use) }
        }
        if let first = session.firstCall(of: program), let operation = Catalogue[first.command] {
            let exact = Explanation(operation, first, on: session.serverReleases)
            if let place = calls.firstIndex(where: { $0.name == first.command }) {
                calls[place] = exact
            } else {
                calls.insert(exact, at: 0)
            }
        }
        if calls.isEmpty { say("this sends nothing") }
        for call in calls { console.output.write(call.text(width: console.outputWidth)) }
    }
}

/// What an operation's call would be.
struct Explanation {
    private let operation: Operation
    private let request: String
    /// The releases that the server may be; nil where nothing is known.
    private var releases: Releases.Run?
    /// The JSON that is sent; empty where there is none.
    private var body = ""
    /// Why the call is refused before it is sent.
    private var refusal: Failure?
    /// What it uses that not every release has.
    private var demands: [Demand] = []
    /// The arguments' texts by parameter and by their names on the wire.
    private var arguments: [String: String] = [:]

    var name: String { operation.name }

    /// A call of which the literals are known: what is not a literal stays as it is named.
    init(_ operation: Operation, _ use: CommandUse) {
        self.operation = operation
        let texts = use.literals.map { ($0.parameter, $0.isSecret ? String.hidden : $0.text) }
        arguments = Dictionary(texts, uniquingKeysWith: { $1 })
        for parameter in operation.parameters { arguments[parameter.wireName] = arguments[parameter.name] }
        demands = operation.demands(
            of: OperationCall(command: operation.name, arguments: Record(texts.map { ($0, .string($1)) })))
        let query = operation.parameters.filter { $0.place == .query }.compactMap { parameter in
            use.literal(parameter.name).map { "\(parameter.wireName)=\($0.percentEncoded)" }
        }
        request =
            "/api/v1" + operation.path(naming: arguments) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// A call whose arguments are worked out, on a server of which it is known that its release is one of these.
    init(_ operation: Operation, _ call: OperationCall, on releases: Releases.Run? = nil) {
        self.operation = operation
        self.releases = releases
        let secrets = Set(operation.secretFields.sent.map(\.snakeCased))
        func shown(_ record: Record) -> Record {
            Record(
                record.map { name, value in
                    if name == "body", let whole = value.record { return (name, .map(shown(whole))) }
                    return (name, secrets.contains(name.snakeCased) ? .string(.hidden) : Explanation.hiding(value))
                })
        }
        let shown = shown(call.arguments)
        for parameter in operation.parameters {
            arguments[parameter.name] = shown[parameter.name]?.text
            arguments[parameter.wireName] = shown[parameter.name]?.text
        }
        for (name, value) in shown where arguments[name] == nil { arguments[name] = value.text }
        demands = operation.demands(of: call)
        var asked = call
        asked.arguments = shown
        var built: HTTPRequest?
        do throws(Failure) {
            built = try RequestBuilder().request(
                for: operation, arguments: operation.asked(by: asked), credentials: nil, on: releases)
        } catch {
            refusal = error
        }
        request = built?.target ?? "/api/v1" + operation.path
        let isJSON = built?.header("Content-Type") == "application/json"
        body = isJSON ? String(decoding: built?.body ?? [], as: UTF8.self) : ""
    }

    /// The request with what it needs, its body, and what it does to the world.
    func text(width: Int? = nil) -> String {
        if let refusal { return ([refusal.message] + refusal.notes).map { $0 + "\n" }.joined() }
        let permission = operation.permission.map { permission in
            "needs " + Explanation.filled(permission) { [arguments] in arguments[$0] }
        }
        let releases = operation.releases.isEverywhere ? nil : words(of: operation.releases)
        let facts = [releases, permission].compactMap(\.self)
        let line = "\(operation.method.rawValue) \(request)"
        let needs = facts.joined(separator: " · ")
        let isOneLine = facts.isEmpty || line.displayWidth + 6 + needs.displayWidth <= width ?? .max
        var lines = isOneLine ? [facts.isEmpty ? line : line + "      " + needs] : [line, "  " + needs]
        if !body.isEmpty { lines.append("  " + body) }
        lines += younger.map { "  " + $0 }
        lines += effect.joined(within: width)
        return lines.map { $0 + "\n" }.joined()
    }

    /// What of it is younger than the operation.
    private var younger: [String] {
        demands.filter { $0.parameter != nil }.map { "\($0.what): \(words(of: $0.releases))" }
    }

    private func words(of releases: Releases) -> String {
        let isLacking = self.releases.map { !releases.overlaps($0) } ?? false
        return releases.words + (isLacking ? ", not this server" : "")
    }

    /// A template with what stands in braces filled in; what is not known stays.
    private static func filled(_ template: String, _ value: (String) -> String?) -> String {
        var text = ""
        var rest = template[...]
        while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: start)..<end])
            text += rest[..<start] + (value(name) ?? "{\(name)}")
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }

    /// A value without the texts of its secrets.
    private static func hiding(_ value: Value) -> Value {
        switch value {
        case .secret: .string(.hidden)
        case .list(let items): .list(items.map(hiding))
        case .map(let record): .map(Record(record.map { ($0, hiding($1)) }))
        case .null, .bool, .int, .float, .string, .bytes, .duration: value
        }
    }

    private var effect: [String] {
        let what =
            switch operation.effect {
            case .read: "reads"
            case .write: "writes"
            case .destroy: "destroys"
            }
        let again =
            switch operation.repetition {
            case .read, .converge: "may be sent again"
            case .createByName: "sent again, a conflict means that it is there"
            case .append: "must not be sent twice: each adds one more"
            case .opaque: "must not be sent twice: nothing tells whether it happened"
            }
        return ["\(what): \(operation.summary)", again]
    }
}

extension [String] {
    /// The parts with ` · ` between them, in as many lines as the width asks for.
    func joined(within width: Int?) -> [String] {
        var lines: [String] = []
        for part in self {
            let longer = lines.last.map { $0 + " · " + part } ?? part
            if lines.isEmpty || longer.displayWidth > width ?? .max {
                lines.append(part)
            } else {
                lines[lines.count - 1] = longer
            }
        }
        return lines
    }
}
