/// What a text means at a place: the one question that completion asks of the checker.
package struct ScopeAtPlace {
    /// The types of the expressions that end there, the innermost first.
    package var types: [ValueType] = []
    /// The variables that can be read by the innermost, by name.
    package var variables: [(name: String, type: ValueType)] = []
}

extension Checker {
    /// What a tree means at the end of an expression, `end` being a byte of its text. Mistakes elsewhere in it do not
    /// matter; where no expression ends there, nothing is known.
    package static func scope(
        at end: UInt32, of tree: SyntaxTree, sources: SourceMap, in surroundings: Surroundings
    ) -> ScopeAtPlace {
        let context = CheckContext(sources: sources, surroundings: surroundings, of: tree)
        context.asked = (Span(file: tree.file, start: end, end: end), ScopeAtPlace())
        context.trees[tree.file] = tree
        var checker = Checker(context: context, chain: [], isNested: false)
        _ = checker.checkProgram(tree)
        return context.asked?.found ?? ScopeAtPlace()
    }

    /// An expression that was checked, in case somebody asks about its end.
    func answer(_ checked: CheckedExpression, endingAt span: Span) {
        guard let asked = context.asked?.place, asked.end == span.end, asked.file == span.file else { return }
        if context.asked?.found.types.isEmpty == true {
            context.asked?.found.variables = frame.visibleNames.compactMap { name in
                frame.index(of: name).map { (name, frame[$0].type) }
            }
        }
        context.asked?.found.types.append(checked.type)
    }
}
