import LakeScript

/// The flight of a call that names more things than one request may, as `delete_objects`: a call for each part of them,
/// one after the other.
struct BatchFlight: Flight {
    private let plan: CallPlan
    /// The field of the body with the things, and how many of them one request may name.
    private let field: String
    private let most: Int
    private var current: CallFlight
    /// The calls that follow, and the number of things in all of them.
    private var following: ArraySlice<[Value]>
    private var done = 0

    /// Makes the flight; nil if one request suffices.
    init?(_ plan: CallPlan) throws(Failure) {
        guard let field = plan.operation.batchedField, let most = plan.operation.mostInBatch,
            let things = plan.fields[field]?.items, things.count > most
        else { return nil }
        let parts = stride(from: 0, to: things.count, by: most).map {
            Array(things[$0..<min($0 + most, things.count)])
        }
        (self.plan, self.field, self.most) = (plan, field, most)
        following = parts[...].dropFirst()
        // Each part is built before the first is sent: a path that cannot be sent stops all of them.
        for part in following { _ = try plan.naming(part, as: field).request() }
        let first = plan.naming(parts[0], as: field)
        current = CallFlight(first, request: try first.request())
    }

    var deadline: Instant? { current.deadline }
    var wakeup: Instant? { current.wakeup }
    var isCancelled: Bool { current.isCancelled }

    mutating func on(_ event: FlightEvent, _ context: FlightContext) -> [FlightAction] {
        current.on(event, context).flatMap { action in
            guard case .finish(let answer) = action else { return [action] }
            return finish(answer, context)
        }
    }

    /// Ends the call, or goes on with its next part.
    private mutating func finish(_ answer: Answer, _ context: FlightContext) -> [FlightAction] {
        switch answer {
        case .value where !following.isEmpty && !isCancelled: return proceed(context)
        case .value, .finished: return [.finish(answer)]
        case .inDoubt(let failure): return [.finish(.inDoubt(told(failure)))]
        case .notSent where done == 0: return [.finish(answer)]
        case .notSent: return [.finish(.failure(told(.cutOff("`\(plan.operation.name)`"))))]
        case .failure(let failure): return [.finish(.failure(told(failure)))]
        }
    }

    private mutating func proceed(_ context: FlightContext) -> [FlightAction] {
        done += most
        guard let part = following.popFirst() else { return [] }
        let next = plan.naming(part, as: field)
        do throws(Failure) {
            current = CallFlight(next, request: try next.request())
        } catch {
            return [.finish(.failure(told(error)))]
        }
        return on(.proceed, context)
    }

    /// The failure with what was done before it and what was not begun.
    private func told(_ failure: Failure) -> Failure {
        var failure = failure
        let left = following.reduce(0) { $0 + $1.count }
        if done > 0 {
            failure.hasChanged = true
            failure.notes.append("the first \(done) were done by requests before")
        }
        if left > 0 { failure.notes.append("the last \(left) were not asked for") }
        return failure
    }
}

extension Operation {
    /// The field of the body with a list of things, of which one request may name so many.
    fileprivate var batchedField: String? { listsErrors ? "paths" : nil }
    fileprivate var mostInBatch: Int? { listsErrors ? 1000 : nil }
}

extension CallPlan {
    /// The fields of the body.
    fileprivate var fields: Record { call.arguments.given("body")?.record ?? call.arguments }

    /// The same call for some of its things.
    fileprivate func naming(_ things: [Value], as field: String) -> CallPlan {
        var call = call
        call.arguments[field] = .list(things)
        if var body = call.arguments.given("body")?.record {
            body[field] = .list(things)
            call.arguments["body"] = .map(body)
        }
        return CallPlan(
            id: id, call: call, operation: operation, caller: caller, builder: builder, deadline: deadline)
    }
}
