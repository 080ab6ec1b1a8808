/// Errors on their way out: which regions they end, which undos they run, which `try` takes them.
extension Machine {
    /// An error happens at the instruction that was carried out last.
    mutating func raise(_ failure: Failure, in fiber: inout Fiber) {
        var failure = failure
        if failure.span == nil { locate(&failure, in: fiber) }
        fiber.state = .ready
        unwind(failure, floor: .max, &fiber)
    }

    /// Ends regions from the innermost on until a `try` takes the error or the fiber is at its end.
    /// Tries at the depth `floor` of regions and deeper do not take it: a timeout around them ends them.
    mutating func unwind(_ failure: Failure, floor: Int, _ fiber: inout Fiber) {
        var failure = failure
        while let region = fiber.regions.last {
            let place = fiber.regions.count - 1
            fiber.frames.removeSubrange(region.frames...)
            switch region.kind {
            case .scope(let scope, _):
                if let block = nextDeferred(&fiber, place, failure) {
                    return run(block, &fiber, then: .unwind(failure, floor: floor))
                }
                fiber.regions.removeLast()
                settleDeferred(&fiber)
                announce(.leave(scope, .failure(failure)), &fiber)
            case .attempt(let handler, let error):
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
                // It passed while an undo ran: the block has failed already, by another error.
                if fiber.interrupt?.floor == place { fiber.interrupt = nil }
            case .identity: leaveIdentity(&fiber)
            case .deferred(let continuation):
                fiber.regions.removeLast()
                // An undo that failed: its error is kept beside the one that led to it.
                guard case .unwind(var first, _) = continuation else { continue }
                first.failures.append(failure)
                failure = first
            }
        }
        end(&fiber, .failure(failure))
    }

    /// The next block to run before the region ends: undos where the error calls for them, then `on_exit` blocks.
    private func nextDeferred(_ fiber: inout Fiber, _ place: Int, _ failure: Failure) -> Region.Deferred? {
        if !failure.passesThrough, let undo = fiber.regions[place].undos.popLast() { return undo }
        fiber.regions[place].undos = []
        return fiber.regions[place].exits.popLast()
    }

    /// The time of a `timeout` has passed.
    mutating func timerPassed(_ timer: EffectID, _ holder: Int, _ answer: Answer) {
        guard case .value = answer, let fiber = fibers[holder] else { return }
        for (place, region) in fiber.regions.enumerated() {
            guard case .timeout(timer, let milliseconds, let span) = region.kind else { continue }
            var failure = Failure.timedOut(after: milliseconds)
            failure.span = span
            turn.cancel += interrupt(holder, Fiber.Interrupt(failure: failure, floor: place))
        }
    }

    /// Ends what a fiber does as soon as its effects are answered; gives those that are under way. What a timeout ends
    /// runs its undos first, in the bodies of a parallel loop too.
    mutating func interrupt(_ id: Int, _ interrupt: Fiber.Interrupt) -> [EffectID] {
        guard var fiber = fibers[id] else { return [] }
        if let earlier = fiber.interrupt, !interrupt.goesBefore(earlier) { return [] }
        fiber.interrupt = interrupt
        fibers[id] = fiber
        guard !fiber.isShielded else { return [] }
        switch fiber.state {
        case .waiting(let effect, let awaiting):
            // A scope that is just beginning has nothing to cancel: its answer comes at once.
            if case .scope = awaiting { return [] }
            return [effect]
        case .joining(let group):
            groups[group]?.isStopping = true
            let stopped = Fiber.Interrupt(failure: interrupt.failure, floor: 0)
            return (groups[group]?.running ?? []).sorted().flatMap { self.interrupt($0, stopped) }
        case .ready, .ended: return []
        }
    }

    /// Before an interrupt is raised: registers the undo or `on_exit` block that stands right behind a call which was
    /// carried out, else nobody would take back what it made.
    ///
    /// - Returns: whether it went one instruction on.
    mutating func registersUndo(_ fiber: inout Fiber) -> Bool {
        let place = fiber.top.counter
        let instructions = program.codes[fiber.top.code].instructions
        guard fiber.isAnswered, instructions.indices.contains(place) else { return false }
        switch instructions[place] {
        case .onFailure, .onExit:
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

    /// Raises the interrupt of a fiber that waits for nothing any more.
    mutating func raiseInterrupt(_ fiber: inout Fiber) {
        guard let interrupt = fiber.interrupt, case .ready = fiber.state, !fiber.isShielded else { return }
        fiber.interrupt = nil
        var failure = interrupt.failure
        if failure.span == nil { failure.span = span(of: fiber) }
        unwind(failure, floor: interrupt.floor, &fiber)
    }
}

extension Fiber {
    /// Whether an undo or `on_exit` block is under way, and the interrupt is a timeout's around it: such a block is not
    /// cut short, since nothing would run it again. ^C cuts it.
    var isShielded: Bool {
        guard let interrupt, !interrupt.failure.passesThrough else { return false }
        return regions.dropFirst(interrupt.floor).contains { if case .deferred = $0.kind { true } else { false } }
    }
}

extension Fiber.Interrupt {
    /// Whether it takes the place of one that was not raised yet: it ends more, or is a ^C, which runs no undos.
    fileprivate func goesBefore(_ earlier: Fiber.Interrupt) -> Bool {
        floor < earlier.floor || floor == earlier.floor && failure.passesThrough && !earlier.failure.passesThrough
    }
}
