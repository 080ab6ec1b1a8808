/// Parallel loops: each body is a fiber, a limited number run at a time, and answers come in any order.
extension Machine {
    mutating func parallel(
        _ block: CompiledBlock, _ items: Register, _ limit: Register, _ fiber: inout Fiber
    ) throws(Failure) {
        guard case .int(let limit) = fiber[limit], limit >= 1 else {
            throw .wrongType("`parallel` takes the number of bodies at a time, at least 1", fiber[limit])
        }
        let list = fiber[items].items ?? []
        guard !list.isEmpty else {
            if let d = block.d { fiber[d] = [] }
            return
        }
        let id = newFiber()
        let segments = list.map { segment(of: $0) }
        parallelLoops[id] = ParallelLoop(
            parent: fiber.id, block: block, items: list, limit: min(limit, 1000),
            numbers: fiber.number { $0.forBodies(of: segments) },
            values: Array(repeating: .null, count: block.d == nil ? 0 : list.count))
        fiber.state = .joining(id)
        startBodies(of: id, from: fiber)
    }

    /// Starts bodies while there are items left and the limit is not reached.
    private mutating func startBodies(of id: Int, from parent: Fiber) {
        // Taken out, so that nothing is copied.
        guard var loop = parallelLoops.removeValue(forKey: id) else { return }
        while !loop.isStopping, loop.next < loop.items.count, loop.running.count < loop.limit {
            let body = body(of: loop, index: loop.next, in: id, parent)
            loop.running.insert(body.id)
            loop.next += 1
            start(body)
        }
        parallelLoops[id] = loop
    }

    /// Makes a body: a fiber with a copy of the frame around the loop and with its own item.
    private mutating func body(of loop: ParallelLoop, index: Int, in id: Int, _ parent: Fiber) -> Fiber {
        let around = parent.top
        let frame = CallFrame(
            code: loop.block.code, counter: 0, base: around.base, globals: around.globals, result: 0,
            serial: around.serial)
        var fiber = Fiber(
            id: newFiber(), registers: parent.registers, frame: frame, scopeAround: parent.scope,
            identity: parent.identity, server: parent.server, loop: id, index: index)
        fiber.numbers = loop.numbers[index]
        fiber.reserve(around.base + program.codes[loop.block.code].registers)
        if let value = loop.block.value, let pair = loop.items[index].items, pair.count == 2 {
            fiber[loop.block.item] = pair[0]
            fiber[value] = pair[1]
        } else {
            fiber[loop.block.item] = loop.items[index]
        }
        return fiber
    }

    /// Handles the end of a body: starts the next one, or ends the loop.
    mutating func bodyEnded(_ fiber: Fiber, _ id: Int, _ result: Result<Value, Failure>) {
        guard var loop = parallelLoops.removeValue(forKey: id) else { return }
        loop.running.remove(fiber.id)
        switch result {
        case .success(let value): if loop.block.d != nil { loop.values[fiber.index] = value }
        case .failure(let failure):
            loop.failures.append((fiber.index, failure))
            // An effect in doubt, a declined question and a server that is gone end the loop in any case.
            if !loop.block.keepGoing || failure.endsLoops { loop.isStopping = true }
        }
        parallelLoops[id] = loop
        guard let parent = fibers[loop.parent] else { return }
        startBodies(of: id, from: parent)
        if parallelLoops[id]?.running.isEmpty == true { loopEnded(id, parent) }
    }

    private mutating func loopEnded(_ id: Int, _ parent: Fiber) {
        guard let loop = parallelLoops.removeValue(forKey: id) else { return }
        var parent = parent
        parent.state = .ready
        let interrupt = parent.isShielded ? nil : parent.interrupt
        if let failure = loop.failure(interrupted: interrupt != nil)?.noting(notBegun: loop) {
            if interrupt != nil { parent.interrupt = nil }
            raise(failure, in: &parent)
        } else if let interrupt {
            let failures = interrupt.failure.failures + loop.failures(beside: interrupt.failure)
            parent.interrupt?.failure = interrupt.failure.noting(notBegun: loop)
            parent.interrupt?.failure.failures = failures
        } else if let d = loop.block.d {
            parent[d] = .list(loop.values)
        }
        if case .ended = parent.state {
            fibers[parent.id] = nil
        } else {
            fibers[parent.id] = parent
            if case .ready = parent.state { ready.append(parent.id) }
        }
    }
}

extension Failure {
    /// The error of a loop with `keep_going`: the first one, and all of them attached; nil if there is none.
    static func kept(_ failures: [Failure]) -> Failure? {
        guard var failure = failures.first(where: { $0.kind != .cancelled }) ?? failures.first else { return nil }
        failure.failures = failures.flatMap { $0.isKeptGoing ? $0.failures : [$0] }
        failure.isKeptGoing = true
        failure.isUnanswered = failures.contains(where: \.isUnanswered)
        return failure
    }

    /// Returns the error of a parallel loop with the number of its items that were not begun.
    fileprivate func noting(notBegun loop: ParallelLoop) -> Failure {
        let left = loop.items.count - loop.next
        return left == 0 ? self : noting("\(left) of the loop's \(loop.items.count) items were not begun")
    }
}

extension ParallelLoop {
    /// The error of the loop: that of the lowest index, with the others attached; with `keep_going` it is one of the
    /// attached, too. If the loop was `interrupted` by a timeout or ^C, that is the error, unless an effect is in
    /// doubt.
    fileprivate func failure(interrupted: Bool) -> Failure? {
        let sorted = failures.sorted { $0.index < $1.index }.map(\.failure)
        if let doubt = sorted.first(where: { $0.kind == .inDoubt }) { return joined(doubt, sorted) }
        guard !interrupted, let first = sorted.first(where: { $0.kind != .cancelled }) ?? sorted.first else {
            return nil
        }
        return block.keepGoing ? Failure.kept(sorted) : joined(first, sorted)
    }

    /// Returns the errors of the bodies besides the interrupt that ended them: earlier ones, and those of their undos.
    fileprivate func failures(beside interrupt: Failure) -> [Failure] {
        failures.sorted { $0.index < $1.index }.flatMap { _, failure in
            failure.kind == interrupt.kind && failure.message == interrupt.message ? failure.failures : [failure]
        }
    }

    private func joined(_ first: Failure, _ all: [Failure]) -> Failure {
        var failure = first
        var others = all
        if let place = others.firstIndex(of: first) { others.remove(at: place) }
        failure.failures += others
        return failure
    }
}
