import LakeScript

// An upload in parts: begin, send the parts, make the object; give it up where something fails.

extension OperationPerformer {
    func startUpload(_ id: EffectID, now: Instant) {
        guard var flight = flights[id], let upload = flight.upload else { return }
        flight.stage = .uploading
        flight.attempts = 1
        flights[id] = flight
        perform(.create, of: flight, [("parts", .int(upload.count))], now: now)
    }

    /// Sends one of the three operations of an upload: the call's own place, and what else it takes.
    private func perform(
        _ step: MultipartUpload.Step, of flight: Flight, _ more: [(String, Value)], now: Instant
    ) {
        let name =
            switch step {
            case .complete: "complete_presign_multipart_upload"
            case .abort: "abort_presign_multipart_upload"
            case .create, .part: "create_presign_multipart_upload"
            }
        var arguments = Record(["repository", "branch", "path"].map { ($0, flight.call.arguments[$0] ?? .null) })
        for (name, value) in more { arguments[name] = value }
        guard let operation = Catalogue[name] else { return }
        let request: HTTPRequest
        do throws(Failure) {
            request = try builder.request(for: operation, arguments: arguments, credentials: flight.credentials)
        } catch {
            // What the server called the upload cannot be sent back to it.
            var failure = error
            if case .failure(let pending) = flight.upload?.pending { failure = pending }
            return finish(flight, .failure(flight.signed(notGivenUp(failure, flight))))
        }
        var options = TransportOptions()
        options.mustNotRepeat = true
        exchange(request, of: flight, part: step, options: options, now: now)
    }

    private func send(part: Int, of flight: Flight, _ upload: MultipartUpload, now: Instant) {
        let place = upload.place(of: part)
        var options = TransportOptions()
        options.origin = place.origin
        options.source = flight.source
        options.bodyRange = upload.range(of: part)
        exchange(
            HTTPRequest(method: "PUT", target: place.target), of: flight, part: .part(part), options: options, now: now)
    }

    /// One of an upload's requests was answered, or was not.
    func advanceUpload(
        of flight: Flight, _ step: MultipartUpload.Step, _ outcome: Result<HTTPResponse, TransportFailure>, now: Instant
    ) {
        switch step {
        case .create: began(flight, outcome, now: now)
        case .part(let part): sent(part, of: flight, outcome, now: now)
        case .complete: completed(flight, outcome, now: now)
        case .abort: aborted(flight, outcome)
        }
    }

    private func began(_ flight: Flight, _ outcome: Result<HTTPResponse, TransportFailure>, now: Instant) {
        guard var upload = flight.upload, let operation = Catalogue["create_presign_multipart_upload"] else { return }
        do throws(Failure) {
            let response = try response(outcome, flight)
            do throws(Failure) {
                let lack = upload.began(try ResponseReader(operation).value(of: response))
                flights[flight.id]?.upload = upload
                if let lack { return giveUp(flight.id, .failure(lacking(lack, operation, response)), now: now) }
            } catch {
                var failure = flight.words.improved(error, words: response.words)
                // What was begun is no object yet.
                failure.hasChanged = false
                if response.status == 501 { failure.notes.append("leave out --presign: its store takes no parts") }
                throw failure
            }
        } catch {
            return finish(flight, .failure(flight.signed(error)))
        }
        for _ in 0..<MultipartUpload.width { sendNext(of: flight.id, now: now) }
    }

    private func sendNext(of id: EffectID, now: Instant) {
        guard let flight = flights[id], var upload = flight.upload, let part = upload.takeNext() else { return }
        flights[id]?.upload = upload
        send(part: part, of: flight, upload, now: now)
    }

    private func sent(
        _ part: Int, of flight: Flight, _ outcome: Result<HTTPResponse, TransportFailure>, now: Instant
    ) {
        guard var upload = flight.upload, upload.pending == nil else { return abortWhenQuiet(flight.id, now: now) }
        if case .success(let response) = outcome, response.status < 300, let tag = response.header("ETag") {
            upload.finished(part, tag: tag)
            flights[flight.id]?.upload = upload
            events.append(.progress(flight.id, done: upload.done, total: upload.size))
            guard upload.isWhole else { return sendNext(of: flight.id, now: now) }
            return perform(.complete, of: flight, ending(upload) + [("parts", upload.parts)], now: now)
        }
        let mayRepeat = upload.mayRepeat(part)
        flights[flight.id]?.upload = upload
        guard mayRepeat, isPassing(outcome) else {
            return giveUp(flight.id, .failure(partFailure(part, of: upload, outcome)), now: now)
        }
        send(part: part, of: flight, upload, now: now)
    }

    /// Whether sending again may help.
    private func isPassing(_ outcome: Result<HTTPResponse, TransportFailure>) -> Bool {
        switch outcome {
        case .success(let response): response.status >= 500 || response.status == 429
        case .failure(let failure): !failure.isTimeout
        }
    }

