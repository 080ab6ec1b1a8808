/// What the checker notes beside the checked tree where somebody asks for it.
struct CheckNotes {
    /// The text of interest: calls of included files are not noted.
    let file: FileID
    /// The bound calls by the first byte of their names.
    var calls: [UInt32: BoundCall] = [:]
    /// The calls that the parser read, by the same byte.
    let read: [UInt32: ParserNotes.ReadCall]
    /// The uses of what is declared, by its name's span.
    var uses: [Span: Set<Span>] = [:]
    /// The variables by the spans of their names.
    var declared: [Span: VariableInfo] = [:]
}

extension Checker {
    /// Notes a call that was bound.
    mutating func note(
        _ name: Name, _ given: [Given], inputLast: Bool, _ binder: ArgumentBinder, _ binding: ArgumentBinder.Binding,
        _ bound: BoundArguments
    ) {
        guard name.span.file == context.notes?.file, let read = context.notes?.read[name.span.start] else { return }
        var piped: CheckedExpression?
        var arguments: [BoundArgument] = []
        for (index, argument) in given.enumerated() {
            switch argument {
            case .piped(let input): piped = input
            case .written(let written):
                let target = binding.target(ofArgument: index)
                arguments.append(BoundArgument(written, filling: target.map(binder.parameter)))
            }
        }
        let next = due(given, inputLast: inputLast, binder)
        let parameters = zip(binder.signature.parameters, bound.arguments).compactMap { pair in
            pair.1.map { (parameter: pair.0, value: $0) }
        }
        let options = bound.options.compactMap { given in
            binder.options.first { $0.name == given.name }.map { (parameter: $0, value: given.value) }
        }
        context.notes?.calls[name.span.start] = BoundCall(
            name: name, signature: binder.signature, options: binder.options, range: read.range, arguments: arguments,
            values: parameters + options, due: next?.parameter, isDue: next?.isNeeded ?? false, input: piped?.type,
            isWhole: read.isWhole)
    }

    /// The parameter that one more argument would fill: the binder is asked.
    private func due(
        _ given: [Given], inputLast: Bool, _ binder: ArgumentBinder
    ) -> (parameter: Parameter, isNeeded: Bool)? {
        var shapes = given.indices.map { shape(of: given[$0], isLast: false) }
        let place = inputLast ? given.firstIndex { $0.isPiped } ?? given.count : given.count
        shapes.insert(ArgumentBinder.Shape(form: .value), at: place)
        guard let target = binder.bind(shapes, address: context.address).target(ofArgument: place) else { return nil }
        let parameter = binder.parameter(of: target)
        let isOfOption = place > 0 && shapes[place - 1].name != nil && binder.bind(shapes).isNamed(argument: place)
        return (parameter, isOfOption || parameter.isRequired)
    }

    /// Binds the calls that stand where the tree has gaps: their mistakes were told, and nothing is said of them.
    mutating func bindUnchecked() {
        let read = context.notes?.read.values.sorted { $0.range.lowerBound < $1.range.lowerBound } ?? []
        for call in read where context.notes?.calls[call.call.name.span.start] == nil {
            let span = call.call.name.span
            _ = checkCall(call.call, piped: call.isPiped ? .unknown(span) : nil, span)
        }
    }
}

extension Checker.Given {
    var isPiped: Bool { if case .piped = self { true } else { false } }
}

extension ArgumentBinder.Binding {
    /// What an argument fills; an option without a value fills what its value does.
    func target(ofArgument index: Int) -> ArgumentBinder.Target? {
        fillings.first { filling in
            switch filling.source {
            case .value(index, _), .value(_, index), .part(index, _), .isOn(_, index): true
            case .value, .part, .isOn: false
            }
        }?.target
    }

    /// Whether an argument is the value of an option before it.
    func isNamed(argument index: Int) -> Bool {
        fillings.contains { if case .value(index, let option?) = $0.source { option != index } else { false } }
    }
}
