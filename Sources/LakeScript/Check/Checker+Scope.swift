/// The types and variables at a place in a text, for completion.
package struct ScopeAtPlace {
    /// The types of the expressions that end there, innermost first.
    package var types: [ValueType] = []
    /// The variables in scope in the innermost expression, by name.
    package var variables: [(name: String, type: ValueType)] = []
}

extension Checker {
    /// Returns the scope of the expressions that end at the offset `end` of a tree. Errors elsewhere do not matter. If
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

    /// Records the scope of a checked expression if it ends at the requested offset.
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
