import LakeScript

// `ensure`: what is there is looked up after a conflict, and compared with what was asked for.

extension OperationPerformer {
    /// How long the server is given to forget what was deleted, in milliseconds, and how often. It remembers a
    /// repository for up to 7 s.
    private static let memory = (pause: 2500, attempts: 4)

    /// Asks what is there.
    func look(_ flight: Flight, _ conflict: Failure, _ lookup: EnsureRule.Lookup, now: Instant) {
        guard
            let request = try? builder.request(
                for: lookup.operation, arguments: lookup.arguments, credentials: flight.credentials, on: server.releases)
        else { return finish(flight, .failure(flight.signed(conflict))) }
        flights[flight.id]?.stage = .comparing(conflict: conflict, by: lookup)
        exchange(request, of: flight, now: now)
    }

    /// What is there was answered, or is not to be known.
    func settle(
        _ flight: Flight, lookedUpBy lookup: EnsureRule.Lookup, _ response: HTTPResponse, _ conflict: Failure,
        now: Instant
    ) {
        do throws(Failure) {
            let answer = try ResponseReader(lookup.operation).value(of: response)
            guard let there = lookup.found(in: answer) else {
                return settle(flight, unlistedBy: lookup, conflict, now: now)
            }
            let value = try EnsureRule.compare(there, with: flight.call.arguments, of: flight.operation)
            if !flight.mayBeDone { events.append(.unchanged(flight.id)) }
            finish(flight, with: value, response)
        } catch {
            if lookup.isListing, error.kind != .conflict {
                return settle(flight, unlistedBy: lookup, conflict, now: now)
            }
            finish(flight, .failure(flight.signed(incomparable(error, flight, response, conflict))))
        }
    }

    /// Why what is there is not what was asked for, or cannot be compared with it.
    private func incomparable(
        _ error: Failure, _ flight: Flight, _ response: HTTPResponse, _ conflict: Failure
    ) -> Failure {
        var failure = error
        if error.kind == .notFound, flight.pausesForMemory > 0 {
            failure = remembered(flight)
        } else if error.kind != .conflict {
            failure.message = "it is there already, and cannot be read to compare it"
            failure.notes = [response.serverNote]
        }
        failure.status = conflict.status
        failure.requestID = conflict.requestID
        return failure
    }

    // MARK: The server's memory

    /// No listing shows what the server says is there. It was deleted a moment ago, and making it works as soon as the
    /// server has forgotten it; or the caller may not see it, and once the memory's time is over a read tells.
    private func settle(
        _ flight: Flight, unlistedBy listing: EnsureRule.Lookup, _ conflict: Failure, now: Instant
    ) {
        guard conflict.status == 409 else { return finish(flight, .failure(flight.signed(conflict))) }
        let memory = OperationPerformer.memory
        if flight.pausesForMemory < memory.attempts, flight.attempts < flight.limit, !flight.isCancelled {
            flights[flight.id]?.pausesForMemory += 1
            let what = "the server says that \(named(flight)) exists, and no list has it: \(flight.operation.name)"
            return pause(flight, what, for: memory.pause, now: now)
        }
        guard flight.pausesForMemory == memory.attempts,
            let read = EnsureRule.read(insteadOf: listing, of: flight.operation, flight.call.arguments)
        else {
            var failure = remembered(flight)
            failure.status = conflict.status
            failure.requestID = conflict.requestID
            return finish(flight, .failure(flight.signed(failure)))
        }
        look(flight, conflict, read, now: now)
    }

    private func remembered(_ flight: Flight) -> Failure {
        Failure(
            .conflict, "\(named(flight)) was deleted a moment ago, and the server still remembers it",
            notes: ["nothing was made: wait some seconds, and do it again"])
    }

    private func named(_ flight: Flight) -> String { "`\(EnsureRule.name(in: flight.call.arguments).told)`" }
}
