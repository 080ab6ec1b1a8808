package import LakeAPI
package import LakeScript

/// The calls of a checked script that go to the run's own server, with what its text tells of their arguments: so that
/// what the server lacks is said before the first request.
///
/// Those in an `on "profile"` go to another server. Those in a `try` may fail: the script says what then. Both are left to
/// the moment when they are made, and so is an argument that is not known before, as a switch that a variable turns.
struct PlannedCalls {
    /// A call, and where it and its arguments stand.
    struct Planned {
        let call: OperationCall
        let span: Span
        /// By parameter.
        let spans: [String: Span]
    }

    private(set) var calls: [Planned] = []

    /// Reads a program, its `def`s that are called, and the scripts that it runs.
    init(_ program: CheckedProgram) { add(program) }

    private mutating func add(_ program: CheckedProgram) {
        var waiting = [program.main.statements]
        var functions: Set<Int> = []
        while let statements = waiting.popLast() {
            let found = Found(in: statements)
            calls += found.calls
            waiting += found.handlers
            for index in found.functions where functions.insert(index).inserted {
                waiting.append(program.functions[index].body.statements)
            }
            for index in found.scripts { add(program.scripts[index]) }
        }
    }

    /// What stands in statements.
    private struct Found: CheckedVisitor {
        var calls: [Planned] = []
        var functions: [Int] = []
        var scripts: [Int] = []
        /// The statements of `catch` blocks.
        var handlers: [[CheckedStatement]] = []

        init(in statements: [CheckedStatement]) { walk(statements) }

        mutating func visit(_ statement: CheckedStatement) {
            if case .run(let script, _) = statement.kind { scripts.append(script) }
        }

        mutating func visit(_ expression: CheckedExpression) -> Bool {
            switch expression.kind {
            case .operation(let call): calls.append(Planned(call, at: expression.span))
            case .function(let index, _): functions.append(index)
            case .tryCatch(_, _, let handler):
                handlers.append(handler)
                return false
            case .server: return false
            default: break
            }
            return true
        }
    }
}

extension PlannedCalls.Planned {
    init(_ checked: CheckedCall, at span: Span) {
        var arguments = Record()
        var spans: [String: Span] = [:]
        let parameters = checked.command.signature.parameters.map(\.name)
        for case (let name, let argument?) in zip(parameters + ["body"], checked.arguments + [checked.options[.body]]) {
            spans[name] = argument.span
            if let value = argument.knownValue { arguments[name] = value }
        }
        let presign = checked.options[.presign]
        spans["presign"] = spans["presign"] ?? presign?.span
        var call = OperationCall(command: checked.command.signature.name, arguments: arguments)
        call.options[.presign] = presign?.knownValue
        self.init(call: call, span: span, spans: spans)
    }

    /// Where a part of the call stands.
    func place(of parameter: String?) -> Span { parameter.flatMap { spans[$0] ?? spans["body"] } ?? span }
}

extension CheckedExpression {
    /// The value as far as the text tells it; nil where it may turn out to ask for nothing. Of what is worked out when
    /// the script runs something stands for it.
    fileprivate var knownValue: Value? {
        switch kind {
        case .constant(let value): return value
        case .list(let items): return .list(items.map { $0.knownValue ?? .null })
        case .map(let keys, let values):
            return .map(Record(zip(keys.map(\.text), values.map { $0.knownValue ?? .null })))
        default: break
        }
        switch type {
        case .string, .secret, .int, .float, .bytes, .duration, .enumeration: return "…"
        case .any, .null, .bool, .list, .map, .record, .optional: return nil
        }
    }
}

extension Session {
    /// The releases that the run's server may be, as far as it was asked; nil without a server.
    package var serverReleases: Releases.Run? { connection.operations.serverReleases }

    /// What the server of the run lacks of what a checked script uses, in the order of the text. The server is asked for its
    /// version where the text uses what only some releases have; else nothing is sent.
    ///
    /// - Returns: what to say; a failure where ^C ended the question.
    package func refusals(of program: CheckedProgram) -> Result<[Failure], Failure> {
        let server = connection.operations
        let planned = PlannedCalls(program).calls.filter { planned in
            Catalogue[planned.call.command]?.demands(of: planned.call).isEmpty == false
        }
        guard !planned.isEmpty else { return .success([]) }
        guard askForRelease(server) else { return .failure(.interrupted) }
        var refusals = planned.flatMap { planned in
            server.refusals(of: planned.call).map { demand, failure in
                (place: planned.place(of: demand.parameter), failure: failure)
            }
        }
        refusals.sort { ($0.place.file.index, $0.place.start) < ($1.place.file.index, $1.place.start) }
        return .success(
            refusals.map { place, failure in
                var failure = failure
                failure.span = place
                return failure
            })
    }

    /// Asks until nothing more can be known, or the server cannot be reached: then the run says so. Gives whether it was
    /// not interrupted.
    private func askForRelease(_ server: OperationPerformer) -> Bool {
        let clock = Clock()
        var asked: Set<String> = []
        while let question = server.questionAboutRelease, asked.insert(question).inserted {
            var call = OperationCall(command: question, arguments: Record())
            call.options[.retries] = 0
            let id = EffectID(Session.firstQuestion + UInt64(asked.count))
            server.begin(id, Effect(.call(call), origin: .ofNoScript), now: clock.now())
            var answer: Answer?
            let signal = loop.turn(server) { _, events in
                for case .answer(id, let given) in events { answer = given }
                return answer != nil
            }
            guard signal == nil else {
                server.cancel(id, now: clock.now())
                return false
            }
            if case .failure(let failure) = answer, failure.status == nil { return true }
        }
        return true
    }

    /// Ids above this one are those of such questions.
    private static let firstQuestion: UInt64 = 1 << 60
}
