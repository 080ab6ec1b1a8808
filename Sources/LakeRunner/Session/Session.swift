internal import LakeAPI
package import LakeScript

/// Runs script texts against one connection: checks, compiles, and lets the loop run the machine.
///
/// A runbook is one text in a fresh session. The prompt keeps its session: each line sees the variables of the lines
/// before, and `$_` the last result.
package final class Session {
    package let connection: Connection
    package let console: Console
    package let vocabulary = Catalogue.vocabulary
    /// All texts that were read at the prompt, for messages.
    package private(set) var sources = SourceMap()
    /// What came before at the prompt, and the values of its variables.
    package private(set) var earlier: CheckedProgram?
    private var globalValues: [Value] = []
    /// The listing whose rest `more` shows.
    private var suspended: Statement?
    let loop: Loop
    private let consent: Questions.Consent
    private let fuel: Int?

    package init(
        connection: Connection, console: Console, consent: Questions.Consent = Questions.Consent(), fuel: Int? = nil
    ) {
        self.connection = connection
        self.console = console
        self.fuel = fuel
        loop = Loop(waiter: connection.waiter, signals: SignalPipe())
        self.consent = consent
    }

    /// Reads and checks a line at the prompt; nothing is sent.
    package func load(_ line: SourceText) -> Script {
        let script = ScriptFront.load(
            line, as: .typedLine(after: earlier), beside: sources, profiles: connection.profiles)
        sources = script.sources
        return script
    }

    /// Runs a script; one with a mistake is not run. A line at the prompt sees the variables of the lines before, any
    /// other script none but its own.
    package func run(_ script: Script, _ options: RunOptions = RunOptions()) -> RunResult {
        guard let program = script.program else { return Session.refused }
        let isLine = script.kind.isLine
        let machine = Machine(
            program: Compiler.compile(program, showsItems: isLine), parameters: options.parameters,
            globals: isLine ? globalValues : [], hosts: hosts)
        var statement = statement(machine, options)
        let result = go(&statement)
        if isLine {
            earlier = program
            globalValues = statement.machine.globals
        }
        if result.hasMore { suspended = consume statement }
        return result
    }

    private static let refused: RunResult = {
        var result = RunResult()
        result.outcome = .failure(.notChecked)
        return result
    }()

    /// The first call that a line would make, its arguments worked out; nil where it wants something else before, or
    /// nothing at all. Nothing is done.
    package func firstCall(of program: CheckedProgram) -> FirstCall? {
        Session.firstCall(of: program, globals: globalValues, hosts: hosts)
    }

    /// A call with its arguments worked out, and where it stands.
    package typealias FirstCall = (call: OperationCall, span: Span)

    /// The first call of a program that begins with these globals.
    package static func firstCall(
        of program: CheckedProgram, globals: [Value], hosts: HostFunctions
    ) -> FirstCall? {
        var machine = Machine(program: Compiler.compile(program), parameters: [:], globals: globals, hosts: hosts)
        while true {
            let turn = machine.run(fuel: Session.fuelOfExplanation)
            guard case .waiting = turn.state, let (id, effect) = turn.requests.first else { return nil }
            switch effect.kind {
            case .call(let call): return (call, effect.origin.span)
            case .enter: machine.answer(id, .value(.null))
            case .builtin, .show, .confirm, .timer, .leave: return nil
            }
        }
    }

    private static let fuelOfExplanation = 1_000_000

    private var hosts: HostFunctions { .live(width: console.outputWidth) }

    /// Whether SIGTERM or SIGHUP ended what ran last.
    package var isTerminated: Bool { loop.isTerminated }

    /// Runs compiled code that has no parameters: a `test` block.
    func run(_ program: Program) -> RunResult {
        var statement = statement(Machine(program: program, hosts: hosts), RunOptions())
        return go(&statement)
    }

    /// A machine with everything around it that it needs to run.
    private func statement(_ machine: consuming Machine, _ options: RunOptions) -> Statement {
        let observer = options.observer
        let world = WorldPerformer(output: console.output, errors: console.errors)
        let questions = Questions(consent: consent, terminal: console.terminal)
        let dispatcher = Dispatcher(
            world: world, questions: questions, children: ChildPerformer(), operations: connection.operations)
        let safeguard = Safeguard(
            around: dispatcher, servers: connection.server, questions: questions,
            asksBeforeDestroying: options.asksBeforeDestroying)
        let lockoutGuard = LockoutGuard(around: safeguard, servers: connection.server)
        let recorder = RunRecorder(
            around: lockoutGuard, vocabulary: vocabulary, observer: observer, terminal: console.terminal)
        let items = ListingWindow(around: recorder, size: options.window ?? .max)
        return Statement(machine: machine, items: items, recorder: recorder, world: world)
    }

    /// Goes on with the listing that was shown in part; nil where there is none. It has the variables that there were
    /// when it began.
    package func more() -> RunResult? {
        guard var statement = suspended.take() else { return nil }
        statement.items.turnPage()
        let result = go(&statement)
        if result.hasMore { suspended = consume statement }
        return result
    }

    /// A statement that runs, or waits for `more`.
    private struct Statement: ~Copyable {
        var machine: Machine
        let items: ListingWindow
        let recorder: RunRecorder
        let world: WorldPerformer
    }

    /// Lets a statement run until it ends or its window is full.
    private func go(_ statement: inout Statement) -> RunResult {
        let clock = Clock()
        let began = clock.now()
        let items = statement.items
        let thoughtBefore = statement.recorder.result.thinking
        let terminal = console.terminal
        let outcome = loop.run(
            &statement.machine, performer: items, fuel: fuel,
            isPaused: { items.isFull && terminal.questions.isEmpty })
        terminal.endRun(now: clock.now())
        var result = statement.recorder.result
        result.hasMore = outcome == nil
        switch outcome {
        case .failure(let failure): result.outcome = .failure(failure)
        case .success(let value): result.outcome = .success(statement.machine.showsItems ? .list(items.items) : value)
        case nil: result.outcome = .success(.list(items.items))
        }
        let thinking = result.thinking - thoughtBefore
        result.milliseconds = clock.now().milliseconds - began.milliseconds - thinking
        result.secretFiles = statement.world.secretFiles
        return result
    }

    /// Takes variables away from the lines to come.
    package func forget(_ names: Set<String>) { earlier?.globals.removeAll { names.contains($0.name) } }

    /// Gives the lines to come a variable: `$_`, the last result.
    package func keep(_ value: Value, as name: String, type: ValueType) {
        guard var program = earlier else { return }
        var slot = program.main.slots
        if let known = program.globals.firstIndex(where: { $0.name == name }) {
            slot = program.globals[known].slot
            program.globals.remove(at: known)
        } else {
            program.main.slots += 1
        }
        program.globals.append(Global(name: name, type: type, isMutable: false, slot: slot))
        while globalValues.count <= slot { globalValues.append(.null) }
        globalValues[slot] = value
        earlier = program
    }
}

extension CheckedProgram {
    /// The type of the last statement's value, which the prompt shows.
    package var resultType: ValueType {
        if case .expression(let value)? = main.statements.last?.kind { value.type } else { .any }
    }
}
