/// `test` blocks: each is a program of its own, which has the file's `def`s around it and nothing of its top level.
extension Checker {
    /// Checks a file's tests, once all variables of its top level are known: their slots are not used again.
    mutating func checkTests(of tree: SyntaxTree) {
        guard !isNested else { return }
        for statement in tree.statements {
            if case .test(let name, let body) = statement.kind { checkTest(name, body, statement.span) }
        }
    }

    private mutating func checkTest(_ name: Expression, _ body: Block, _ span: Span) {
        let checkedName = check(name)
        if checkedName.constantText == nil { report(.testNameNotLiteral(at: name.span)) }
        enterFrame(CheckFrame(.test, slots: frame.slots))
        // A test may run the very script that it stands in.
        let outside = chain
        chain = []
        let checkedBody = checkBlock(body, boundary: .test)
        tests.append(
            CheckedTest(
                name: checkedName.constantText ?? "",
                body: CheckedBody(statements: checkedBody.statements, slots: frame.slots), span: span))
        chain = outside
        leaveFrame()
    }

    /// Notes that what is being checked reads a variable of the top level.
    mutating func noteReading(_ global: String) {
        guard let current = currentFunction, functions[current].globalRead == nil else { return }
        functions[current].globalRead = global
    }

    /// A call of a `def` that reads a variable of the top level, itself or by another: not in a test, where none is set.
    mutating func noteCall(ofFunction index: Int, _ name: Name) {
        guard let global = functions[index].globalRead else { return }
        switch frame.kind {
        case .main: return
        case .definition: noteReading(global)
        case .test: report(.topLevelInTest(name, reads: global))
        }
    }
}
