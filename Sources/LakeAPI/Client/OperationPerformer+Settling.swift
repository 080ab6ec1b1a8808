import LakeScript

// What becomes of a call once its request was answered, or was not.

extension OperationPerformer {
    /// The request was answered.
    func settle(_ flight: Flight, _ response: HTTPResponse, now: Instant) {
        if case .comparing(let conflict, let lookup) = flight.stage {
            return settle(flight, lookedUpBy: lookup, response, conflict, now: now)
        }
        // A script's own call tells as much as a question of ours; an error only that the version is not told.
        let (name, questions) = (flight.operation.name, KnownServer.questions)
        if name == questions[0] || response.status == 200 && questions.contains(name) { learn(response, to: name) }
        if let failure = refusalOfRest(of: flight, response) { return finish(flight, .failure(flight.signed(failure))) }
        if isWorthRepeating(response, flight) {
            if let failure = prepareRest(of: flight, response) {
                return finish(flight, .failure(flight.signed(failure)))
            }
            let retryAfter = response.header("Retry-After").flatMap { Int($0) }
            let what = response.isCutOff ? "the answer of \(name) broke off" : "\(name) answered \(response.status)"
            return pause(flight, what, retryAfter, now: now)
        }
        if RetryPolicy.isSilence(response.status), flight.operation.effect != .read {
            return finish(flight, .inDoubt(flight.doubt("a gateway answered \(response.status) for the server")))
        }
        do throws(Failure) {
            let isPresigning = flight.call.arguments["presign"] == true
            let answer = try ResponseReader(flight.operation, isPresigning: isPresigning).value(of: response)
            if let refusal = PartialRefusal(response, of: flight.call, flight.operation) { throw refusal.failure }
            if let failure = loss(flight, answer) { return finish(flight, .failure(failure)) }
            let value = PrefixFilter(flight.operation, flight.call)?.filtered(answer) ?? answer
            guard let sink = flight.sink else { return finish(flight, with: value, response) }
            try place(value, of: flight, in: sink)
            finish(flight, with: .null, flight.resumption?.first ?? response)
        } catch {
            settle(flight, error, response, now: now)
        }
    }

    /// That the server, of which nothing tells whether it knows all that was sent, dropped what must not be lost.
    private func loss(_ flight: Flight, _ answer: Value) -> Failure? {
        guard server.isUntold, flight.demands.contains(where: { $0.loss != nil }),
            let field = flight.operation.dropped(flight.call.arguments, answer: answer).first
        else { return nil }
        let name = flight.operation.name
        var failure = Failure(
            .operation, "the server dropped `\(field)` of `\(name)`: the right is there now, without a condition")
        if let advice = flight.operation.adviceOnLoss { failure.notes.append(flight.words.filled(advice)) }
        failure.notes.append(flight.operation.releases(of: Operation.Element(.body, field)).sentence)
        return flight.signed(failure)
    }

    private func isWorthRepeating(_ response: HTTPResponse, _ flight: Flight) -> Bool {
        guard flight.attempts < flight.limit, !flight.isCancelled, flight.source?.isSpent != true else { return false }
        let isCutOff = response.isCutOff && flight.repetition == .read
        return isCutOff || RetryPolicy.isWorthRepeating(response.status, flight.repetition)
    }

    func finish(_ flight: Flight, with value: Value, _ response: HTTPResponse) {
        guard flight.address == nil else {
            return finish(flight, .value(AddressCall.value(value, response, of: flight)))
        }
        let hasHeaders = flight.call.options.isOn(.withHeaders)
        finish(flight, .value(hasHeaders ? ResponseReader.withHeaders(value, response) : value))
    }

    /// An error came: done already, to be compared, or a failure.
    private func settle(_ flight: Flight, _ failure: Failure, _ response: HTTPResponse, now: Instant) {
        if flight.operation.name == "create_user", server.hasOneUser, failure.status == 409 {
            return finish(flight, .failure(flight.signed(AccessMode.noGroups(flight.operation))))
        }
        // After an attempt that nothing was heard of, "exists" may be its own doing.
        if flight.call.options.isOn(.ensure) || flight.mayBeDone {
            switch EnsureRule.judge(failure, of: flight.operation, flight.call.arguments) {
            case .done(let value):
                if !flight.mayBeDone { events.append(.unchanged(flight.id)) }
                return finish(flight, with: value, response)
            case .read(let lookup): return look(flight, failure, lookup, now: now)
            case .failed: break
            }
        }
        finish(flight, .failure(flight.signed(explained(failure, flight, response))))
    }

