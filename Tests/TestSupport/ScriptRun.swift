package import LakeScript

/// Runs a text through the whole language with scripted answers: without a clock, files or a server.
package struct ScriptRun {
    /// The result of the run.
    package let result: Result<Value, Failure>
    /// The effects in order, one line each: `call create_user {"id":"ana"}`, `print "a"`, `enter step:x`.
    package let log: [String]
    /// The place of each effect in order, by which a journal would identify it, and the effect.
    package let places: [(place: String, effect: String)]

    /// The undos in the order of their ends, `done create_user ana`.
    package let undos: [String]

    /// The scripted answers. Timers fire only if nothing else is pending, and only if `timersPass`.
    package struct World {
        /// Answers an operation.
        package var call: (OperationCall, Effect.Origin) -> Answer = { _, _ in .value(.null) }
        package var timersPass = false
        /// True if the shortest timer fires when only sleeps are pending.
        package var timersPassDuringSleeps = false
        package var confirms = true
        /// Picks which of the pending effects is answered next.
        package var pick: (Int) -> Int = { _ in 0 }
        /// The scopes that are reported as finished, by their last segment.
        package var finished: [String: Value] = [:]

        package init() {}
    }

    /// The diagnostics of a text that was expected to be correct.
    package struct Mistakes: Error, CustomStringConvertible {
        package let description: String
    }

    package init(
        _ text: String, parameters: [String: Value] = [:], fuel: Int = 100_000_000,
        vocabulary: Vocabulary = ToyVocabulary.vocabulary, world: World = World()
    ) throws {
        var machine = Machine(
            program: Compiler.compile(try ScriptRun.check(text, vocabulary: vocabulary)), parameters: parameters,
            hosts: .forTests)
        var log: [String] = []
        var places: [(String, String)] = []
        var undos: [String] = []
        var open: [(EffectID, Effect)] = []
        var timers: Set<EffectID> = []
        var result: Result<Value, Failure>?
        while result == nil {
            let turn = machine.run(fuel: fuel)
            for (id, effect) in turn.requests {
                if case .undo(let undo) = effect.kind {
                    undos.append("\(undo.outcome) \(undo.call?.line ?? "")")
                    continue
                }
                let line = ScriptRun.line(effect)
                if let line { log.append(line) }
                places.append((ScriptRun.place(of: effect), line ?? ScriptRun.kind(of: effect)))
                if case .timer = effect.kind { timers.insert(id) }
                if case .leave = effect.kind { continue }
                open.append((id, effect))
            }
            for id in turn.cancel {
                open.removeAll { $0.0 == id }
                if timers.remove(id) == nil { log.append("cancel") }
                machine.answer(id, .notSent)
            }
            if case .done(let outcome) = turn.state {
                result = outcome
                break
            }
            // Answering a cancelled effect may let the machine continue.
            if !turn.cancel.isEmpty { continue }
            if case .outOfFuel = turn.state { throw Mistakes(description: "out of fuel") }
            let waiting = open.indices.filter { !timers.contains(open[$0].0) }
            guard let place = waiting.isEmpty ? open.indices.first : waiting[world.pick(waiting.count)] else {
                throw Mistakes(description: "nothing is under way, and the script has not ended")
            }
            // A timer fires before any sleep ends.
            let isAsleep = !waiting.isEmpty && waiting.allSatisfy { open[$0].1.isSleep }
            let mayPass = world.timersPass || world.timersPassDuringSleeps && isAsleep
            if mayPass, let timer = ScriptRun.shortestTimer(of: open) {
                let (id, _) = open.remove(at: timer)
                timers.remove(id)
                machine.answer(id, .value(.null))
                continue
            }
            let (id, effect) = open.remove(at: place)
            machine.answer(id, ScriptRun.answer(effect, world))
        }
        self.log = log
        self.places = places
        self.undos = undos
        self.result = result ?? .success(.null)
    }

    /// The value of a script that was expected to succeed.
    package var value: Value {
        get throws { try result.get() }
    }

    /// The failure of a script that was expected to fail.
    package var failure: Failure? {
        if case .failure(let failure) = result { failure } else { nil }
    }

    /// Checks a text.
    package static func check(
        _ text: String, vocabulary: Vocabulary = ToyVocabulary.vocabulary
    ) throws -> CheckedProgram {
        var sources = SourceMap()
        let source = SourceText(name: "test.lfs", text: text)
        let file = sources.add(source)
        let parsed = Parser.parse(source, file: file, isPrompt: true)
        let (program, diagnostics) = Checker.check(
            parsed.tree, sources: &sources,
            in: Checker.Surroundings(vocabulary: vocabulary, isPrompt: true))
        let errors = (parsed.diagnostics + diagnostics).filter { $0.severity == .error }
        guard errors.isEmpty, let program else {
            throw Mistakes(description: DiagnosticRenderer(sources: sources, isStyled: false).render(errors))
        }
        return program
    }

    private static func shortestTimer(of open: [(EffectID, Effect)]) -> Int? {
        open.indices.min { (open[$0].1.limit ?? .max) < (open[$1].1.limit ?? .max) }
            .flatMap { open[$0].1.limit == nil ? nil : $0 }
    }

    private static func answer(_ effect: Effect, _ world: World) -> Answer {
        switch effect.kind {
        case .call(let call): world.call(call, effect.origin)
        case .builtin(let call): .value(call.name == "now" ? 1_000_000 : .null)
        case .show: .value(.null)
        case .confirm: world.confirms ? .value(true) : .failure(Failure(.declined, "declined"))
        case .enter(let scope): world.finished[scope.path.segments.last ?? ""].map { .finished($0) } ?? .value(.null)
        case .timer, .leave, .undo: .value(.null)
        }
    }

    /// Describes an effect's place: the scope and its number in it, `run:/step:a#2 #3`.
    private static func place(of effect: Effect) -> String {
        "\(effect.origin.scope.segments.joined(separator: "/")) #\(effect.origin.ordinal)"
    }

    private static func kind(of effect: Effect) -> String {
        switch effect.kind {
        case .enter(let scope): "enter \(scope.path.segments.last ?? "")"
        case .leave(let scope, _): "leave \(scope.path.segments.last ?? "")"
        default: ""
        }
    }

    private static func line(_ effect: Effect) -> String? {
        switch effect.kind {
        case .call(let call):
            let arguments = String(decoding: JSON.write(.map(call.arguments), layout: .compact), as: UTF8.self)
            let identity = effect.origin.identity?["access_key_id"].text.map { " as \($0)" } ?? ""
            return "\(call.options.isOn(.ensure) ? "ensure " : "")\(call.command) \(arguments)\(identity)"
        case .builtin(let call):
            let values = call.name == "print" ? call["values"].items ?? [] : call.values.filter { !$0.isNull }
            return ([call.name] + values.map(\.interpolated)).joined(separator: " ")
        case .show(let item): return "show \(item.interpolated)"
        case .confirm(let message, _): return "confirm \(message)"
        case .timer(let milliseconds): return "timer \(milliseconds)"
        case .enter(let scope) where scope.kind == .step: return "enter \(scope.name)"
        case .leave(let scope, let outcome) where scope.kind == .step:
            if case .failure = outcome { return "failed \(scope.name)" }
            return "leave \(scope.name)"
        case .enter, .leave, .undo: return nil
        }
    }
}

extension Effect {
    fileprivate var isSleep: Bool { if case .builtin(let call) = kind { call.name == "sleep" } else { false } }

    /// The milliseconds of a timer.
    fileprivate var limit: Int? { if case .timer(let milliseconds) = kind { milliseconds } else { nil } }
}

extension HostFunctions {
    /// No host functions, and a hash that is the same in each run.
    package static let forTests = HostFunctions { bytes in
        // FNV-1a.
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
