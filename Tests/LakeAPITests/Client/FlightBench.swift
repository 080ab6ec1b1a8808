import LakeScript
import Testing

@testable import LakeAPI

/// Drives a flight by events, without a transport and without files, and shows its actions as lines.
struct FlightBench {
    var flight: any Flight
    var context = FlightContext(now: Instant(milliseconds: 0, epochSeconds: 0))
    private(set) var answer: Answer?

    init(_ flight: some Flight) {
        self.flight = flight
    }

    /// The flight of a call.
    init(
        _ command: String, _ arguments: Record = [:], _ options: (inout CallOptions<Value>) -> Void = { _ in }
    ) throws {
        let plan = try FlightBench.plan(command, arguments, options)
        self.init(CallFlight(plan, request: try plan.request()))
    }

    static func plan(
        _ command: String, _ arguments: Record = [:], _ options: (inout CallOptions<Value>) -> Void = { _ in }
    ) throws -> CallPlan {
        var call = OperationCall(command: command, arguments: arguments)
        options(&call.options)
        return CallPlan(
            id: EffectID(1), call: call, operation: try #require(Catalogue[command]), caller: .token("t"),
            builder: RequestBuilder(), deadline: call.options.timeout.map { Instant(milliseconds: $0, epochSeconds: 0) }
        )
    }

    /// Hands over an event and returns the actions.
    mutating func on(_ event: FlightEvent) -> [String] {
        flight.on(event, context).map { action in
            if case .finish(let answer) = action { self.answer = answer }
            return FlightBench.line(action)
        }
    }

    mutating func answered(_ status: Int, _ body: String = "", _ step: FlightStep = .call) -> [String] {
        on(.answered(HTTPResponse(status: status, body: Array(body.utf8)), step))
    }

    mutating func lost(sent: Bool, _ step: FlightStep = .call) -> [String] {
        on(.lost(TransportFailure(message: "the connection broke", wasSent: sent), step))
    }

    private static func line(_ action: FlightAction) -> String {
        switch action {
        case .ask(let question, _): "ask \(question)"
        case .send(let request, let options, let step, _):
            "send \(step): \(request.method) \(options.origin)\(request.target)"
        case .cancelRequests: "cancel"
        case .cancelUnsent: "cancel unsent"
        case .forgetConnections: "forget connections"
        case .learn(_, let question): "learn \(question)"
        case .place(let bytes): "place \(bytes.count)"
        case .unchanged: "unchanged"
        case .progress(let done, let total): "progress \(done)/\(total)"
        case .notice(let text): "notice \(text)"
        case .remark(let text): "remark \(text)"
        case .finish(.value): "value"
        case .finish(.failure(let failure)): "failure \(failure.kind.rawValue)"
        case .finish(.inDoubt): "in doubt"
        case .finish(.notSent): "not sent"
        case .finish(.finished): "finished"
        }
    }
}
