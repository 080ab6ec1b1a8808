internal import LakeAPI
package import LakeScript

/// Runs scripts on one connection: checks and compiles them, and lets the loop run the machine.
///
/// A runbook is one script in a fresh session. The prompt keeps its session: each line sees the variables of the lines
/// before, and `$_` is the last result.
package final class Session {
    package let connection: Connection
    package let console: Console
    package let vocabulary = Catalogue.vocabulary
    /// All texts of the prompt, for messages.
    package private(set) var sources = SourceMap()
    /// The program of the lines before at the prompt; `globalValues` are the values of its variables.
    package private(set) var earlier: CheckedProgram?
    private var globalValues: [Value] = []
    /// The listing that the last run left in the middle.
    private var suspended: SuspendedListing?
    package let loop: Loop
    private let consent: Questions.Consent
    private let fuel: Int?
    private let folders = TemporaryFolders()

    package init(
        connection: Connection, console: Console, consent: Questions.Consent = Questions.Consent(), fuel: Int? = nil,
        loop: Loop? = nil
    ) {
        self.connection = connection
        self.console = console
        self.fuel = fuel
        self.loop = loop ?? Loop(waiter: connection.waiter)
        self.consent = consent
    }

    /// Reads and checks a line at the prompt. Sends nothing.
    package func load(_ line: SourceText) -> Script {
        let script = ScriptFront.load(
            line, as: .typedLine(after: earlier), beside: sources, profiles: connection.profiles)
        sources = script.sources
        return script
    }

    /// Runs a script; one with an error is refused. A line at the prompt sees the variables of the lines before, any
    /// other script only its own.
    package func run(_ script: Script, _ options: RunOptions = RunOptions()) -> RunResult {
        guard let program = script.program else { return Session.refused }
        return run(program, isLine: script.kind.isLine, options)
    }

    /// Runs a checked program; a line, or a part of one, changes what the next one sees.
    package func run(_ program: CheckedProgram, isLine: Bool, _ options: RunOptions = RunOptions()) -> RunResult {
        let machine = Machine(
            program: Compiler.compile(program, showsItems: isLine), parameters: options.parameters,
            globals: isLine ? globalValues : [], hosts: hosts, effectIDs: connection.makeEffectIDs())
        var statement = statement(machine, options)
        let result = go(&statement)
        if isLine {
            earlier = program
            globalValues = statement.machine.globals
        }
        suspended = result.hasMore ? SuspendedListing(statement) : nil
        return result
    }

    private static let refused: RunResult = {
        var result = RunResult()
        result.outcome = .failure(.notChecked)
        return result
    }()

    /// The first call that a line would make, with its arguments evaluated; nil if another effect comes before it, or
    /// if there is no call. Nothing is sent.
    package func firstCall(of program: CheckedProgram) -> FirstCall? {
        Session.firstCall(of: program, globals: globalValues, hosts: hosts)
    }

    /// A call with evaluated arguments, and its span.
    package typealias FirstCall = (call: OperationCall, span: Span)

    /// The first call of a program with these globals.
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
            case .builtin, .show, .confirm, .timer, .leave, .undo: return nil
            }
        }
    }

    private static let fuelOfExplanation = 1_000_000

    private var hosts: HostFunctions { .live(width: console.outputWidth) }

    /// True if SIGTERM or SIGHUP ended the last run.
    package var isTerminated: Bool { loop.isTerminated }

    /// Runs compiled code that has no parameters: a `test` block.
    func run(_ program: Program) -> RunResult {
        var statement = statement(
            Machine(program: program, hosts: hosts, effectIDs: connection.makeEffectIDs()), RunOptions())
        return go(&statement)
    }

    private func statement(_ machine: consuming Machine, _ options: RunOptions) -> Statement {
        let performers = PerformerStack(
            connection: connection, terminal: console.terminal, consent: consent, folders: folders, options: options)
        return Statement(machine: machine, performers: performers)
    }

    /// Returns the listing that the last run left in the middle; nil if it ended.
    package func takeSuspended() -> SuspendedListing? { suspended.take() }

    /// Continues a listing, with the variables of its statement, until it has this number of items or ends. The result
    /// is the listing from its beginning.
    package func resume(_ listing: SuspendedListing, to limit: Int) -> RunResult {
        listing.statement.performers.items.widen(to: limit, now: loop.clock.now())
        return go(&listing.statement)
    }

    /// A statement that is running, or a suspended listing.
    fileprivate struct Statement: ~Copyable {
        var machine: Machine
        let performers: PerformerStack
    }

    /// Runs a statement until it ends or its window is full.
    private func go(_ statement: inout Statement) -> RunResult {
        let began = loop.clock.now()
        let performers = statement.performers
        let items = performers.items
        let thoughtBefore = performers.recorder.result.thinking
        let terminal = console.terminal
        let outcome = loop.run(
            &statement.machine, performer: items, fuel: fuel,
            isPaused: { items.isFull && terminal.questions.isEmpty })
        terminal.status = nil
        var result = performers.recorder.result
        result.hasMore = outcome == nil
        result.isListing = statement.machine.showsItems
        switch outcome {
        case .failure(let failure): result.outcome = .failure(failure)
        case .success(let value): result.outcome = .success(statement.machine.showsItems ? .list(items.items) : value)
        case nil: result.outcome = .success(.list(items.items))
        }
        let thinking = result.thinking - thoughtBefore
        result.milliseconds = loop.clock.now().milliseconds - began.milliseconds - thinking
        result.secretFiles = performers.world.secretFiles
        let written = performers.world.secretsInFiles
        result.newKeys.removeAll { key in
            key.secretTexts.allSatisfy { secret in written.contains { $0.contains(secret) } }
        }
        result.printed = performers.world.printed
        return result
    }

    /// True if a program reads a variable of earlier lines.
    package func reads(_ name: String, _ program: CheckedProgram) -> Bool {
        earlier?.globals.contains { $0.name == name && program.slotsRead.contains($0.slot) } ?? false
    }

    /// Takes back the variables of a line that did not come to their values: an older one of the name comes back.
    package func takeBack(_ slots: Set<Int>, to before: CheckedProgram?) {
        let lost = earlier?.globals.filter { slots.contains($0.slot) } ?? []
        earlier?.globals.removeAll { slots.contains($0.slot) }
        earlier?.globals += before?.globals.filter { old in lost.contains { $0.name == old.name } } ?? []
    }

    /// Removes variables for the following lines.
    package func forget(_ names: Set<String>) { earlier?.globals.removeAll { names.contains($0.name) } }

    /// Adds a constant for the following lines: `$_`, the last result.
    package func keep(_ value: Value, as name: String, type: ValueType) {
        guard let slot = earlier?.declare(name, type) else { return }
        while globalValues.count <= slot { globalValues.append(.null) }
        globalValues[slot] = value
    }
}

