internal import LakeAPI
internal import LakeRunner
internal import LakeScript

/// `explain LINE`: the request that a line would send, what it needs, what it does. Nothing is sent.
extension ReplSession {
    func explain(_ line: String) {
        let (program, diagnostics) = session.check(SourceText(name: "<prompt>", text: line), isPrompt: true)
        if !diagnostics.isEmpty { say(renderer.render(diagnostics), atLineEnd: false) }
        guard program != nil else { return }
        let operations = engine.uses(in: line).compactMap { use in Catalogue[use.signature.name].map { ($0, use) } }
        if operations.isEmpty { say("this sends nothing") }
        for (operation, use) in operations {
            session.console.output.write(Explanation(operation, use).text)
        }
    }
}

/// What an operation's call would be.
struct Explanation {
    private let operation: Operation
    private let use: CommandUse

    init(_ operation: Operation, _ use: CommandUse) {
        self.operation = operation
        self.use = use
    }

    /// Two lines: the request with what it needs, and what it does to the world.
    var text: String {
        let request = "\(operation.method.rawValue) /api/v1\(path)\(query)"
        let facts = [operation.since.map { "since \($0)" }, operation.permission.map { "needs \(filled($0))" }]
        let needs = facts.compactMap(\.self).joined(separator: " · ")
        return request + (needs.isEmpty ? "" : "      \(needs)") + "\n\(effect)\n"
    }

    private var path: String { filled(operation.path) { $0.percentEncoded } }

    /// A template with the arguments in it; what is not a literal stays as it is.
    private func filled(_ template: String, _ encode: (String) -> String = { $0 }) -> String {
        var text = template
        for literal in use.literals {
            let names =
                [literal.parameter] + operation.parameters.filter { $0.name == literal.parameter }.map(\.wireName)
            for name in names { text = text.replacing("{\(name)}", with: encode(literal.text)) }
        }
        return text
    }

    private var query: String {
        let given = operation.parameters.filter { $0.place == .query }.compactMap { parameter in
            use.literal(parameter.name).map { "\(parameter.wireName)=\($0.percentEncoded)" }
        }
        return given.isEmpty ? "" : "?" + given.joined(separator: "&")
    }

    private var effect: String {
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
        return "\(what): \(operation.summary) · \(again)"
    }
}

extension String {
    /// The text in a path's segment or a query: all but unreserved bytes percent-encoded.
    fileprivate var percentEncoded: String {
        var text = ""
        for byte in utf8 {
            if byte.isNamePart || "-.~".utf8.contains(byte) {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count < 2 ? "0" : "") + digits
            }
        }
        return text
    }

    fileprivate func replacing(_ part: String, with other: String) -> String {
        var text = ""
        var rest = self[...]
        while let start = rest.firstIndex(of: part.first ?? " ") {
            text += rest[..<start]
            rest = rest[start...]
            if rest.hasPrefix(part) {
                text += other
                rest = rest.dropFirst(part.count)
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text + rest
    }
}
