import LakeScript

/// The flight of a call of an operation: mostly one request and its response.
///
/// - The server is asked what it is like before the first call that this matters to (`KnownServer`).
/// - A request that failed for now is sent again where that does no harm (`Delivery`).
/// - `ensure` turns "exists" into a comparison and "not found" into null (`EnsureRule`).
struct CallFlight: Flight {
    let plan: CallPlan
    private(set) var state = State.asking
    private var delivery: Delivery
    /// The number of pauses for the server to forget a deleted thing.
    private var pausesForMemory = 0

    enum State {
        /// Waits until enough is known of the server.
        case asking
        /// The call is delivered.
        case calling
        /// Reads what is there, after a conflict.
        case comparing(conflict: Failure, by: Lookup)
        /// Reads what both sides of a merge changed, after a conflict.
        case searching(conflict: Failure, ConflictSearch)
    }

    init(_ plan: CallPlan, request: HTTPRequest) {
        let (call, operation) = (plan.call, plan.operation)
        self.plan = plan
        var options = TransportOptions()
        if call.options.text(.from) != nil { options.form = plan.builder.form }
        options.keepsEncoding = operation.result == .bytes
        options.isObject = options.keepsEncoding
        delivery = Delivery(
            name: operation.name, line: plan.line, id: plan.id, isRead: operation.effect == .read,
            repetition: operation.repetition(with: call.arguments), isEnsured: call.options.isOn(.ensure),
            limit: call.options.retries.map { $0 + 1 } ?? RetryPolicy.attempts, deadline: plan.deadline,
            probe: operation.probe?.lookup(for: call.arguments)?.line, request: request, options: options)
        delivery.operation = operation
    }

    var deadline: Instant? { delivery.deadline }
    var wakeup: Instant? { delivery.wakeup }
    var isCancelled: Bool { delivery.isCancelled }

    mutating func on(_ event: FlightEvent, _ context: FlightContext) -> [FlightAction] {
        switch (state, event) {
        case (.asking, .proceed): return proceed(context)
        case (.comparing(let conflict, let lookup), .answered(let response, _)):
            state = .calling
            return compare(response, lookup, conflict, context)
        case (.calling, .answered(let response, _)):
            return learning(from: response) + (delivery.on(event, context) ?? conclude(response, context))
        case (.searching(let conflict, let search), .answered(let response, _)):
            return continued(search, response, conflict, context)
        case (.searching(let conflict, _), .lost), (.searching(let conflict, _), .elapsed):
            return delivery.fail(conflict)
        case (.comparing, .cancelled), (.searching, .cancelled): return delivery.cutRead()
        case (.comparing(let conflict, _), .lost) where isCancelled: return delivery.fail(conflict)
        case (.comparing, .lost):
            state = .calling
            return delivery.on(event, context) ?? []
        default: return delivery.on(event, context) ?? []
        }
    }

    private mutating func proceed(_ context: FlightContext) -> [FlightAction] {
        switch plan.clearance(context.server) {
        case .ask(let question): return [question]
        case .refused(let failure): return delivery.fail(failure)
        case .cleared: break
        }
        state = .calling
        if plan.operation.hasPaths, let request = try? plan.request(on: context.server.releases) {
            delivery.request = request
        }
        return delivery.send()
    }

    /// A script's own call tells as much of the server as a question does; an error tells only that the version is not
    /// told.
    private func learning(from response: HTTPResponse) -> [FlightAction] {
        let (name, questions) = (plan.operation.name, KnownServer.questions)
        guard name == questions[0] || response.status == 200 && questions.contains(name) else { return [] }
        return [.learn(response, to: name)]
    }

    // MARK: The response

    private mutating func conclude(_ response: HTTPResponse, _ context: FlightContext) -> [FlightAction] {
        let (call, operation) = (plan.call, plan.operation)
        let reader = ResponseReader(operation, call.arguments)
        guard reader.isSuccess(response) else { return refused(response, context) }
        do throws(Failure) {
            let answer = try reader.value(of: response)
            if let refusal = PartialRefusal(response, of: call, operation) { throw refusal.failure }
            if let failure = loss(in: answer, context.server) { throw failure }
            let value = PrefixFilter(operation, call)?.filtered(answer) ?? answer
            guard call.isDownload else { return finish(value, response) }
            let placing: [FlightAction] = if case .bytes(let bytes) = value { [.place(bytes)] } else { [] }
            return placing + finish(.null, delivery.resumption?.first ?? response)
        } catch {
            return fail(error)
        }
    }

    /// Ends the call with the failure that a response tells. After an answer that belongs to another request, others on
    /// the same connection would, too.
    private mutating func fail(_ failure: Failure) -> [FlightAction] {
        guard failure.isForeign else { return delivery.fail(failure) }
        return (failure.isOfAnother ? [.forgetConnections] : []) + delivery.fail(foreign: failure)
    }

    private mutating func finish(_ value: Value, _ response: HTTPResponse) -> [FlightAction] {
        delivery.finish(plan.answer(value, response))
    }

    /// The failure if a server of unknown release dropped a part of the call that must not be lost.
    private func loss(in answer: Value, _ server: KnownServer) -> Failure? {
        let operation = plan.operation
        guard server.isUntold, plan.demands.contains(where: { $0.loss != nil }),
            let field = operation.dropped(plan.call.arguments, answer: answer).first
        else { return nil }
        return .dropped(field, of: operation, plan.call.arguments)
    }

