import LakeScript

// Bodies that come from files and pipes, and answers that go to files and to standard output.

extension OperationPerformer {
    /// Takes more of the stream that is a flight's body; sends the call once it is whole.
    func gather(_ gathering: Gathering, for flight: Flight, now: Instant) {
        do throws(Failure) {
            let isWhole = try gathering.takeMore()
            guard !isWhole else { return transmit(flight, nil, body: gathering.bytes, now: now) }
            flights[flight.id]?.stage = .gathering(gathering)
        } catch {
            finish(flight, .failure(flight.signed(error)))
        }
    }

    /// Ends a flight without waiting for its reader.
    func finish(cut flight: Flight, _ failure: Failure) {
        var flight = flight
        flight.isCancelled = true
        finish(flight, .failure(failure))
    }

    /// Puts the answer's bytes where they are to be.
    ///
    /// - Throws: a mistake where a file cannot be written.
    func place(_ value: Value, of flight: Flight, in sink: ByteSink) throws(Failure) {
        guard case .bytes(let bytes) = value else { return }
        if !transport.carriesFiles {
            let isWritten = bytes.withUnsafeBytes { sink.write($0) }
            guard isWritten else { throw sink.failure ?? Failure(.operation, "the answer could not be written") }
        }
        try sink.moveToPlace()
    }

    /// Makes ready for another try after an answer that broke off.
    ///
    /// - Returns: why there can be none.
    func prepareRest(of flight: Flight, _ response: HTTPResponse) -> Failure? {
        guard response.isCutOff, let sink = flight.sink, sink.isStream, sink.count > 0 else { return nil }
        guard let resumption = flight.resumption ?? Resumption(of: response) else {
            return Failure(
                .operation, "the connection broke in the middle of the answer, and the rest cannot be asked for",
                notes: [
                    "the server gave no ETag, which would tell whether the object is still the same",
                    "--to FILE begins again by itself",
                ])
        }
        flights[flight.id]?.resumption = resumption
        return nil
    }

    /// Why an answer to the request for the rest is not the rest; nil where it is, or where it is an error that says so
    /// itself.
    func refusalOfRest(of flight: Flight, _ response: HTTPResponse) -> Failure? {
        guard let resumption = flight.resumption else { return nil }
        let isSuccess = (200..<300).contains(response.status)
        guard isSuccess ? !resumption.isRest(response) : [412, 416].contains(response.status) else { return nil }
        var failure = Failure(
            .operation,
            "the connection broke in the middle of the answer, and it cannot be gone on with: "
                + resumption.refusal(response))
        failure.status = response.status
        failure.requestID = response.requestID
        return failure
    }
}

extension Flight {
    /// Makes the sink ready for another try: a file begins again, standard output goes on where it is.
    mutating func prepareSink() throws(Failure) {
        guard let sink, sink.count > 0 else { return }
        if sink.isStream { resumption?.count = sink.count } else { try sink.empty() }
    }

    /// Whether sending it again would be the same: its body can be had again, and its answer's beginning is not out, or
    /// the rest can be asked for.
    var canBeRepeated: Bool {
        guard source?.isSpent != true else { return false }
        guard let sink, sink.isStream, sink.count > 0 else { return true }
        return resumption != nil
    }

    /// What it waits for beside its exchanges.
    func waits() -> Waits {
        var waits = sink?.waits() ?? Waits()
        switch stage {
        case .pausing(let until): waits.add(Waits(deadline: [until, deadline ?? until].min()))
        case .gathering(let gathering):
            waits.add(gathering.waits())
            waits.add(Waits(deadline: deadline))
        case .draining: waits.add(Waits(deadline: deadline))
        case .asking, .calling, .comparing, .uploading: break
        }
        return waits
    }

    /// The answer, unless what it gave did not come where it was to go.
    func outcome(of answer: Answer) -> Answer {
        guard case .value = answer, let sink else { return answer }
        if let failure = sink.failure { return .failure(signed(failure)) }
        return sink.isFull ? .failure(signed(Failure(.cancelled, "`\(operation.name)` was cut off"))) : answer
    }
}