/// A listing at the prompt that waits until somebody wants to see more of it.
package final class SuspendedListing {
    fileprivate var statement: Session.Statement

    fileprivate init(_ statement: consuming Session.Statement) { self.statement = statement }
}

extension CheckedProgram {
    /// Adds a constant that no line defines, or changes the type of one that was added before. Returns its slot.
    package mutating func declare(_ name: String, _ type: ValueType) -> Int {
        var slot = main.slots
        if let known = globals.firstIndex(where: { $0.name == name }) {
            slot = globals.remove(at: known).slot
        } else {
            main.slots += 1
        }
        globals.append(Global(name: name, type: type, isMutable: false, slot: slot))
        return slot
    }

    /// The type of the last statement's value.
    package var resultType: ValueType {
        if case .expression(let value)? = main.statements.last?.kind { value.type } else { .any }
    }

    /// True if the value holds the secret of a pair of keys that the last statement has a server make: it is not given
    /// again.
    package var givesNewSecret: Bool {
        guard resultType.holdsSecret, let last = main.statements.last else { return false }
        return reached(by: BlockFacts(of: [last])).flatMap(\.calls).contains { call in
            call.effect > .read && call.operation?.command.signature.result.isNewKey == true
        }
    }
}

extension ValueType {
    /// True if it is a pair of keys; the server shows the secret only once.
    package var isNewKey: Bool { record?.field("secret_access_key") != nil }
}
