internal import LakeScript

/// Finds which parameters the words of a command fill, as far as it can be told without reading values: by position, by
/// name, and by an option before.
struct ArgumentBinder {
    /// Required parameters that nothing has filled yet, in order.
    private var positional: [Parameter]
    /// The option that the next word is the value of.
    private var pending: Parameter?
    private let signature: Signature
    /// The text of arguments that are plain words, by their parameters' names.
    private(set) var words: [String: String] = [:]

    init(_ signature: Signature, isPiped: Bool) {
        self.signature = signature
        let builtin = Builtins[signature.name]
        let takesAll = signature.optionalsByPosition || builtin != nil
        positional = signature.parameters.filter { $0.isRequired || takesAll || $0.isVariadic }
        guard isPiped, !positional.isEmpty else { return }
        let input = builtin?.takesInputLast == true ? positional.lastIndex(where: \.isRequired) : nil
        positional.remove(at: input ?? 0)
    }

    /// Binds what stands before a cursor.
    init(_ signature: Signature, _ context: CursorContext) {
        self.init(signature, isPiped: context.isPiped)
        for argument in context.arguments { _ = bind(argument) }
    }

    /// The parameter that the next argument fills.
    var due: Parameter? { pending ?? positional.first }

    /// Whether something must stand here: a required argument, or the value of an option.
    var isDue: Bool { pending != nil || positional.first?.isRequired == true }

    /// Binds an argument; gives the parameter that its text fills, or nil.
    mutating func bind(_ argument: CursorContext.Argument) -> Parameter? {
        switch argument {
        case .option(let text): return bindOption(text)
        case .word(let text):
            let parameter = take()
            if let parameter { words[parameter.name] = text }
            return parameter
        case .value: return take()
        }
    }

    private mutating func bindOption(_ text: String) -> Parameter? {
        pending = nil
        let name = text.dropFirst(2).prefix { $0 != "=" }
        guard let index = signature.parameter(named: String(name)) else { return nil }
        let parameter = signature.parameters[index]
        positional.removeAll { $0.name == parameter.name }
        guard let sign = text.firstIndex(of: "=") else {
            if parameter.type.unwrapped != .bool { pending = parameter }
            return nil
        }
        words[parameter.name] = String(text[text.index(after: sign)...])
        return parameter
    }

    private mutating func take() -> Parameter? {
        if let option = pending {
            pending = nil
            return option
        }
        guard let first = positional.first else { return nil }
        if !first.isVariadic { positional.removeFirst() }
        return first
    }
}
