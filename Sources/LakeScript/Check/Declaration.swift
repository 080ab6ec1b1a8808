/// A name that a text gives to something: where, and where it is used.
package struct Declaration: Sendable {
    package let name: String
    package let kind: Kind
    /// The bytes of the name where it is given.
    package let range: Range<Int>
    /// The bytes of the names that read it, assign it or call it, ascending; a variable's without the `$`.
    package let uses: [Range<Int>]
    /// What is known of its value at the end of its block; of a `def`, what it gives.
    package let type: ValueType

    package enum Kind: String, Sendable {
        /// `param`, or a parameter of a `def`.
        case parameter
        case immutable, mutable
        /// Of a `for` or a `catch`.
        case item
        case function
    }
}

extension CheckNotes {
    /// Notes the use of what was declared at a span.
    mutating func use(of declaration: Span, at span: Span) {
        guard declaration.file == file, span.file == file else { return }
        uses[declaration, default: []].insert(span)
    }

    /// Notes the variables of a frame that was left: the frame of a `def`'s parameters is left again after its body.
    mutating func declare(_ variables: [VariableInfo]) {
        for variable in variables where variable.span.file == file { declared[variable.span] = variable }
    }

    /// The names that the text gives, in order; `functions` are the `def`s that are known.
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
            // `$name`, where its sign is there.
            Int(use.end) - name.utf8.count..<Int(use.end)
        }
        return Declaration(
            name: name, kind: kind, range: Int(span.start)..<Int(span.end),
            uses: uses.sorted { $0.lowerBound < $1.lowerBound }, type: type)
    }
}

extension Declaration.Kind {
    /// Nil for what has no name in the text: `$it`, and what is of an earlier line.
    fileprivate init?(_ kind: VariableInfo.Kind) {
        switch kind {
        case .scriptParameter, .parameter: self = .parameter
        case .immutable: self = .immutable
        case .mutable: self = .mutable
        case .item, .error: self = .item
        case .pipelineItem, .earlier: return nil
        }
    }
}
