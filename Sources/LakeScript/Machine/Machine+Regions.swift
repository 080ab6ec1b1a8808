/// Regions: how scopes, tries, timeouts and identities begin and end. How errors end them is in `Machine+Unwinding`.
extension Machine {
    mutating func region(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        let depth = fiber.frames.count
        switch instruction {
        case .enterScope(let k, let s, let past): try enterScope(program.scopes[Int(k)], s, past, &fiber)
        case .leaveScope(let s): leaveScope(s, &fiber)
        case .enterTry(let error, let handler):
            fiber.regions.append(Region(kind: .handler(at: Int(handler), error: error), frames: depth))
        case .leaveTry: fiber.regions.removeLast()
        case .enterKeepGoing: fiber.regions.append(Region(kind: .keptErrors([]), frames: depth))
        case .keepError: try keepError(&fiber)
        case .leaveKeepGoing:
            guard case .keptErrors(let failures)? = fiber.regions.popLast()?.kind else { return }
            if let failure = Failure.kept(failures) { throw failure }
        case .enterTimeout(let limit):
            guard case .duration(let milliseconds) = fiber[limit] else {
                throw .wrongType("a timeout is a duration (30s)", fiber[limit])
            }
            let timer = announce(.timer(milliseconds: milliseconds), &fiber)
            timers[timer] = fiber.id
            turn.beginsTimer = true
            let kind = Region.Kind.timeout(timer, milliseconds: milliseconds, span(of: fiber))
            fiber.regions.append(Region(kind: kind, frames: depth))
        case .leaveTimeout:
            if case .timeout(let timer, _, _)? = fiber.regions.popLast()?.kind { dropTimer(timer) }
        case .enterIdentity(let r):
            take(Effect.Caller(server: fiber.server, identity: try identity(fiber[r])), &fiber)
        case .enterServer(let r):
            // The identity is not one of the other server.
            take(Effect.Caller(server: fiber[r].text, identity: nil), &fiber)
        case .leaveIdentity: leaveIdentity(&fiber)
        case .onFailure(let k): register(program.blocks[Int(k)], &fiber, asUndo: true)
        case .onExit(let k): register(program.blocks[Int(k)], &fiber, asUndo: false)
        case .endDeferred: endDeferred(&fiber)
        case .captureDeferred(let turn):
            let serial = fiber.top.serial
            fiber.captureVariables { $0.serial == serial && $0.turn >= turn }
        default: break
        }
    }

    /// Keeps the error of an iteration, or ends the loop by it; the region is taken out, so that the list is not copied.
    private func keepError(_ fiber: inout Fiber) throws(Failure) {
        guard let caught = fiber.caught, case .keptErrors(var failures)? = fiber.regions.popLast()?.kind else { return }
        failures.append(caught)
        if caught.endsLoops, let failure = Failure.kept(failures) { throw failure }
        fiber.regions.append(Region(kind: .keptErrors(failures), frames: fiber.frames.count))
    }

    /// Checks the value of `as`. A form that is not whole passes: the call that uses it says what is missing.
    private func identity(_ value: Value) throws(Failure) -> Value {
        let forms = program.conventions.identities
        guard let record = value.record, forms.contains(where: { record[$0.fields[0].name] != nil }) else {
            throw .noIdentity(value, forms)
        }
        return value
    }

    private mutating func take(_ caller: Effect.Caller, _ fiber: inout Fiber) {
        let before = Region.Kind.identity(fiber.identity, server: fiber.server)
        fiber.regions.append(Region(kind: before, frames: fiber.frames.count))
        fiber.identity = caller.identity
        fiber.server = caller.server
        callers.append(caller)
    }

    /// Returns true if the server stays the same.
    @discardableResult
    mutating func leaveIdentity(_ fiber: inout Fiber) -> Bool {
        guard case .identity(let identity, let server)? = fiber.regions.popLast()?.kind else { return true }
        let caller = Effect.Caller(server: fiber.server, identity: fiber.identity)
        if let place = callers.lastIndex(of: caller) { callers.remove(at: place) }
        fiber.identity = identity
        fiber.server = server
        return server == caller.server
    }

    mutating func dropTimer(_ timer: EffectID) {
        if timers.removeValue(forKey: timer) != nil { turn.cancel.append(timer) }
    }

    private mutating func enterScope(
        _ scope: CompiledScope, _ s: Register, _ past: Int32, _ fiber: inout Fiber
    ) throws(Failure) {
        try fiber[s].requireWritable()
        let name = scope.name.isEmpty ? (scope.kind == .run ? "" : fiber[s].told) : scope.name
        let segment =
            switch scope.kind {
            case .iteration: segment(of: scope.value.map { .list([fiber[s], fiber[$0]]) } ?? fiber[s])
            case .run, .step, .definition, .attempt, .test: "\(scope.kind.rawValue):\(name)"
            }
        let path = fiber.scope.appending(fiber.number { $0.numbered(segment) })
        let shown = scope.kind == .iteration ? "" : name
        let entered = Scope(path: path, kind: scope.kind, name: shown, span: span(of: fiber))
        let region = Region(kind: .scope(entered, scope.d), frames: fiber.frames.count)
        // The effect belongs to the outer scope: it is requested before the region exists.
        ask(.enter(entered), &fiber, .scope(scope.d, past: past))
        fiber.regions.append(region)
    }