    /// Concludes an error response: the call is done already, must be compared with what is there, or failed.
    private mutating func refused(_ response: HTTPResponse, _ context: FlightContext) -> [FlightAction] {
        let operation = plan.operation
        if operation.name == "create_user", context.server.hasOneUser, response.status == 409 {
            return delivery.fail(AccessMode.noGroups(operation))
        }
        let failure = plan.failure(of: response, context.server)
        if let search = ConflictSearch(response, of: operation, plan.call.arguments) {
            return next(search, failure, context)
        }
        // After an attempt without an answer, "exists" may be the doing of that attempt.
        guard plan.call.options.isOn(.ensure) || delivery.mayBeDone else { return fail(failure) }
        switch EnsureRule.judge(response, of: operation, plan.call.arguments) {
        case .done: return unchanged() + finish(.null, response)
        case .read(let lookup): return look(lookup, failure, context)
        case .failed: return fail(failure)
        }
    }

    // MARK: A merge conflict

    /// Reads the next difference, or ends the call with the conflict and the paths that were found.
    private mutating func next(
        _ search: ConflictSearch, _ conflict: Failure, _ context: FlightContext
    ) -> [FlightAction] {
        guard let arguments = search.arguments, let operation = ConflictSearch.operation,
            let request = try? plan.builder.request(
                for: operation, arguments: arguments, credentials: plan.credentials(for: plan.operation),
                on: context.server.releases)
        else {
            var failure = conflict
            if let note = search.note { failure.notes.insert(note, at: 0) }
            return delivery.fail(failure)
        }
        state = .searching(conflict: conflict, search)
        return [.send(request, .init(), .lookup)]
    }

    /// Takes a difference. Without it the conflict is told as it is.
    private mutating func continued(
        _ search: ConflictSearch, _ response: HTTPResponse, _ conflict: Failure, _ context: FlightContext
    ) -> [FlightAction] {
        guard let operation = ConflictSearch.operation,
            let answer = try? ResponseReader(operation).value(of: response), !isCancelled
        else { return delivery.fail(conflict) }
        var search = search
        search.take(answer)
        return next(search, conflict, context)
    }

    private func unchanged() -> [FlightAction] { delivery.mayBeDone ? [] : [.unchanged] }

    // MARK: Ensure

    private mutating func look(_ lookup: Lookup, _ conflict: Failure, _ context: FlightContext) -> [FlightAction] {
        guard
            let request = try? plan.builder.request(
                for: lookup.operation, arguments: lookup.arguments, credentials: plan.credentials(for: plan.operation),
                on: context.server.releases)
        else { return delivery.fail(conflict) }
        state = .comparing(conflict: conflict, by: lookup)
        return [.send(request, .init(), .lookup)]
    }

    private mutating func compare(
        _ response: HTTPResponse, _ lookup: Lookup, _ conflict: Failure, _ context: FlightContext
    ) -> [FlightAction] {
        do throws(Failure) {
            let answer = try ResponseReader(lookup.operation, lookup.arguments).value(of: response)
            guard let there = lookup.found(in: answer) else { return unlisted(lookup, conflict, context) }
            let value = try EnsureRule.compare(there, with: plan.call.arguments, of: plan.operation)
            return unchanged() + finish(value, response)
        } catch {
            if lookup.isListing, error.kind != .conflict, !error.isForeign {
                return unlisted(lookup, conflict, context)
            }
            return fail(incomparable(error, response), conflict)
        }
    }

    /// Ends the call with a failure that has the status of the conflict.
    private mutating func fail(_ failure: Failure, _ conflict: Failure) -> [FlightAction] {
        var failure = failure
        failure.status = conflict.status
        failure.requestID = conflict.requestID
        return delivery.fail(failure)
    }

    /// The failure if what is there is not what was asked for, or cannot be compared with it.
    private func incomparable(_ error: Failure, _ response: HTTPResponse) -> Failure {
        if error.kind == .notFound, pausesForMemory > 0 { return .remembered(thing) }
        guard error.kind != .conflict else { return error }
        var failure = error
        failure.message = "it is there already, and cannot be read to compare it"
        failure.notes = [response.serverNote]
        return failure
    }

    /// The time that the server gets to forget a deleted thing, in milliseconds, and how often. It remembers a
    /// repository for up to 7 s.
    private static let memory = (pause: 2500, attempts: 4)

    /// The server says that the thing exists, and no listing shows it. It was deleted a moment ago, and can be created
    /// as soon as the server has forgotten it; or the caller may not see it, and a read after that time tells.
    private mutating func unlisted(
        _ listing: Lookup, _ conflict: Failure, _ context: FlightContext
    ) -> [FlightAction] {
        guard conflict.status == 409 else { return delivery.fail(conflict) }
        let memory = CallFlight.memory
        if pausesForMemory < memory.attempts, delivery.attempts < delivery.limit, !isCancelled {
            pausesForMemory += 1
            let reason = "the server says that \(thing) exists, and no list has it: \(plan.operation.name)"
            return delivery.pause(reason, for: memory.pause, now: context.now)
        }
        guard pausesForMemory == memory.attempts,
            let read = plan.operation.probe?.lookup(for: plan.call.arguments)
        else { return fail(.remembered(thing), conflict) }
        return look(read, conflict, context)
    }

    private var thing: String { "`\(EnsureRule.name(in: plan.call.arguments).told)`" }
}
