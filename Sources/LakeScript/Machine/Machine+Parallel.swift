/// Parallel loops: bodies as fibers, so many at a time, answers in any order.
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
        groups[id] = Group(
            parent: fiber.id, block: block, items: list, limit: min(limit, 1000),
            numbers: fiber.number { $0.forBodies(of: segments) },
            values: Array(repeating: .null, count: block.d == nil ? 0 : list.count))
        fiber.state = .joining(id)
        startBodies(of: id, from: fiber)
    }

    /// Begins bodies while there are items and places.
    private mutating func startBodies(of id: Int, from parent: Fiber) {
        guard var group = groups[id] else { return }
        while !group.isStopping, group.next < group.items.count, group.running.count < group.limit {
            let body = body(of: group, index: group.next, in: id, parent)
            group.running.insert(body.id)
            group.next += 1
            start(body)
        }
        groups[id] = group
    }

    /// A body: a copy of the frame that the loop stands in, with its own item.
    private mutating func body(of group: Group, index: Int, in id: Int, _ parent: Fiber) -> Fiber {
        let around = parent.top
        let frame = Frame(
            code: group.block.code, counter: 0, base: around.base, globals: around.globals, result: 0,
            serial: around.serial)
        var fiber = Fiber(
            id: newFiber(), registers: parent.registers, frame: frame, scopeAround: parent.scope,
            identity: parent.identity, server: parent.server, group: id, index: index)
        fiber.numbers = group.numbers[index]
        fiber.reserve(around.base + program.codes[group.block.code].registers)
        if let value = group.block.value, let pair = group.items[index].items, pair.count == 2 {
            fiber[group.block.item] = pair[0]
            fiber[value] = pair[1]
        } else {
            fiber[group.block.item] = group.items[index]
        }
        return fiber
    }

    /// A body has ended: the next one begins, or the loop ends.
    mutating func bodyEnded(_ fiber: Fiber, _ id: Int, _ result: Result<Value, Failure>) {
        guard var group = groups[id] else { return }
        group.running.remove(fiber.id)
        switch result {
        case .success(let value): if group.block.d != nil { group.values[fiber.index] = value }
        case .failure(let failure):
            group.failures.append((fiber.index, failure))
            // Doubt and a declined question end the loop whatever it was told.
            if !group.block.keepGoing || failure.passesThrough { group.isStopping = true }
        }
        groups[id] = group
        guard let parent = fibers[group.parent] else { return }
        startBodies(of: id, from: parent)
        if groups[id]?.running.isEmpty == true { loopEnded(id, parent) }
    }

    private mutating func loopEnded(_ id: Int, _ parent: Fiber) {
        guard let group = groups.removeValue(forKey: id) else { return }
        var parent = parent
        parent.state = .ready
        let interrupt = parent.isShielded ? nil : parent.interrupt
        if let failure = group.failure(interrupted: interrupt != nil) {
            if interrupt != nil { parent.interrupt = nil }
            raise(failure, in: &parent)
        } else if let interrupt {
            parent.interrupt?.failure.failures += group.failures(beside: interrupt.failure)
        } else if let d = group.block.d {
            parent[d] = .list(group.values)
        }
        if case .ended = parent.state {
            fibers[parent.id] = nil
        } else {
            fibers[parent.id] = parent
            if case .ready = parent.state { ready.append(parent.id) }
        }
    }
}

extension Group {
    /// The loop's error: the lowest body's, with the others beside it; with `keep_going` it is among them, too.
    /// A loop that is `interrupted` ends by a timeout or ^C, which is its own error; only doubt is worse.
    fileprivate func failure(interrupted: Bool) -> Failure? {
        let sorted = failures.sorted { $0.index < $1.index }.map(\.failure)
        if let doubt = sorted.first(where: { $0.kind == .inDoubt }) { return joined(doubt, sorted) }
        guard !interrupted, let first = sorted.first(where: { $0.kind != .cancelled }) ?? sorted.first else {
            return nil
        }
        guard block.keepGoing else { return joined(first, sorted) }
        var failure = first
        failure.failures = sorted
        failure.isKeptGoing = true
        return failure
    }

    /// What went wrong in the bodies beside the interrupt that ended them: in their undos, and before it.
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
