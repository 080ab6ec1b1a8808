import LakeScript

/// The state machine of one request: it is sent again where that does no harm, until a response stands or the call
/// fails. `CallFlight` and `AddressFlight` share it; what a response means is up to them.
struct Delivery {
    /// The name of the call in messages.
    let name: String
    /// The call with its target: `create_user ana`.
    var line = ""
    /// Spreads the pauses of calls that are sent in parallel.
    let id: EffectID
    /// The operation that is called; nil for an address, whose responses are the store's own.
    var operation: Operation?
    /// True if the call changes nothing.
    let isRead: Bool
    let repetition: Operation.Repetition
    /// True if `ensure` stands before the call.
    var isEnsured = false
    /// The number of attempts allowed.
    var limit = RetryPolicy.attempts
    var deadline: Instant?
    /// The command that shows whether the call was done; nil if nothing shows it.
    var probe: String?
    var request: HTTPRequest
    let options: TransportOptions

    private(set) var state = State.waiting
    private(set) var attempts = 0
    /// True if an attempt was sent and got no answer: the call may have been done.
    private(set) var mayBeDone = false
    private(set) var isCancelled = false
    /// The end of the wait for the answer to a cancelled write that was sent.
    private(set) var patience: Instant?
    /// The request for the rest of a response that broke off after a part of it went out.
    private(set) var resumption: Resumption?
    private(set) var files = FileFacts()

    enum State: Equatable {
        /// Nothing was sent yet.
        case waiting
        /// A request is in flight.
        case sent
        case pausing(until: Instant)
        /// The call was answered.
        case ended
    }

    var wakeup: Instant? {
        switch state {
        case .waiting: nil
        case .sent: patience
        case .pausing(let until): min(until, deadline ?? until)
        case .ended: deadline
        }
    }

    /// Takes an event.
    ///
    /// - Returns: what is to be done; nil if the response stands and the flight has to conclude the call.
    mutating func on(_ event: FlightEvent, _ context: FlightContext) -> [FlightAction]? {
        files = context.files
        switch event {
        case .proceed: return []
        case .answered(let response, _): return answered(response, now: context.now)
        case .lost(let loss, _): return lost(loss, context)
        case .failed(let failure): return fail(failure)
        case .cancelled: return cancel(now: context.now)
        case .elapsed where state == .sent && isCancelled:
            patience = nil
            return [.cancelRequests]
        case .elapsed:
            guard case .pausing = state, deadline.map({ $0 > context.now }) ?? true else { return timeOut() }
            return send()
        }
    }

    mutating func send() -> [FlightAction] {
        state = .sent
        attempts += 1
        var (request, options) = (request, options)
        options.mustNotRepeat = !isRead
        if files.bytesOut > 0 { resumption?.count = files.bytesOut }
        options.resumption = resumption
        if let resumption { request.headers = resumption.headers(request.headers) }
        return [.send(request, options, usesFiles: true)]
    }

    // MARK: The end

    mutating func finish(_ answer: Answer) -> [FlightAction] {
        state = .ended
        return [.finish(answer)]
    }

    /// Ends the call with a failure that also tells what every failure of the call tells.
    mutating func fail(_ failure: Failure) -> [FlightAction] { finish(.failure(signed(failure))) }

    /// Ends the call with the failure that nothing shows whether it was done.
    private mutating func doubt(_ reason: String, cause: Failure? = nil) -> [FlightAction] {
        finish(.inDoubt(signed(.inDoubt(line.isEmpty ? name : line, reason, probe: probe, cause: cause))))
    }

    /// Ends the call after a response that is not the server's: the request left, and nothing tells what became of it.
    mutating func fail(foreign failure: Failure) -> [FlightAction] {
        // A proxy that wants to know who asks passes nothing on.
        if failure.status == 407 { return fail(failure.noting("nothing was passed on: nothing has changed")) }
        switch repetition {
        case .createByName, .append, .opaque: return isRead ? fail(failure) : doubt(failure.message, cause: failure)
        case .read, .converge: return fail(isRead ? failure : failure.noting(Delivery.harmless))
        }
    }

    private func signed(_ failure: Failure) -> Failure {
        var failure = failure
        failure.operation = name
        failure.attempts = attempts
        if let source = files.spentSource {
            failure.notes.append("what was read of `\(source)` is gone: a pipe or device is not sent again")
        }
        if files.bytesOut > 0 {
            failure.notes.append("\(files.bytesOut) bytes of the answer were written already: they are not the whole")
        }
        return failure
    }

    private mutating func timeOut() -> [FlightAction] {
        isCancelled = true
        return fail(.late(name))
    }