    /// The failure in words for people.
    private func explained(_ failure: Failure, _ flight: Flight, _ response: HTTPResponse) -> Failure {
        if let refusal = PartialRefusal(response, of: flight.call, flight.operation) { return refusal.failure }
        if failure.status == 501, flight.operation.needsAccessControl {
            var refusal = server.unsupported(flight.operation)
            refusal.status = failure.status
            refusal.body = failure.body
            refusal.requestID = failure.requestID
            refusal.notes.append(response.serverNote)
            return refusal
        }
        if let address = flight.address {
            var failure = failure
            failure.message = "\(address.shown) answered \(response.status)"
            return failure
        }
        return response.status < 400 ? failure : flight.words.improved(failure, words: response.words)
    }

    // MARK: No answer

    /// The request was not answered.
    func settle(_ flight: Flight, _ lost: TransportFailure, now: Instant) {
        var flight = flight
        flight.mayBeDone = flight.mayBeDone || lost.wasSent
        flights[flight.id] = flight
        if flight.isCancelled { return finish(flight, flight.mayBeDone ? cutOff(flight) : .notSent) }
        if canRepeat(flight, lost) { return pause(flight, lost.message, nil, now: now) }
        guard flight.mayBeDone, flight.operation.effect != .read else {
            var failure = Failure(lost.isTimeout ? .timeout : .operation, lost.message)
            if flight.operation.effect != .read { failure.notes.append("nothing was sent: nothing has changed") }
            return finish(flight, .failure(flight.signed(failure)))
        }
        switch flight.repetition {
        case .read, .converge:
            let failure = Failure(
                lost.isTimeout ? .timeout : .operation, lost.message,
                notes: ["it may have been done; doing it again does no harm"])
            finish(flight, .failure(flight.signed(failure)))
        case .createByName, .append, .opaque: finish(flight, .inDoubt(flight.doubt(lost.message)))
        }
    }

    private func canRepeat(_ flight: Flight, _ lost: TransportFailure) -> Bool {
        guard flight.attempts < flight.limit, !lost.isTimeout, !lost.isOwn, flight.canBeRepeated,
            hasAnswered || lost.wasSent
        else { return false }
        guard lost.wasSent else { return true }
        switch flight.repetition {
        case .read, .converge: return true
        case .createByName: return flight.call.options.isOn(.ensure)
        case .append, .opaque: return false
        }
    }

    private func pause(_ flight: Flight, _ what: String, _ retryAfter: Int?, now: Instant) {
        let delay = RetryPolicy.delay(after: flight.attempts, retryAfter: retryAfter, id: flight.id)
        pause(flight, what, for: delay, now: now)
    }

    /// Waits so many milliseconds to send a call again, and tells the person.
    func pause(_ flight: Flight, _ what: String, for delay: Int, now: Instant) {
        flights[flight.id]?.stage = .pausing(until: now.advanced(by: delay))
        let notice = RetryPolicy.notice(what, delay: delay, attempt: flight.attempts, of: flight.limit)
        events.append(.notice(flight.id, notice))
    }

    /// The end of `--timeout` while a call waits to be sent again.
    func timeout(of flight: Flight) -> Failure {
        flight.signed(
            Failure(.timeout, "`\(flight.operation.name)` was not done within the time given to it"))
    }

    /// What a cancelled call is answered that may have been done.
    func cutOff(_ flight: Flight) -> Answer {
        guard flight.operation.effect != .read, flight.mayBeDone else {
            return .failure(flight.signed(Failure(.cancelled, "`\(flight.operation.name)` was cut off")))
        }
        switch flight.repetition {
        case .read, .converge:
            let note = "it may have been done; doing it again does no harm"
            return .failure(
                flight.signed(Failure(.cancelled, "`\(flight.operation.name)` was cut off", notes: [note])))
        case .createByName, .append, .opaque: return .inDoubt(flight.doubt("it was cut off"))
        }
    }
}