    private func partFailure(
        _ part: Int, of upload: MultipartUpload, _ outcome: Result<HTTPResponse, TransportFailure>
    ) -> Failure {
        let what = "part \(part) of \(upload.count) of `\(upload.file)` did not reach the store"
        switch outcome {
        case .success(let response):
            var failure = Failure(.operation, what, notes: ["store: \(response.status) \(response.body.excerpt)"])
            failure.status = response.status
            return failure
        case .failure(let lost): return Failure(lost.isTimeout ? .timeout : .operation, what, notes: [lost.message])
        }
    }

    private func ending(_ upload: MultipartUpload) -> [(String, Value)] {
        [("upload_id", .string(upload.uploadID)), ("physical_address", .string(upload.address))]
    }

    private func completed(_ flight: Flight, _ outcome: Result<HTTPResponse, TransportFailure>, now: Instant) {
        guard let operation = Catalogue["complete_presign_multipart_upload"] else { return }
        switch outcome {
        case .failure(let lost):
            guard lost.wasSent else { return giveUp(flight.id, .failure(Failure(.operation, lost.message)), now: now) }
            let words = flight.words.filled(operation.evidence ?? "")
            var failure = Failure(.inDoubt, "whether the upload became an object is not known: \(lost.message)")
            failure.notes = ["look before you go on: \(words)"]
            finish(flight, .inDoubt(flight.signed(failure)))
        case .success(let response):
            do throws(Failure) {
                let value = try ResponseReader(operation).value(of: response)
                let hasHeaders = flight.call.options.isOn(.withHeaders)
                finish(flight, .value(hasHeaders ? ResponseReader.withHeaders(value, response) : value))
            } catch {
                giveUp(flight.id, .failure(flight.words.improved(error, words: response.words)), now: now)
            }
        }
    }

    // MARK: Giving up

    /// Stops what is on its way, then gives the upload up on the server, then answers.
    private func giveUp(_ id: EffectID, _ answer: Answer, now: Instant) {
        guard var flight = flights[id], flight.upload?.pending == nil else { return }
        flight.upload?.pending = answer
        // The end is not held to the call's own limit.
        flight.deadline = nil
        flights[id] = flight
        for exchange in running(of: id) { transport.cancel(exchange, now: now) }
        abortWhenQuiet(id, now: now)
    }

    /// The parts that are on their way must have ended, else one may arrive after the upload is gone.
    private func abortWhenQuiet(_ id: EffectID, now: Instant) {
        guard running(of: id).isEmpty, let flight = flights[id], let upload = flight.upload else { return }
        if upload.uploadID.isEmpty, case .failure(let failure) = upload.pending {
            return finish(flight, .failure(flight.signed(notGivenUp(failure, flight))))
        }
        perform(.abort, of: flight, ending(upload), now: now)
    }

    private func aborted(_ flight: Flight, _ outcome: Result<HTTPResponse, TransportFailure>) {
        guard case .failure(var failure) = flight.upload?.pending else { return }
        if case .success(let response) = outcome, response.status < 300 {
            failure.notes.append("the upload was given up on the server: nothing of it is left")
        } else {
            failure = notGivenUp(failure, flight)
        }
        finish(flight, .failure(flight.signed(failure)))
    }

    /// The call is no longer wanted: what was begun is given up; the last request is let end, it is short.
    func cancelUpload(_ id: EffectID, now: Instant) {
        guard let flight = flights[id], let upload = flight.upload else { return }
        let answer = Answer.failure(Failure(.cancelled, "the upload of `\(upload.file)` was cut off"))
        if !upload.uploadID.isEmpty {
            if !upload.isWhole { giveUp(id, answer, now: now) }
            return
        }
        for exchange in running(of: id) { transport.cancel(exchange, now: now) }
    }

    private func response(
        _ outcome: Result<HTTPResponse, TransportFailure>, _ flight: Flight
    ) throws(Failure) -> HTTPResponse {
        switch outcome {
        case .success(let response): return response
        case .failure(let lost):
            throw flight.isCancelled
                ? Failure(.cancelled, "the upload was cut off before it began")
                : Failure(lost.isTimeout ? .timeout : .operation, lost.message)
        }
    }

    private func lacking(_ what: String, _ operation: Operation, _ response: HTTPResponse) -> Failure {
        var failure = Failure(.operation, "the answer of `\(operation.name)` has \(what)", notes: [response.serverNote])
        failure.status = response.status
        failure.requestID = response.requestID
        return failure
    }

    private func notGivenUp(_ failure: Failure, _ flight: Flight) -> Failure {
        let id = flight.upload?.uploadID ?? ""
        return failure.noting(
            id.isEmpty
                ? "what the server began has no name by which it could be given up"
                : "the upload \(id) could not be given up on the server")
    }
}
