/// Effects: asking for them, and taking their answers.
extension Machine {
    /// Operations, built-ins that are effects, questions and sleep: the fiber waits for the answer.
    mutating func request(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        switch instruction {
        case .operation(let k, let d, let target):
            let call = try operationCall(program.calls[Int(k)], fiber)
            ask(.call(call), &fiber, .register(d, orJump: target))
        case .confirm(let message, let word):
            guard !fiber[word].containsSecret else {
                throw Failure(.mistake, "the word of `--type` is shown, and this one is a secret")
            }
            ask(.confirm(message: fiber[message].told, word: fiber[word].text), &fiber, .nothing)
        case .sleep(let duration):
            let call = BuiltinCall(WorldBuiltins.sleep, values: [try Machine.duration(fiber[duration])])
            ask(.builtin(call), &fiber, .nothing)
        case .show(let item): ask(.show(fiber[item]), &fiber, .nothing)
        default: break
        }
    }

    private static func duration(_ value: Value) throws(Failure) -> Value {
        guard case .duration = value else {
            throw Failure(
                .mistake, "a duration is due here (2s, 250ms), and this is \(value.typePhrase)",
                notes: ["`1s * (to_int $n)` makes one"])
        }
        return value
    }

    /// Asks for an effect; the fiber waits.
    mutating func ask(_ kind: Effect.Kind, _ fiber: inout Fiber, _ awaiting: Fiber.Awaiting) {
        let id = announce(kind, &fiber)
        waiting[id] = fiber.id
        fiber.state = .waiting(id, awaiting)
    }

    /// Hands out an effect without waiting for it.
    @discardableResult
    mutating func announce(_ kind: Effect.Kind, _ fiber: inout Fiber) -> EffectID {
        let id = newEffect()
        let origin = Effect.Origin(
            scope: fiber.scope, ordinal: fiber.number { $0.takeOrdinal() }, identity: fiber.identity,
            server: fiber.server,
            span: span(of: fiber), row: row(of: fiber))
        turn.requests.append((id, Effect(kind, origin: origin.among(roles))))
        return id
    }

    /// The row of a file that a loop which is under way is at, innermost first.
    func row(of fiber: Fiber) -> Record.Origin? {
        for frame in fiber.frames.reversed() {
            for loop in program.codes[frame.code].loops where loop.instructions.contains(frame.counter - 1) {
                let place = frame.base + Int(loop.item)
                if case .map(let record) = fiber.registers[place], let origin = record.origin { return origin }
            }
        }
        return nil
    }

    private func operationCall(_ compiled: CompiledCall, _ fiber: Fiber) throws(Failure) -> OperationCall {
        let command = compiled.command
        var arguments = Record()
        for case (let parameter, let register?) in zip(command.signature.parameters, compiled.arguments) {
            arguments[parameter.name] = try argument(fiber[register], parameter, command.signature.name)
        }
        var options = compiled.options.map { fiber[$0] }
        if let body = options[.body] {
            guard case .map(let record) = body else {
                throw Failure(.mistake, "--body wants a map, and this is \(body.typePhrase)")
            }
            // Its fields are arguments, too; what else it holds is none, be it called like a part of the path.
            for (key, value) in record where command.bodyFields.contains(key) && arguments[key] == nil {
                arguments[key] = value
            }
            arguments["body"] = body
            options[.body] = nil
        }
        var call = OperationCall(command: command.signature.name, arguments: arguments)
        call.options = options
        return call
    }

    /// An argument as its parameter wants it; nil leaves it out. What the checker knew is right already: this is for
    /// values that came from files.
    private func argument(_ value: Value, _ parameter: Parameter, _ command: String) throws(Failure) -> Value? {
        if value.isNull {
            guard parameter.isRequired else { return nil }
            throw Failure(.mistake, "`\(parameter.name)` of \(command) is null")
        }
        guard parameter.type.admits(value) else {
            throw Failure(
                .mistake, "`\(parameter.name)` of \(command) cannot be \(value.typePhrase)",
                notes: value.text == nil ? ["to_string makes a string of it"] : [])
        }
        return value
    }

    /// Goes on with an answer.
    mutating func take(_ answer: Answer, _ awaiting: Fiber.Awaiting, _ fiber: inout Fiber) {
        if case (.value, .register) = (answer, awaiting) { fiber.isAnswered = true } else { fiber.isAnswered = false }
        switch (answer, awaiting) {
        case (.inDoubt(let failure), _): fail(failure, &fiber)
        case (.notSent, _):
            // Only after a cancel: the interrupt is raised when the fiber runs.
            if fiber.interrupt == nil { fail(Failure(.cancelled, "interrupted"), &fiber) }
        case (.failure(let failure), .register(_, let target)) where target >= 0 && failure.kind == .notFound:
            fiber.jump(to: target)
        case (.failure(let failure), _): fail(failure, &fiber)
        case (.value(let value), .register(let d, _)): fiber[d] = value
        case (.finished(let value), .scope(let d, let past)):
            fiber.regions.removeLast()
            fiber[d] = value
            fiber.jump(to: past)
        case (.value, _), (.finished, _): break
        }
    }

    /// The secrets that a fiber's built-in, which is an effect, was given: who carries it out may repeat them.
    private func secretArguments(of fiber: Fiber) -> [String] {
        let instruction = program.codes[fiber.top.code].instructions[fiber.top.counter - 1]
        guard case .builtin(let k, let first, _) = instruction else { return [] }
        let count = program.builtins[Int(k)].signature.parameters.count
        return fiber.values(first, Int32(count)).ownSecrets
    }

    private mutating func fail(_ failure: Failure, _ fiber: inout Fiber) {
        // An effect that was cut off by a timeout and failed thereby: the timeout is the error.
        let isCutOff = fiber.interrupt != nil && !fiber.isShielded
        if isCutOff, failure.kind != .inDoubt, fiber.interrupt?.failure.kind != .inDoubt {
            // What an effect says of its end is worth knowing: that an upload was given up on the server.
            if failure.kind == .cancelled { fiber.interrupt?.failure.notes += failure.notes }
            return
        }
        if isCutOff { fiber.interrupt = nil }
        var failure = failure.hiding(secretArguments(of: fiber))
        locate(&failure, in: fiber)
        raise(failure, in: &fiber)
    }
}

extension ValueType {
    /// Whether a value may be given where this type is wanted.
    package func admits(_ value: Value) -> Bool {
        switch (self, value) {
        case (.any, _), (.null, .null), (.bool, .bool), (.int, .int), (.float, .float), (.float, .int),
            (.string, .string), (.string, .secret), (.secret, .string), (.secret, .secret), (.duration, .duration),
            (.bytes, .bytes), (.bytes, .string), (.bytes, .secret), (.map, .map), (.record, .map):
            true
        case (.enumeration(let names), _): value.text.map(names.contains) ?? false
        case (.list(let item), .list(let items)): items.allSatisfy(item.admits)
        case (.optional(let type), _): value.isNull || type.admits(value)
        default: false
        }
    }
}
