/// Regions: how scopes, tries, timeouts and identities begin, and how they end well. How they end by an error is in the
/// file on unwinding.
extension Machine {
    mutating func region(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        let depth = fiber.frames.count
        switch instruction {
        case .enterScope(let k, let s, let past): enterScope(program.scopes[Int(k)], s, past, &fiber)
        case .leaveScope(let s): leaveScope(s, &fiber)
        case .enterTry(let error, let handler):
            fiber.regions.append(Region(kind: .attempt(handler: Int(handler), error: error), frames: depth))
        case .leaveTry: fiber.regions.removeLast()
        case .enterTimeout(let limit):
            guard case .duration(let milliseconds) = fiber[limit] else {
                throw .wrongType("a timeout is a duration (30s)", fiber[limit])
            }
            let timer = announce(.timer(milliseconds: milliseconds), &fiber)
            timers[timer] = fiber.id
            let kind = Region.Kind.timeout(timer, milliseconds: milliseconds, span(of: fiber))
            fiber.regions.append(Region(kind: kind, frames: depth))
        case .leaveTimeout:
            if case .timeout(let timer, _, _)? = fiber.regions.popLast()?.kind { dropTimer(timer) }
        case .enterIdentity(let r):
            take(Effect.Role(server: fiber.server, identity: try Machine.identity(fiber[r])), &fiber)
        case .enterServer(let r):
            // Another server knows nothing of this one's identities.
            take(Effect.Role(server: fiber[r].text, identity: nil), &fiber)
        case .leaveIdentity: leaveIdentity(&fiber)
        case .onFailure(let k): register(program.blocks[Int(k)], &fiber, asUndo: true)
        case .onExit(let k): register(program.blocks[Int(k)], &fiber, asUndo: false)
        case .endDeferred: endDeferred(&fiber)
        case .settleDeferred(let turn):
            let serial = fiber.top.serial
            fiber.settle { $0.serial == serial && $0.turn >= turn }
        default: break
        }
    }

    private static func identity(_ value: Value) throws(Failure) -> Value {
        let known = [
            "access_key_id", "token", "internal_auth_session", "oidc_auth_session", "saml_auth_session",
        ]
        guard let record = value.record, known.contains(where: { record[$0] != nil }) else {
            throw .noIdentity(value)
        }
        return value
    }

    private mutating func take(_ role: Effect.Role, _ fiber: inout Fiber) {
        let before = Region.Kind.identity(fiber.identity, server: fiber.server)
        fiber.regions.append(Region(kind: before, frames: fiber.frames.count))
        fiber.identity = role.identity
        fiber.server = role.server
        roles.append(role)
    }

    mutating func leaveIdentity(_ fiber: inout Fiber) {
        guard case .identity(let identity, let server)? = fiber.regions.popLast()?.kind else { return }
        let role = Effect.Role(server: fiber.server, identity: fiber.identity)
        if let place = roles.lastIndex(of: role) { roles.remove(at: place) }
        fiber.identity = identity
        fiber.server = server
    }

    mutating func dropTimer(_ timer: EffectID) {
        if timers.removeValue(forKey: timer) != nil { turn.cancel.append(timer) }
    }

    private mutating func enterScope(_ scope: CompiledScope, _ s: Register, _ past: Int32, _ fiber: inout Fiber) {
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
        // It belongs to the scope around it: asked for before the region stands.
        ask(.enter(entered), &fiber, .scope(scope.d, past: past))
        fiber.regions.append(region)
    }

    /// An iteration's segment: its item's content, or its key and value.
    func segment(of item: Value) -> String {
        "item:" + hosts.contentHash(JSON.write(item, layout: .canonical, revealing: true))
    }

