/// `fail`, `assert`, and the decisions of handlers on an error that they caught.
extension Machine {
    mutating func fail(_ instruction: Instruction, _ fiber: inout Fiber) throws(Failure) {
        switch instruction {
        case .fail(let s, let status):
            // A caught failure keeps its place and the server's message.
            let caught = fiber.caught.flatMap { $0.value == fiber[s] ? $0 : nil }
            var failure = caught ?? Failure(raising: fiber[s])
            if let code = fiber[status].integer { failure.exitStatus = code }
            throw failure
        case .failAssertion(let k, let message):
            throw assertion(program.assertions[Int(k)], fiber[message], fiber)
        case .retryOrFail(let turn, let count):
            guard let caught = fiber.caught else { return }
            let turns = fiber[count].integer ?? 0
            guard caught.isRepeatable else { throw caught }
            guard (fiber[turn].integer ?? 0) < turns else { throw caught.noting("tried \(turns) times") }
        case .expectKind(let k):
            let expected = program.kinds[Int(k)]
            guard let caught = fiber.caught, caught.kind != expected else { return }
            throw .otherError(expected, caught)
        case .missingError(let k):
            throw .noError(program.kinds[Int(k)])
        default: break
        }
    }

    private func assertion(_ assertion: CompiledAssertion, _ message: Value, _ fiber: Fiber) -> Failure {
        .assertion(
            message.isNull ? nil : message.told,
            notes: assertion.comparison.map { Contrast.lines($0.sign, fiber[$0.left], fiber[$0.right]) } ?? [])
    }
}

extension Failure {
    /// True if `retry` tries again: after errors of operations, assertions and timeouts, but not if another attempt
    /// cannot help or if the call was done in part, which another attempt would repeat.
    var isRepeatable: Bool {
        switch kind {
        case .operation, .notFound, .conflict, .denied, .assertion, .timeout: !hasChanged
        case .unauthenticated, .fail, .mistake, .inDoubt, .cancelled, .declined: false
        }
    }

    /// Returns the error with one more note.
    package func noting(_ note: String) -> Failure {
        var failure = self
        failure.notes.append(note)
        return failure
    }

    /// The status of the server's answer, or that of `fail --status N`.
    package var ownStatus: Int? { status ?? (kind == .fail ? exitStatus : nil) }

    /// The failure as a value for scripts: `$error`.
    package var value: Value {
        [
            "kind": .string(kind.rawValue), "code": .string(code), "message": .string(message),
            "operation": operation.map { .string($0) } ?? .null, "status": ownStatus.map { .int($0) } ?? .null,
            "body": body, "request_id": requestID.map { .string($0) } ?? .null, "attempts": .int(attempts),
            "failures": .list(failures.map(\.value)),
        ]
    }

    /// Makes the error of `fail`: from a text, or from an error that was caught.
    init(raising value: Value) {
        guard let record = value.record, let text = record["kind"]?.text, let kind = Kind(rawValue: text) else {
            self = .failed(value.told)
            return
        }
        self = .failed(record["message"]?.told ?? "", kind: kind)
        operation = record["operation"]?.text
        status = record["status"]?.integer
        if kind == .fail { (status, exitStatus) = (nil, status) }
        body = record["body"] ?? .null
        requestID = record["request_id"]?.text
        attempts = record["attempts"]?.integer ?? 0
        failures = (record["failures"]?.items ?? []).map(Failure.init(raising:))
    }
}
