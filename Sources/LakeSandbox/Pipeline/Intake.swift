import LakeAPI
import LakeScript

/// A routed request on its way to the handler: validated first, bound after authentication.
struct Intake: Sendable {
    let match: Router.Match
    let request: HTTPRequest
    let query: [String: [String]]
    let profile: ServerProfile

    private var reader: ParameterReader { ParameterReader(isOld: profile.isOld) }

    /// Validates parameters and body against the specification; returns the body.
    func validated() throws(Fault) -> Value {
        for parameter in match.demands.parameters { try reader.validate(parameter, raw(parameter)) }
        return try BodyReader(isOld: profile.isOld).read(match.demands.body, request)
    }

    /// Returns the request as the handler gets it. The body is bound before the parameters.
    func exchange(_ body: Value, user: String?, now: Instant) throws(Fault) -> Exchange {
        let demands = match.demands
        guard let body = demands.body?.schema.map({ $0.bound(body) }) ?? body else {
            throw Fault(.invalid, "Error unmarshalling body '\(demands.title)' as JSON\n", isPlainText: true)
        }
        var (path, queryValues, headers) = ([String: String](), Record(), Record())
        for parameter in demands.parameters {
            guard let value = try reader.bind(parameter, raw(parameter)) else { continue }
            switch parameter.location {
            case .path: path[parameter.name] = value.text ?? value.integer.map(String.init) ?? ""
            case .query: queryValues[parameter.name] = value
            case .header, .cookie: headers[parameter.name] = value
            }
        }
        return Exchange(
            profile: profile, path: path, query: queryValues, headerParameters: headers, body: body,
            request: request, user: user, now: now)
    }

    private func raw(_ parameter: WireParameter) -> ParameterReader.Raw {
        switch parameter.location {
        case .path: ParameterReader.Raw(values: match.path[parameter.name].map { [$0] } ?? [])
        case .query: ParameterReader.Raw(values: query[parameter.name] ?? [])
        case .header, .cookie: ParameterReader.Raw(values: request.header(parameter.name).map { [$0] } ?? [])
        }
    }
}
