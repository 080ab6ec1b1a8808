/// The context of an error: its place, the calls that led there, the value that was read and its origin, the row of a
/// file.
extension Machine {
    /// Adds the context to an error of the instruction that was carried out last, and takes out the secrets that the
    /// instruction was given: who carried it out may repeat them. Nothing else sets places or hides secrets.
    func locate(_ failure: inout Failure, in fiber: Fiber) {
        failure = failure.hiding(secretOperands(of: fiber))
        failure.span = span(of: fiber)
        failure.calls = calls(of: fiber)
        if failure.kind == .mistake { explain(&failure, in: fiber) }
        guard let row = row(of: fiber).map(Access.note), !failure.notes.contains(row) else { return }
        failure.notes.append(row)
    }

    /// The secrets that the instruction carried out last was given.
    func secretOperands(of fiber: Fiber) -> [String] {
        guard let frame = fiber.frames.last, frame.counter > 0 else { return [] }
        switch program.codes[frame.code].instructions[frame.counter - 1] {
        case .builtin(let k, let first, _):
            return fiber.values(first, Int32(program.builtins[Int(k)].signature.parameters.count)).ownSecrets
        case .operation(let k, _, _):
            let call = program.calls[Int(k)]
            return (call.arguments + [call.options[.body]]).compactMap(\.self).flatMap { fiber[$0].secretTexts }
        case .compare(.matches, _, _, let pattern), .jumpUnless(.matches, _, let pattern, _):
            return [fiber[pattern]].ownSecrets
        default: return []
        }
    }

    private func explain(_ failure: inout Failure, in fiber: Fiber) {
        guard let frame = fiber.frames.last, frame.counter > 0 else { return }
        let code = program.codes[frame.code]
        guard let access = code.accesses[span(of: fiber)] else { return }
        failure.valueSource = access.source
        if let (base, step) = step(of: code.instructions[frame.counter - 1], fiber) {
            let reading = Access.failure(of: base, step, path: access.path)
            (failure.message, failure.notes) = (reading.message, reading.notes)
        } else if let source = access.source {
            failure.valueSource = Failure.ValueSource(value: access.path, command: source.command)
        }
    }

    /// Returns the call stack of a fiber, innermost first; repeated calls are merged.
    private func calls(of fiber: Fiber) -> [Failure.CallSite] {
        var calls: [Failure.CallSite] = []
        for depth in fiber.frames.indices.dropFirst().reversed() {
            let code = program.codes[fiber.frames[depth].code]
            let caller = fiber.frames[depth - 1]
            let spans = program.codes[caller.code].spans
            guard !code.name.isEmpty || code.ownsGlobals, spans.indices.contains(caller.counter - 1) else { continue }
            let call = Failure.CallSite(name: code.name, span: spans[caller.counter - 1])
            if let last = calls.last, last.name == call.name, last.span == call.span {
                calls[calls.count - 1].count += 1
            } else if calls.count < Machine.shownCalls {
                calls.append(call)
            }
        }
        return calls
    }

    private static let shownCalls = 20

    /// Returns the base and the part that an instruction reads.
    private func step(of instruction: Instruction, _ fiber: Fiber) -> (base: Value, step: Value)? {
        switch instruction {
        case .member(_, let base, let k), .optionalMember(_, let base, let k):
            (fiber[base], .string(program.names[Int(k)]))
        case .index(_, let base, let index): (fiber[base], fiber[index])
        default: nil
        }
    }
}
