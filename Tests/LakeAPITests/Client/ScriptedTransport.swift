import LakeScript

@testable import LakeAPI

/// A server that answers by a script, and a clock that a test turns: what the performer does with it is seen request by
/// request.
final class ScriptedTransport: Transport {
    /// The fate of a request.
    enum Outcome {
        case answer(Int, String = "", headers: [(name: String, value: String)] = [])
        case cutOff(Int, String, headers: [(name: String, value: String)] = [])
        /// The connection breaks, before or after the request left.
        case lost(sent: Bool)
        case timedOut
        /// Nothing comes until it is cancelled.
        case silence
    }

    let carriesFiles = true
    /// True if the transport reads a body from its pipe, as a real one does.
    var readsBodies = false
    private let answer: (HTTPRequest) -> Outcome
    private(set) var requests: [HTTPRequest] = []
    private(set) var options: [TransportOptions] = []
    private var events: [TransportEvent] = []
    private var silent: Set<EffectID> = []

    init(_ answer: @escaping (HTTPRequest) -> Outcome) {
        self.answer = answer
    }

    /// Answers in turn; the last one for all that come after.
    convenience init(_ outcomes: [Outcome]) {
        var next = 0
        self.init { _ in
            defer { next += 1 }
            return outcomes[min(next, outcomes.count - 1)]
        }
    }

    /// The requests as `GET /api/v1/user`.
    var lines: [String] {
        requests.map { "\($0.method) \($0.target.split(separator: "?")[0].dropFirst("/api/v1".count))" }
    }

    func send(_ request: HTTPRequest, id: EffectID, options: TransportOptions, now: Instant) {
        requests.append(request)
        self.options.append(options)
        if readsBodies, let source = options.source {
            let gathering = Gathering(source)
            _ = try? gathering.takeMore()
        }
        switch answer(request) {
        case .answer(let status, let body, let headers):
            let response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
            events.append(.response(id, deliver(response, options)))
        case .cutOff(let status, let body, let headers):
            var response = HTTPResponse(status: status, headers: headers, body: Array(body.utf8))
            response.isCutOff = true
            events.append(.response(id, deliver(response, options)))
        case .lost(let sent):
            events.append(.failure(id, TransportFailure(message: "the connection broke", wasSent: sent)))
        case .timedOut:
            events.append(.failure(id, TransportFailure(message: "too late", wasSent: true, isTimeout: true)))
        case .silence: silent.insert(id)
        }
    }

    /// Writes what goes to a file or to standard output.
    private func deliver(_ response: HTTPResponse, _ options: TransportOptions) -> HTTPResponse {
        var response = response
        guard let sink = options.sink, options.isForSink(response) else { return response }
        _ = response.body.withUnsafeBytes { sink.write($0) }
        response.body = []
        return response
    }

    func cancel(_ id: EffectID, now: Instant) {
        guard silent.remove(id) != nil else { return }
        events.append(.failure(id, TransportFailure(message: "cut off", wasSent: true)))
    }

    func waits() -> Waits {
        events.isEmpty ? Waits() : Waits(deadline: Instant(milliseconds: 0, epochSeconds: 0))
    }

    func tick(now: Instant, ready: [Descriptor]) -> [TransportEvent] {
        defer { events = [] }
        return events
    }
}

/// A performer over a scripted server, on a virtual clock.
final class PerformerBench {
    let transport: ScriptedTransport
    let performer: OperationPerformer
    private(set) var now = Instant(milliseconds: 0, epochSeconds: 1_700_000_000)
    private(set) var notices: [String] = []
    private(set) var progress: [Int] = []
    private(set) var unchanged = 0
    private(set) var answers: [EffectID: Answer] = [:]
    private var lastID: UInt64 = 0

    init(_ outcomes: [ScriptedTransport.Outcome], identity: Value? = ["token": "t"], output: Int32 = 1) {
        transport = ScriptedTransport(outcomes)
        let server = APIServer(transport: transport, origin: "https://lake", identity: identity)
        performer = OperationPerformer(output: output) { _ in server }
    }

    init(_ answer: @escaping (HTTPRequest) -> ScriptedTransport.Outcome) {
        transport = ScriptedTransport(answer)
        let server = APIServer(transport: transport, identity: ["token": "t"])
        performer = OperationPerformer { _ in server }
    }

    /// Begins a call and gives its id.
    func begin(
        _ command: String, _ arguments: Record = [:], as identity: Value? = nil,
        _ options: (inout CallOptions<Value>) -> Void = { _ in }
    ) -> EffectID {
        var call = OperationCall(command: command, arguments: arguments)
        options(&call.options)
        return begin(.call(call), as: identity)
    }

    private func begin(_ kind: Effect.Kind, as identity: Value?) -> EffectID {
        lastID += 1
        let span = Span(file: FileID(index: 0), start: 0, end: 0)
        let origin = Effect.Origin(scope: ScopePath(), ordinal: 0, identity: identity, span: span)
        performer.begin(EffectID(lastID), Effect(kind, origin: origin), now: now)
        return EffectID(lastID)
    }

    /// Carries out a built-in that asks an address.
    func world(_ name: String, _ values: [Value], as identity: Value? = nil) -> Answer? {
        guard let builtin = Builtins[name] else { return nil }
        let id = begin(.builtin(BuiltinCall(builtin, values: values)), as: identity)
        run()
        return answers[id]
    }

    /// Lets the performer go on until it waits for nothing that a clock brings.
    func run(untilMilliseconds limit: Int = .max) {
        for _ in 0..<200 {
            take(performer.tick(now: now, ready: []))
            guard let deadline = performer.waits().deadline else {
                if !take(performer.tick(now: now, ready: [])) { return }
                continue
            }
            if deadline.milliseconds > limit { return }
            if deadline > now { now = Instant(milliseconds: deadline.milliseconds, epochSeconds: now.epochSeconds) }
        }
    }

    @discardableResult private func take(_ events: [Event]) -> Bool {
        for event in events {
            switch event {
            case .answer(let id, let answer): answers[id] = answer
            case .unchanged: unchanged += 1
            case .progress(_, let done, _): progress.append(done)
            case .notice(_, let text): notices.append(text)
            case .remark: break
            }
        }
        return !events.isEmpty
    }

    /// Calls and gives the answer.
    func call(
        _ command: String, _ arguments: Record = [:], as identity: Value? = nil,
        _ options: (inout CallOptions<Value>) -> Void = { _ in }
    ) -> Answer? {
        let id = begin(command, arguments, as: identity, options)
        run()
        return answers[id]
    }
}

extension Answer {
    var value: Value? { if case .value(let value) = self { value } else { nil } }
    var failure: Failure? { if case .failure(let failure) = self { failure } else { nil } }
    var doubt: Failure? { if case .inDoubt(let failure) = self { failure } else { nil } }
}
