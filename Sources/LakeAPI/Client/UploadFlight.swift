import LakeScript

/// The flight of `upload_object … --from FILE --presign`: create the upload, send its parts straight to the object
/// store, complete it; abort it on the server if something fails.
struct UploadFlight: Flight {
    let plan: CallPlan
    private(set) var state = State.asking
    private var upload: MultipartUpload
    /// The requests in flight.
    private var running: Set<FlightStep> = []
    private(set) var isCancelled = false
    /// The end of the wait for a request that must not be cut.
    private var patience: Instant?

    enum State {
        /// Waits until enough is known of the server.
        case asking
        case creating
        /// The parts are in flight, several at a time.
        case sending
        case completing
        /// Failed: what is in flight must end before the upload is aborted, else a part may arrive after that.
        case failing(Failure)
        case ended
    }

    init(_ plan: CallPlan, _ upload: MultipartUpload) {
        self.plan = plan
        self.upload = upload
    }

    var wakeup: Instant? { patience }

    var deadline: Instant? {
        // Aborting is not held to the call's own limit.
        if case .failing = state { nil } else { plan.deadline }
    }

    mutating func on(_ event: FlightEvent, _ context: FlightContext) -> [FlightAction] {
        switch event {
        case .proceed: return isAsking ? proceed(context) : []
        case .answered(let response, let step): return advance(step, .success(response), context)
        case .lost(let loss, let step): return advance(step, .failure(loss), context)
        case .failed(let failure): return fail(failure)
        case .cancelled: return cancel(now: context.now)
        case .elapsed:
            patience = nil
            return [.cancelRequests]
        }
    }

    private var isAsking: Bool { if case .asking = state { true } else { false } }

    private typealias Outcome = Result<HTTPResponse, TransportFailure>

    private mutating func proceed(_ context: FlightContext) -> [FlightAction] {
        switch plan.clearance(context.server) {
        case .ask(let question): return [question]
        case .refused(let failure): return fail(failure)
        case .cleared:
            state = .creating
            return call(UploadFlight.create, .create, [("parts", .int(upload.count))])
        }
    }

    /// A request of the upload ended.
    private mutating func advance(
        _ step: FlightStep, _ outcome: Outcome, _ context: FlightContext
    ) -> [FlightAction] {
        running.remove(step)
        switch (state, step) {
        case (.failing(let failure), .abort): return aborted(failure, outcome)
        case (.failing(let failure), _): return abort(failure)
        case (.creating, _): return created(outcome, context)
        case (.sending, .part(let part)): return sent(part, outcome)
        case (.completing, _): return completed(outcome, context)
        case (.asking, _), (.sending, _), (.ended, _): return []
        }
    }

    // MARK: Requests

    private static let create = "create_presign_multipart_upload"
    private static let complete = "complete_presign_multipart_upload"
    private static let abort = "abort_presign_multipart_upload"

    /// Calls one of the three operations of an upload.
    private mutating func call(
        _ name: String, _ step: FlightStep, _ more: [(name: String, value: Value)]
    ) -> [FlightAction] {
        guard let operation = Catalogue[name] else { return [] }
        var arguments = Record(["repository", "branch", "path"].map { ($0, plan.call.arguments[$0] ?? .null) })
        for (name, value) in more { arguments[name] = value }
        do throws(Failure) {
            let request = try plan.builder.request(
                for: operation, arguments: arguments, credentials: plan.credentials(for: plan.operation))
            var options = TransportOptions()
            options.mustNotRepeat = true
            running.insert(step)
            return [.send(request, options, step)]
        } catch {
            // The id that the server gave the upload cannot be sent back to it.
            if case .failing(let failure) = state { return fail(notAborted(failure)) }
            return fail(notAborted(error))
        }
    }

    private mutating func send(part: Int) -> [FlightAction] {
        let place = upload.place(of: part)
        var options = TransportOptions()
        options.origin = place.origin
        options.bodyRange = upload.range(of: part)
        running.insert(.part(part))
        return [.send(HTTPRequest(method: "PUT", target: place.target), options, .part(part), usesFiles: true)]
    }

    private mutating func sendNext() -> [FlightAction] { upload.takeNext().map { send(part: $0) } ?? [] }

    private var names: [(name: String, value: Value)] {
        [("upload_id", .string(upload.uploadID)), ("physical_address", .string(upload.address))]
    }

    // MARK: Responses

    private mutating func created(_ outcome: Outcome, _ context: FlightContext) -> [FlightAction] {
        guard let operation = Catalogue[UploadFlight.create] else { return [] }
        switch outcome {
        case .failure(let loss): return fail(isCancelled ? cutOff : .lost(loss))
        case .success(let response):
            let reader = ResponseReader(operation, isLenient: true)
            guard reader.isSuccess(response) else {
                var failure = plan.failure(of: response, to: operation.name, context.server)
                if response.status == 501 { failure.notes.append("leave out --presign: its store takes no parts") }
                return fail(failure)
            }
            do throws(Failure) {
                let lack = upload.began(try reader.value(of: response))
                if let lack { return giveUp(.incomplete(operation.name, response, lack: lack)) }
            } catch {
                var failure = error
                // The upload that was created is no object yet.
                failure.hasChanged = false
                return fail(failure)
            }
            state = .sending
            if isCancelled { return giveUp(cutOff) }
            var actions: [FlightAction] = []
            for _ in 0..<MultipartUpload.width { actions += sendNext() }
            return actions
        }
    }

