/// Arguments of a call: bound by `ArgumentBinder`, then read by the types of their parameters.
extension Checker {
    /// The arguments of a call, read.
    struct BoundArguments {
        /// By parameter index; nil where left out.
        var arguments: [CheckedExpression?]
        var options = CallOptions<CheckedExpression>()
        var block: Block?
    }

    /// An argument, written or piped.
    enum Given {
        case piped(CheckedExpression)
        case written(Argument)

        var span: Span {
            switch self {
            case .piped(let expression): expression.span
            case .written(let argument): argument.span
            }
        }

        /// The span for a message about it: the option's name, if it has one.
        var nameSpan: Span {
            if case .written(let argument) = self, let name = argument.name { name.span } else { span }
        }
    }

    /// Binds and reads the arguments of a command; reports those that do not fit.
    mutating func bind(
        _ written: [Argument], piped: CheckedExpression?, inputLast: Bool = false, _ binder: ArgumentBinder,
        _ name: Name
    ) -> BoundArguments {
        var given = written.map(Given.written)
        if let piped {
            let end = inputLast ? given.firstIndex { $0.isBlock } ?? given.count : 0
            given.insert(.piped(piped), at: end)
        }
        for (index, argument) in given.enumerated() {
            guard let option = argument.optionOfOneHyphen(among: binder.optionNames) else { continue }
            report(.oneHyphen(option.name?.text ?? "", of: name, at: argument.span))
            given[index] = .written(option)
        }
        let binding = binder.bind(
            given.indices.map { shape(of: given[$0], isLast: $0 == given.count - 1) }, address: context.address)
        for problem in binding.problems { report(.binding(problem, of: name, given, binder)) }
        var bound = BoundArguments(arguments: Array(repeating: nil, count: binder.signature.parameters.count))
        for (target, source) in binding.fillings {
            switch target {
            case .parameter(let place) where bound.arguments[place] == nil:
                let parameter = binder.signature.parameters[place]
                bound.arguments[place] = read(source, of: target, as: parameter, binding, given, name)
            case .option(let place) where bound.options[binder.options[place].name] == nil:
                let option = binder.options[place]
                bound.options[option.name] = read(source, of: target, as: option, binding, given, name)
            case .parameter, .option:
                // A further value of a list: it was read with the first.
                break
            }
        }
        bound.block = binding.block.flatMap { given[$0].block }
        if !binding.problems.isEmpty { checkLost(given, binding) }
        if context.notes != nil { note(name, given, inputLast: inputLast, binder, binding, bound) }
        return bound
    }

    /// Checks the arguments that fill no parameter, for mistakes inside them.
    private mutating func checkLost(_ given: [Given], _ binding: ArgumentBinder.Binding) {
        let isRead = Set(binding.fillings.map(\.source.argument))
        for (index, argument) in given.enumerated() where !isRead.contains(index) && index != binding.block {
            if case .written(let written) = argument, case .expression(let lost)? = written.value { _ = check(lost) }
        }
    }

    /// Binds the arguments of `fail` and `confirm`.
    mutating func bindForm(_ form: Signature, _ arguments: [Argument], _ span: Span) -> [CheckedExpression?] {
        let end = span.start + UInt32(form.name.utf8.count)
        let name = Name(text: form.name, span: Span(file: span.file, start: span.start, end: end))
        return bind(arguments, piped: nil, ArgumentBinder(form), name).arguments
    }

    func shape(of given: Given, isLast: Bool) -> ArgumentBinder.Shape {
        guard case .written(let argument) = given else { return ArgumentBinder.Shape(form: .value) }
        let name = argument.name?.text
        switch argument.value {
        case nil: return ArgumentBinder.Shape(name: name, form: .bare)
        case .block(let block):
            return ArgumentBinder.Shape(name: name, form: .block(isEmpty: block.statements.isEmpty))
        case .word(let word, _):
            return ArgumentBinder.Shape(name: name, form: .value, addressParts: addressParts(of: [.text(word)]).count)
        case .expression(let expression):
            if case .map(let entries) = expression.kind, entries.isEmpty, isLast, name == nil {
                return ArgumentBinder.Shape(form: .block(isEmpty: true))
            }
            let parts = expression.stringParts.map { addressParts(of: $0).count } ?? 0
            return ArgumentBinder.Shape(name: name, form: .value, addressParts: parts)
        }
    }

    private func addressParts(of string: [StringPart]) -> [[StringPart]] { context.address?.parts(of: string) ?? [] }

    /// Reads the value of a parameter from the argument that fills it.
    private mutating func read(
        _ source: ArgumentBinder.Source, of target: ArgumentBinder.Target, as parameter: Parameter,
        _ binding: ArgumentBinder.Binding, _ given: [Given], _ command: Name
    ) -> CheckedExpression {
        let first = read(source, as: parameter, given, command)
        guard parameter.isRepeatable else { return first }
        let further = binding.sources(of: target).dropFirst()
        if further.isEmpty, isWhole(first, parameter) { return first }
        var values = [first]
        for source in further { values.append(read(source, as: parameter, given, command)) }
        let span = values[0].span.joined(with: values[values.count - 1].span)
        let items = values.map { value -> CheckedExpression in
            value.type == .any || !isWhole(value, parameter) ? .listOf(value) : value
        }
        if items.allSatisfy({ if case .list = $0.kind { true } else { false } }) {
            let all = items.flatMap { item -> [CheckedExpression] in
                if case .list(let parts) = item.kind { parts } else { [] }
            }
            return CheckedExpression(.list(all), type: parameter.type, span: span)
        }
        return items.dropFirst().reduce(items[0]) { joined, next in
            CheckedExpression(.binary(.add, next.span, joined, next), type: parameter.type, span: span)
        }
    }

