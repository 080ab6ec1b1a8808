/// The types and variables at a place of a text, for completion.
package struct ScopeAtPlace {
    /// The types of the expressions that end there, the innermost first.
    package var types: [ValueType] = []
    /// The variables that are visible there, by name.
    package var variables: [(name: String, type: ValueType)] = []
}

extension Checker {
    /// Returns the scope at `end`, an offset where an expression ends. Errors elsewhere in the text do not matter; if
    /// no expression ends there, the result is empty.
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

    /// Records a checked expression, if completion asks about its end.
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
