/// Records of the check for an editor, beside the checked tree.
struct CheckNotes {
    /// The text of interest; calls in included files are not recorded.
    let file: FileID
    /// The bound calls, by the offset of their names.
    var calls: [UInt32: BoundCall] = [:]
    /// The calls in the syntax tree, by the offset of their names.
    let read: [UInt32: ParserNotes.ReadCall]
    /// The uses of declarations, by the span of the declared name.
    var uses: [Span: Set<Span>] = [:]
    /// The variables, by the spans of their names.
    var declared: [Span: VariableInfo] = [:]
}

extension Checker {
    /// Records a bound call.
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
        let options = binder.options.compactMap { option in
            bound.options[option.name].map { (parameter: option, value: $0) }
        }
        context.notes?.calls[name.span.start] = BoundCall(
            name: name, signature: binder.signature, options: binder.options, range: read.range, arguments: arguments,
            values: parameters + options, due: next?.parameter, isDue: next?.isNeeded ?? false, input: piped?.type,
            isWhole: read.isWhole)
    }

    /// Returns the parameter that one more argument would fill.
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

    /// Binds the calls in incomplete parts of the tree, without reports.
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
    /// Returns the parameter that an argument fills; an option without a value fills the one that its value fills.
    func target(ofArgument index: Int) -> ArgumentBinder.Target? {
        fillings.first { filling in
            switch filling.source {
            case .value(index, _), .value(_, index), .part(index, _), .isOn(_, index): true
            case .value, .part, .isOn: false
            }
        }?.target
    }

    /// Returns true if an argument is the value of the option before it.
    func isNamed(argument index: Int) -> Bool {
        fillings.contains { if case .value(index, let option?) = $0.source { option != index } else { false } }
    }
}
