/// A declaration of a name in a text, and its uses.
package struct Declaration: Sendable {
    package let name: String
    package let kind: Kind
    /// The range of the declared name.
    package let range: Range<Int>
    /// The ranges of the names that read, assign or call it, ascending; those of a variable without the `$`.
    package let uses: [Range<Int>]
    /// The type of its value at the end of its block; the result type of a `def`.
    package let type: ValueType

    package enum Kind: String, Sendable {
        /// A `param`, or a parameter of a `def`.
        case parameter
        case immutable, mutable
        /// Declared by a `for` or a `catch`.
        case item
        case function
    }
}

extension CheckNotes {
    /// Records a use of the name declared at a span.
    mutating func use(of declaration: Span, at span: Span) {
        guard declaration.file == file, span.file == file else { return }
        uses[declaration, default: []].insert(span)
    }

    /// Records the variables of a frame. The frame of a `def`'s parameters is left a second time, after its body.
    mutating func declare(_ variables: [VariableInfo]) {
        for variable in variables where variable.span.file == file { declared[variable.span] = variable }
    }

    /// The names that the text declares, in order; `functions` are the known `def`s.
    func declarations(with functions: [FunctionState]) -> [Declaration] {
        let variables = declared.values.compactMap { variable -> Declaration? in
            guard let kind = Declaration.Kind(variable.kind) else { return nil }
            return declaration(variable.name, kind, at: variable.span, type: variable.type)
        }
        let own = functions.filter { $0.body != nil && $0.name.span.file == file }.map {
            declaration($0.name.text, .function, at: $0.name.span, type: $0.signature.result)
        }
        return (variables + own).sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func declaration(_ name: String, _ kind: Declaration.Kind, at span: Span, type: ValueType) -> Declaration {
        let uses = (self.uses[span] ?? []).map { use -> Range<Int> in
            // `$name`, if it has its `$`.
            Int(use.end) - name.utf8.count..<Int(use.end)
        }
        return Declaration(
            name: name, kind: kind, range: Int(span.start)..<Int(span.end),
            uses: uses.sorted { $0.lowerBound < $1.lowerBound }, type: type)
    }
}

extension Declaration.Kind {
    /// Nil for variables without a declaration in the text: `$it`, and those of an earlier line.
    fileprivate init?(_ kind: VariableInfo.Kind) {
        switch kind {
        case .scriptParameter, .parameter: self = .parameter
        case .immutable: self = .immutable
        case .mutable: self = .mutable
        case .item, .error: self = .item
        case .pipelineItem, .earlier, .undeclared: return nil
        }
    }
}