    /// Ends a scope well: first its `on_exit` blocks, last one first, then it is reported as left.
    private mutating func leaveScope(_ s: Register, _ fiber: inout Fiber) {
        guard let last = fiber.regions.indices.last else { return }
        if let block = fiber.regions[last].exits.popLast() {
            // This instruction is carried out again when the block has ended.
            fiber.frames[fiber.frames.count - 1].counter -= 1
            return run(block, &fiber, then: .leave)
        }
        guard case .scope(let scope, _) = fiber.regions.removeLast().kind else { return }
        settleDeferred(&fiber)
        announce(.leave(scope, .success(fiber[s])), &fiber)
    }

    /// A scope has ended: what was registered in it and still waits keeps the variables as they are now. The next turn of
    /// the loop has the same registers, and a call's are gone.
    func settleDeferred(_ fiber: inout Fiber) {
        let depth = fiber.regions.count
        fiber.settle { $0.depth > depth }
    }

    /// An undo belongs to the nearest `step`, `try` or run; an `on_exit` to the nearest `step`, `def` or run. In a body of
    /// a parallel loop without one of these, it belongs to the body, which is a fiber's outermost region.
    private func register(_ block: CompiledBlock, _ fiber: inout Fiber, asUndo: Bool) {
        let frame = fiber.top
        let end = min(fiber.registers.count, frame.base + program.codes[block.code].registers)
        let deferred = Region.Deferred(
            code: block.code, frame: fiber.frames.count - 1, serial: frame.serial, globals: frame.globals,
            depth: fiber.regions.count, turn: block.turn, variables: Array(fiber.registers[frame.base..<end]))
        guard let place = fiber.regions.lastIndex(where: { $0.takes(undo: asUndo) }) ?? fiber.regions.indices.first
        else { return }
        if asUndo {
            fiber.regions[place].undos.append(deferred)
        } else {
            fiber.regions[place].exits.append(deferred)
        }
    }

    /// Runs a deferred block in a frame of its own, which sees the variables as they are, or as they were when the turn or
    /// the call that it stands in ended.
    mutating func run(_ block: Region.Deferred, _ fiber: inout Fiber, then continuation: Region.Continuation) {
        let variables = fiber.settled(block).variables
        fiber.regions.append(Region(kind: .deferred(continuation), frames: fiber.frames.count))
        let caller = fiber.top
        let base = caller.base + program.codes[caller.code].registers
        fiber.reserve(base + program.codes[block.code].registers)
        for (offset, value) in variables.enumerated() { fiber.registers[base + offset] = value }
        nextSerial += 1
        fiber.frames.append(
            Frame(code: block.code, counter: 0, base: base, globals: block.globals, result: 0, serial: nextSerial))
    }

    private mutating func endDeferred(_ fiber: inout Fiber) {
        fiber.frames.removeLast()
        guard case .deferred(let continuation)? = fiber.regions.popLast()?.kind else { return }
        if case .unwind(let failure, let floor) = continuation { unwind(failure, floor: floor, &fiber) }
    }
}

extension Region {
    /// Whether an undo, or an `on_exit` block, belongs here.
    fileprivate func takes(undo: Bool) -> Bool {
        switch kind {
        case .scope(let scope, _):
            switch scope.kind {
            case .run, .step, .test: true
            case .definition: !undo
            case .iteration, .attempt: false
            }
        case .attempt: undo
        case .timeout, .identity, .deferred: false
        }
    }
}

extension Fiber {
    /// Gives blocks that were registered their variables for good.
    fileprivate mutating func settle(where isOver: (Region.Deferred) -> Bool) {
        for place in regions.indices where !regions[place].undos.isEmpty || !regions[place].exits.isEmpty {
            regions[place].undos = regions[place].undos.map { isOver($0) ? settled($0) : $0 }
            regions[place].exits = regions[place].exits.map { isOver($0) ? settled($0) : $0 }
        }
    }

    /// A block with the variables as its frame has them now, unless it has them for good.
    fileprivate func settled(_ block: Region.Deferred) -> Region.Deferred {
        guard !block.isSettled, block.frame < frames.count, frames[block.frame].serial == block.serial else {
            return block
        }
        var block = block
        let base = frames[block.frame].base
        block.variables = Array(registers[base..<base + block.variables.count])
        block.isSettled = true
        return block
    }
}
