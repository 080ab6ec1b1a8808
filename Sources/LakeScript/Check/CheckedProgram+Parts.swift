/// A line of the prompt as its parts, and what it does.
extension CheckedProgram {
    /// The facts of a block, of the `def`s that it calls, and of the scripts that it runs. All `def`s of a script count,
    /// called or not.
    package func reached(by block: BlockFacts) -> [BlockFacts] {
        var found: [BlockFacts] = []
        var waiting = [block]
        var called: Set<Int> = []
        while let block = waiting.popLast() {
            found.append(block)
            for index in block.functions where called.insert(index).inserted {
                waiting.append(BlockFacts(of: functions[index].body.statements))
            }
            found += block.scripts.flatMap { scripts[$0].all }
        }
        return found
    }

    /// The facts of a whole script.
    private var all: [BlockFacts] {
        let bodies = [main] + functions.map(\.body)
        return bodies.map { BlockFacts(of: $0.statements) } + scripts.flatMap(\.all)
    }

    /// True if it changes nothing outside the program.
    package var onlyReads: Bool { reached(by: BlockFacts(of: main.statements)).allSatisfy(\.onlyReads) }

    /// The slots of the variables of earlier lines that it reads, also in the `def`s that it calls.
    package var slotsRead: Set<Int> {
        let facts = BlockFacts(of: main.statements)
        let variables = facts.read.union(reached(by: facts).dropFirst().flatMap(\.read))
        return Set(
            variables.compactMap { variable in
                switch variable {
                case .local(let slot): facts.read.contains(variable) ? slot : nil
                case .global(let slot): slot
                }
            })
    }

    /// The slots of the variables of the top level that its statements give a value.
    package var slotsGiven: Set<Int> {
        Set(main.statements.compactMap { if case .set(.local(let slot), _, _) = $0.kind { slot } else { nil } })
    }

    /// The statements of a line as programs that run one after the other. Statements that belong together are one: those
    /// behind a block that is deferred to the end, or behind one that may leave the line.
    package var parts: [CheckedProgram] {
        // A line of `def`s is one part.
        guard !main.statements.isEmpty else { return [self] }
        let first = main.statements.firstIndex { BlockFacts(of: [$0]).governsWhatFollows } ?? main.statements.count
        let groups = main.statements[..<first].map { [$0] } + [Array(main.statements[first...])]
        return groups.filter { !$0.isEmpty }.map { statements in
            var part = self
            part.main.statements = statements
            return part
        }
    }

    /// The line with the values of its parameters in place of them; those that are left out have their defaults.
    package func giving(_ values: [String: Value]) -> CheckedProgram {
        var program = self
        program.parameters = []
        program.main.statements =
            parameters.compactMap { script in
                let name = Name(text: script.parameter.name, span: script.span)
                let given = values[name.text].map {
                    CheckedExpression(.constant($0), type: script.parameter.type, span: script.span)
                }
                guard let slot = globals.last(where: { $0.name == name.text })?.slot,
                    let value = given ?? script.defaultValue
                else { return nil }
                return CheckedStatement(.set(.local(slot), name, value), span: script.span)
            } + main.statements
        return program
    }
}
