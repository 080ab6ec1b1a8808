/// Unwinding: the regions that an error ends, the undos that it runs, and the `try` that takes it.
extension Machine {
    mutating func raise(_ failure: Failure, in fiber: inout Fiber) {
        var failure = failure
        if failure.span == nil { locate(&failure, in: fiber) }
        fiber.state = .ready
        unwind(failure, floor: .max, &fiber)
    }

    /// Ends regions from the innermost until a `try` takes the error or the fiber ends. A `try` at the depth `floor` or
    /// deeper does not take it: a timeout around it ends it.
    mutating func unwind(_ failure: Failure, floor: Int, _ fiber: inout Fiber) {
        var failure = failure
        while let place = fiber.regions.indices.last {
            // Not the whole region: a second reference to its blocks would copy them.
            let kind = fiber.regions[place].kind
            fiber.frames.removeSubrange(fiber.regions[place].frames...)
            switch kind {
            case .scope(let scope, _):
                if let block = nextDeferred(&fiber, place, failure) {
                    return run(block, &fiber, then: .unwind(failure, floor: floor))
                }
                fiber.regions.removeLast()
                captureDeferred(&fiber)
                announce(.leave(scope, .failure(failure)), &fiber)
            case .handler(let handler, let error):
                if let block = nextDeferred(&fiber, place, failure) {
                    return run(block, &fiber, then: .unwind(failure, floor: floor))
                }
                fiber.regions.removeLast()
                guard place < floor, !failure.passesThrough else { continue }
                fiber.caught = failure
                fiber[error] = failure.value
                return fiber.jump(to: Int32(handler))
            case .timeout(let timer, _, _):
                fiber.regions.removeLast()
                dropTimer(timer)
                // The time passed while an undo ran: the block has already failed by another error.
                if fiber.interrupt?.floor == place { fiber.interrupt = nil }
            case .identity: failure.isUnanswered = leaveIdentity(&fiber) && failure.isUnanswered
            case .keptErrors(let failures):
                fiber.regions.removeLast()
                failure.failures += failures
            case .deferred(let continuation, let undo):
                fiber.regions.removeLast()
                report(undo, failure.passesThrough ? .notDone : .failed(failure), &fiber)
                // The error of a failed undo is attached to the one that caused the undo. An interrupt goes on itself, or
                // a `try` would take it with that one.
                guard case .unwind(var first, _) = continuation else { continue }
                if failure.passesThrough {
                    failure.failures.append(first)
                } else {
                    first.failures.append(failure)
                    failure = first
                }
            }
        }
        end(&fiber, .failure(failure))
    }

    /// Returns the next block to run before the region ends: undos if the error calls for them, then `on_exit` blocks.
    private mutating func nextDeferred(_ fiber: inout Fiber, _ place: Int, _ failure: Failure) -> Region.Deferred? {
        while let block = fiber.regions[place].undos.popLast() {
            guard failure.passesThrough else { return block }
            report(block.undo, .notDone, &fiber)
        }
        return fiber.regions[place].exits.popLast()
    }

    /// Handles the end of a `timeout`'s time.
    mutating func timerPassed(_ timer: EffectID, _ holder: Int, _ answer: Answer) {
        guard case .value = answer, let fiber = fibers[holder] else { return }
        for (place, region) in fiber.regions.enumerated() {
            guard case .timeout(timer, let milliseconds, let span) = region.kind else { continue }
            var failure = Failure.timedOut(after: milliseconds)
            failure.span = span
            turn.cancel += interrupt(holder, Fiber.Interrupt(failure: failure, floor: place))
        }
    }

    /// Ends a fiber as soon as its effects are answered; returns those in flight. A timeout runs undos first, also in
    /// the bodies of a parallel loop.
    mutating func interrupt(_ id: Int, _ interrupt: Fiber.Interrupt) -> [EffectID] {
        guard var fiber = fibers[id] else { return [] }
        if let earlier = fiber.interrupt, !interrupt.goesBefore(earlier) { return [] }
        fiber.interrupt = interrupt
        fibers[id] = fiber
        guard !fiber.isShielded else { return [] }
        switch fiber.state {
        case .waiting(let effect, let awaiting):
            // A scope that is beginning has nothing to cancel: its answer comes at once.
            if case .scope = awaiting { return [] }
            return [effect]
        case .joining(let loop):
            parallelLoops[loop]?.isStopping = true
            let stopped = Fiber.Interrupt(failure: interrupt.failure, floor: 0)
            return (parallelLoops[loop]?.running ?? []).sorted().flatMap { self.interrupt($0, stopped) }
        case .ready, .ended: return []
        }
    }

    /// Registers the undo or `on_exit` block directly behind a call that was carried out before an interrupt is raised.
    /// Without this nothing would undo the call. The end of a block behind its last call is reached, too.
    ///
    /// - Returns: true if one instruction was executed.
    mutating func registersUndo(_ fiber: inout Fiber) -> Bool {
        let place = fiber.top.counter
        let instructions = program.codes[fiber.top.code].instructions
        guard fiber.isAnswered, !fiber.isStopped, instructions.indices.contains(place) else { return false }
        switch instructions[place] {
        case .onFailure, .onExit, .endDeferred:
            // An undo whose last call was carried out is done.
            if case .endDeferred = instructions[place] { fiber.isAnswered = false }
            fiber.jump(to: Int32(place + 1))
            do throws(Failure) { try region(instructions[place], &fiber) } catch { raise(error, in: &fiber) }
        case .move(let d, let s):
            fiber.jump(to: Int32(place + 1))
            fiber[d] = fiber[s]
        case .jump(let target) where Int(target) > place: fiber.jump(to: target)
        default: return false
        }
        return true
    }

    /// Raises the interrupt of a fiber that waits for nothing.
    mutating func raiseInterrupt(_ fiber: inout Fiber) {
        guard let interrupt = fiber.interrupt, case .ready = fiber.state, !fiber.isShielded else { return }
        fiber.interrupt = nil
        var failure = interrupt.failure
        if failure.span == nil { failure.span = span(of: fiber) }
        fiber.isStopped = false
        unwind(failure, floor: interrupt.floor, &fiber)
    }
}

extension Fiber {
    /// True if an undo or `on_exit` block runs and the interrupt is that of a timeout around it. Such a block is not
    /// interrupted, since nothing would run it again; ^C interrupts it.
    var isShielded: Bool {
        guard let interrupt, !interrupt.failure.passesThrough else { return false }
        return regions.dropFirst(interrupt.floor).contains { if case .deferred = $0.kind { true } else { false } }
    }
}

extension Fiber.Interrupt {
    /// Returns true if this interrupt replaces one that was not raised yet: it ends more, or it is a ^C, which runs no
    /// undos.
    fileprivate func goesBefore(_ earlier: Fiber.Interrupt) -> Bool {
        floor < earlier.floor || floor == earlier.floor && failure.passesThrough && !earlier.failure.passesThrough
    }
}