    private mutating func sent(_ part: Int, _ outcome: Outcome) -> [FlightAction] {
        if case .success(let response) = outcome, response.status < 300, let tag = response.header("ETag") {
            upload.finished(part, tag: tag)
            let progress = FlightAction.progress(done: upload.done, total: upload.size)
            guard upload.isWhole else { return [progress] + sendNext() }
            state = .completing
            return [progress] + call(UploadFlight.complete, .complete, names + [("parts", upload.parts)])
        }
        guard upload.mayRepeat(part), UploadFlight.isPassing(outcome) else {
            return giveUp(.partNotStored(part, of: upload, outcome))
        }
        return send(part: part)
    }

    /// Returns true if another attempt may succeed.
    private static func isPassing(_ outcome: Outcome) -> Bool {
        switch outcome {
        case .success(let response): response.status >= 500 || response.status == 429
        case .failure(let loss): loss.cause != .timeout
        }
    }

    private mutating func completed(_ outcome: Outcome, _ context: FlightContext) -> [FlightAction] {
        guard let operation = Catalogue[UploadFlight.complete] else { return [] }
        switch outcome {
        case .failure(let loss):
            return loss.wasSent ? doubt(.lost(loss)) : giveUp(.lost(loss))
        case .success(let response):
            let reader = ResponseReader(operation, plan.call.arguments)
            guard reader.isSuccess(response) else {
                let failure = plan.failure(of: response, to: operation.name, context.server)
                let isOwn = !failure.isForeign
                return isOwn && !RetryPolicy.isSilence(response, isOwn: isOwn) ? giveUp(failure) : doubt(failure)
            }
            do throws(Failure) {
                return finish(plan.answer(try reader.value(of: response), response))
            } catch {
                // By its status it was done: there is nothing to give up.
                return error.isForeign ? doubt(error) : fail(error)
            }
        }
    }

    // MARK: The end

    /// Ends the call where nothing shows whether the upload was completed.
    private mutating func doubt(_ failure: Failure) -> [FlightAction] {
        let probe = Catalogue[UploadFlight.complete]?.probe?.lookup(for: plan.call.arguments)
        let isLost = failure.status == nil
        return finish(
            .inDoubt(
                signed(.inDoubt(plan.line, failure.message, probe: probe?.line, cause: isLost ? nil : failure))))
    }

    private mutating func finish(_ answer: Answer) -> [FlightAction] {
        state = .ended
        return [.finish(answer)]
    }

    private mutating func fail(_ failure: Failure) -> [FlightAction] { finish(.failure(signed(failure))) }

    private func signed(_ failure: Failure) -> Failure {
        var failure = failure
        failure.operation = plan.operation.name
        failure.attempts = isAsking ? 0 : 1
        return failure
    }

    /// Cancels what is in flight, then aborts the upload on the server, then answers.
    private mutating func giveUp(_ failure: Failure) -> [FlightAction] {
        state = .failing(failure)
        return running.isEmpty ? abort(failure) : [.cancelRequests]
    }

    private mutating func abort(_ failure: Failure) -> [FlightAction] {
        guard running.isEmpty else { return [] }
        if upload.uploadID.isEmpty { return fail(notAborted(failure)) }
        return call(UploadFlight.abort, .abort, names)
    }

    private mutating func aborted(_ failure: Failure, _ outcome: Outcome) -> [FlightAction] {
        guard case .success(let response) = outcome, response.status < 300 else { return fail(notAborted(failure)) }
        return fail(failure.noting("the upload was given up on the server: nothing of it is left"))
    }

    /// Cancels the call. The requests that begin, complete and abort the upload are waited for, until it is cancelled
    /// again.
    private mutating func cancel(now: Instant) -> [FlightAction] {
        let isRepeated = isCancelled
        guard !isRepeated || patience != nil else { return [] }
        isCancelled = true
        switch state {
        case .asking: return finish(.notSent)
        case .sending: return giveUp(cutOff)
        case .ended: return []
        case .creating, .completing, .failing:
            patience = isRepeated ? nil : now.advanced(by: Delivery.longestPatience)
            return isRepeated ? [.cancelRequests] : [.remark(Delivery.waiting(for: plan.line)), .cancelUnsent]
        }
    }

    // MARK: Failures

    private var cutOff: Failure { .cutOff("the upload of `\(upload.file)`") }

    private func notAborted(_ failure: Failure) -> Failure {
        failure.noting(
            upload.uploadID.isEmpty
                ? "what the server began has no name by which it could be given up"
                : "the upload \(upload.uploadID) could not be given up on the server")
    }
}
