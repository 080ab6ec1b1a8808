package import LakeScript

/// Carries out calls of operations and requests to addresses, on all servers of a run, over libcurl or a sandbox in
/// this process.
///
/// Each call is a `Flight`, a pure state machine that decides what is sent, what is sent again and what the answer is.
/// The performer owns everything that a machine must not touch: transports, files, and what is known of each server. It
/// hands events to the machines and carries out their actions. It never waits and reads no clock, so all of this is
/// tested on a virtual clock.
package final class OperationPerformer: Performer {
    private let open: (String?) throws(Failure) -> APIServer
    /// The descriptor of `--to -`.
    private let output: Int32
    /// The servers in use, by profile; nil is the run's own.
    private var servers: [String?: ServerState] = [:]
    private var transports: [any Transport] = []
    private var flights: [EffectID: Entry] = [:]
    private var exchanges: [EffectID: Exchange] = [:]
    private var lastExchange: UInt64 = 0
    private var outbox = Outbox<Event>()

    /// A flight and the files that it uses.
    private struct Entry {
        var flight: any Flight
        let profile: String?
        var source: ByteSource?
        var sink: ByteSink?
        /// A stream that is read whole before it is sent, and the request that it belongs to.
        var gathering: (body: Gathering, action: FlightAction)?
        /// The answer that is held until the reader of the output has taken everything.
        var answer: Answer?

        var wakeup: Instant? { gathering == nil ? flight.wakeup : flight.deadline }
    }

    /// The owner of a request that is in flight.
    private enum Exchange {
        case question(String, profile: String?)
        case flight(EffectID, FlightStep)
    }

    /// - Parameters:
    ///   - output: standard output.
    ///   - open: gives the server of a profile, and the run's own for nil; called once for each.
    package init(output: Int32 = 1, open: @escaping (String?) throws(Failure) -> APIServer) {
        self.output = output
        self.open = open
    }

    // MARK: Servers

    /// The server of a profile, and the run's own for nil; or why it cannot be used.
    package func server(of profile: String?) -> Result<APIServer, Failure> {
        Result { () throws(Failure) in try state(of: profile).server }
    }

    private func state(of profile: String?) throws(Failure) -> ServerState {
        if let known = servers[profile] { return known }
        let state = ServerState(try open(profile))
        servers[profile] = state
        if !transports.contains(where: { $0 === state.server.transport }) { transports.append(state.server.transport) }
        return state
    }

    private var own: KnownServer? { try? state(of: nil).known }

    /// The operation whose answer tells more of the release of the run's own server; nil if none does.
    package var questionAboutRelease: String? { own?.questionAboutRelease }

    /// The releases that the run's own server may be, as far as it was asked; nil without a server.
    package var serverReleases: Releases.Run? { own?.releases }

    /// The access control of the run's own server; nil if it was not asked.
    package var accessControl: String? { own?.mode?.summary }

    /// The demands of a call that the run's own server does not meet, as far as it is known, each with its failure.
    package func refusals(of call: OperationCall) -> [(demand: Demand, failure: Failure)] {
        guard let operation = Catalogue[call.command], let own else { return [] }
        return own.lacking(operation.demands(of: call)).map { ($0, own.refusal(of: operation, lacking: [$0])) }
    }

    // MARK: Flights

    package func begin(_ id: EffectID, _ effect: Effect, now: Instant) {
        do throws(Failure) {
            flights[id] = try entry(id, effect, now: now)
            advance(id, .proceed, now: now)
        } catch {
            outbox.append(.answer(id, .failure(error)))
        }
    }

    private func entry(_ id: EffectID, _ effect: Effect, now: Instant) throws(Failure) -> Entry {
        let profile = effect.origin.server
        let state = try state(of: profile)
        switch effect.kind {
        case .builtin(let call):
            let flight = try AddressFlight(id, call, own: state.server.transport.ownOrigin)
            var entry = Entry(flight: flight, profile: profile)
            if let path = flight.files.source { entry.source = try ByteSource(body: path) }
            if let path = flight.files.sink { entry.sink = try ByteSink(path, output: output) }
            return entry
        case .call(let call):
            guard let operation = Catalogue[call.command] else { throw .unknown(call.command) }
            try operation.checkOptions(of: call)
            let caller = try (effect.origin.identity ?? state.server.identity).map(Credentials.init)
            let plan = CallPlan(
                id: id, call: call, operation: operation, caller: caller, builder: state.builder,
                deadline: call.options.timeout.map { now.advanced(by: $0) })
            var entry = Entry(
                flight: CallFlight(plan, request: try plan.request()), profile: profile)
            if let path = call.options.text(.from) { entry.source = try ByteSource(body: path) }
            if let batch = try BatchFlight(plan) { entry.flight = batch }
            if let upload = try MultipartUpload(call, entry.source) { entry.flight = UploadFlight(plan, upload) }
            if let path = try call.download(operation) { entry.sink = try ByteSink(path, output: output) }
            return entry
        case .show, .confirm, .timer, .enter, .leave, .undo: throw .notPerformed(effect.kind)
        }
    }

    /// Hands an event to a flight and carries out its actions.
    private func advance(_ id: EffectID, _ event: FlightEvent, now: Instant) {
        guard let (context, profile) = context(of: id, now: now),
            // In its place: a copy of the entry would have the machine copied at each event.
            let actions = flights[id]?.flight.on(event, context)
        else { return }
        do throws(Failure) {
            for action in actions { try perform(action, of: id, profile, now: now) }
        } catch {
            advance(id, .failed(error), now: now)
        }
    }

    /// Returns the facts that a flight decides by, and the profile of its server.
    private func context(of id: EffectID, now: Instant) -> (FlightContext, profile: String?)? {
        guard let entry = flights[id], let state = servers[entry.profile] else { return nil }
        let context = FlightContext(
            now: now, server: state.known, hasAnswered: state.hasAnswered, files: FileFacts(entry.source, entry.sink))
        return (context, entry.profile)
    }

    private func perform(_ action: FlightAction, of id: EffectID, _ profile: String?, now: Instant) throws(Failure) {
        switch action {
        case .ask(let question, let request):
            guard servers[profile]?.question == nil else { return }
            servers[profile]?.question = question
            exchange(
                request, TransportOptions(), for: .question(question, profile: profile), of: flights[id], now: now)
        case .send(let request, let options, let step, let usesFiles):
            guard usesFiles else {
                return exchange(request, options, for: .flight(id, step), of: flights[id], now: now)
            }
            try send(action, request, options, step, of: id, now: now)
        case .cancelRequests:
            if flights[id]?.gathering != nil {
                let loss = TransportFailure(message: "the request was cut off", wasSent: false)
                return advance(id, .lost(loss), now: now)
            }
            for (exchange, transport) in running(of: id) { transport.cancel(exchange, now: now) }
        case .cancelUnsent:
            for (exchange, transport) in running(of: id) where !transport.hasSent(exchange) {
                transport.cancel(exchange, now: now)
            }
        case .forgetConnections: servers[profile]?.server.transport.forgetConnections()
        case .learn(let response, let question): servers[profile]?.learn(response, to: question)
        case .place(let bytes): try place(bytes, of: id)
        case .unchanged: outbox.append(.unchanged(id))
        case .progress(let done, let total): outbox.append(.progress(id, done: done, total: total))
        case .notice(let text): outbox.append(.notice(id, text))
        case .remark(let text): outbox.append(.remark(id, text))
        case .finish(let answer): finish(id, answer, now: now)
        }
    }

    /// Answers a call, as soon as the reader of its output has taken everything.
    private func finish(_ id: EffectID, _ answer: Answer, now: Instant) {
        guard let entry = flights[id] else { return }
        if let sink = entry.sink {
            guard !sink.isFull || entry.flight.isCancelled else {
                flights[id]?.answer = answer
                return
            }
            if case .value = answer {
                if let failure = sink.failure { return advance(id, .failed(failure), now: now) }
                if sink.isFull { return advance(id, .cancelled, now: now) }
            }
        }
        flights[id] = nil
        outbox.append(.answer(id, entry.flight is AddressFlight ? answer : naming(entry.profile, in: answer)))
    }

    /// Adds the server to a failure of a call that was sent, if the run has several.
    private func naming(_ profile: String?, in answer: Answer) -> Answer {
        guard servers.count > 1 || profile != nil, let origin = servers[profile]?.server.origin else { return answer }
        let name = profile.map { "`\($0)`" } ?? ""
        let server = name.isEmpty || origin.isEmpty ? name + origin : "\(name), \(origin)"
        return answer.noting(attempted: "from the server \(server.isEmpty ? "of the run" : server)")
    }

    // MARK: Requests

    /// Sends a request with the files of its call.
    private func send(
        _ action: FlightAction, _ request: HTTPRequest, _ options: TransportOptions, _ step: FlightStep,
        of id: EffectID, now: Instant
    ) throws(Failure) {
        guard let entry = flights[id], let transport = servers[entry.profile]?.server.transport else { return }
        // An attempt before this one may have written a part of the file.
        if let sink = entry.sink, sink.count > 0, !sink.isStream { try sink.empty() }
        var (request, options) = (request, options)
        options.sink = entry.sink
        if transport.carriesFiles {
            options.source = entry.source
        } else if let source = entry.source {
            if source.isStream, entry.gathering == nil {
                flights[id]?.gathering = (Gathering(source), action)
                return
            }
            var bytes = entry.gathering?.body.bytes ?? []
            if !source.isStream { bytes = try Gathering.wholeFile(source, options.bodyRange) }
            request.body = options.form?.body(bytes) ?? bytes
            flights[id]?.gathering = nil
        }
        exchange(request, options, for: .flight(id, step), of: entry, now: now)
    }

    private func exchange(
        _ request: HTTPRequest, _ options: TransportOptions, for owner: Exchange, of entry: Entry?, now: Instant
    ) {
        guard let entry, let server = servers[entry.profile]?.server else { return }
        var options = options
        if options.origin.isEmpty { options.origin = server.origin }
        options.timeout = entry.flight.deadline.map { max(1, $0.milliseconds - now.milliseconds) }
        lastExchange += 1
        exchanges[EffectID(lastExchange)] = owner
        server.transport.send(request, id: EffectID(lastExchange), options: options, now: now)
    }

    /// The requests of a flight, in the order in which they were sent.
    private func running(of id: EffectID) -> [(EffectID, any Transport)] {
        guard let transport = servers[flights[id]?.profile]?.server.transport else { return [] }
        let running = exchanges.filter { if case .flight(id, _) = $0.value { true } else { false } }
        return running.keys.sorted().map { ($0, transport) }
    }

    /// Writes the bytes of an answer, and moves their file to its place.
    private func place(_ bytes: [UInt8], of id: EffectID) throws(Failure) {
        guard let entry = flights[id], let sink = entry.sink else { return }
        if servers[entry.profile]?.server.transport.carriesFiles == false {
            _ = bytes.withUnsafeBytes { sink.write($0) }
            if let failure = sink.failure { throw failure }
        }
        try sink.moveToPlace()
    }

    // MARK: The loop

    package func waits() -> Waits {
        var waits = outbox.waits
        for transport in transports { waits.add(transport.waits()) }
        for entry in flights.values {
            if let sink = entry.sink { waits.add(sink.waits()) }
            if let gathering = entry.gathering { waits.add(gathering.body.waits()) }
            waits.add(Waits(deadline: entry.wakeup))
        }
        return waits
    }

    package func tick(now: Instant, ready: [Descriptor]) -> [Event] {
        for entry in flights.values { entry.sink?.drain() }
        for transport in transports {
            for event in transport.tick(now: now, ready: ready) { receive(event, now: now) }
        }
        for (id, entry) in flights.sorted(by: { $0.key < $1.key }) {
            if let wakeup = entry.wakeup, wakeup <= now {
                advance(id, .elapsed, now: now)
            } else if let gathering = entry.gathering {
                gather(gathering, for: id, now: now)
            } else if let answer = entry.answer {
                finish(id, answer, now: now)
            }
        }
        return outbox.take()
    }

    package func cancel(_ id: EffectID, now: Instant) { advance(id, .cancelled, now: now) }

    private func receive(_ event: TransportEvent, now: Instant) {
        switch event {
        case .response(let id, let response): end(id, .success(response), now: now)
        case .failure(let id, let loss): end(id, .failure(loss), now: now)
        case .progress(let id, let done, let total):
            guard case .flight(let flight, .call) = exchanges[id], flights[flight] != nil else { return }
            outbox.append(.progress(flight, done: done, total: total))
        }
    }

    /// A request ended.
    private func end(_ exchange: EffectID, _ outcome: Result<HTTPResponse, TransportFailure>, now: Instant) {
        switch (exchanges.removeValue(forKey: exchange), outcome) {
        case (.question(let question, let profile), _):
            let response = try? outcome.get()
            servers[profile]?.question = nil
            if response != nil { servers[profile]?.hasAnswered = true }
            servers[profile]?.learn(response, to: question)
            for (id, entry) in flights.sorted(by: { $0.key < $1.key }) where entry.profile == profile {
                advance(id, .proceed, now: now)
            }
        case (.flight(let id, let step), .success(let response)):
            if let entry = flights[id] { servers[entry.profile]?.hasAnswered = true }
            advance(id, .answered(response, step), now: now)
        case (.flight(let id, let step), .failure(let loss)): advance(id, .lost(loss, step), now: now)
        case (nil, _): break
        }
    }

    /// Reads more of the stream that is the body of a request; sends the request once the body is whole.
    private func gather(_ gathering: (body: Gathering, action: FlightAction), for id: EffectID, now: Instant) {
        do throws(Failure) {
            guard try gathering.body.takeMore() else { return }
            try perform(gathering.action, of: id, flights[id]?.profile, now: now)
        } catch {
            advance(id, .failed(error), now: now)
        }
    }
}

extension Answer {
    /// Adds a note to the failure of a call that was sent.
    fileprivate func noting(attempted note: String) -> Answer {
        switch self {
        case .failure(let failure) where failure.attempts > 0: .failure(failure.noting(note))
        case .inDoubt(let failure) where failure.attempts > 0: .inDoubt(failure.noting(note))
        case .value, .failure, .finished, .notSent, .inDoubt: self
        }
    }
}
