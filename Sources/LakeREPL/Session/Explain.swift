internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// The shell's command `explain LINE`: the requests that a line would send, the permissions that they need, and their
/// effects. Nothing is sent.
extension ReplSession {
    func explain(_ line: String) {
        let script = session.load(SourceText(name: "<prompt>", text: line))
        if !script.diagnostics.isEmpty { say(renderer.render(script.diagnostics), atLineEnd: false) }
        guard let program = script.program else { return }
        let calls = RequestExplanation.all(of: program, after: session.earlier, on: session.serverReleases) {
            session.firstCall(of: $0)
        }
        let acts = BlockFacts(of: program.main.statements).calls
            .filter { $0.operation == nil && $0.effect != .read }
            .map { "acts on this machine: " + script.sources[$0.span.file].text(of: $0.span) }
        if calls.isEmpty, acts.isEmpty { say("this sends nothing") }
        for call in calls { console.output.write(call.text(width: console.outputWidth)) }
        for act in acts { console.output.write(act + "\n") }
    }
}

/// The places of code that runs again and again: the bodies of loops, and the blocks of `each` and the like.
private struct LoopBodies: CheckedVisitor {
    private(set) var places: [Span] = []

    mutating func visit(_ statement: CheckedStatement) {
        switch statement.kind {
        case .forLoop(let loop): places += loop.body.map(\.span)
        case .whileLoop(_, let body): places += body.map(\.span)
        default: break
        }
    }

    mutating func visit(_ expression: CheckedExpression) -> Bool {
        if case .blockBuiltin(_, _, _, _, let body) = expression.kind { places += body.map(\.span) }
        return true
    }
}

/// The explanation of one call.
struct RequestExplanation {
    private let operation: Operation
    private let request: String
    /// The releases that the server may have; nil if unknown.
    private var releases: Releases.Run?
    /// The JSON body; empty if there is none.
    private var body = ""
    /// The reason why the call is refused before it is sent.
    private var refusal: Failure?
    /// The features that it uses and not every release has.
    private var demands: [Demand] = []
    /// True if it stands in a loop.
    private var isRepeated = false
    /// The arguments' texts, by parameter and by name in the request.
    private var arguments: [String: String] = [:]

    /// The calls of a checked line, in the order in which they are sent.
    ///
    /// The line is run up to its first effect, and so is each further call by itself that reads only variables of the
    /// lines before: so their arguments are evaluated. Arguments that depend on an answer are shown by name.
    static func all(
        of program: CheckedProgram, after earlier: CheckedProgram?, on releases: Releases.Run? = nil,
        firstCall: (CheckedProgram) -> Session.FirstCall?
    ) -> [RequestExplanation] {
        let facts = BlockFacts(of: program.main.statements)
        let calls = facts.calls.filter { $0.operation != nil }
        let known = Set((earlier?.globals ?? []).map { Variable.local($0.slot) }).subtracting(facts.assigned)
        let first = firstCall(program)
        var bodies = LoopBodies()
        bodies.walk(program.main.statements)
        var explanations = calls.sorted { $0.span.end < $1.span.end }.compactMap { found -> RequestExplanation? in
            let exact = first?.span == found.span ? first : worked(found, program, known, firstCall)
            guard let call = found.operation, let operation = Catalogue[call.command.signature.name] else { return nil }
            var explanation =
                exact.map { RequestExplanation(operation, $0.call, on: releases) }
                ?? RequestExplanation(operation, call)
            explanation.isRepeated = bodies.places.contains {
                $0.file == found.span.file && $0.start <= found.span.start && found.span.end <= $0.end
            }
            return explanation
        }
        // The call is inside a `def` or a script that the line runs.
        let isOwn = calls.contains { $0.span == first?.span }
        if let first, !isOwn, let operation = Catalogue[first.call.command] {
            explanations.insert(RequestExplanation(operation, first.call, on: releases), at: 0)
        }
        return explanations
    }

    /// A call by itself; nil if it reads variables of the line's own statements, or needs an answer.
    private static func worked(
        _ expression: CheckedExpression, _ program: CheckedProgram, _ known: Set<Variable>,
        _ firstCall: (CheckedProgram) -> Session.FirstCall?
    ) -> Session.FirstCall? {
        guard BlockFacts(of: expression).read.isSubset(of: known) else { return nil }
        var alone = program
        alone.main.statements = [CheckedStatement(.expression(expression), span: expression.span)]
        let call = firstCall(alone)
        return call?.span == expression.span ? call : nil
    }

    /// Explains a call from its literals; other arguments are shown by name.
    init(_ operation: Operation, _ call: CheckedCall) {
        self.operation = operation
        var given: Set<String> = []
        for case (let parameter, let value?) in zip(call.command.signature.parameters, call.arguments) {
            given.insert(parameter.name)
            arguments[parameter.name] = parameter.type.holdsSecret ? String.hidden : value.literalText
        }
        demands = operation.demands(
            of: OperationCall(
                command: operation.name, arguments: Record(arguments.map { ($0.key, .string($0.value)) })))
        for parameter in operation.parameters { arguments[parameter.wireName] = arguments[parameter.name] }
        let known = arguments
        let query = operation.parameters.filter { $0.place == .query && given.contains($0.name) }.map { parameter in
            parameter.wireName + "=" + (known[parameter.name]?.percentEncoded ?? "{\(parameter.name)}")
        }
        request =
            "/api/v1" + operation.path(naming: known) + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }

    /// Explains a call with evaluated arguments, on a server with one of these releases.
    init(_ operation: Operation, _ call: OperationCall, on releases: Releases.Run? = nil) {
        self.operation = operation
        self.releases = releases
        let secrets = Set(operation.secretFields.sent.map(\.snakeCased))
        func shown(_ record: Record) -> Record {
            Record(
                record.map { name, value in
                    if name == "body", let whole = value.record { return (name, .map(shown(whole))) }
                    return (
                        name, secrets.contains(name.snakeCased) ? .string(.hidden) : RequestExplanation.hiding(value)
                    )
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

    /// The request with the permissions that it needs, its body, and its effect.
    func text(width: Int? = nil) -> String {
        if let refusal { return ([refusal.message] + refusal.notes).map { $0 + "\n" }.joined() }
        let permission = operation.permission.map { permission in
            "needs " + RequestExplanation.filled(permission) { [arguments] in arguments[$0] }
        }
        let releases = operation.releases.isEverywhere ? nil : words(of: operation.releases)
        let facts = [releases, permission].compactMap(\.self)
        let line = "\(operation.method.rawValue) \(request)"
        let needs = facts.joined(separator: " · ")
        let isOneLine = facts.isEmpty || line.displayWidth + 6 + needs.displayWidth <= width ?? .max
        var lines = isOneLine ? [facts.isEmpty ? line : line + "      " + needs] : [line, "  " + needs]
        if !body.isEmpty { lines.append("  " + body) }
        if isRepeated {
            lines.append("  sent once for each turn of the loop; this is the first, as far as it is known")
        }
        lines += younger.map { "  " + $0 }
        lines += effect.joined(within: width)
        return lines.map { $0 + "\n" }.joined()
    }

    /// The features of the call that are newer than the operation.
    private var younger: [String] {
        demands.filter { $0.parameter != nil }.map { "\($0.what): \(words(of: $0.releases))" }
    }

    private func words(of releases: Releases) -> String {
        let isLacking = self.releases.map { !releases.overlaps($0) } ?? false
        return releases.words + (isLacking ? ", not this server" : "")
    }

    /// A template with the names in braces filled in, as far as they are known.
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
    /// The parts joined with ` · `, wrapped at the width.
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