    /// Returns an iteration's segment, a hash of its item, or of its key and value.
    func segment(of item: Value) -> String {
        "item:" + hosts.contentHash(JSON.write(item, layout: .canonical, revealing: true))
    }

    /// Ends a scope normally: runs its `on_exit` blocks, last one first, then reports the end.
    private mutating func leaveScope(_ s: Register, _ fiber: inout Fiber) {
        guard let last = fiber.regions.indices.last else { return }
        if let block = fiber.regions[last].exits.popLast() {
            // This instruction is executed again when the block has ended.
            fiber.frames[fiber.frames.count - 1].counter -= 1
            return run(block, &fiber, then: .leave)
        }
        guard case .scope(let scope, _) = fiber.regions.removeLast().kind else { return }
        captureDeferred(&fiber)
        announce(.leave(scope, .success(fiber[s])), &fiber)
    }

    /// Captures the variables of deferred blocks when an iteration, a call or an attempt ends, since the next one reuses
    /// the registers and a call's are released.
    func captureDeferred(_ fiber: inout Fiber) {
        let depth = fiber.regions.count
        fiber.captureVariables { $0.depth > depth }
    }

    /// Registers an undo in the nearest `step`, `try` or run, and an `on_exit` in the nearest `step`, `def` or run. In
    /// a body of a parallel loop without one of these, it belongs to the body, which is the fiber's outermost region.
    private func register(_ block: CompiledBlock, _ fiber: inout Fiber, asUndo: Bool) {
        let undo = asUndo ? undoSubject(of: block, fiber) : nil
        if asUndo, undo == nil { return }
        let frame = fiber.top
        let end = min(fiber.registers.count, frame.base + program.codes[block.code].registers)
        let deferred = Region.Deferred(
            code: block.code, frame: fiber.frames.count - 1, serial: frame.serial, globals: frame.globals,
            depth: fiber.turnDepth, turn: block.turn, undo: undo, variables: Array(fiber.registers[frame.base..<end]))
        guard let place = fiber.regions.lastIndex(where: { $0.takes(undo: asUndo) }) ?? fiber.regions.indices.first
        else { return }
        if asUndo {
            fiber.regions[place].undos.append(deferred)
        } else {
            fiber.regions[place].exits.append(deferred)
        }
    }

    /// Runs a deferred block in a frame of its own. It sees the live variables, or those captured at the end of its
    /// iteration or call.
    mutating func run(_ block: Region.Deferred, _ fiber: inout Fiber, then continuation: Region.Continuation) {
        let variables = fiber.capturing(block).variables
        fiber.regions.append(Region(kind: .deferred(continuation, block.undo), frames: fiber.frames.count))
        let caller = fiber.top
        let base = caller.base + program.codes[caller.code].registers
        fiber.reserve(base + program.codes[block.code].registers)
        for (offset, value) in variables.enumerated() { fiber.registers[base + offset] = value }
        nextSerial += 1
        fiber.frames.append(
            CallFrame(code: block.code, counter: 0, base: base, globals: block.globals, result: 0, serial: nextSerial))
    }

    private mutating func endDeferred(_ fiber: inout Fiber) {
        fiber.frames.removeLast()
        guard case .deferred(let continuation, let undo)? = fiber.regions.popLast()?.kind else { return }
        report(undo, .done, &fiber)
        if case .unwind(let failure, let floor) = continuation { unwind(failure, floor: floor, &fiber) }
    }
}

extension Region {
    /// Returns true if an undo, or an `on_exit` block, is registered in this region.
    fileprivate func takes(undo: Bool) -> Bool {
        switch kind {
        case .scope(let scope, _):
            switch scope.kind {
            case .run, .step, .test: true
            case .definition: !undo
            case .iteration, .attempt: false
            }
        case .handler: undo
        case .timeout, .identity, .keptErrors, .deferred: false
        }
    }
}

extension Fiber {
    /// The number of regions up to the innermost one whose variables end with it.
    fileprivate var turnDepth: Int {
        let place = regions.lastIndex { region in
            guard case .scope(let scope, _) = region.kind else { return false }
            return scope.kind == .iteration || scope.kind == .definition || scope.kind == .attempt
        }
        return place.map { $0 + 1 } ?? 0
    }

    /// Captures the variables of registered blocks.
    fileprivate mutating func captureVariables(where isOver: (Region.Deferred) -> Bool) {
        for place in regions.indices {
            // Taken out, so that nothing is copied.
            var (undos, exits) = (DeferredBlocks(), DeferredBlocks())
            swap(&undos, &regions[place].undos)
            swap(&exits, &regions[place].exits)
            undos.capture { isOver($0) ? capturing($0) : $0 }
            exits.capture { isOver($0) ? capturing($0) : $0 }
            swap(&undos, &regions[place].undos)
            swap(&exits, &regions[place].exits)
        }
    }

    /// Returns a block with its frame's current variables, unless they were captured before.
    fileprivate func capturing(_ block: Region.Deferred) -> Region.Deferred {
        guard !block.isCaptured, block.frame < frames.count, frames[block.frame].serial == block.serial else {
            return block
        }
        var block = block
        let base = frames[block.frame].base
        block.variables = Array(registers[base..<base + block.variables.count])
        block.isCaptured = true
        return block
    }
}
