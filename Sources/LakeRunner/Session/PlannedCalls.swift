package import LakeAPI
package import LakeScript

/// The calls of a checked script to the run's own server, with the arguments that are known from the text. They show
/// before the first request what the server lacks.
///
/// Calls in an `on "profile"` go to another server, and calls in a `try` may fail. Both are only judged when they are
/// made, and so are arguments that are not constant.
struct PlannedCalls {
    /// A call with the spans of the call and its arguments.
    struct Planned {
        let call: OperationCall
        let span: Span
        /// By parameter.
        let spans: [String: Span]
    }

    private(set) var calls: [Planned] = []

    /// Reads a program, the `def`s that it calls, and the scripts that it runs.
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

    /// The calls in statements.
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

    /// The span of an argument, else of the call.
    func place(of parameter: String?) -> Span { parameter.flatMap { spans[$0] ?? spans["body"] } ?? span }
}

extension CheckedExpression {
    /// The value as far as it is known from the text; nil if it may turn out to be null or false. A placeholder stands
    /// for a value that is computed at run time.
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
    /// The releases that the run's server may have, as far as it was asked; nil without a server.
    package var serverReleases: Releases.Run? { connection.operations.serverReleases }

    /// The failures for everything that a checked script uses and the run's server lacks, in source order. The server
    /// is only asked for its version if the script uses features that not all releases have.
    ///
    /// - Returns: the failures to show; a failure if ^C interrupted the question.
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

    /// Asks until no question is left or the server cannot be reached, which the run will report. Returns false if it
    /// was interrupted.
    private func askForRelease(_ server: OperationPerformer) -> Bool {
        var effectIDs = connection.makeEffectIDs()
        var asked: Set<String> = []
        while let question = server.questionAboutRelease, asked.insert(question).inserted {
            var call = OperationCall(command: question, arguments: Record())
            call.options[.retries] = 0
            let id = effectIDs.next()
            server.begin(id, Effect(.call(call), origin: .ofNoScript), now: loop.clock.now())
            var answer: Answer?
            let signal = loop.turn(server) { _, events in
                for case .answer(id, let given) in events { answer = given }
                return answer != nil
            }
            guard signal == nil else {
                server.cancel(id, now: loop.clock.now())
                return false
            }
            if case .failure(let failure) = answer, failure.status == nil { return true }
        }
        return true
    }
}