    /// Returns true if a single value is the whole list and not an item of it.
    private func isWhole(_ value: CheckedExpression, _ parameter: Parameter) -> Bool {
        if value.type.unwrapped == .any { return !parameter.isVariadic }
        return value.type.unwrapped.item != nil && !(parameter.isVariadic && parameter.itemType == .any)
    }

    private mutating func read(
        _ source: ArgumentBinder.Source, as parameter: Parameter, _ given: [Given], _ command: Name
    ) -> CheckedExpression {
        switch source {
        case .isOn(let isOn, let option):
            return CheckedExpression(.constant(.bool(isOn)), type: .bool, span: given[option].span)
        case .part(let argument, let part):
            return readPart(part, of: given[argument])
        case .value(let argument, let option):
            let isOption = option != nil
            return readValue(given[argument], as: parameter, isOption: isOption, command)
        }
    }

    private mutating func readPart(_ part: Int, of given: Given) -> CheckedExpression {
        guard case .written(let argument) = given, let value = argument.value else { return .unknown(given.span) }
        let parts: [StringPart] =
            switch value {
            case .word(let word, _): [.text(word)]
            case .expression(let expression): expression.stringParts ?? []
            case .block: []
            }
        let address = addressParts(of: parts)
        guard address.indices.contains(part) else { return .unknown(value.span) }
        return checkString(address[part], value.span)
    }

    private mutating func readValue(
        _ given: Given, as parameter: Parameter, isOption: Bool, _ command: Name
    ) -> CheckedExpression {
        let isItem = isOption || parameter.isVariadic
        switch given {
        case .piped(let expression):
            require(expression, fits: parameter, of: command, isItem: isItem)
            return expression
        case .written(let argument):
            switch argument.value {
            case .word(let word, let span):
                return readWord(word, span, as: parameter, type: isItem ? parameter.itemType : parameter.type, command)
            case .expression(let expression):
                let checked = check(expression)
                require(checked, fits: parameter, of: command, isItem: isItem)
                return checked
            case .block(let block):
                return CheckedExpression(.map(keys: [], values: []), type: .map(.any), span: block.span)
            case nil:
                return .unknown(argument.span)
            }
        }
    }

    private mutating func readWord(
        _ word: String, _ span: Span, as parameter: Parameter, type: ValueType, _ command: Name
    ) -> CheckedExpression {
        if word == parameter.name, type.unwrapped.isText, canRead(word) {
            report(.wordIsVariable(word, at: span))
        }
        // Null leaves an optional parameter out, whatever its type.
        if word == "null", !parameter.isRequired { return CheckedExpression(.constant(.null), type: .null, span: span) }
        switch WordReader.read(word, as: type) {
        case .success(let value):
            let checked = CheckedExpression(
                .constant(value), type: type == .any ? value.literalType : type, span: span)
            checkUse(of: checked, as: parameter, of: command)
            return checked
        case .failure(let mismatch):
            report(.wrongWord(word, mismatch, parameter, type, of: command.text, at: span))
            return .unknown(span)
        }
    }

    /// Returns true if a variable of that name can be read here.
    private func canRead(_ name: String) -> Bool {
        frame.index(of: name) != nil || readGlobal(name) != nil
    }
}

extension Checker.Given {
    /// The option that a word such as `-all` was meant to be.
    fileprivate func optionOfOneHyphen(among names: @autoclosure () -> [String]) -> Argument? {
        guard case .written(let argument) = self, argument.name == nil,
            case .word(let word, let span)? = argument.value,
            word.hasPrefix("-"), names().contains(String(word.dropFirst()).replacingHyphens)
        else { return nil }
        return Argument(span: span, name: Name(text: String(word.dropFirst()), span: span), value: nil)
    }

    var isBlock: Bool { block != nil }

    /// The trailing block; an empty map may be an empty block.
    var block: Block? {
        guard case .written(let argument) = self, argument.name == nil else { return nil }
        switch argument.value {
        case .block(let block): return block
        case .expression(let expression):
            guard case .map(let entries) = expression.kind, entries.isEmpty else { return nil }
            return Block(statements: [], span: expression.span)
        case .word, nil: return nil
        }
    }
}

extension Expression {
    /// The parts of a string literal; nil for anything else.
    var stringParts: [StringPart]? { if case .string(let parts) = kind { parts } else { nil } }
}

extension CheckedExpression {
    static func listOf(_ item: CheckedExpression) -> CheckedExpression {
        CheckedExpression(.list([item]), type: .list(item.type), span: item.span)
    }
}
