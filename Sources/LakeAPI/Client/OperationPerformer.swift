package import LakeScript

/// Carries out calls of operations over a transport: libcurl, or a sandbox in this process.
///
/// A call becomes a *flight*. Mostly it is one request and its answer. What may lie between is decided here and nowhere
/// else:
///
/// - what the server is like is asked before the first call that it matters to (`KnownServer`);
/// - what failed for now is sent again, where again does no harm (`RetryPolicy`), and the person is told;
/// - `ensure` turns "exists" into a comparison and "is gone" into null (`EnsureRule`);
/// - a write that was sent and not answered is settled by its class: sent again, or *in doubt*;
/// - a big file goes up in parts (`MultipartUpload`).
///
/// It never waits and reads no clock: a pause is a deadline in `waits()`, so the tests of all this run on a virtual
/// clock.
package final class OperationPerformer: Performer {
    let transport: any Transport
    let builder: RequestBuilder
    private let origin: String
    private let identity: Value?
    /// The descriptor of `--to -`.
    private let output: Int32
    var flights: [EffectID: Flight] = [:]
    /// Which flight, and which of its requests, an exchange of the transport belongs to.
    private var exchanges: [EffectID: (flight: EffectID, part: MultipartUpload.Step?)] = [:]
    private var lastExchange: UInt64 = 0
    var events: [Event] = []
    var server = KnownServer()
    /// The question about the server that is out.
    private var asked: String?
    /// Whether the server has ever answered: then a connection that fails is worth another try.
    var hasAnswered = false

    /// - Parameters:
    ///   - transport: what carries requests.
    ///   - origin: the server, `https://host:port`; a transport in this process ignores it.
    ///   - basePath: what the API's paths stand below.
    ///   - identity: who calls are from outside of any `as`; nil for nobody.
    ///   - output: standard output.
    package init(
        transport: any Transport, origin: String = "", basePath: String = "/api/v1", identity: Value? = nil,
        output: Int32 = 1
    ) {
        self.transport = transport
        self.origin = origin
        self.identity = identity
        self.output = output
        builder = RequestBuilder(basePath: basePath)
    }

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        do throws(Failure) {
            var flight = try makeFlight(id, effect, now: now)
            if let path = flight.call.options.text(.from) { flight.source = try ByteSource(body: path) }
            flight.upload = try MultipartUpload(flight.call, flight.source)
            if let path = flight.call.options.text(.to) { flight.sink = try ByteSink(path, output: output) }
            flights[id] = flight
            proceed(id, now: now)
        } catch {
            var failure = error
            failure.span = failure.span ?? effect.origin.span
            events.append(.answer(id, .failure(failure)))
        }
    }

    private func makeFlight(_ id: EffectID, _ effect: Effect, now: Instant) throws(Failure) -> Flight {
        if let address = try AddressCall(effect, own: transport.ownOrigin) {
            return Flight(
                id: id, call: address.call, operation: address.operation, credentials: nil, request: address.request,
                repetition: address.operation.repetition, span: effect.origin.span, address: address.address)
        }
        guard case .call(let call) = effect.kind, let operation = Catalogue[call.command] else {
            throw .notPerformed(effect.kind)
        }
        try operation.checkOptions(of: call)
        let credentials = try (effect.origin.identity ?? identity).map(Credentials.init)
        let sender = operation.needsLogin ? credentials : nil
        return Flight(
            id: id, call: call, operation: operation, credentials: sender, caller: credentials,
            request: try builder.request(for: operation, arguments: operation.asked(by: call), credentials: sender),
            demands: operation.demands(of: call), repetition: operation.repetition(with: call.arguments),
            span: effect.origin.span, deadline: call.options.timeout.map { now.advanced(by: $0) })
    }

    /// Begins the call itself.
    func start(_ id: EffectID, now: Instant) {
        guard var flight = flights[id] else { return }
        if var failure = server.refusal(of: flight.operation, flight.demands) {
            failure.notes.append("nothing was sent")
            return finish(flight, .failure(flight.signed(failure)))
        }
        if flight.address == nil, flight.operation.hasPaths {
            let request = try? builder.request(
                for: flight.operation, arguments: flight.operation.asked(by: flight.call),
                credentials: flight.credentials, on: server.releases)
            if let request { flight.request = request }
            flights[id] = flight
        }
        flight.upload == nil ? send(id, now: now) : startUpload(id, now: now)
    }

    private func send(_ id: EffectID, now: Instant) {
        guard var flight = flights[id] else { return }
        if let source = flight.source, source.isStream, !transport.carriesFiles {
            flights[id]?.stage = .gathering(Gathering(source))
            return
        }
        do throws(Failure) {
            try flight.prepareSink()
        } catch {
            return finish(flight, .failure(flight.signed(error)))
        }
        transmit(flight, flight.source, now: now)
    }

    /// Sends the call's request, with what is left of `source` as its body.
    func transmit(_ flight: Flight, _ source: ByteSource?, body: [UInt8]? = nil, now: Instant) {
        var flight = flight
        flight.stage = .calling
        flight.attempts += 1
        flights[flight.id] = flight
        var options = TransportOptions()
        options.mustNotRepeat = flight.operation.effect != .read
        let form = flight.address == nil && flight.source != nil ? builder.form : nil
        options.source = source
        options.sink = flight.sink
        options.resumption = flight.resumption
        if source != nil { options.form = form }
        options.origin = flight.address?.origin ?? ""
        var request = flight.request
        if let body { request.body = form?.body(body) ?? body }
        if let resumption = flight.resumption { request.headers = resumption.headers(request.headers) }
        exchange(request, of: flight, options: options, now: now)
    }

    /// Sends a request of a flight; `part` says which of an upload's requests it is, nil for the call itself and what
    /// it needs.
    func exchange(
        _ request: HTTPRequest, of flight: Flight, part: MultipartUpload.Step? = nil,
        options: TransportOptions = TransportOptions(),
        now: Instant
    ) {
        var options = options
        var request = request
        if options.origin.isEmpty { options.origin = origin }
        if let source = options.source, !transport.carriesFiles {
            do throws(Failure) {
                let bytes = try Gathering.wholeFile(source, options.bodyRange)
                request.body = options.form?.body(bytes) ?? bytes
            } catch {
                return finish(flight, .failure(flight.signed(error)))
            }
        }
        options.timeout = flight.deadline.map { max(1, $0.milliseconds - now.milliseconds) }
        lastExchange += 1
        let id = EffectID(lastExchange)
        exchanges[id] = (flight.id, part)
        transport.send(request, id: id, options: options, now: now)
    }

    // MARK: What the server is like

    /// Begins a call, or asks first what must be known for it.
    private func proceed(_ id: EffectID, now: Instant) {
        guard let flight = flights[id] else { return }
        guard let question = server.question(before: flight.operation, flight.demands),
            let operation = Catalogue[question]
        else { return start(id, now: now) }
        flights[id]?.stage = .asking
        let sender = operation.needsLogin ? flight.caller : nil
        guard asked == nil,
            let request = try? builder.request(for: operation, arguments: Record(), credentials: sender)
        else { return }
        asked = question
        exchange(request, of: flight, now: now)
    }

    /// A question was answered, or will not be: whoever waited goes on.
    private func learn(_ response: HTTPResponse?, now: Instant) {
        guard let question = asked else { return }
        asked = nil
        hasAnswered = hasAnswered || response != nil
        learn(response, to: question)
        for flight in flights.values.sorted(by: { $0.id < $1.id }) {
            if case .asking = flight.stage { proceed(flight.id, now: now) }
        }
    }

    /// Takes what an answer tells of the server.
    func learn(_ response: HTTPResponse?, to question: String) {
        let answer = response.flatMap { $0.status == 200 ? try? JSON.read($0.body) : nil }
        server.learn(answer ?? .null, to: question)
    }

    /// The operation to call that tells more of the server's release; nil where nothing does.
    package var questionAboutRelease: String? { server.questionAboutRelease }

    /// The releases that the server may be, as far as it was asked.
    package var serverReleases: Releases.Run { server.releases }

    /// What the server lacks of what a call uses, as far as it is known, and what to say of each.
    package func refusals(of call: OperationCall) -> [(demand: Demand, failure: Failure)] {
        guard let operation = Catalogue[call.command] else { return [] }
        return server.lacking(operation.demands(of: call)).map { demand in
            (demand, server.refusal(of: operation, lacking: [demand]))
        }
    }

    // MARK: Waiting and cancelling

    package func waits() -> Waits {
        var waits = transport.waits()
        if !events.isEmpty { waits.add(Waits(deadline: Instant(milliseconds: 0, epochSeconds: 0))) }
        for flight in flights.values { waits.add(flight.waits()) }
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        for flight in flights.values { flight.sink?.drain() }
        for event in transport.tick(now: now, ready: ready) {
            switch event {
            case .response(let exchange, let response): receive(response, on: exchange, now: now)
            case .failure(let exchange, let failure): lose(failure, on: exchange, now: now)
            case .progress(let exchange, let done, let total): report(done, total, on: exchange)
            }
        }
        for flight in flights.values.sorted(by: { $0.id < $1.id }) {
            advance(flight, now: now)
        }
        defer { events = [] }
        return events
    }

    /// Lets a flight go on that waits for a moment, for bytes, or for a reader.
    private func advance(_ flight: Flight, now: Instant) {
        switch flight.stage {
        case .asking, .calling, .comparing, .uploading: return
        case .pausing, .gathering, .draining:
            if let deadline = flight.deadline, deadline <= now { return finish(cut: flight, timeout(of: flight)) }
        }
        switch flight.stage {
        case .pausing(let until) where until <= now: send(flight.id, now: now)
        case .gathering(let gathering): gather(gathering, for: flight, now: now)
        case .draining(let answer): finish(flight, answer)
        default: break
        }
    }

    package func cancel(_ id: EffectID, now: Instant) {
        guard var flight = flights[id], !flight.isCancelled else { return }
        flight.isCancelled = true
        flights[id] = flight
        switch flight.stage {
        case .asking, .pausing, .gathering: finish(flight, flight.attempts == 0 ? .notSent : cutOff(flight))
        case .draining: finish(flight, cutOff(flight))
        case .uploading: cancelUpload(id, now: now)
        case .calling, .comparing: for exchange in running(of: id) { transport.cancel(exchange, now: now) }
        }
    }

    /// The exchanges of a flight that are out, in the order they were sent.
    func running(of id: EffectID) -> [EffectID] {
        exchanges.filter { $0.value.flight == id }.keys.sorted()
    }

    private func receive(_ response: HTTPResponse, on exchange: EffectID, now: Instant) {
        guard let owner = exchanges.removeValue(forKey: exchange) else { return }
        if asked != nil, owner.part == nil, !isCalling(owner.flight) { return learn(response, now: now) }
        hasAnswered = true
        guard let flight = flights[owner.flight] else { return }
        if let part = owner.part { return advanceUpload(of: flight, part, .success(response), now: now) }
        settle(flight, response, now: now)
    }

    private func lose(_ failure: TransportFailure, on exchange: EffectID, now: Instant) {
        guard let owner = exchanges.removeValue(forKey: exchange) else { return }
        if asked != nil, owner.part == nil, !isCalling(owner.flight) { return learn(nil, now: now) }
        guard let flight = flights[owner.flight] else { return }
        if let part = owner.part { return advanceUpload(of: flight, part, .failure(failure), now: now) }
        settle(flight, failure, now: now)
    }

    /// Whether a flight is past the questions about the server; the flight that asked may be gone by now.
    private func isCalling(_ id: EffectID) -> Bool {
        guard let flight = flights[id] else { return false }
        if case .asking = flight.stage { return false }
        return true
    }

    private func report(_ done: Int, _ total: Int, on exchange: EffectID) {
        guard let owner = exchanges[exchange], let flight = flights[owner.flight], owner.part == nil else { return }
        events.append(.progress(flight.id, done: done, total: total))
    }

    /// Answers a flight, once. What went wrong is told without the secrets that were sent.
    func finish(_ flight: Flight, _ answer: Answer) {
        guard flights[flight.id] != nil else { return }
        if flight.sink?.isFull == true, !flight.isCancelled {
            flights[flight.id]?.stage = .draining(answer)
            return
        }
        flights[flight.id] = nil
        let answer = flight.outcome(of: answer)
        let secrets = Value.map(flight.call.arguments).secretTexts
        switch answer {
        case .failure(let failure): events.append(.answer(flight.id, .failure(failure.hiding(secrets))))
        case .inDoubt(let failure): events.append(.answer(flight.id, .inDoubt(failure.hiding(secrets))))
        case .value, .finished, .notSent: events.append(.answer(flight.id, answer))
        }
    }
}
