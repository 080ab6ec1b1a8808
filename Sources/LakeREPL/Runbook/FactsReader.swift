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
    ) -> [(text: String, facts: StatementFacts, end: UInt32)] {
        let reader = FactsReader(
            text: text, file: tree.file, program: program,
            newFunctions: functionsBefore..<max(functionsBefore, program.functions.count))
        return tree.statements.map { statement in
            (text.text(of: statement.span), reader.facts(of: statement), statement.span.end)
        }
    }

    private func facts(of statement: Statement) -> StatementFacts {
        var reading = StatementReading(program, place: statement.span, text: text.text(of: statement.span))
        let main = program.main.statements.filter { $0.span.isInside(statement.span) }
        reading.read(main, inMain: true)
        let defined = newFunctions.filter { program.functions[$0].span.isInside(statement.span) }
        for index in defined { reading.read(program.functions[index].body.statements, inMain: false) }
        reading.facts.givenFunctions = Set(defined)
        switch statement.kind {
        case .definition: reading.facts.form = .definition
        case .param: reading.facts.form = .parameter
        case .include:
            reading.facts.form = .definition
            reading.facts.namesScript = true
            reading.facts.givenFunctions = Set(newFunctions.filter { program.functions[$0].span.file != file })
        case .binding(let name, let value, let isMutable):
            reading.readBinding(name, value, isMutable: isMutable)
        case .expression: reading.facts.form = .expression
        case .assignment, .whileLoop, .forLoop, .breakLoop, .continueLoop, .returnValue, .onFailure, .onExit, .fail,
            .confirm, .assert, .run, .test, .expectError, .missing:
            break
        }
        let own = BlockFacts(of: main + defined.flatMap { program.functions[$0].body.statements })
        reading.facts.addNames(of: own)
        // A `def` does nothing before it is called.
        if reading.facts.form != .definition {
            for block in program.reached(by: own) { reading.facts.addDone(by: block) }
        }
        return reading.facts
    }
}

extension Span {
    fileprivate func isInside(_ other: Span) -> Bool {
        file == other.file && other.start <= start && end <= other.end
    }
}
