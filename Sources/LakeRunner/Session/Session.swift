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
    /// All texts that were read, for messages.
    package private(set) var sources = SourceMap()
    /// What came before at the prompt, and the values of its variables.
    package private(set) var earlier: CheckedProgram?
    private var globalValues: [Value] = []
    private let loop: Loop
    private let questions: Questions
    private let fuel: Int?

    package init(
        connection: Connection, console: Console, consent: Questions.Consent = Questions.Consent(), fuel: Int? = nil
    ) {
        self.connection = connection
        self.console = console
        self.fuel = fuel
        loop = Loop(waiter: connection.waiter, signals: SignalPipe())
        questions = Questions(consent: consent, prompt: console.errors, isInteractive: console.isInteractive)
    }

    /// Checks a text, its includes and the scripts it runs; nothing is sent.
    package func check(
        _ text: SourceText, isPrompt: Bool = false, isTyped: Bool? = nil
    ) -> (program: CheckedProgram?, diagnostics: [Diagnostic]) {
        ScriptFront.check(
            text, sources: &sources, vocabulary: vocabulary, earlier: isPrompt ? earlier : nil, isPrompt: isPrompt,
            isTyped: isTyped)
    }

    /// Runs a checked program with the script's parameters by name; those left out have their default. A line at the
    /// prompt sees the variables of the lines before, a script none but its own.
    package func run(
        _ program: CheckedProgram, parameters: [String: Value] = [:], isPrompt: Bool = false,
        observer: any RunObserver
    ) -> RunResult {
        let clock = Clock()
        let began = clock.now()
        let world = WorldPerformer(output: console.output, errors: console.errors)
        let operations = connection.operations
        let dispatcher = Dispatcher(
            operations: { _ in .success(operations) }, world: world, questions: questions,
            children: ChildPerformer())
        let recorder = RunRecorder(around: dispatcher, vocabulary: vocabulary, observer: observer)
        var machine = Machine(
            program: Compiler.compile(program), parameters: parameters, globals: isPrompt ? globalValues : [],
            hosts: .live)
        let outcome = loop.run(&machine, performer: recorder, fuel: fuel)
        if isPrompt {
            earlier = program
            globalValues = machine.globals
        }
        var result = recorder.result
        result.outcome = outcome
        result.milliseconds = clock.now().milliseconds - began.milliseconds
        result.secretFiles = world.secretFiles
        return result
    }

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
