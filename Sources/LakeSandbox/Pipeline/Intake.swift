import LakeAPI
import LakeScript

/// A request that has found its operation, on its way to the handler: validated first, bound after its sender is known.
struct Intake: Sendable {
    let match: Router.Match
    let request: HTTPRequest
    let query: [String: [String]]
    let isOld: Bool

    private var reader: ParameterReader { ParameterReader(isOld: isOld) }

    /// Holds the request to the specification, parameters before the body; gives the body.
    func validated() throws(Refusal) -> Value {
        for parameter in match.demands.parameters { try reader.validate(parameter, raw(parameter)) }
        return try BodyReader(isOld: isOld).read(match.demands.body, request)
    }

    /// The request as the handler gets it: the body is bound first, then the parameters.
    func exchange(_ body: Value, user: String?, now: Instant) throws(Refusal) -> Exchange {
        let demands = match.demands
        guard let body = demands.body?.schema.map({ $0.bound(body) }) ?? body else {
            throw Refusal(400, body: .text("Error unmarshalling body '\(demands.title)' as JSON\n"))
        }
        var (path, queryValues, headers) = ([String: String](), Record(), Record())
        for parameter in demands.parameters {
            guard let value = try reader.bind(parameter, raw(parameter)) else { continue }
            switch parameter.place {
            case .path: path[parameter.name] = value.text ?? value.integer.map(String.init) ?? ""
            case .query: queryValues[parameter.name] = value
            case .header, .cookie: headers[parameter.name] = value
            }
        }
        return Exchange(
            command: match.operation.command, path: path, query: queryValues, headerParameters: headers, body: body,
            request: request, user: user, now: now)
    }

    private func raw(_ parameter: WireParameter) -> ParameterReader.Raw {
        switch parameter.place {
        case .path: ParameterReader.Raw(values: match.path[parameter.name].map { [$0] } ?? [])
        case .query: ParameterReader.Raw(values: query[parameter.name] ?? [])
        case .header, .cookie: ParameterReader.Raw(values: request.header(parameter.name).map { [$0] } ?? [])
        }
    }
}