    /// Ends the call, unless it is a write that was sent: its answer is waited for, until it is cancelled again.
    private mutating func cancel(now: Instant) -> [FlightAction] {
        let isRepeated = isCancelled
        guard !isRepeated || state == .ended || patience != nil else { return [] }
        isCancelled = true
        switch state {
        case .waiting: return finish(.notSent)
        case .sent where isRead || isRepeated:
            patience = nil
            return [.cancelRequests]
        case .sent:
            patience = now.advanced(by: Delivery.longestPatience)
            return [.remark(Delivery.waiting(for: line.isEmpty ? name : line)), .cancelUnsent]
        case .pausing, .ended: return cutOff()
        }
    }

    /// Cuts a read that is made for the call, after its own answer.
    mutating func cutRead() -> [FlightAction] {
        isCancelled = true
        return [.cancelRequests]
    }

    static let longestPatience = 30_000

    static func waiting(for line: String) -> String {
        "`\(line)` was sent: waiting up to 30 s for its answer (a further ^C ends the wait)"
    }

    /// Ends a cancelled call that was sent.
    private mutating func cutOff() -> [FlightAction] {
        guard !isRead, mayBeDone else { return fail(.cutOff("`\(name)`")) }
        switch repetition {
        case .read, .converge: return fail(.cutOff("`\(name)`", notes: [Delivery.harmless]))
        case .createByName, .append, .opaque: return doubt("it was cut off")
        }
    }

    private static let harmless = "it may have been done; doing it again does no harm"

    // MARK: No response

    private mutating func lost(_ loss: TransportFailure, _ context: FlightContext) -> [FlightAction] {
        mayBeDone = mayBeDone || loss.wasSent
        if isCancelled { return mayBeDone ? cutOff() : finish(.notSent) }
        if canRepeat(after: loss, context) { return pause(loss.message, for: delay(), now: context.now) }
        if isRead { return fail(.lost(loss)) }
        switch repetition {
        case .createByName where mayBeDone, .append where mayBeDone, .opaque where mayBeDone: return doubt(loss.message)
        default:
            return fail(.lost(loss, notes: [mayBeDone ? Delivery.harmless : "nothing was sent: nothing has changed"]))
        }
    }

    private func canRepeat(after loss: TransportFailure, _ context: FlightContext) -> Bool {
        let isReproducible = files.spentSource == nil && (files.bytesOut == 0 || resumption != nil)
        guard attempts < limit, loss.cause == .network, isReproducible, context.hasAnswered || loss.wasSent else {
            return false
        }
        guard loss.wasSent else { return true }
        switch repetition {
        case .read, .converge: return true
        case .createByName: return isEnsured
        case .append, .opaque: return false
        }
    }

    private func delay(_ retryAfter: Int? = nil) -> Int {
        RetryPolicy.delay(after: attempts, retryAfter: retryAfter, id: id)
    }

    /// Waits for some milliseconds before the next attempt, and tells the person.
    mutating func pause(_ reason: String, for delay: Int, now: Instant) -> [FlightAction] {
        state = .pausing(until: now.advanced(by: delay))
        return [.notice(RetryPolicy.notice(reason, delay: delay, attempt: attempts, of: limit))]
    }

    // MARK: A response

    private mutating func answered(_ response: HTTPResponse, now: Instant) -> [FlightAction]? {
        if let failure = refusalOfRest(response) { return fail(failure) }
        let isOwn = operation.map { response.status < 400 || !response.isForeign(to: $0) } ?? true
        let isSilence = RetryPolicy.isSilence(response, isOwn: isOwn) && !isRead
        if isWorthRepeating(response, isOwn: isOwn) {
            mayBeDone = mayBeDone || isSilence || response.isCutOff && !isRead
            if response.isCutOff, files.bytesOut > 0 {
                resumption = resumption ?? Resumption(of: response)
                guard resumption != nil else { return fail(.restUnavailable) }
            }
            let reason = response.isCutOff ? "the answer of \(name) broke off" : "\(name) answered \(response.status)"
            return pause(reason, for: delay(RetryPolicy.retryAfter(response, now: now)), now: now)
        }
        guard isSilence, response.status == 502 || response.status == 504 else { return nil }
        return doubt("a gateway answered \(response.status) for the server")
    }

    private func isWorthRepeating(_ response: HTTPResponse, isOwn: Bool) -> Bool {
        guard attempts < limit, !isCancelled, files.spentSource == nil else { return false }
        if response.isCutOff {
            switch repetition {
            case .read, .converge: return true
            case .createByName where isEnsured: return true
            case .createByName, .append, .opaque: return false
            }
        }
        return RetryPolicy.isWorthRepeating(response, isOwn: isOwn, repetition, isEnsured: isEnsured)
    }

    /// The failure if the rest of a response was requested and this response is something else; nil if it is the rest,
    /// or an error that speaks for itself.
    private func refusalOfRest(_ response: HTTPResponse) -> Failure? {
        guard let resumption else { return nil }
        let isSuccess = (200..<300).contains(response.status)
        guard isSuccess ? !resumption.isRest(response) : [412, 416].contains(response.status) else { return nil }
        return .notTheRest(resumption.refusal(response), response)
    }
}
