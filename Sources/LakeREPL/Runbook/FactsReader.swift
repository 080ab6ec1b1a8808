internal import LakeAPI
internal import LakeScript

/// Reads the facts of a text's statements from its checked program.
struct FactsReader {
    private let text: SourceText
    private let file: FileID
    private let program: CheckedProgram
    private let newFunctions: Range<Int>

    /// Returns the statements of a tree, each with its text and its facts. `program` is the checked tree; earlier lines
    /// declared `functionsBefore` `def`s.
    static func statements(
        of tree: SyntaxTree, _ text: SourceText, program: CheckedProgram, functionsBefore: Int
    ) -> [(text: String, facts: StatementFacts)] {
        let reader = FactsReader(
            text: text, file: tree.file, program: program,
            newFunctions: functionsBefore..<max(functionsBefore, program.functions.count))
        return tree.statements.map { statement in
            (text.text(of: statement.span), reader.facts(of: statement))
        }
    }

    private func facts(of statement: Statement) -> StatementFacts {
        var reading = StatementReading(program, place: statement.span, text: text.text(of: statement.span))
        for checked in program.main.statements where checked.span.isInside(statement.span) {
            reading.read([checked], inMain: true)
        }
        let defined = newFunctions.filter { program.functions[$0].span.isInside(statement.span) }
        for index in defined { reading.read(program.functions[index].body.statements, inMain: false) }
        reading.define(defined)
        switch statement.kind {
        case .definition: reading.become(.definition)
        case .param: reading.become(.parameter)
        case .include:
            reading.become(.definition)
            reading.nameScript()
            reading.define(newFunctions.filter { program.functions[$0].span.file != file })
        case .binding(let name, let value, let isMutable):
            reading.readBinding(name, value, isMutable: isMutable)
        case .expression: reading.become(.expression)
        case .assignment, .whileLoop, .forLoop, .breakLoop, .continueLoop, .returnValue, .onFailure, .onExit, .fail,
            .confirm, .assert, .run, .test, .expectError, .missing:
            break
        }
        addCalled(by: &reading)
        return reading.facts
    }

    /// Adds the effects of the `def`s and scripts that a statement calls; declaring a `def` has no effect.
    private func addCalled(by reading: inout StatementReading) {
        guard reading.facts.form != .definition else { return reading.doNothing() }
        var seen = reading.facts.calledFunctions
        var waiting = seen.map { (isOwn: true, statements: program.functions[$0].body.statements) }
        func runs(_ script: CheckedProgram) {
            for body in [script.main] + script.functions.map(\.body) { waiting.append((false, body.statements)) }
            for inner in script.scripts { runs(inner) }
        }
        for script in reading.scripts { runs(program.scripts[script]) }
        while let (isOwn, statements) = waiting.popLast() {
            var inner = StatementReading(program)
            inner.read(statements, inMain: false)
            reading.add(effectOf: inner.facts)
            // For a script that is run, all its called `def`s are added to the work list.
            for index in inner.facts.calledFunctions where isOwn && seen.insert(index).inserted {
                waiting.append((true, program.functions[index].body.statements))
            }
        }
    }
}

extension Span {
    fileprivate func isInside(_ other: Span) -> Bool {
        file == other.file && other.start <= start && end <= other.end
    }
}
