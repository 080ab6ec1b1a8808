/// A call and what its arguments fill, by the one `ArgumentBinder`: also of a call that has mistakes or is still typed.
package struct BoundCall: Sendable {
    package let name: Name
    package let signature: Signature
    /// What it takes by name beside the signature's parameters.
    package let options: [Parameter]
    /// From its name to where its arguments end.
    package let range: Range<Int>
    /// The written arguments in order.
    package let arguments: [BoundArgument]
    /// The values of the parameters and options that were given, as far as they could be read.
    package let values: [(parameter: Parameter, value: CheckedExpression)]
    /// What the next argument by position, or the value of the option before, would fill.
    package let due: Parameter?
    /// Whether something must follow: a required argument, or the value of an option.
    package let isDue: Bool
    /// The type of what a pipe brings it; nil where none does.
    package let input: ValueType?
    /// Whether each of its arguments could be read.
    package let isWhole: Bool

    /// The text of a parameter that was given literally, as a word, a string or a part of an address.
    package func text(of parameter: String) -> String? {
        values.first { $0.parameter.name == parameter }?.value.literalText
    }

    /// The parameter or option of that name.
    package func parameter(named name: String) -> Parameter? {
        if let index = signature.parameter(named: name) { return signature.parameters[index] }
        let wanted = name.replacingHyphens
        return options.first { $0.name == wanted }
    }

    /// The argument that a byte lies in or touches.
    package func argument(at offset: Int) -> BoundArgument? {
        arguments.first { $0.range.lowerBound <= offset && offset <= $0.range.upperBound }
    }
}

/// A written argument and the parameter that it fills.
package struct BoundArgument: Sendable {
    /// The name that it is given by, `_` for `-`; nil where it stands by position.
    package let option: String?
    /// Nil where it fills none.
    package let parameter: Parameter?
    /// The whole argument, its `--name=` included.
    package let range: Range<Int>
    /// What stands for its value; nil for a switch, and for an option whose value is the next argument.
    package let value: Range<Int>?
    package let form: Form

    package enum Form: Sendable, Equatable {
        /// A word or a string that is a text and nothing else, without its quotes.
        case text(String)
        /// Another literal: a string with variables in it, a list, a map.
        case literal
        /// What could not be read.
        case unread
        /// A variable, parentheses, a block, an option without a value.
        case other
    }
}

extension CheckedExpression {
    /// The text of a value that is known before anything runs.
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
