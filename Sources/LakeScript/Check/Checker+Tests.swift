/// `test` blocks: each is a program of its own that sees the `def`s of its file and no variable of its top level.
extension Checker {
    /// Checks the tests of a file after its top level, whose slots they must not reuse.
    mutating func checkTests(of tree: SyntaxTree) {
        guard !isNested else { return }
        for statement in tree.statements {
            if case .test(let name, let body) = statement.kind { checkTest(name, body, statement.span) }
        }
    }

    private mutating func checkTest(_ name: Expression, _ body: Block, _ span: Span) {
        let checkedName = check(name)
        if checkedName.constantText == nil { report(.testNameNotLiteral(at: name.span)) }
        if let text = checkedName.constantText, let earlier = testNames.updateValue(name.span, forKey: text) {
            report(.testTwice(text, at: name.span, place: context.sources.location(of: earlier)))
        }
        enterFrame(CheckFrame(.test, slots: frame.slots))
        // A test may run the script that contains it.
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

    /// Records that the code being checked reads a variable of the top level.
    mutating func noteReading(_ global: String) {
        guard let current = currentFunction, functions[current].globalRead == nil else { return }
        functions[current].globalRead = global
    }

    /// Reports a call in a test of a `def` that reads a variable of the top level, directly or not: in a test it has no
    /// value.
    mutating func noteCall(ofFunction index: Int, _ name: Name) {
        guard let global = functions[index].globalRead else { return }
        switch frame.kind {
        case .main: return
        case .definition: noteReading(global)
        case .test: report(.topLevelInTest(name, reads: global))
        }
    }
}
