/// A call with the parameter that each argument fills, by `ArgumentBinder`; the call may be wrong or incomplete.
package struct BoundCall: Sendable {
    package let name: Name
    package let signature: Signature
    /// The options that it takes beside the parameters of its signature.
    package let options: [Parameter]
    /// The range from its name to the end of its arguments.
    package let range: Range<Int>
    /// The written arguments, in order.
    package let arguments: [BoundArgument]
    /// The values of the given parameters and options, as far as they could be read.
    package let values: [(parameter: Parameter, value: CheckedExpression)]
    /// The parameter that the next positional argument, or the value of the option before, would fill.
    package let due: Parameter?
    /// True if the call needs a further argument or the value of an option.
    package let isDue: Bool
    /// The type of the value that is piped into it; nil without a pipe.
    package let input: ValueType?
    /// True if every argument could be read.
    package let isWhole: Bool

    /// Returns the text of a parameter that was given literally, as a word, a string or a part of an address.
    package func text(of parameter: String) -> String? {
        values.first { $0.parameter.name == parameter }?.value.literalText
    }

    /// Returns the parameter or option of that name.
    package func parameter(named name: String) -> Parameter? {
        if let index = signature.parameter(named: name) { return signature.parameters[index] }
        let wanted = name.replacingHyphens
        return options.first { $0.name == wanted }
    }

    /// Returns the argument that contains or touches an offset.
    package func argument(at offset: Int) -> BoundArgument? {
        arguments.first { $0.range.lowerBound <= offset && offset <= $0.range.upperBound }
    }
}

/// A written argument, and the parameter that it fills.
package struct BoundArgument: Sendable {
    /// The name of the option, with `_` for `-`; nil for a positional argument.
    package let option: String?
    /// Nil if it fills no parameter.
    package let parameter: Parameter?
    /// The range of the whole argument, with its `--name=`.
    package let range: Range<Int>
    /// The range of the value; nil for a switch, and for an option whose value is the next argument.
    package let value: Range<Int>?
    package let form: Form

    package enum Form: Sendable, Equatable {
        /// A word, or a string without variables, without its quotes.
        case text(String)
        /// Another literal: a string with variables, a list, a map.
        case literal
        /// Text that could not be read.
        case unread
        /// A variable, parentheses, a block, an option without a value.
        case other
    }
}

extension CheckedExpression {
    /// The text of a constant.
    package var literalText: String? {
        if case .constant(let value) = kind { value.text } else { nil }
    }
}

extension BoundArgument {
    init(_ argument: Argument, filling parameter: Parameter?) {
        option = argument.name?.text.replacingHyphens
        self.parameter = parameter
        range = Int(argument.span.start)..<Int(argument.span.end)
        value = argument.value.map { Int($0.span.start)..<Int($0.span.end) }
        form = argument.value.map(Form.init) ?? .other
    }
}

extension BoundArgument.Form {
    fileprivate init(_ value: ArgumentValue) {
        switch value {
        case .word(let word, _): self = .text(word)
        case .block: self = .other
        case .expression(let expression):
            switch expression.kind {
            case .string(let parts) where parts.isEmpty: self = .text("")
            case .string(let parts):
                if parts.count == 1, case .text(let text) = parts[0] { self = .text(text) } else { self = .literal }
            case .list, .map, .null, .bool, .int, .float, .duration: self = .literal
            case .missing: self = .unread
            case .variable, .member, .index, .unary, .binary, .parenthesized, .pipeline, .call, .ensure, .ifElse,
                .tryCatch, .step, .retry, .timeout, .identity, .server:
                self = .other
            }
        }
    }
}
