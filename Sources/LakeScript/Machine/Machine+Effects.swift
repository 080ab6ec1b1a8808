/// Requests effects and takes their answers.
extension Machine {
    /// Requests operations, built-ins with effects, questions and sleep; the fiber waits for the answer.
    mutating func request(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        switch instruction {
        case .operation(let k, let d, let target):
            let call = try operationCall(program.calls[Int(k)], fiber)
            try Value.map(call.arguments).requireWritable()
            let compiled = program.calls[Int(k)]
            ask(.call(call), &fiber, .register(d, orJump: target))
            if compiled.effect != .read {
                noteWriting(compiled.command.signature.line { call.arguments[$0.name] }, &fiber)
            }
        case .confirm(let message, let word):
            guard !fiber[word].containsSecret else {
                throw .shownSecret("the word of `--type` is shown, and this one is a secret")
            }
            ask(.confirm(message: fiber[message].told, word: fiber[word].text), &fiber, .nothing)
        case .sleep(let duration):
            let call = BuiltinCall(WorldBuiltins.sleep, values: [try Machine.duration(fiber[duration])])
            ask(.builtin(call), &fiber, .nothing)
        case .show(let item):
            try fiber[item].requireWritable()
            ask(.show(fiber[item]), &fiber, .nothing)
        default: break
        }
    }

    /// Notes that the effect that the fiber waits for is a write.
    func noteWriting(_ line: String, _ fiber: inout Fiber) {
        guard case .waiting(let id, _) = fiber.state else { return }
        fiber.writing = (id, WrittenCall(line: line, span: span(of: fiber)))
    }

    private static func duration(_ value: Value) throws(Failure) -> Value {
        guard case .duration = value else {
            throw .wrongType(
                "`sleep` and `every` take a duration (2s, 250ms)", value, notes: ["`1s * (to_int $n)` makes one"])
        }
        return value
    }

    /// Requests an effect; the fiber waits.
    mutating func ask(_ kind: Effect.Kind, _ fiber: inout Fiber, _ awaiting: Fiber.Awaiting) {
        let id = announce(kind, &fiber)
        waiting[id] = fiber.id
        fiber.state = .waiting(id, awaiting)
    }

    /// Requests an effect without waiting for it.
    @discardableResult
    mutating func announce(_ kind: Effect.Kind, _ fiber: inout Fiber) -> EffectID {
        let id = newEffect()
        let origin = Effect.Origin(
            scope: fiber.scope, ordinal: fiber.number { $0.takeOrdinal() }, identity: fiber.identity,
            server: fiber.server,
            span: span(of: fiber), row: row(of: fiber))
        turn.requests.append((id, Effect(kind, origin: origin.among(callers))))
        return id
    }

    /// Returns the row of a file that a running loop is at, innermost first.
    func row(of fiber: Fiber) -> Record.FileRow? {
        for frame in fiber.frames.reversed() {
            for loop in program.codes[frame.code].loops where loop.instructions.contains(frame.counter - 1) {
                let place = frame.base + Int(loop.item)
                if case .map(let record) = fiber.registers[place], let row = record.fileRow { return row }
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
            guard case .map(let record) = body else { throw .wrongType("--body takes a map", body) }
            // The fields of the body are arguments, too. Its other keys are not, even if they are named like a part of
            // the path.
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

    /// Converts an argument to its parameter's type; nil leaves it out. The check knows the types of literals; values
    /// from files and servers are converted here.
    func argument(_ value: Value, _ parameter: Parameter, _ command: String) throws(Failure) -> Value? {
        do throws(Failure) { return try parameter.converted(value, for: command) } catch {
            guard let page = page(in: [value]) else { throw error }
            throw .page(error.message, page)
        }
    }

    mutating func take(_ answer: Answer, _ awaiting: Fiber.Awaiting, _ fiber: inout Fiber) {
        if case (.value, .register) = (answer, awaiting) { fiber.isAnswered = true } else { fiber.isAnswered = false }
        noteWrite(answer, &fiber)
        switch (answer, awaiting) {
        case (.inDoubt(let failure), _): fail(failure, &fiber)
        case (.notSent, _):
            // Only after a cancel: the interrupt is raised when the fiber runs.
            if fiber.interrupt == nil { fail(.interrupted, &fiber) }
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

    private mutating func fail(_ failure: Failure, _ fiber: inout Fiber) {
        // An effect that a timeout cut off and that failed for this reason: the timeout is the error.
        let isCutOff = fiber.interrupt != nil && !fiber.isShielded
        if isCutOff, failure.kind != .inDoubt, fiber.interrupt?.failure.kind != .inDoubt {
            // The effect's notes are kept: they say, for example, that an upload was aborted.
            let told = failure.hiding(secretOperands(of: fiber))
            if failure.kind == .cancelled { fiber.interrupt?.failure.notes += told.notes }
            return
        }
        if isCutOff { fiber.interrupt = nil }
        var failure = failure
        failure.span = nil
        raise(failure, in: &fiber)
    }
}
