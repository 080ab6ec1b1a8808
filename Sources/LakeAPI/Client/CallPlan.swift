import LakeScript

/// The part of a call of an operation that stays the same while it is in flight.
struct CallPlan {
    let id: EffectID
    let call: OperationCall
    let operation: Operation
    /// The identity that the call is made with, also where its own request does not tell it.
    let caller: Credentials?
    let builder: RequestBuilder
    let deadline: Instant?

    /// The call with its target: `create_user ana`.
    var line: String { operation.command.signature.line { call.arguments[$0.name] } }

    /// The parts of the API that the call uses and not every release has.
    var demands: [Demand] { operation.demands(of: call) }

    /// The identity that the requests of an operation tell.
    func credentials(for operation: Operation) -> Credentials? { operation.needsLogin ? caller : nil }

    /// The request of the call; its path depends on the releases that the server may be.
    func request(on releases: Releases.Run? = nil) throws(Failure) -> HTTPRequest {
        try builder.request(
            for: operation, arguments: operation.asked(by: call), credentials: credentials(for: operation), on: releases
        )
    }

    /// The step before the first request.
    enum Clearance {
        /// Something must be known of the server first.
        case ask(FlightAction)
        /// The server lacks what the call uses.
        case refused(Failure)
        case cleared
    }

    func clearance(_ server: KnownServer) -> Clearance {
        if let question = server.question(before: operation, demands), let operation = Catalogue[question],
            let request = try? builder.request(
                for: operation, arguments: Record(), credentials: credentials(for: operation))
        {
            return .ask(.ask(question, request))
        }
        guard var failure = server.refusal(of: operation, demands) else { return .cleared }
        failure.notes.append("nothing was sent")
        return .refused(failure)
    }

    /// The failure that an error response of the call, or of a request on its behalf, tells.
    func failure(of response: HTTPResponse, to name: String? = nil, _ server: KnownServer) -> Failure {
        ErrorResponse(
            response: response, name: name ?? operation.name, call: call, operation: operation,
            credentials: credentials(for: operation)
        ).failure(server)
    }

    /// The value that the call is answered with.
    func answer(_ value: Value, _ response: HTTPResponse) -> Answer {
        .value(call.options.isOn(.withHeaders) ? ResponseReader.withHeaders(value, response) : value)
    }
}
